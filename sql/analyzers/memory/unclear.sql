-- id:         memory.unclear
-- title:      Something grows, and it need not be a leak
-- layer:      L1
-- term:       notice
-- needs:      v_unplaced_growth
--
-- Why: a live heap, or a number of goroutines, that rises all the time is worth a word even where something
-- else than a leak explains it as well: a service of which only "no leak found" is said would be trusted more
-- than the captures allow. A rate of allocation that rises is taken for a load that rises only where heap
-- profiles show it at most of the places that allocate, or where there are none: one leak that makes the work
-- grow, because each request walks over all that is kept, moves the lines that walk.
--
-- Blind spot: where there are no heap profiles, and the work rises because of the leak, the leak is not called.
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
    ug.evidence,
    NULL AS same_as
FROM v_unplaced_growth AS ug
WHERE ug.doubt IS NOT NULL
ORDER BY
    ug.service_id,
    ug.name DESC;
