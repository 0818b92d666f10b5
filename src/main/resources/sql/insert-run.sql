-- A run begins.
insert into run (store, what, mode, started) values (:store, :what, :mode, :started)
