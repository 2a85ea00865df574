-- id:         goroutine.young
-- title:      None of them has waited for long
-- layer:      L3
-- term:       young
-- needs:      v_cluster_growth
-- params:     max_share=0.2, min_hours=2
-- only-with:  goroutine_group
--
-- Why: a goroutine that leaked at the beginning still waits at the end, and dumps print for how long. Where
-- the number grows and the longest wait is a small part of the time that was watched, goroutines come and
-- go, and there are more of them because more is asked of the service. Such growth is at most a warning.
--
-- Blind spot: goroutines that leak in a loop with a sleep or a ticker wake up again and again, and each wait of
-- theirs is short.
--
-- Source: formats.md 3.1; leaks.md 2.1 (goleak's retry, turned into an age).
SELECT
    cg.service_id,
    'goroutines:' || cg.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format(
        'none has waited for as long as %s, in the %s that were watched: they come and go, or wake up in between',
        -- Dumps tell whole minutes, cut off.
        duration_text((cg.max_minutes + 1) * 60000000000),
        duration_text(cg.span_ns)
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'max_minutes', cg.max_minutes,
        'span_ns', cg.span_ns
    ) AS evidence,
    NULL AS same_as
FROM v_cluster_growth AS cg
WHERE cg.max_minutes * 60e9 <= :max_share * cg.span_ns
  AND cg.span_ns >= :min_hours * 3600e9
ORDER BY
    cg.service_id,
    cg.site_id;
