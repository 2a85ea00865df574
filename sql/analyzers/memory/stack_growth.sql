-- id:         memory.stack_growth
-- title:      Goroutine stacks grow
-- layer:      L1
-- term:       growth
-- gate:       yes
-- needs:      v_process_growth v_process_series v_site v_life v_stack_site
-- params:     min_bytes=4194304, min_share=0.25, min_nested=5, deep_bytes=2097152, deep_nested=12, deep_share=0.5, deep_ratio=1.5, max_fall=0.1, min_captures=5, leap=1.5, leaps_bytes=8388608, leaps_captures=8
--
-- Why: stacks are not in any heap profile: a process whose stacks grow looks innocent there. A goroutine
-- starts with 2 to 8 KiB and doubles as its calls nest deeper; the collector halves a stack again only
-- when less than a quarter of it is used. Where the number of goroutines is known, the stack of each one
-- must grow as well: more goroutines of the same size are a leak of goroutines and not of stacks. The line
-- that is named calls itself: it stands on the stacks of the last capture most often. Where no goroutine ever
-- waits in that line but in what it calls, the place where they wait is named.
-- Stacks double, so goroutines that nest at the same pace all double at about the same time, and between two
-- such leaps nothing rises. Where half of the goroutines of the last capture stand deep in a function that
-- calls itself, it is enough that the stack of each has grown by half and hardly ever fell: who stands deep
-- and waits there does not come back.
--
-- Without a dump the leaps themselves tell: depth that grows evenly doubles a stack again whenever the time has doubled. So it is
-- enough that the stack of each gained half and more from the first three tenths of the captures to their middle and
-- again from there to the end, and hardly ever fell: stacks that a load or a deep input made large are large once, and those
-- that are not used are halved by the collector.
--
-- Blind spot: without a goroutine capture or count within a minute of the MemStats, more goroutines and
-- deeper ones cannot be told apart; the finding then says so and counts half. The runtime rounds stacks to
-- powers of two, so growth comes in steps.
--
-- Source: leaks.md 1.1, A2 and A15; 1.6, E9 (StackInuse per goroutine is the signal).
WITH newest AS (
    SELECT
        l.service_id,
        max(c.time_ns) AS t_ns
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'goroutine'
    GROUP BY l.service_id
),
repeated AS (
    SELECT
        sf.service_id,
        sf.stack_id,
        frame_name(sf.function) AS function,
        sf.line,
        count(*) AS times,
        g.goroutines
    FROM (
        SELECT
            c.service_id,
            gg.stack_id,
            sum(gg.count) AS goroutines
        FROM newest AS n
        JOIN capture AS c ON c.service_id = n.service_id AND c.kind = 'goroutine' AND c.time_ns = n.t_ns
        JOIN goroutine_group AS gg USING (capture_id)
        WHERE gg.is_system = 0
        GROUP BY
            c.service_id,
            gg.stack_id
    ) AS g
    JOIN stack_frame AS sf USING (service_id, stack_id)
    GROUP BY
        sf.service_id,
        sf.stack_id,
        frame_name(sf.function),
        sf.line
    HAVING count(*) >= :min_nested
),
deep AS (
    SELECT
        si.service_id,
        si.site_id,
        max(r.times) AS times,
        sum(CASE WHEN r.times >= :deep_nested THEN r.goroutines ELSE 0 END) AS goroutines,
        row_number() OVER (
            PARTITION BY si.service_id
            ORDER BY max(self.site_id IS NOT NULL) DESC, sum(r.goroutines * r.times) DESC, si.site_id
        ) AS place
    FROM repeated AS r
    LEFT JOIN v_site AS self USING (service_id, function, line)
    LEFT JOIN v_stack_site AS vs USING (service_id, stack_id)
    JOIN v_site AS si ON si.site_id = coalesce(self.site_id, vs.blocked_id)
    GROUP BY
        si.service_id,
        si.site_id
),
placed AS (
    SELECT
        ps.service_id,
        ps.lifetime_id,
        ps.value,
        row_number() OVER (PARTITION BY ps.lifetime_id ORDER BY ps.t_ns) * 1.0 / count(*) OVER (PARTITION BY ps.lifetime_id)
            AS part,
        count(*) OVER (PARTITION BY ps.lifetime_id) AS captures
    FROM v_process_series AS ps
    WHERE ps.name = 'stack_per_goroutine'
),
-- Lives whose stacks leapt from the first quarter of their time to its half, and from there to its end.
leapt AS (
    SELECT DISTINCT p.service_id
    FROM placed AS p
    WHERE p.captures >= :leaps_captures
    GROUP BY p.lifetime_id
    HAVING median(CASE WHEN p.part BETWEEN 0.4 AND 0.6 THEN p.value END)
            >= :leap * median(CASE WHEN p.part <= 0.3 THEN p.value END)
       AND median(CASE WHEN p.part > 0.8 THEN p.value END)
            >= :leap * median(CASE WHEN p.part BETWEEN 0.4 AND 0.6 THEN p.value END)
)
SELECT
    pg.service_id,
    'service:stack_inuse' || coalesce('@' || deep.site_id, '') AS subject,
    'stack' AS class,
    CASE WHEN each.service_id IS NULL THEN 0.5 ELSE 1.0 END
        * clamp01(0.4 - log10(max(min(pg.p_trend, max(pg.p_plain, 0.0001)), 1e-12)) / 10.0) AS strength,
    CASE
        WHEN each.service_id IS NULL
            THEN format(
                'goroutine stacks grew from %s to %s (%s); no capture tells how many goroutines share them',
                bytes_text(CAST(pg.first_value AS INTEGER)),
                bytes_text(CAST(pg.last_value AS INTEGER)),
                rate_text(pg.slope * 86400e9, pg.span_ns, 1)
            )
        ELSE format(
            'goroutine stacks grew from %s to %s (%s), and the stack of one goroutine from %s to %s: calls '
            || 'nest deeper and deeper',
            bytes_text(CAST(pg.first_value AS INTEGER)),
            bytes_text(CAST(pg.last_value AS INTEGER)),
            rate_text(pg.slope * 86400e9, pg.span_ns, 1),
            bytes_text(CAST(each.first_value AS INTEGER)),
            bytes_text(CAST(each.last_value AS INTEGER))
        )
    END AS detail,
    json_object(
        'captures', json(pg.captures_json),
        'bytes_per_day', pg.slope * 86400e9,
        'low', pg.slope_low * 86400e9,
        'high', pg.slope_high * 86400e9,
        'p', pg.p_trend
    ) AS evidence,
    NULL AS same_as
