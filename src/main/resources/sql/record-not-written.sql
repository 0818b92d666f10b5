-- The answer to a POST proves that nothing was written: no doubt is left.
update record set status = case when absent then 'delivered' else 'pending' end, in_doubt_since = null, delivered = null,
  delivered_fingerprint = case when absent then fingerprint else null end,
  error = :#error, answer = :#answer, next_attempt_at = :#nextAttemptAt
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
