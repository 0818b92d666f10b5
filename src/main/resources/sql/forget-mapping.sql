-- Optiply does not know the id that we hold: the record is looked up before it is created again.
update record set optiply_id = null, optiply_uuid = null, delivered = null, delivered_fingerprint = null,
  status = 'in_doubt', in_doubt_since = :#now
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
