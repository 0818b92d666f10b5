-- Up to when a stream is known, and where a read that was cut off goes on.
select known_until, set_by_run, read_cursor, digest from bookmark where store = :store and stream = :stream
