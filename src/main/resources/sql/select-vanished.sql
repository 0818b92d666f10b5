-- Products that a complete reading has not seen, and that Optiply holds enabled or that are still to be delivered.
select remote_id, parent_id, wanted, optiply_id, in_doubt_since
from record
where store = :store and entity = 'products' and seen_in_run is distinct from :run and absent = false
  and (
    ((optiply_id is not null or in_doubt_since is not null) and wanted like '%"status":"enabled"%')
    or (optiply_id is null and in_doubt_since is null))
order by remote_id
