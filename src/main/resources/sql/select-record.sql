-- Everything that is known of a record.
select store, entity, remote_id, parent_id, base_variant, wanted, absent, fingerprint, delivered, delivered_fingerprint, optiply_id,
  optiply_uuid, status, in_doubt_since, attempts, next_attempt_at, cause, error, answer, source, source_modified_at, changed_at,
  delivered_at, first_seen_at, discarded_at, discard_reason
from record
where store = :store and entity = :entity and remote_id = :remoteId
