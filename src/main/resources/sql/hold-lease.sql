-- Locks a lease that is still ours until the transaction ends: nobody takes it over while a page is stored under it.
update lease set epoch = epoch where store = :store and what = :what and epoch = :epoch
