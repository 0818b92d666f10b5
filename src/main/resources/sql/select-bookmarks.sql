-- All bookmarks of a store.
select stream, known_until, set_by_run, read_cursor from bookmark where store = :store order by stream
