-- Which callers own what a place in the heap gained: functions of the program's own on its stacks, from the place
-- outwards, with what their stacks gained from the first to the last capture that is judged of each life, lives
-- added up. A function counts once for a stack, however often it is on it; who has less than a twentieth of the
-- gain is left out.
WITH own AS (
    SELECT g.site_id
    FROM v_finding_or_look AS f
    JOIN v_finding_place AS p ON p.id = f.id AND p.ordinal = 0
    JOIN v_site_growth AS g ON g.function = p.function AND g.file = p.file AND coalesce(g.line, 0) = p.line
    WHERE f.id = :finding_id
      AND f.kind = 'heap'
      AND g.service_id = :service_id
),
used AS (
    SELECT
        hc.lifetime_id,
        c.segment_id,
        c.segment_index,
        row_number() OVER (PARTITION BY hc.lifetime_id ORDER BY hc.ordinal) AS place,
        count(*) OVER (PARTITION BY hc.lifetime_id) AS captures
    FROM temp.life AS l
    CROSS JOIN temp.heap_capture AS hc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE l.service_id = :service_id
      AND hc.is_judged = 1
),
edge AS (
    SELECT
        u.lifetime_id,
        u.segment_id,
        segment_window(u.segment_index, NULL, u.place = 1, u.place = u.captures) AS window
    FROM used AS u
    WHERE u.place IN (1, u.captures)
      AND u.segment_id IS NOT NULL
    GROUP BY
        u.lifetime_id,
        u.segment_id
),
gain AS MATERIALIZED (
    SELECT
        s.stack_id,
        sum(g.last_space - g.first_space) AS bytes
    FROM edge AS e
    CROSS JOIN segment AS seg USING (segment_id)
    CROSS JOIN series AS s USING (segment_id)
    CROSS JOIN temp.stack_site AS ss ON ss.service_id = seg.service_id AND ss.stack_id = s.stack_id
    LEFT JOIN temp.site_move AS sm ON sm.line_id = ss.line_id AND sm.lifetime_id = e.lifetime_id
    LEFT JOIN unsample AS u ON u.period = seg.period AND u.block_size = s.block_size
    JOIN series_growth(s.data, s.form, s.block_size, coalesce(u.factor, 1.0), e.window) AS g
    WHERE s.is_live = 1
      AND coalesce(sm.site_id, ss.site_id) IN (SELECT o.site_id FROM own AS o)
    GROUP BY s.stack_id
),
caller AS (
    SELECT
        sp.stack_id,
        sp.function,
        min(sp.level) AS level
    FROM gain AS g
    CROSS JOIN v_stack_path AS sp ON sp.service_id = :service_id AND sp.stack_id = g.stack_id
    WHERE sp.level > 0
    GROUP BY
        sp.stack_id,
        sp.function
)
SELECT
    c.function,
    min(c.level) AS "calls:count",
    sum(g.bytes) AS "gain:bytes",
    CAST(round(100.0 * sum(g.bytes) / t.bytes) AS INTEGER) AS share
FROM caller AS c
JOIN gain AS g USING (stack_id)
JOIN (SELECT sum(g.bytes) AS bytes FROM gain AS g) AS t ON t.bytes > 0
GROUP BY c.function
HAVING sum(g.bytes) * 20 >= t.bytes
ORDER BY
    min(c.level),
    sum(g.bytes) DESC,
    c.function;
