-- The remote ids of products that lines name, by variant id or by the base variant of a product id.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
select r.remote_id, r.parent_id, r.base_variant
from unnest(cast(:variantIds as varchar array)) as k(id)
join record r on r.store = :store and r.entity = 'products' and r.remote_id = k.id
union
select r.remote_id, r.parent_id, r.base_variant
from unnest(cast(:productIds as varchar array)) as k(id)
join record r on r.store = :store and r.entity = 'products' and r.parent_id = k.id and r.base_variant
