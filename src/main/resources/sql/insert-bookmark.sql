-- A bookmark as another database holds it.
insert into bookmark (store, stream, known_until, set_by_run, read_cursor, digest)
values (:store, :stream, :known_until, :set_by_run, :read_cursor, :digest)
