-- Optiply no longer holds the record.
update record set optiply_id = null, optiply_uuid = null, delivered = null, delivered_fingerprint = 'absent', in_doubt_since = null,
  delivered_at = :#now, attempts = 0, next_attempt_at = null, cause = null, error = null, answer = null,
  status = case when fingerprint is null then status when fingerprint = 'absent' then 'delivered' else 'pending' end
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
