-- How many commands of that name ended by themselves and had begun since then; the present one has not ended.
SELECT count(*) AS runs
FROM run AS r
WHERE r.command = :command
  AND r.started_ns >= :since_ns
  AND r.finished_ns IS NOT NULL;
