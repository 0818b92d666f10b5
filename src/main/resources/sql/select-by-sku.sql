-- The products that are wanted, or were delivered, under a SKU.
select remote_id
from record
where store = :store and entity = 'products' and (wanted like :pattern escape '!' or delivered like :pattern escape '!')
order by remote_id
