-- Which lives ran the same code, and in which order: those of one build, as captures tell it. Where they tell
-- none, each life by itself. The newest build is last, as in cohorts.sql.
INSERT INTO epoch (lifetime_id, service_id, ordinal, build)
SELECT
    l.lifetime_id,
    l.service_id,
    dense_rank() OVER (
        PARTITION BY l.service_id
        ORDER BY l.newest_ns, l.code
    ) - 1 AS ordinal,
    l.build
FROM (
    SELECT
        li.lifetime_id,
        li.service_id,
        li.build,
        CASE li.build WHEN '' THEN 'life ' || li.lifetime_id ELSE 'build ' || li.build END AS code,
        CASE li.build
            WHEN '' THEN li.start_ns
            ELSE max(li.start_ns) OVER (PARTITION BY li.service_id, li.build)
        END AS newest_ns
    FROM life AS li
) AS l;
