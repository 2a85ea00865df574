-- Of runs that are long past nobody asks.
DELETE FROM run
WHERE run_id <= (SELECT max(r.run_id) FROM run AS r) - :kept;
