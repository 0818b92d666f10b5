-- What was noticed of a store and is not settled yet.
select place, kind, what, said, since, told, gone
from alert
where store = :store and place in ('', :place)
order by since, kind, what
