-- The records of one status that delivery has to look at, by key from the last one on.
select remote_id, parent_id, wanted, absent, fingerprint, delivered, delivered_fingerprint, optiply_id, in_doubt_since, attempts
from record
where status = :status and store = :store and entity = :entity and remote_id > :after
  and (next_attempt_at is null or next_attempt_at <= :due)
  and (in_doubt_since is null or in_doubt_since <= :doubtOlderThan)
-- all four columns, so that H2 takes the order from the index and stops at the limit
order by status, store, entity, remote_id
limit :limit
