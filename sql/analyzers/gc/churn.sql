-- id:         gc.churn
-- title:      Which lines make the garbage
-- layer:      L5
-- term:       focus
-- needs:      v_churn v_site
-- params:     min_share=0.05, most=3
--
-- Why: where the collector works too hard, the lines that allocate most are where to begin: not those that
-- hold much, but those that make much. What each allocated between the first and last judged heap profile
-- of each life is set against all that was allocated.
--
-- Blind spot: estimates from samples: a line that makes many tiny objects is known to a few percent only.
--
-- Source: leaks.md 1.4, D7 and D12 (pressure by churn, not by a leak).
SELECT
    r.service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
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
FROM v_churn AS r
JOIN v_site AS si USING (site_id)
LEFT JOIN v_churn AS top ON top.service_id = r.service_id AND top.is_main = 1
WHERE r.place <= :most
  AND r.share >= :min_share
ORDER BY
    r.service_id,
    r.place;
