-- The bookmarks of a store with everything in them.
select store, stream, known_until, set_by_run, read_cursor, digest from bookmark where store = :store
