-- Optiply's ids of the products that the lines of sell orders name.
select remote_id, optiply_id, status
from record
where store = :store and entity = 'products' and remote_id in (:remoteIds)
