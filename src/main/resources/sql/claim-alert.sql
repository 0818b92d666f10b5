-- Takes it upon one process to tell; one that dies over it leaves it to the others after a minute.
update alert set next_try = current_timestamp + interval '60' second
where store = :store and place = :place and kind = :kind and what = :what and told = :told and gone = :gone and next_try <= current_timestamp
