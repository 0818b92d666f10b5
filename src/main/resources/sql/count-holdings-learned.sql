-- Whether what Optiply holds of one kind is known.
select count(*) from bookmark where store = :store and stream = :stream
