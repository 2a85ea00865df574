-- How the live heap went in each life of the service up to the kill, by captures up to then. A life that ends
-- within ten minutes of a kill that names its instance counts as killed.
INSERT INTO death_life (
    lifetime_id, is_killed, points, first_live, last_live, slope, slope_low, slope_high, is_growing
)
SELECT
    t.lifetime_id,
    t.is_killed,
    t.points,
    t.first_live,
    t.last_live,
    t.slope,
    t.slope_low,
    t.slope_high,
    CASE
        WHEN t.points >= 5 THEN t.slope_low > 0
            AND t.slope * t.span_ns >= 0.2 * t.first_live
    END AS is_growing
FROM (
    SELECT
        l.lifetime_id,
        l.lifetime_id = d.lifetime_id
        OR EXISTS (
            SELECT 1
            FROM death_kill AS k
            WHERE k.instance_id = l.instance_id
              AND abs(k.time_ns - l.last_ns) <= 600000000000
        ) AS is_killed,
        count(p.value) AS points,
        first_value_by(p.value, p.t_ns) AS first_live,
        last_value(p.value, p.t_ns) AS last_live,
        theil_sen(p.t_ns, p.value) AS slope,
        theil_sen_low(p.t_ns, p.value) AS slope_low,
        theil_sen_high(p.t_ns, p.value) AS slope_high,
        max(p.t_ns) - min(p.t_ns) AS span_ns
    FROM v_death AS d
    JOIN temp.life AS l ON l.first_ns <= d.end_ns
    LEFT JOIN v_process_series AS p
        ON p.lifetime_id = l.lifetime_id
        AND p.name = 'live_heap'
        AND p.is_judged = 1
        AND p.t_ns <= d.end_ns
    GROUP BY l.lifetime_id
) AS t;
