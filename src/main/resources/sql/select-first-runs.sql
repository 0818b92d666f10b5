-- When the first run of each kind began.
select what, min(started) as started
from run
where store = :store and mode in ('incremental', 'full')
group by what
