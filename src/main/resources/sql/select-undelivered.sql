-- What stands undelivered of a store, and what is held that nobody wanted yet (no fingerprint).
select entity, remote_id, parent_id, wanted, absent, fingerprint, delivered, optiply_id, status, in_doubt_since, cause, error,
  source_modified_at
from record
where store = :store and (status in ('pending', 'in_doubt', 'parked') or (fingerprint is null and optiply_id is not null))
order by entity, remote_id
