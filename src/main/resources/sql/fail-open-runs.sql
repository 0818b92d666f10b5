-- Runs that a killed process left open.
update run set ended = :ended, outcome = 'failed', message = 'the process ended in the middle of this run'
where outcome is null
