-- What a forecast of a service rests on, one row: how much its largest process takes, and which limits hold.
--
-- Processes count that were seen in the last hour before the service's newest capture, or in the last
-- tenth of the time that was watched. Ended are those that another life of their instance follows, or that
-- fell silent before; of those that were there when the first capture was taken nobody knows how old they
-- became, unless they tell when they started.
WITH edge AS (
    SELECT
        max(l.last_ns) - max(3600000000000, (max(l.last_ns) - min(l.first_ns)) / 10) AS lately_ns,
        min(l.first_ns) AS oldest_ns
    FROM temp.life AS l
    WHERE l.service_id = :service_id
),
seen AS (
    SELECT
        t.*,
        row_number() OVER (ORDER BY t.taken DESC, l.start_ns, l.last_ns, t.lifetime_id) AS place
    FROM (
        SELECT
            ml.lifetime_id,
            max(coalesce(ml.footprint, 0), coalesce(ml.rss, 0)) AS taken,
            ml.live + ml.stacks + ml.runtime AS kept,
            coalesce(ml.outside, 0) AS outside,
            row_number() OVER (PARTITION BY ml.lifetime_id ORDER BY ml.t_ns DESC, ml.capture_id DESC) AS newness
        FROM v_memory_ledger AS ml
        WHERE ml.service_id = :service_id
          AND ml.footprint IS NOT NULL
        UNION ALL
        SELECT
            ps.lifetime_id,
            ps.value AS taken,
            NULL AS kept,
            0 AS outside,
            row_number() OVER (PARTITION BY ps.lifetime_id ORDER BY ps.t_ns DESC) AS newness
        FROM v_process_series AS ps
        WHERE ps.service_id = :service_id
          AND ps.name = 'rss'
          AND NOT EXISTS (
            SELECT 1
            FROM v_memory_ledger AS ml
            WHERE ml.service_id = :service_id
              AND ml.footprint IS NOT NULL
        )
    ) AS t
    JOIN temp.life AS l USING (lifetime_id)
    JOIN edge AS e ON l.last_ns >= e.lately_ns
    WHERE t.newness = 1
),
ended AS (
    SELECT
        l.lifetime_id,
        coalesce(
            min(next.start_ns),
            l.last_ns
        ) - l.start_ns AS age_ns
    FROM temp.life AS l
    JOIN lifetime AS lt USING (lifetime_id)
    JOIN edge AS e
    LEFT JOIN temp.life AS next ON next.instance_id = l.instance_id AND next.ordinal = l.ordinal + 1
    WHERE l.service_id = :service_id
      AND (next.lifetime_id IS NOT NULL OR l.last_ns < e.lately_ns)
      AND (lt.start_ns IS NOT NULL OR l.first_ns > e.oldest_ns + 3600000000000)
    GROUP BY l.lifetime_id
),
bound AS (
    SELECT
        ml.source,
        ml.limit_bytes,
        row_number() OVER (ORDER BY ml.place, ml.source) AS place
    FROM v_memory_limit AS ml
    WHERE ml.service_id = :service_id
)
SELECT
    s.taken,
    s.kept,
    s.outside,
    l.last_ns - l.start_ns AS age_ns,
    b.limit_bytes,
    b.source AS limit_source,
    (SELECT x.limit_bytes FROM bound AS x WHERE x.source = 'Go') AS soft_bytes,
    (
        SELECT coalesce(lr.value, 9e18)
        FROM v_life_reading AS lr
        WHERE lr.service_id = :service_id
          AND lr.use = 'gogc'
        ORDER BY lr.t_ns DESC
        LIMIT 1
    ) AS gogc,
    (SELECT count(*) FROM ended) AS ended,
    CAST((SELECT median(x.age_ns) FROM ended AS x) AS INTEGER) AS median_life_ns,
    (SELECT count(*) FROM v_incident AS v WHERE v.service_id = :service_id) AS kills
FROM (SELECT 1) AS one
LEFT JOIN seen AS s ON s.place = 1
LEFT JOIN temp.life AS l USING (lifetime_id)
LEFT JOIN bound AS b ON b.place = 1;
