-- A complete read has seen these records.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
merge into record r
using (select k.id from unnest(cast(:remoteIds as varchar array)) as k(id)) s
on r.store = :store and r.entity = :entity and r.remote_id = s.id
when matched then update set seen_in_run = :run
