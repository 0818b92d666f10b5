-- A run has ended.
update run set ended = :ended, outcome = :outcome, message = :message, counts = :counts where id = :run
