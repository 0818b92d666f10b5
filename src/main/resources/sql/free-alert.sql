-- It could not be told: the next look may try again.
update alert set next_try = current_timestamp
where store = :store and place = :place and kind = :kind and what = :what
