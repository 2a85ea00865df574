-- Memory in use by place and build: the mean over the judged heap profiles of the lives of each build, all
-- instances together. Empty where one build alone was seen. Twenty places, those that differ most first.
WITH build AS (
    SELECT
        l.build,
        min(l.first_ns) AS first_ns,
        dense_rank() OVER (ORDER BY min(l.first_ns), l.build) AS place
    FROM temp.life AS l
    WHERE l.service_id = :service_id
      AND l.build <> ''
    GROUP BY l.build
),
mean AS (
    SELECT
        ss.site_id,
        l.build,
        avg(ss.inuse_space) AS value
    FROM v_site_series AS ss
    JOIN temp.life AS l USING (lifetime_id)
    WHERE l.service_id = :service_id
      AND ss.is_judged = 1
      AND l.build <> ''
    GROUP BY
        ss.site_id,
        l.build
),
ranked AS (
    SELECT
        m.site_id,
        row_number() OVER (ORDER BY max(m.value) - min(m.value) DESC, m.site_id) AS place
    FROM mean AS m
    GROUP BY m.site_id
    HAVING max(m.value) > 0
),
watched AS (
    SELECT
        b.build,
        b.place,
        EXISTS (SELECT 1 FROM mean AS m WHERE m.build = b.build) AS is_watched
    FROM build AS b
)
SELECT
    r.place AS row_id,
    replace(si.function, rtrim(si.function, replace(si.function, '/', '')), '')
        || coalesce(':' || nullif(si.line, 0), '') AS row_name,
    coalesce((
        SELECT nullif(vb.release, '')
        FROM v_build AS vb
        WHERE vb.service = s.name
          AND vb.build = b.build
    ), substr(b.build, 1, 12)) AS column_name,
    CASE WHEN b.is_watched = 1 THEN coalesce(m.value, 0) END AS value,
    'Memory in use by place and build' AS title,
    'The mean over the heap profiles of each build that count, oldest build at the left. A place that is shaded '
        || 'from one build on came with it.' AS note,
    'In use, mean over the profiles of a build' AS what,
    'Builds, the oldest first' AS context
FROM ranked AS r
JOIN v_site AS si USING (site_id)
JOIN service AS s ON s.service_id = :service_id
JOIN watched AS b
LEFT JOIN mean AS m ON m.site_id = r.site_id AND m.build = b.build
WHERE r.place <= 20
  AND (SELECT total(w.is_watched) FROM watched AS w) > 1
ORDER BY
    r.place,
    b.place;
