-- The ledger, version 17: what each part of a collection took.

-- Of gctrace lines, in ns; NULL where the line does not say (Go 1.4), and of what was read before.
-- Wall clock: what stops the program at the beginning and at the end, and the marking beside it.
ALTER TABLE gc_cycle ADD COLUMN sweep_stop_ns INTEGER;
ALTER TABLE gc_cycle ADD COLUMN mark_ns INTEGER;
ALTER TABLE gc_cycle ADD COLUMN mark_stop_ns INTEGER;

-- Processor: all that stops; marking by workers that were set aside for it; marking by processors that had
-- nothing else to do, which costs the program nothing. assist_ns has what goroutines had to help.
ALTER TABLE gc_cycle ADD COLUMN stop_cpu_ns INTEGER;
ALTER TABLE gc_cycle ADD COLUMN worker_cpu_ns INTEGER;
ALTER TABLE gc_cycle ADD COLUMN idle_cpu_ns INTEGER;
