-- Which of these remote ids are products of ours.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
select r.remote_id
from unnest(cast(:ids as varchar array)) as k(id)
join record r on r.store = :store and r.entity = :entity and r.remote_id = k.id
