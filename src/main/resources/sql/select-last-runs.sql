-- The last runs of a store, the newest first.
select id, what, mode, started, ended, outcome, message, counts from run where store = :store order by id desc limit :limit
