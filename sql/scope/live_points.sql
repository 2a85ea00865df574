-- The live heap as of the last collection (leaks.md 3.1, feature 3; formats.md 5.1). With g = GOGC / 100:
--
--     NextGC = live + (live + stacks + globals) g
--     live   = (NextGC - (stacks + globals) g) / (1 + g)
--
-- exact    runtime/metrics tell it (/gc/heap/live:bytes, Go 1.21), or tell what of stacks and globals is
--          scanned, so that the formula can be turned round.
-- NextGC   from NextGC alone. Nothing scanned gives the upper end of the bracket, all of StackInuse the
--          lower. GOGC is 100 where no reading tells another. No more than HeapAlloc: what a collection kept
--          is in there until the next one, so a smaller one proves a larger GOGC, or a memory limit.
-- HeapAlloc  an upper bound and no more, where NextGC says nothing about the live heap: at its floor of
--          4 MiB x g, above 2^62 (the collector is off), or where a memory limit and not GOGC sets it.
INSERT INTO live_point (lifetime_id, capture_id, t_ns, is_judged, source, live, live_low, live_high)
WITH stat AS (
    SELECT
        l.lifetime_id,
        m.capture_id,
        coalesce(c.time_ns, 0) AS t_ns,
        coalesce(c.time_ns, 0) >= l.judged_from_ns AS is_judged,
        m.next_gc,
        coalesce(m.stack_inuse, 0) AS stack_inuse,
        coalesce(m.heap_alloc, m.alloc) AS heap_alloc,
        coalesce(m.sys - m.heap_sys, 0) AS beside_heap
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN memstats AS m USING (capture_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE m.next_gc IS NOT NULL
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
),
with_readings AS (
    SELECT
        st.*,
        (
            SELECT r.value
            FROM life_reading AS r
            WHERE r.lifetime_id = st.lifetime_id
              AND r.name = '/gc/heap/live:bytes'
              AND r.t_ns BETWEEN st.t_ns - 2000000000 AND st.t_ns + 2000000000
        ) AS told,
        (
            SELECT sum(r.value)
            FROM life_reading AS r
            WHERE r.lifetime_id = st.lifetime_id
              AND r.name IN ('/gc/scan/stack:bytes', '/gc/scan/globals:bytes')
              AND r.t_ns BETWEEN st.t_ns - 2000000000 AND st.t_ns + 2000000000
            HAVING count(*) = 2
        ) AS roots,
        coalesce((
            SELECT first_value_by(r.value, (r.t_ns > st.t_ns) * 1e18 + abs(r.t_ns - st.t_ns))
            FROM life_reading AS r
            WHERE r.lifetime_id = st.lifetime_id
              AND r.name = '/gc/gogc:percent'
        ), 100.0) / 100.0 AS g,
        coalesce((
            SELECT first_value_by(r.value, (r.t_ns > st.t_ns) * 1e18 + abs(r.t_ns - st.t_ns))
            FROM life_reading AS r
            WHERE r.lifetime_id = st.lifetime_id
              AND r.name = '/gc/gomemlimit:bytes'
        ), 9e18) AS go_limit
    FROM stat AS st
),
judged AS (
    SELECT
        st.*,
        CASE
            WHEN st.told > 0 THEN 'told'
            WHEN st.next_gc > 4611686018427387904
                OR st.next_gc <= 4194304 * st.g
                OR st.g <= 0
                OR st.g > 1e6
                OR st.next_gc + st.beside_heap >= 0.9 * st.go_limit THEN 'HeapAlloc'
            WHEN st.roots IS NOT NULL THEN 'roots'
            ELSE 'NextGC'
        END AS way
    FROM with_readings AS st
)
SELECT
    j.lifetime_id,
    j.capture_id,
    j.t_ns,
    j.is_judged,
    CASE WHEN j.way IN ('told', 'roots') THEN 'exact' ELSE j.way END AS source,
    CAST(CASE j.way
        WHEN 'told' THEN j.told
        WHEN 'roots' THEN max(0, (j.next_gc - j.roots * j.g) / (1 + j.g))
        WHEN 'NextGC' THEN min(j.next_gc / (1 + j.g), coalesce(j.heap_alloc, 9e18))
        ELSE j.heap_alloc
    END AS INTEGER) AS live,
    CAST(CASE j.way
        WHEN 'told' THEN j.told
        WHEN 'roots' THEN max(0, (j.next_gc - j.roots * j.g) / (1 + j.g))
        WHEN 'NextGC' THEN max(0, min((j.next_gc - j.stack_inuse * j.g) / (1 + j.g), coalesce(j.heap_alloc, 9e18)))
        ELSE 0
    END AS INTEGER) AS live_low,
    CAST(CASE j.way
        WHEN 'told' THEN j.told
        WHEN 'roots' THEN max(0, (j.next_gc - j.roots * j.g) / (1 + j.g))
        WHEN 'NextGC' THEN min(j.next_gc / (1 + j.g), coalesce(j.heap_alloc, 9e18))
        ELSE j.heap_alloc
    END AS INTEGER) AS live_high
FROM judged AS j
WHERE j.way <> 'HeapAlloc'
   OR j.heap_alloc IS NOT NULL;
