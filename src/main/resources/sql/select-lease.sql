-- Who holds a lease, and its epoch.
select owner, epoch, expires from lease where store = :store and what = :what