FROM v_process_growth AS pg
LEFT JOIN v_process_growth AS each
    ON each.service_id = pg.service_id
    AND each.name = 'stack_per_goroutine'
LEFT JOIN v_process_growth AS crowd
    ON crowd.service_id = pg.service_id
    AND crowd.name = 'goroutines'
LEFT JOIN deep
    ON deep.service_id = pg.service_id
    AND deep.place = 1
WHERE pg.name = 'stack_inuse'
  AND (
    (
        pg.is_rising = 1
        AND pg.growth >= max(:min_bytes, :min_share * pg.first_value)
        AND (
            each.service_id IS NULL
            OR (
                each.is_rising = 1
                AND each.growth >= :min_share * each.first_value
            )
        )
    )
    OR (
        pg.captures >= :min_captures
        AND pg.is_over = 0
        AND pg.last_value >= pg.first_value + :deep_bytes
        AND pg.drawdown <= :max_fall * pg.last_value
        AND each.last_value >= :deep_ratio * each.first_value
        AND deep.goroutines >= :deep_share * crowd.last_value
    )
    OR (
        pg.captures >= :leaps_captures
        AND pg.is_over = 0
        AND pg.last_value >= pg.first_value + :leaps_bytes
        AND pg.drawdown <= :max_fall * pg.last_value
        AND each.drawdown <= :max_fall * each.last_value
        AND pg.service_id IN (
            SELECT le.service_id
            FROM leapt AS le
        )
    )
  )
ORDER BY pg.service_id;
