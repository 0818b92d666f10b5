-- In a copy of the state, or to mend the state: Optiply was seen to hold a record that the state does not know.
insert into record (store, entity, remote_id, wanted, fingerprint, delivered, delivered_fingerprint, optiply_id, status, changed_at)
values (:store, :entity, :remoteId, cast(:document as varchar), null, cast(:document as varchar), cast(:fingerprint as varchar),
  cast(:optiplyId as varchar), 'delivered', :now)
