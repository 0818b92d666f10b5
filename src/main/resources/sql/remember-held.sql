-- Optiply holds this record already, and the database did not know. One row of a batch.
merge into record r
using (values (
  cast(:store as varchar), cast(:entity as varchar), cast(:remoteId as varchar), cast(:optiplyId as varchar),
  cast(:optiplyUuid as varchar), cast(:document as varchar), cast(:fingerprint as varchar), cast(:now as timestamp with time zone),
  cast(:epoch as bigint)
)) as s (store, entity, remote_id, optiply_id, optiply_uuid, document, fingerprint, at, epoch)
on r.store = s.store and r.entity = s.entity and r.remote_id = s.remote_id
when matched and r.optiply_id is null and r.in_doubt_since is null
    and exists (select 1 from lease where lease.store = s.store and lease.what = 'deliver' and lease.epoch = s.epoch) then update set
  optiply_id = s.optiply_id,
  optiply_uuid = s.optiply_uuid,
  delivered = s.document,
  delivered_fingerprint = s.fingerprint,
  status = case
    when r.fingerprint is null then r.status
    when r.fingerprint = s.fingerprint then 'delivered'
    else 'pending' end
when not matched and exists (select 1 from lease where lease.store = s.store and lease.what = 'deliver' and lease.epoch = s.epoch) then insert
  (store, entity, remote_id, wanted, absent, fingerprint, delivered, delivered_fingerprint, optiply_id, optiply_uuid, status, changed_at,
   first_seen_at)
  values (s.store, s.entity, s.remote_id, s.document, false, s.fingerprint, s.document, s.fingerprint, s.optiply_id, s.optiply_uuid,
    'delivered', s.at, s.at)
