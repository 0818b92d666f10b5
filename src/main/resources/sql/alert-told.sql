-- Somebody was told that it is bad.
update alert set told = true, next_try = current_timestamp
where store = :store and place = :place and kind = :kind and what = :what
