-- Optiply refused the record for what it is. A record that may have been written all the same stays in doubt while it is parked.
update record set status = 'parked', cause = :#cause, error = :#error, answer = :#answer, attempts = attempts + 1, next_attempt_at = null,
  in_doubt_since = case when cast(:#stillInDoubt as boolean) then in_doubt_since else null end,
  delivered = case when optiply_id is null and not cast(:#stillInDoubt as boolean) then null else delivered end,
  delivered_fingerprint = case when optiply_id is null and not cast(:#stillInDoubt as boolean) then null else delivered_fingerprint end
where store = :#store and entity = :#entity and remote_id = :#remoteId
  and exists (select 1 from lease where lease.store = :#store and lease.what = 'deliver' and lease.epoch = :#epoch)
