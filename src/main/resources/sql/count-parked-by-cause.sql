-- How many records stand parked, by cause, and since when.
select entity, cause, count(*) as records, min(changed_at) as since
from record
where status = 'parked' and store = :store
group by entity, cause
order by entity, records desc, cause
