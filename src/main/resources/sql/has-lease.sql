-- Whether a lease is still ours.
select count(*) from lease where store = :store and what = :what and epoch = :epoch
