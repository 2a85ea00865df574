-- What rules read of one service, as TEMP tables and views; emptied for each service, over its scope.
--
-- v_moment: MemStats of a process at one time, beside what the system says of it within a minute. Bytes; NULL
-- where nothing tells. Of what one round of captures says twice within five seconds the first counts
--   service_id, instance_id, lifetime_id, capture_id, t_ns
--   age_ns         of the process
--   build          '' when unknown
--   from_ns, from_capture_id   the moment before in the same life; NULL at the first
--   seconds        since then
--   heap_alloc, heap_inuse, heap_sys, heap_objects, sys, alloc (= heap_alloc)
--   footprint      Sys - HeapReleased: what Go takes
--   rss, mapped    resident size, and what of it are files and shared memory
--   live           live heap at the last collection, exact or from NextGC
--   memory_limit   the lowest limit that the kernel enforces, else GOMEMLIMIT
--   from_alloc, from_objects, from_live   heap_alloc, heap_objects and live at the moment before
--   cycles, forced   collections since then, and forced ones
--   scrapes        heap captures since then: each may have forced one
--   ring_rate      collections a second over the last 256
--
-- v_level: what is watched as a level, over time
--   service_id, instance_id, lifetime_id, capture_id, t_ns
--   name           goroutines, threads (numbers); memory, gc-heap (percent of the limit), cpu (percent of what
--                  GOMAXPROCS allows, since the capture before)
--   value
--   before         captures before it in the same life
--   mean           of the ten before
--
-- v_gc_cycle: collections that a gctrace log tells
--   service_id, instance_id, lifetime_id, capture_id, t_ns, number, assist_ns, pause_ns, heap_live
--
-- v_bench: a measurement of a benchmark, the median of one capture
--   service_id, capture_id, t_ns, package, name, unit, value
--   before         the median of the captures before; NULL at the first
CREATE TEMP TABLE IF NOT EXISTS moment (
    lifetime_id     INTEGER NOT NULL,
    t_ns            INTEGER NOT NULL,
    capture_id      INTEGER NOT NULL,
    service_id      INTEGER NOT NULL,
    instance_id     INTEGER NOT NULL,
    age_ns          INTEGER NOT NULL,
    build           TEXT NOT NULL,
    from_ns         INTEGER,
    from_capture_id INTEGER,
    heap_alloc      INTEGER,
    heap_inuse      INTEGER,
    heap_sys        INTEGER,
    heap_objects    INTEGER,
    sys             INTEGER,
    footprint       INTEGER,
    rss             INTEGER,
    mapped          INTEGER,
    live            INTEGER,
    memory_limit    INTEGER,
    from_alloc      INTEGER,
    from_objects    INTEGER,
    from_live       INTEGER,
    cycles          INTEGER,
    forced          INTEGER,
    scrapes         INTEGER,
    ring_rate       REAL,
    PRIMARY KEY (lifetime_id, t_ns, capture_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.moment;

CREATE TEMP TABLE IF NOT EXISTS level (
    lifetime_id INTEGER NOT NULL,
    name        TEXT NOT NULL,
    t_ns        INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    value       REAL NOT NULL,
    PRIMARY KEY (lifetime_id, name, t_ns)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.level;

CREATE TEMP VIEW IF NOT EXISTS v_moment AS
SELECT
    m.*,
    m.heap_alloc AS alloc,
    (m.t_ns - m.from_ns) / 1e9 AS seconds
FROM moment AS m;

CREATE TEMP VIEW IF NOT EXISTS v_level AS
SELECT
    l.service_id,
    l.instance_id,
    lv.lifetime_id,
    lv.capture_id,
    lv.t_ns,
    lv.name,
    lv.value,
    row_number() OVER life_by_time - 1 AS before,
    avg(lv.value) OVER (life_by_time ROWS BETWEEN 10 PRECEDING AND 1 PRECEDING) AS mean
FROM level AS lv
JOIN life AS l USING (lifetime_id)
WINDOW life_by_time AS (PARTITION BY lv.lifetime_id, lv.name ORDER BY lv.t_ns);

CREATE TEMP VIEW IF NOT EXISTS v_gc_cycle AS
SELECT
    l.service_id,
    l.instance_id,
    l.lifetime_id,
    min(g.capture_id) AS capture_id,
    coalesce(g.end_ns, l.start_ns + g.since_start_ns) AS t_ns,
    g.number,
    g.assist_ns,
    g.pause_ns,
    g.heap_live
FROM gc_cycle AS g
JOIN lifetime_capture AS lc USING (capture_id)
JOIN life AS l USING (lifetime_id)
GROUP BY
    l.lifetime_id,
    g.number;

CREATE TEMP VIEW IF NOT EXISTS v_bench AS
WITH run AS (
    SELECT
        c.service_id,
        c.capture_id,
        c.time_ns AS t_ns,
        coalesce(p.value, '') AS package,
        n.value AS name,
        u.value AS unit,
        median(b.value) AS value
    FROM scope_service AS s
    JOIN capture AS c USING (service_id)
    JOIN benchmark AS b USING (capture_id)
    JOIN word AS n ON n.word_id = b.name_id
    JOIN word AS u ON u.word_id = b.unit_id
    LEFT JOIN word AS p ON p.word_id = b.package_id
    WHERE c.time_ns IS NOT NULL
    GROUP BY
        c.capture_id,
        b.package_id,
        b.name_id,
        b.unit_id
)
SELECT
    r.*,
    (
        SELECT median(o.value)
        FROM run AS o
        WHERE o.package = r.package
          AND o.name = r.name
          AND o.unit = r.unit
          AND o.t_ns < r.t_ns
    ) AS before
FROM run AS r;
