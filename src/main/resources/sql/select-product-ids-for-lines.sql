-- Optiply's ids of the products that the lines of sell orders name.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
select r.remote_id, r.optiply_id, r.status
from unnest(cast(:remoteIds as varchar array)) as k(id)
join record r on r.store = :store and r.entity = 'products' and r.remote_id = k.id
