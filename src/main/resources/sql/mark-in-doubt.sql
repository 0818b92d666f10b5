-- Just before a POST: from here on Optiply may hold what is being sent.
update record set status = 'in_doubt', in_doubt_since = :#now, delivered = :#sent, delivered_fingerprint = :#sentFingerprint
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
