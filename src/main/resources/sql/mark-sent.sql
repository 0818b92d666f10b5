-- Just before a PATCH or DELETE: until its answer is written down nobody knows what Optiply holds of the record.
update record set delivered = null, delivered_fingerprint = null
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
