-- Notices something bad; the first of several processes does.
insert into alert (store, place, kind, what, said, since, next_try)
select cast(:store as varchar), cast(:place as varchar), cast(:kind as varchar), cast(:what as varchar), cast(:said as varchar),
  cast(:since as timestamp with time zone), current_timestamp
where not exists (select 1 from alert where store = :store and place = :place and kind = :kind and what = :what)
