-- Takes a lease that nobody holds. The database's own clock decides.
update lease set owner = :owner, epoch = epoch + 1, expires = current_timestamp + interval '10' second
where store = :store and what = :what and expires < current_timestamp
