-- In a copy of the state: Optiply holds nothing of an entity, as far as we know yet.
update record set optiply_id = null, optiply_uuid = null, delivered = null, in_doubt_since = null,
  delivered_fingerprint = case when absent then 'absent' else null end,
  status = case when status in ('parked', 'discarded') then status when absent then 'delivered' else 'pending' end
where store = :store and entity = :entity
