-- What Optiply holds of one kind is known from here on.
merge into bookmark b
using (values (cast(:store as varchar), cast(:stream as varchar), cast(:run as bigint), cast(:epoch as bigint))) as s (store, stream, run, epoch)
on b.store = s.store and b.stream = s.stream
when not matched and exists (select 1 from lease where lease.store = s.store and lease.what = 'deliver' and lease.epoch = s.epoch) then insert
  (store, stream, set_by_run) values (s.store, s.stream, s.run)
