-- Runs that began long ago; the last of each kind, mode and outcome stays, and so does one that a bookmark names.
delete from run
where store = :store and started < :before and outcome is not null
  and id not in (select max(id) from run where store = :store group by what, mode, outcome)
  and id not in (select set_by_run from bookmark where store = :store and set_by_run is not null)
