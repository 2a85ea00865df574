-- The live heap as of the last collection, from NextGC (leaks.md 3.1, feature 3).
--
-- With GOGC = 100 (the default; nothing in MemStats tells another) the goal is live + (live + stacks +
-- globals), so live = (goal - roots) / 2. Roots are not exported by MemStats: none gives the upper end of
-- the bracket, all of StackInuse the lower. A goal at the floor of 4 MiB, or the largest number (the
-- collector is off), says nothing about the live heap: HeapAlloc bounds it from above, and only that.
INSERT INTO live_point (lifetime_id, capture_id, t_ns, is_judged, source, live, live_low, live_high)
SELECT
    t.lifetime_id,
    t.capture_id,
    t.t_ns,
    t.is_judged,
    t.source,
    t.live_high AS live,
    t.live_low,
    t.live_high
FROM (
    SELECT
        lc.lifetime_id,
        m.capture_id,
        coalesce(c.time_ns, 0) AS t_ns,
        coalesce(c.time_ns, 0) >= l.judged_from_ns AS is_judged,
        CASE
            WHEN m.next_gc > 4611686018427387904 OR m.next_gc <= 4194304 THEN 'HeapAlloc'
            ELSE 'NextGC'
        END AS source,
        CASE
            WHEN m.next_gc > 4611686018427387904 OR m.next_gc <= 4194304 THEN 0
            ELSE max(0, (m.next_gc - coalesce(m.stack_inuse, 0)) / 2)
        END AS live_low,
        CASE
            WHEN m.next_gc > 4611686018427387904 OR m.next_gc <= 4194304
                THEN coalesce(m.heap_alloc, m.alloc)
            ELSE m.next_gc / 2
        END AS live_high
    FROM memstats AS m
    JOIN capture AS c USING (capture_id)
    JOIN scope_service AS s USING (service_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    JOIN life AS l USING (lifetime_id)
    WHERE m.next_gc IS NOT NULL
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
) AS t
WHERE t.live_high IS NOT NULL;
