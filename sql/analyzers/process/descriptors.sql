-- id:         process.descriptors
-- title:      File descriptors pile up
-- layer:      L5
-- term:       growth
-- gate:       yes
-- needs:      v_process_growth v_life_reading
-- params:     min_descriptors=20
--
-- Why: files, sockets and pipes that nobody closes. They cost little memory and then, at the limit, every
-- open, accept and dial of the process fails at once. Behind each there is often an object and a goroutine
-- too, so that this and a leak in the heap are one fault seen twice.
--
-- Blind spot: connections that clients keep open longer and longer; a pool of connections that grows with
-- a load that rose all the time.
--
-- Source: product.md section 4, L5; the limit is RLIMIT_NOFILE.
SELECT
    pg.service_id,
    'service:open_fds' AS subject,
    'object' AS class,
    clamp01(0.4 - log10(max(min(pg.p_trend, max(pg.p_plain, 0.0001)), 1e-12)) / 10.0) AS strength,
    format(
        'open file descriptors pile up: %s at first, %s at the end (more by %s)%s; files, bodies or '
        || 'connections are not closed',
        count_text(pg.first_value),
        count_text(pg.last_value),
        rate_text(pg.slope * 86400e9, pg.span_ns, 0),
        CASE WHEN most.value > 0 THEN format(', of %.0f that the process may have', most.value) ELSE '' END
    ) AS detail,
    json_object(
        'captures', json(pg.captures_json),
        'descriptors_per_day', pg.slope * 86400e9,
        'low', pg.slope_low * 86400e9,
        'high', pg.slope_high * 86400e9,
        'most', most.value,
        'p', pg.p_trend
    ) AS evidence,
    NULL AS same_as
FROM v_process_growth AS pg
LEFT JOIN (
    SELECT
        r.service_id,
        min(r.value) AS value
    FROM v_life_reading AS r
    WHERE r.use = 'max-fds'
    GROUP BY r.service_id
) AS most ON most.service_id = pg.service_id
WHERE pg.name = 'open_fds'
  AND pg.is_rising = 1
  AND pg.growth >= max(:min_descriptors, 0.25 * pg.first_value)
ORDER BY pg.service_id;
