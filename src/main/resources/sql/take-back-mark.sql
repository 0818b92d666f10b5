-- The call was never made: no doubt is left.
update record set status = case when absent then 'delivered' else 'pending' end, in_doubt_since = null, delivered = null,
  delivered_fingerprint = case when absent then fingerprint else null end
where store = :#store and entity = :#entity and remote_id = :#remoteId and status = 'in_doubt'
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
