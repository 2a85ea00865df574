-- id:         heap.overweight
-- title:      It grew by more than its share
-- layer:      L2
-- term:       context
-- needs:      v_site_growth
-- params:     least_part=0.02, least_times=1.1
--
-- Why: when a whole service has more to do, each line gains what is in proportion to what it had. A line that gained
-- many times its share is the cause of the growth, and one that gained just its share is along for the ride. Its part
-- of all that was gained is said as well, and whether it stands out: with the lines in the order of what they gained,
-- it comes before the first that gained half of the one before or less.
--
-- Blind spot: a leak that has been there since before the first capture had a large share already, and grows by no more
-- than that. It adds no points: heap.effect and heap.site_growth weigh the same growth.
--
-- Source: leaks.md 2.3 (overweight and responsibility of PerfView, the elbow of Chromium's leak detector), 3.1 (feature 12).
WITH rising AS (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.first_space,
        sg.growth,
        sum(sg.growth) OVER (PARTITION BY sg.service_id) AS all_growth,
        row_number() OVER (PARTITION BY sg.service_id ORDER BY sg.growth DESC, sg.site_id) AS rank
    FROM v_site_growth AS sg
    WHERE sg.slope > 0
),
whole AS (
    SELECT
        sg.service_id,
        sum(sg.first_space) AS first_space,
        elbow_rank(max(coalesce(sg.growth, 0.0), 0.0)) AS standing_out
    FROM v_site_growth AS sg
    GROUP BY sg.service_id
),
share AS (
    SELECT
        r.service_id,
        r.site_id,
        r.rank,
        w.standing_out,
        r.growth / r.all_growth AS responsibility,
        r.first_space * 1.0 / nullif(w.first_space, 0) AS first_share
    FROM rising AS r
    JOIN whole AS w USING (service_id)
)
SELECT
    s.service_id,
    'site:' || s.site_id AS subject,
    NULL AS class,
    s.responsibility AS strength,
    CASE
        WHEN coalesce(s.first_share, 0) = 0 THEN format(
            'had nothing of the memory in use at first, and gained %.0f %% of all that lines gained',
            100.0 * s.responsibility
        )
        ELSE format(
            'had %.2g %% of the memory in use at first, and gained %.0f %% of all that lines gained: %s times its share',
            100.0 * s.first_share,
            100.0 * s.responsibility,
            CASE WHEN s.responsibility < 10 * s.first_share THEN format('%.1f', s.responsibility / s.first_share)
                ELSE count_text(CAST(round(s.responsibility / s.first_share) AS INTEGER)) END
        )
    END || CASE
        WHEN s.rank > s.standing_out THEN ', and others stand out more'
        WHEN s.standing_out = 1 THEN ', and no other line gained half as much'
        ELSE format(', one of %d lines that stand out', s.standing_out)
    END AS detail,
    json_object(
        'captures', json('[]'),
        'overweight', s.responsibility / nullif(s.first_share, 0),
        'responsibility', s.responsibility,
        'standing_out', s.standing_out
    ) AS evidence,
    NULL AS same_as
FROM share AS s
WHERE s.responsibility >= :least_part
  AND s.responsibility >= :least_times * coalesce(s.first_share, 0)
ORDER BY
    s.service_id,
    s.site_id;
