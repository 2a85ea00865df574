-- id:         memory.unclear
-- title:      Something grows, and it need not be a leak
-- layer:      L1
-- term:       notice
-- needs:      v_unplaced_growth v_process_series v_cohort
--
-- Why: a live heap, or a number of goroutines, that rises all the time is worth a word even where something
-- else than a leak explains it as well: a service of which only "no leak found" is said would be trusted more
-- than the captures allow.
--
-- Blind spot: where the load rises because of the leak (each request walks over all that is kept) the leak
-- is not called.
--
-- Source: product, "not enough evidence is a result".
SELECT
    ug.service_id,
    'service' AS subject,
    NULL AS class,
    0.0 AS strength,
    format(
        'the %s grew from %s to %s all the time; %s',
        ug.title,
        CASE ug.is_bytes
            WHEN 1 THEN bytes_text(CAST(ug.first_value AS INTEGER))
            ELSE count_text(CAST(round(ug.first_value) AS INTEGER))
        END,
        CASE ug.is_bytes
            WHEN 1 THEN bytes_text(CAST(ug.last_value AS INTEGER))
            ELSE count_text(CAST(round(ug.last_value) AS INTEGER))
        END,
        ug.doubt
    ) AS detail,
    json_object(
        'captures', (
            SELECT json_group_array(e.capture_id)
            FROM (
                SELECT s.capture_id
                FROM v_process_series AS s
                JOIN v_cohort AS co ON co.cohort = ug.cohort AND co.lifetime_id = s.lifetime_id
                WHERE s.service_id = ug.service_id
                  AND s.name = ug.name
                  AND s.is_judged = 1
                ORDER BY s.t_ns
            ) AS e
        ),
        'per_day', ug.slope * 86400e9,
        'low', ug.slope_low * 86400e9,
        'high', ug.slope_high * 86400e9,
        'last_quarter', ug.last_gain,
        'p', ug.p_trend
    ) AS evidence,
    NULL AS same_as
FROM v_unplaced_growth AS ug
WHERE ug.doubt IS NOT NULL
ORDER BY
    ug.service_id,
    ug.name DESC;
