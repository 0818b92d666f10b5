-- The first lease of its kind.
insert into lease (store, what, owner, epoch, expires)
select :store, :what, :owner, 1, current_timestamp + interval '10' second
where not exists (select 1 from lease where store = :store and what = :what)
