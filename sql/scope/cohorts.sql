-- Which lives are looked at together. A leak that came with the newest build is drowned by the healthy
-- lives before it, and one that the newest build repaired lives on in them: where a service has several
-- builds, the lives of the newest are looked at by themselves too.
INSERT INTO cohort (cohort, lifetime_id)
WITH build AS (
    SELECT
        l.service_id,
        l.build,
        row_number() OVER (
            PARTITION BY l.service_id
            ORDER BY max(l.start_ns) DESC, l.build
        ) AS place,
        count(*) OVER (PARTITION BY l.service_id) AS builds
    FROM life AS l
    WHERE l.build <> ''
    GROUP BY
        l.service_id,
        l.build
)
SELECT
    'all' AS cohort,
    l.lifetime_id
FROM life AS l
UNION ALL
SELECT
    'build' AS cohort,
    l.lifetime_id
FROM life AS l
JOIN build AS b ON b.service_id = l.service_id AND b.build = l.build
WHERE b.place = 1
  AND b.builds > 1;
