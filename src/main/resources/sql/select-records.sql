-- All records of a store, a thousand at a time, by key from the last one on.
select store, entity, remote_id, parent_id, base_variant, wanted, absent, fingerprint, delivered, delivered_fingerprint, optiply_id,
  optiply_uuid, status, in_doubt_since, attempts, next_attempt_at, cause, error, answer, source, source_modified_at, changed_at,
  delivered_at, first_seen_at
from record
where store = :store and (entity > :entity or (entity = :entity and remote_id > :remoteId))
order by entity, remote_id
limit :limit
