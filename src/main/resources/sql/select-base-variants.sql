-- The remote ids of the base variants of products, by BigCommerce's product id.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
select r.parent_id, r.remote_id
from unnest(cast(:ids as varchar array)) as k(id)
join record r on r.store = :store and r.entity = :entity and r.parent_id = k.id and r.base_variant
