-- The call failed for a cause that may pass; the record waits for a later round. What is in doubt stays in doubt.
update record set error = :#error, answer = :#answer, attempts = attempts + :#blamed, next_attempt_at = :#nextAttemptAt
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
