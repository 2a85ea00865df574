-- id:         heap.near_limit
-- title:      At this rate the limit is a week away
-- layer:      L2
-- term:       near
-- needs:      v_site_growth v_memory_limit v_memory_ledger
-- params:     days=7, taken=2
--
-- Why: a severity follows what will happen, not only how sure the cause is. Where memory that grows reaches the
-- limit of its process within a week, it does not matter whether it is a leak or a cache that is too large: the
-- process ends. Each byte that is kept takes two of the limit, because the heap grows by as much before it is
-- collected. It adds no points; without it, or a start that tells it from what fills up, the score of memory is held
-- below that of an error for a week.
--
-- Blind spot: what levels off before the limit. Where no limit is known, nothing is said.
--
-- Source: product, "what will hurt first"; forecasts: ecosystem.md 3.8.
WITH bound AS (
    SELECT
        ml.service_id,
        min(ml.limit_bytes) AS limit_bytes
    FROM v_memory_limit AS ml
    WHERE ml.source <> 'Go'
    GROUP BY ml.service_id
),
taken AS (
    SELECT
        ml.service_id,
        last_value(max(coalesce(ml.footprint, 0), coalesce(ml.rss, 0)), ml.t_ns) AS bytes
    FROM v_memory_ledger AS ml
    GROUP BY ml.service_id
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format(
        'a process takes %s of its limit of %s, and would be there in %s',
        bytes_text(CAST(t.bytes AS INTEGER)),
        bytes_text(b.limit_bytes),
        duration_text(max(0.0, (b.limit_bytes - t.bytes) / (:taken * sg.slope)))
    ) AS detail,
    json_object('captures', json('[]'), 'limit', b.limit_bytes, 'taken', t.bytes) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
JOIN bound AS b USING (service_id)
JOIN taken AS t USING (service_id)
WHERE sg.slope_low > 0
  AND b.limit_bytes - t.bytes <= :taken * sg.slope * :days * 86400e9
ORDER BY
    sg.service_id,
    sg.site_id;
