-- Optiply answered: it holds what was sent. What is wanted may have changed meanwhile.
update record set optiply_id = :#optiplyId, optiply_uuid = coalesce(cast(:#optiplyUuid as varchar), optiply_uuid),
  delivered = :#sent, delivered_fingerprint = :#sentFingerprint, in_doubt_since = null, delivered_at = :#now,
  attempts = 0, next_attempt_at = null, cause = null, error = null, answer = null,
  status = case when fingerprint is null then status when fingerprint = :#sentFingerprint then 'delivered' else 'pending' end
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
