-- When the last complete run of each kind began; runs that read only a part of what has changed do not count.
select what, max(started) as started
from run
where store = :store and outcome = 'complete' and mode in ('incremental', 'full')
group by what
