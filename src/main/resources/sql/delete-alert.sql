-- Somebody was told that it is good again.
delete from alert
where store = :store and place = :place and kind = :kind and what = :what
