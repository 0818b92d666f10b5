-- The remote ids of products that lines name, by variant id or by the base variant of a product id. Two selects, since
-- an "or" across two indexes reads every row.
select remote_id, parent_id, base_variant
from record
where store = :store and entity = 'products' and remote_id in (:variantIds)
union
select remote_id, parent_id, base_variant
from record
where store = :store and entity = 'products' and parent_id in (:productIds) and base_variant
