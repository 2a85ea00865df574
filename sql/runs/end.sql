-- The command has ended by itself.
UPDATE run
SET finished_ns = :finished_ns
WHERE run_id = :run_id;
