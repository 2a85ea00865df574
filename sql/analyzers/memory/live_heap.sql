-- id:         memory.live_heap
-- title:      The live heap grows
-- layer:      L1
-- term:       context
-- needs:      v_live_growth
-- params:     max_p=0.01, min_share=0.05
--
-- Why: what is alive after a collection is the one number that a leak must raise. It is derived from
-- NextGC and not from HeapAlloc, which rises and falls between collections by as much as GOGC allows.
-- The trend is taken within lives of a process, so that restarts neither hide nor fake it, and must be
-- both unlikely in noise and large.
--
-- Blind spot: GOGC other than 100 scales the estimate; a step of GOGC looks like a step of the heap. A
-- service under rising load has a rising live heap without leaking.
--
-- Source: leaks.md 2.4 (Kendall stratified by lifetime) and 3.1, feature 3 (live heap from NextGC).
SELECT
    lg.service_id,
    'service' AS subject,
    NULL AS class,
    clamp01(0.4 - log10(max(lg.p_trend, 1e-12)) / 10.0) AS strength,
    format(
        'the live heap grew from %s to %s (%s)',
        bytes_text(CAST(lg.first_live AS INTEGER)),
        bytes_text(CAST(lg.last_live AS INTEGER)),
        rate_text(lg.slope * 86400e9, lg.span_ns, 1)
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'bytes_per_day', lg.slope * 86400e9,
        'low', lg.slope_low * 86400e9,
        'high', lg.slope_high * 86400e9,
        'p', lg.p_trend
    ) AS evidence,
    NULL AS same_as
FROM v_live_growth AS lg
WHERE lg.p_trend <= :max_p
  AND lg.slope_low > 0
  AND lg.slope * lg.span_ns >= :min_share * lg.first_live
ORDER BY lg.service_id;
