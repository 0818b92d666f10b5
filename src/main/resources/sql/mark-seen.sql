-- A complete read has seen these records; what a reader that lost its lease has seen does not count.
-- Joined with the keys, since an "in" behind other columns makes H2 read every record of the store.
merge into record r
using (select k.id from unnest(cast(:remoteIds as varchar array)) as k(id)) s
on r.store = :store and r.entity = :entity and r.remote_id = s.id
when matched and exists (select 1 from lease where lease.store = :store and lease.what = :what and lease.epoch = :epoch) then update set seen_in_run = :run
