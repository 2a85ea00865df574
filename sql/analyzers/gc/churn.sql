-- id:         gc.churn
-- title:      Which lines make the garbage
-- layer:      L5
-- term:       context
-- needs:      v_site_series v_site v_life
-- params:     min_share=0.05, most=3
--
-- Why: where the collector works too hard, the lines that allocate most are where to begin: not those that
-- hold much, but those that make much. What each allocated between the first and last judged heap profile
-- of each life is set against all that was allocated.
--
-- Blind spot: estimates from samples: a line that makes many tiny objects is known to a few percent only.
--
-- Source: leaks.md 1.4, D7 and D12 (pressure by churn, not by a leak).
WITH edge AS (
    SELECT
        ss.lifetime_id,
        min(ss.ordinal) AS first_ordinal,
        max(ss.ordinal) AS last_ordinal
    FROM v_site_series AS ss
    WHERE ss.is_judged = 1
    GROUP BY ss.lifetime_id
    HAVING max(ss.ordinal) > min(ss.ordinal)
),
made AS (
    SELECT
        ss.service_id,
        ss.site_id,
        sum(CASE WHEN ss.ordinal = e.last_ordinal THEN ss.alloc_space ELSE -ss.alloc_space END) AS bytes
    FROM edge AS e
    JOIN v_site_series AS ss USING (lifetime_id)
    WHERE ss.ordinal IN (e.first_ordinal, e.last_ordinal)
    GROUP BY
        ss.service_id,
        ss.site_id
),
ranked AS (
    SELECT
        m.service_id,
        m.site_id,
        m.bytes,
        m.bytes * 1.0 / sum(m.bytes) OVER (PARTITION BY m.service_id) AS share,
        row_number() OVER (PARTITION BY m.service_id ORDER BY m.bytes DESC, m.site_id) AS place
    FROM made AS m
    WHERE m.bytes > 0
)
SELECT
    r.service_id,
    'service:gc-pressure' AS subject,
    NULL AS class,
    r.share AS strength,
    format(
        '%.0f %% of all bytes are allocated in %s (%s:%d)',
        100.0 * r.share,
        si.function,
        si.file,
        si.line
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'share', r.share,
        'bytes', r.bytes,
        'function', si.function
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
JOIN v_site AS si USING (site_id)
WHERE r.place <= :most
  AND r.share >= :min_share
ORDER BY
    r.service_id,
    r.place;
