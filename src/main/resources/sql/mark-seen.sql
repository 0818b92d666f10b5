-- A complete read has seen these records.
update record set seen_in_run = :run
where store = :store and entity = :entity and remote_id in (:remoteIds)
