-- Notices that something bad is gone, or back before anybody was told that it was gone.
update alert set gone = :gone
where store = :store and place = :place and kind = :kind and what = :what and told
