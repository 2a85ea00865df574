-- A command that writes has begun, with these settings. It is told as interrupted until sql/runs/end.sql says
-- that it ended.
INSERT INTO run (started_ns, command, version, options)
VALUES (:started_ns, :command, :version, :options)
RETURNING run_id;
