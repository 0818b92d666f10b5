-- What is known of the records of one page, to tell the changed ones from the unchanged.
select remote_id, status, fingerprint, wanted, cause, error, source
from record
where store = :store and entity = :entity and remote_id in (:remoteIds)
