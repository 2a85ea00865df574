-- Captures of one collection are one observation of the live heap: nothing was marked between. MemStats tell
-- its number. A heap profile shows the state at the last collection, so one whose totals repeat those of the
-- one before shows the same state; since a collection comes at least every two minutes, that is sure for
-- captures within two minutes of the first, and one in each two minutes stays.
WITH numbered AS (
    SELECT
        m.capture_id,
        m.num_gc,
        lag(m.num_gc) OVER (
            PARTITION BY
                lc.lifetime_id,
                c.kind,
                c.format,
                c.variant
            ORDER BY
                c.time_ns,
                c.capture_id
        ) AS earlier_num_gc
    FROM memstats AS m
    JOIN capture AS c USING (capture_id)
    JOIN service AS s USING (service_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    WHERE s.is_dirty = 1
      AND c.kind IN ('memstats', 'heap')
),
heap AS MATERIALIZED (
    SELECT
        c.capture_id,
        c.time_ns,
        lc.lifetime_id,
        c.format,
        c.variant,
        (
            SELECT group_concat(t.value, ' ')
            FROM total AS t
            WHERE t.capture_id = c.capture_id
        ) AS totals
    FROM capture AS c
    JOIN service AS s USING (service_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    WHERE s.is_dirty = 1
      AND c.kind = 'heap'
      AND c.is_delta = 0
      AND c.time_source <> 'mtime'
),
run AS (
    SELECT
        h.capture_id,
        h.time_ns - min(h.time_ns) OVER same AS since_ns,
        row_number() OVER (
            PARTITION BY
                h.lifetime_id,
                h.format,
                h.variant,
                h.totals,
                (h.time_ns - h.first_ns) / 120000000000
            ORDER BY
                h.time_ns,
                h.capture_id
        ) AS place
    FROM (
        SELECT
            heap.*,
            min(heap.time_ns) OVER state AS first_ns,
            count(*) OVER state AS captures
        FROM heap
        WINDOW state AS (
            PARTITION BY
                heap.lifetime_id,
                heap.format,
                heap.variant,
                heap.totals
        )
    ) AS h
    WHERE h.captures > 1
    WINDOW same AS (
        PARTITION BY
            h.lifetime_id,
            h.format,
            h.variant,
            h.totals,
            (h.time_ns - h.first_ns) / 120000000000
    )
)
SELECT
    numbered.capture_id,
    format('collection %d is the newest of an earlier capture too', numbered.num_gc) AS detail,
    1 AS is_left_out
FROM numbered
WHERE numbered.num_gc = numbered.earlier_num_gc
UNION ALL
SELECT
    run.capture_id,
    format('same totals as %.0f s before: no collection in between', run.since_ns / 1e9) AS detail,
    1 AS is_left_out
FROM run
WHERE run.place > 1
ORDER BY 1;
