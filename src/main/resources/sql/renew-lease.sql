-- Keeps a lease alive, if it is still ours.
update lease set expires = current_timestamp + interval '10' second
where store = :store and what = :what and epoch = :epoch
