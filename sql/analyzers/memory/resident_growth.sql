-- id:         memory.resident_growth
-- title:      Resident memory grows, and nothing tells what of it
-- layer:      L1
-- term:       growth
-- gate:       rest
-- needs:      v_process_growth v_process_series
-- params:     min_captures=10, min_bytes=16777216, min_share=0.3, max_p=0.001, max_plain=0.00001, max_fall=0.15, late=0.6, last=0.15
--
-- Why: where nothing but the size of a process or container is known, as cAdvisor, the kubelet, /proc or any exporter's
-- process_resident_memory_bytes tell it, a leak still raises it, and takes it to the limit. Of a container anonymous
-- memory counts (container_memory_rss) and never the working set, which holds pages of files: a log that is written or a
-- file that is read fills it to the limit, and the kernel gives those back before it kills anything. What is resident
-- follows what is alive from above, by what the collector leaves, and falls late: so three tenths and sixteen mebibytes
-- must be gained, as steeply in the second half, and still in the last quarter; and it must never have fallen by
-- more than a seventh of that, as it does where a load comes and goes.
--
-- Blind spot: whether the Go heap grows, or memory outside it, or whether the program is one of Go at all, these numbers
-- do not tell, nor class or line. A rise with the load, and a cache larger than what was watched, look the same; so it is
-- at most a warning. A leak that is small against what the collector leaves is not seen, nor what was swapped out.
-- Of a pod the numbers of one container count: of a sidecar that leaks nothing is said.
--
-- Source: leaks.md 2.4 (floors over hours, effect and no fall back); 3.1, feature 10 (what is resident and not the heap).
SELECT
    pg.service_id,
    'service:rss' AS subject,
    'object' AS class,
    clamp01(0.4 - log10(max(min(pg.p_trend, max(pg.p_plain, 0.0001)), 1e-12)) / 10.0) AS strength,
    format(
        'resident memory grew from %s to %s (%s) and does not level off; nothing captured tells whether the Go heap holds '
        || 'it, nor which line',
        bytes_text(CAST(pg.first_value AS INTEGER)),
        bytes_text(CAST(pg.last_value AS INTEGER)),
        rate_text(pg.slope * 86400e9, pg.span_ns, 1)
    ) AS detail,
    json_object(
        'captures', json(pg.captures_json),
        'bytes_per_day', pg.slope * 86400e9,
        'low', pg.slope_low * 86400e9,
        'high', pg.slope_high * 86400e9,
        'last_quarter', pg.last_gain,
        'p', pg.p_trend
    ) AS evidence,
    NULL AS same_as
FROM v_process_growth AS pg
WHERE pg.name = 'rss'
  AND pg.is_rising = 1
  AND pg.is_over = 0
  AND pg.captures >= :min_captures
  AND (
    pg.p_trend <= :max_p
    OR pg.p_plain <= :max_plain
  )
  AND pg.growth >= max(:min_bytes, :min_share * pg.first_value)
  AND pg.late_slope >= :late * pg.slope
  AND pg.last_gain >= :last * pg.growth
  AND pg.drawdown <= :max_fall * pg.growth
  -- What tells of the heap, even once, makes it a question for others.
  AND NOT EXISTS (
    SELECT 1
    FROM v_process_series AS ps
    WHERE ps.service_id = pg.service_id
      AND ps.name IN ('live_heap', 'heap_inuse', 'outside_go')
  )
ORDER BY pg.service_id;
