-- The parked records of a store, those parked longest first.
select store, entity, remote_id, parent_id, cause, error, answer, attempts, changed_at, in_doubt_since, optiply_id, wanted, source,
  discarded_at, discard_reason
from record
where status = 'parked' and store = :store
order by changed_at, entity, remote_id
