-- Names every table-valued function, so that SQLite connects them now: doing so counts as CREATE TABLE, which
-- the analyzers' authorizer refuses.
SELECT count(*) AS rows
FROM json_each('[]') AS a
JOIN json_tree('[]') AS b
JOIN series_points(x'', 0, 1, 0, 1.0, 0) AS c
JOIN stack_frames(x'') AS d
JOIN gc_ring(x'', 0, 0) AS e
JOIN series_growth(x'', 0, 0, 1.0, x'') AS f;
