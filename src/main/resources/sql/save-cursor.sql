-- A page's wanted state is stored: a read that is cut off goes on behind it.
merge into bookmark b
using (values (cast(:store as varchar), cast(:stream as varchar), cast(:cursor as varchar), cast(:what as varchar), cast(:epoch as bigint)))
  as s (store, stream, read_cursor, what, epoch)
on b.store = s.store and b.stream = s.stream
when matched and exists (select 1 from lease where lease.store = s.store and lease.what = s.what and lease.epoch = s.epoch) then update set
  read_cursor = s.read_cursor
when not matched and exists (select 1 from lease where lease.store = s.store and lease.what = s.what and lease.epoch = s.epoch) then insert
  (store, stream, read_cursor) values (s.store, s.stream, s.read_cursor)
