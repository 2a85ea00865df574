-- id:         goroutine.peak
-- title:      There were many more goroutines at some time
-- layer:      L3
-- term:       context
-- needs:      v_site v_site_series v_process_series v_cluster_growth
-- params:     least_samples=8, sigmas=1.96, least_times=2
--
-- Why: Go keeps the descriptor of a goroutine that has ended for the next one, and never gives it back. What runtime.malg
-- has in use is therefore how many goroutines were there at once since the process began, also in an hour that nobody
-- captured: a night's captures still show the crowd of an afternoon. It is said beside findings about the process, and about places where
-- goroutines become more, where that is certainly more than twice of what any capture counted. It adds no points.
--
-- Blind spot: a descriptor takes some 400 bytes, so one sample stands for about a thousand of them, and fewer than some
-- ten thousand cannot be told. That there were many is no leak. When they were there nothing tells.
--
-- Source: leaks.md 3.1 (feature 15).
WITH made AS (
    SELECT
        ss.service_id,
        ss.lifetime_id,
        ss.capture_id,
        ss.inuse_objects AS descriptors,
        ss.inuse_objects * (1.0 - :sigmas / sqrt(ss.inuse_count)) AS at_least,
        row_number() OVER (PARTITION BY ss.service_id ORDER BY ss.inuse_objects DESC, ss.capture_id) AS rank
    FROM v_site AS si
    CROSS JOIN v_site_series AS ss ON ss.site_id = si.site_id
    WHERE si.function = 'runtime.malg'
      AND ss.inuse_count >= :least_samples
),
counted AS (
    SELECT
        ps.lifetime_id,
        max(ps.value) AS goroutines
    FROM v_process_series AS ps
    WHERE ps.name = 'goroutines'
    GROUP BY ps.lifetime_id
),
subject AS (
    SELECT
        m.service_id,
        'service' AS name
    FROM made AS m
    WHERE m.rank = 1
    UNION ALL
    SELECT
        cg.service_id,
        'goroutines:' || cg.site_id
    FROM v_cluster_growth AS cg
    WHERE cg.slope > 0
)
SELECT
    m.service_id,
    s.name AS subject,
    NULL AS class,
    0.0 AS strength,
    format(
        'about %s goroutines were there at once at some time since the process began, by the descriptors that Go keeps (at '
        || 'least %s, as they are sampled); captures counted %s at most',
        count_text(m.descriptors),
        count_text(CAST(m.at_least AS INTEGER)),
        count_text(CAST(c.goroutines AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json_array(m.capture_id),
        'descriptors', m.descriptors,
        'counted', c.goroutines
    ) AS evidence,
    NULL AS same_as
FROM made AS m
JOIN counted AS c USING (lifetime_id)
JOIN subject AS s ON s.service_id = m.service_id
WHERE m.rank = 1
  AND m.at_least >= :least_times * c.goroutines
ORDER BY
    m.service_id,
    s.name;
