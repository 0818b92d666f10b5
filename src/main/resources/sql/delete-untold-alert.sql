-- Forgets something bad that went before anybody was told of it.
delete from alert
where store = :store and place = :place and kind = :kind and what = :what and not told and next_try <= current_timestamp
