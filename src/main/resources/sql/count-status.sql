-- How many records stand undelivered, by status.
select entity, status, count(*) as records
from record
where status in ('pending', 'in_doubt', 'parked') and store = :store
group by entity, status
