-- The call was never made: no doubt is left.
update record set status = 'pending', in_doubt_since = null, delivered = null, delivered_fingerprint = null
where store = :#store and entity = :#entity and remote_id = :#remoteId and status = 'in_doubt'
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
