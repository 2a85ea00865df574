-- id:         gc.stands_still
-- title:      Heap profiles show that nothing is collected any more
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_life
-- params:     min_captures=6, min_seconds=185, min_states=3, slower=3, due=8
--
-- Why: a heap profile is that of the last collection, so it is the same, allocation included, until the next one.
-- Go forces a collection after two minutes without one (three where it is idle), unless GOGC is off. So where six
-- profiles in a row and more are equal over longer than that, the collector was switched off; before, it must
-- have run three times as often, and at the pace of before what is in use would have been allocated eight times
-- since. Writing a profile allocates half a MiB and more by itself, so a process that is
-- idle shows it from one collection to the next, with one chance in three that it is not sampled.
--
-- It is what tells a collector that is off where heap profiles are all there is, or a gctrace log, which then
-- prints nothing any more.
--
-- Blind spot: GOGC off beside a GOMEMLIMIT, which some choose: then it is collected when the limit is near. Off
-- since the start: then a profile is up to date, and nothing was ever freed, as in a program that keeps all it
-- makes. Where MemStats tell NextGC, gc.switched_off knows better and this is silent.
--
-- Source: runtime's mprof.go (profiles are published by collections) and proc.go (forcegcperiod, of which an
-- idle sysmon sleeps half; gcTrigger.test: none at a negative GOGC).
WITH profile AS (
    SELECT
        l.service_id,
        l.instance,
        l.lifetime_id,
        l.ordinal = max(l.ordinal) OVER (PARTITION BY l.service_id, l.instance) AS is_newest,
        c.capture_id,
        c.time_ns AS t_ns,
        max(CASE t.type WHEN 'alloc_space' THEN t.value END) AS made,
        max(CASE t.type WHEN 'alloc_objects' THEN t.value END) AS objects,
        max(CASE t.type WHEN 'inuse_space' THEN t.value END) AS kept
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    CROSS JOIN total AS t USING (capture_id)
    WHERE c.kind = 'heap'
      AND c.is_delta = 0
      AND c.time_ns IS NOT NULL
      AND t.type IN ('alloc_space', 'alloc_objects', 'inuse_space')
      AND NOT EXISTS (
        SELECT 1
        FROM lifetime_capture AS other
        JOIN memstats AS m ON m.capture_id = other.capture_id AND m.next_gc IS NOT NULL
        WHERE other.lifetime_id = l.lifetime_id
      )
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
          AND a.reason <> 'same-gc-cycle'
      )
    GROUP BY c.capture_id
),
state AS (
    SELECT
        p.service_id,
        p.instance,
        p.lifetime_id,
        p.made,
        max(p.kept) AS kept,
        min(p.made) OVER life AS first_made,
        min(min(p.t_ns)) OVER life AS first_ns,
        min(p.t_ns) AS from_ns,
        max(p.t_ns) AS to_ns,
        count(*) AS captures,
        json_group_array(p.capture_id) AS ids,
        count(*) OVER life AS states,
        row_number() OVER (life ORDER BY min(p.t_ns) DESC) AS from_end
    FROM profile AS p
    WHERE p.is_newest
    GROUP BY
        p.lifetime_id,
        p.made,
        p.objects
    WINDOW life AS (PARTITION BY p.lifetime_id)
),
called AS (
    SELECT
        s.service_id,
        s.instance,
        s.from_ns,
        s.to_ns,
        s.captures,
        s.ids
    FROM state AS s
    WHERE s.from_end = 1
      AND s.states >= :min_states
      AND s.captures >= :min_captures
      AND s.to_ns - s.from_ns >= :min_seconds * 1e9
      AND (s.made - s.first_made) * 1.0 / (s.from_ns - s.first_ns) * (s.to_ns - s.from_ns) >= :due * s.kept
      AND s.to_ns - s.from_ns >= :slower * (
        SELECT max(o.to_ns - o.from_ns)
        FROM state AS o
        WHERE o.lifetime_id = s.lifetime_id
          AND o.from_end > 1
      )
),
ranked AS (
    SELECT
        c.*,
        row_number() OVER (PARTITION BY c.service_id ORDER BY c.to_ns - c.from_ns DESC, c.instance) AS place
    FROM called AS c
)
SELECT
    r.service_id,
    'service:gc-off' AS subject,
    'gogc-drift' AS class,
    0.8 AS strength,
    format(
        '%d heap profiles in a row%s are those of one collection, %s old at the end, though Go forces one every '
        || 'two minutes: the collector was switched off at about %s',
        r.captures,
        CASE WHEN r.instance = '' THEN '' ELSE ' of ' || r.instance END,
        duration_text(r.to_ns - r.from_ns),
        rfc3339(r.from_ns)
    ) AS detail,
    json_object(
        'captures', json(r.ids),
        'seconds', (r.to_ns - r.from_ns) / 1e9
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.service_id;
