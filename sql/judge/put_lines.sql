-- Where a finding's own place was, by build. One that never moved was where it is in every build that shows it;
-- the newest of these is enough to know it again.
INSERT INTO finding_line (finding_id, ordinal, build, function, file, line)
SELECT
    :finding_id AS finding_id,
    sl.ordinal,
    sl.build,
    sl.function,
    sl.file,
    sl.line
FROM temp.site_line AS sl
WHERE sl.site_id = :site_id
UNION ALL
SELECT
    :finding_id AS finding_id,
    t.ordinal,
    t.build,
    si.function,
    si.file,
    si.line
FROM temp.site AS si
JOIN (
    SELECT
        e.build,
        e.ordinal
    FROM temp.epoch AS e
    WHERE e.lifetime_id IN (
        SELECT hp.lifetime_id
        FROM temp.heap_point AS hp
        WHERE hp.site_id = :site_id
        UNION
        SELECT gp.lifetime_id
        FROM temp.goroutine_point AS gp
        WHERE gp.site_id = :site_id
    )
    ORDER BY e.ordinal DESC
    LIMIT 1
) AS t
WHERE si.site_id = :site_id
  AND NOT EXISTS (
    SELECT 1
    FROM temp.site_line AS sl1
    WHERE sl1.site_id = :site_id
);
