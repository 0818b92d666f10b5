-- Writes down what Optiply should hold of one record (or why that is not known: cause). One row of a batch.
merge into record r
using (values (
  cast(:#store as varchar), cast(:#entity as varchar), cast(:#remoteId as varchar), cast(:#parentId as varchar),
  cast(:#baseVariant as boolean), cast(:#wanted as varchar), cast(:#absent as boolean), cast(:#fingerprint as varchar),
  cast(:#cause as varchar), cast(:#error as varchar), cast(:#source as varchar),
  cast(:#sourceModifiedAt as timestamp with time zone), cast(:#changedAt as timestamp with time zone)
)) as s (store, entity, remote_id, parent_id, base_variant, wanted, absent, fingerprint, cause, error, source, source_modified_at, changed_at)
on r.store = s.store and r.entity = s.entity and r.remote_id = s.remote_id
-- a backfill that read an order before the hourly run did must not write it after that run
when matched and (s.entity <> 'sell-orders' or s.source_modified_at is null or r.source_modified_at is null
    or s.source_modified_at >= r.source_modified_at) then update set
  parent_id = coalesce(s.parent_id, r.parent_id),
  base_variant = s.base_variant,
  wanted = case when s.cause is null then s.wanted else r.wanted end,
  absent = case when s.cause is null then s.absent else r.absent end,
  fingerprint = s.fingerprint,
  -- absent and never delivered is what Optiply holds already
  delivered_fingerprint = case
    when s.cause is null and s.absent and r.optiply_id is null and r.in_doubt_since is null then s.fingerprint
    else r.delivered_fingerprint end,
  status = case
    when s.cause is not null then 'parked'
    when r.in_doubt_since is not null then 'in_doubt'
    when s.absent and r.optiply_id is null then 'delivered'
    when s.fingerprint = r.delivered_fingerprint then 'delivered'
    else 'pending' end,
  attempts = 0,
  next_attempt_at = null,
  cause = s.cause,
  error = s.error,
  answer = null,
  source = s.source,
  source_modified_at = s.source_modified_at,
  changed_at = s.changed_at
when not matched and s.absent = false then insert
  (store, entity, remote_id, parent_id, base_variant, wanted, absent, fingerprint, status, cause, error, source, source_modified_at, changed_at,
   first_seen_at)
  values (s.store, s.entity, s.remote_id, s.parent_id, s.base_variant, s.wanted, s.absent, s.fingerprint,
    case when s.cause is null then 'pending' else 'parked' end, s.cause, s.error, s.source, s.source_modified_at, s.changed_at,
    s.changed_at)
