-- The parked records of a store, those parked longest first.
select store, entity, remote_id, cause, error, answer, attempts, changed_at, wanted, source
from record
where status = 'parked' and store = :store
order by changed_at, entity, remote_id
