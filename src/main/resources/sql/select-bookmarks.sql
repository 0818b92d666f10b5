-- All bookmarks of a store.
select stream, known_until, set_by_run, read_cursor from bookmark
where store = :store and (known_until is not null or read_cursor is not null)
order by stream
