-- Of some records those that Optiply is known not to hold and nothing was tried with yet.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
select r.remote_id, r.parent_id, r.wanted, r.absent, r.fingerprint, r.delivered, r.delivered_fingerprint, r.optiply_id, r.in_doubt_since, r.attempts
from unnest(cast(:remoteIds as varchar array)) as k(id)
join record r on r.store = :store and r.entity = :entity and r.remote_id = k.id
where r.status = 'pending' and r.optiply_id is null and r.absent = false and r.next_attempt_at is null
order by r.remote_id
