-- What is pending or in doubt, those first that have failed.
select store, entity, remote_id, status, error, attempts, changed_at, next_attempt_at
from record
where status in ('pending', 'in_doubt') and store = :store
order by case when error is null then 1 else 0 end, changed_at, entity, remote_id
limit :limit
