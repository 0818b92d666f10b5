-- What is known of the records of one page, to tell the changed ones from the unchanged.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
select r.remote_id, r.status, r.fingerprint, r.wanted, r.cause, r.error, r.source
from unnest(cast(:ids as varchar array)) as k(id)
join record r on r.store = :store and r.entity = :entity and r.remote_id = k.id
