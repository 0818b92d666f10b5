-- Whether Optiply holds the record, or may hold it.
select optiply_id, in_doubt_since from record where store = :store and entity = :entity and remote_id = :remoteId
