-- The stream was read to its end and its wanted state is stored.
merge into bookmark b
using (values (cast(:store as varchar), cast(:stream as varchar), cast(:knownUntil as timestamp with time zone), cast(:run as bigint),
  cast(:digest as varchar), cast(:what as varchar), cast(:epoch as bigint))) as s (store, stream, known_until, run, digest, what, epoch)
on b.store = s.store and b.stream = s.stream
when matched and exists (select 1 from lease where lease.store = s.store and lease.what = s.what and lease.epoch = s.epoch) then update set
  known_until = s.known_until, set_by_run = s.run, read_cursor = null, digest = s.digest
when not matched and exists (select 1 from lease where lease.store = s.store and lease.what = s.what and lease.epoch = s.epoch) then insert
  (store, stream, known_until, set_by_run, digest) values (s.store, s.stream, s.known_until, s.run, s.digest)
