-- What was told about what is wrong with a store, so that nothing is told twice. Every statement may run again after a crash.

create table if not exists alert (
  store varchar(50) not null,
  -- the machine that something is wrong with; empty: with the store itself
  place varchar(255) not null,
  kind varchar(40) not null,
  what varchar not null,
  said varchar not null,
  since timestamp with time zone not null,
  told boolean default false not null,
  gone boolean default false not null,
  next_try timestamp with time zone not null,
  primary key (store, place, kind, what)
);
