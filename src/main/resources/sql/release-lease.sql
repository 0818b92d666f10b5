-- Gives a lease back, if it is still ours. The row stays: it holds the last epoch.
update lease set expires = current_timestamp - interval '1' second
where store = :store and what = :what and epoch = :epoch
