-- When a record was first seen, and when and why a parked one was discarded. Every statement may run again after a crash.

alter table record add column if not exists first_seen_at timestamp with time zone;
alter table record add column if not exists discarded_at timestamp with time zone;
alter table record add column if not exists discard_reason varchar;
