-- Parked records that could be mapped, and that Optiply refused, are tried again. What may have been written stays in doubt.
update record set status = case when in_doubt_since is null then 'pending' else 'in_doubt' end,
  cause = null, error = null, answer = null, attempts = 0, next_attempt_at = null
where status = 'parked' and fingerprint is not null and store = :store and entity = :entity and remote_id in (:remoteIds)
