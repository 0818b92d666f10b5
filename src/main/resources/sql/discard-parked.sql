-- A person gave parked records up; they stay silent until the shop changes them.
update record set status = 'discarded', discarded_at = :now, discard_reason = :reason
where status = 'parked' and store = :store and entity = :entity and remote_id in (:remoteIds)
