-- To mend the state: Optiply was not seen to hold a record. It is looked up once more before it is created again.
update record set optiply_id = null, optiply_uuid = null, delivered = null,
  delivered_fingerprint = case when absent then 'absent' else null end,
  in_doubt_since = case when absent then null else cast(:now as timestamp with time zone) end,
  status = case when status in ('parked', 'discarded') then status when absent then 'delivered' else 'in_doubt' end
where store = :store and entity = :entity and remote_id = :remoteId
