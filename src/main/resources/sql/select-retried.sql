-- The records that a retry asked the shop for and that did not come back.
select remote_id, parent_id, wanted, optiply_id, in_doubt_since
from record
where store = :store and entity = :entity and status = 'parked' and remote_id in (:remoteIds)
order by remote_id
