-- In a copy of the state, or to mend the state: Optiply was seen to hold this of a record.
update record set optiply_id = cast(:optiplyId as varchar), delivered = cast(:document as varchar),
  delivered_fingerprint = cast(:fingerprint as varchar), in_doubt_since = null,
  status = case
    when status in ('parked', 'discarded') then status
    when fingerprint is null then status
    when fingerprint = cast(:fingerprint as varchar) then 'delivered'
    else 'pending' end
where store = :store and entity = :entity and remote_id = :remoteId
