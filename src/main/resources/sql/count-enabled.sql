-- How many products Optiply holds enabled, as far as we delivered them.
select count(*) from record
where store = :store and entity = 'products' and optiply_id is not null and delivered like '%"status":"enabled"%'
