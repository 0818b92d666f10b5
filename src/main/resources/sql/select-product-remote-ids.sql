-- The remote ids of products that lines name, by variant id or by the base variant of a product id.
select remote_id, parent_id, base_variant
from record
where store = :store and entity = 'products' and (remote_id in (:variantIds) or (base_variant and parent_id in (:productIds)))
