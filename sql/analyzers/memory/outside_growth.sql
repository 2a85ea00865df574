-- id:         memory.outside_growth
-- title:      Memory grows outside the Go heap
-- layer:      L1
-- term:       growth
-- gate:       yes
-- needs:      v_process_growth v_memory_ledger
-- params:     min_bytes=16777216, min_share=0.1, max_part=0.25, mirrored=0.1, mirrored_part=0.8, min_back=4194304
--
-- Why: what a process has resident beyond Sys - HeapReleased was not taken by the Go runtime: cgo's malloc,
-- mmap, a C library's caches, thread stacks. No heap profile shows it and GOMEMLIMIT does not count it.
-- malloc's arenas and pools of C libraries rise in steps to a plateau and stay; that is no leak. So the
-- growth must go on: in the second half, and still in the last quarter of the captures. Where only the
-- resident size is known and no MemStats, it must outrun the live heap, which is at most a quarter of it.
-- Where only the largest resident size ever is known (MaxRSS, in text heap profiles), that less Sys is the least
-- there was outside at one moment, for Sys never falls.
--
-- With GODEBUG=madvdontneed=0, and from Go 1.12 to 1.15 always, what Go gives back stays resident until somebody
-- else wants it. Then what seems to be outside is what was returned (HeapReleased), to a tenth in four
-- fifths of the captures, and this is silent.
--
-- Blind spot: memory that was swapped out is not resident and hides growth. A file that is mapped and read
-- bit by bit grows too, until it is read. A plateau that comes after the last capture cannot be seen.
--
-- Source: leaks.md 3.1, feature 10 (ledger with an unexplained line, arena-plateau test); 4.1, iden3 #28.
SELECT
    pg.service_id,
    'service:' || pg.name AS subject,
    'offheap' AS class,
    CASE pg.name WHEN 'rss' THEN 0.6 ELSE 1.0 END
        * clamp01(0.4 - log10(max(min(pg.p_trend, max(pg.p_plain, 0.0001)), 1e-12)) / 10.0) AS strength,
    CASE pg.name
        WHEN 'rss' THEN format(
            'resident memory grew from %s to %s (%s), and the live heap by %s: memory is taken outside the '
            || 'Go heap, and did not level off',
            bytes_text(CAST(pg.first_value AS INTEGER)),
            bytes_text(CAST(pg.last_value AS INTEGER)),
            rate_text(pg.slope * 86400e9, pg.span_ns, 1),
            bytes_text(CAST(max(0, coalesce(live.growth, 0)) AS INTEGER))
        )
        ELSE format(
            'resident memory that the Go runtime knows nothing of grew from %s to %s (%s%s) and did not '
            || 'level off',
            bytes_text(CAST(max(0, pg.first_value) AS INTEGER)),
            bytes_text(CAST(pg.last_value AS INTEGER)),
            rate_text(pg.slope * 86400e9, pg.span_ns, 1),
            CASE WHEN rss.service_id IS NULL THEN ', at least, as its largest resident size tells' ELSE '' END
        )
    END AS detail,
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
LEFT JOIN v_process_growth AS live
    ON live.service_id = pg.service_id
    AND live.name = 'live_heap'
LEFT JOIN v_process_growth AS rss
    ON rss.service_id = pg.service_id
    AND rss.name = 'rss'
WHERE pg.is_rising = 1
  AND coalesce((
    SELECT CASE
        WHEN count(*) >= 3 THEN avg(abs(ml.outside - ml.returned) <= :mirrored * max(ml.outside, ml.returned))
    END
    FROM v_memory_ledger AS ml
    WHERE ml.service_id = pg.service_id
      AND ml.is_judged = 1
      AND max(ml.outside, ml.returned) >= :min_back
  ), 0) < :mirrored_part
  AND pg.growth >= max(:min_bytes, :min_share * coalesce(rss.first_value, 0))
  AND (
    pg.name = 'outside_go'
    OR (
        pg.name = 'rss'
        AND live.captures >= 5
        AND live.growth <= :max_part * pg.growth
        AND NOT EXISTS (
            SELECT 1
            FROM v_process_growth AS known
            WHERE known.service_id = pg.service_id
              AND known.name = 'outside_go'
        )
    )
  )
ORDER BY
    pg.service_id,
    pg.name;
