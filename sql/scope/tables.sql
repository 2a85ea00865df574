-- The scope: what the services being judged look like. TEMP; emptied, not dropped, for the next service, so that
-- the statements over them stay prepared.
--
-- Analyzers and reports read these tables through the views of sql/views/functions/v_*.sql; their columns
-- are described there.
CREATE TEMP TABLE IF NOT EXISTS scope_service (
    service_id INTEGER PRIMARY KEY
) STRICT;
DELETE FROM temp.scope_service;

CREATE TEMP TABLE IF NOT EXISTS site (
    site_id    INTEGER PRIMARY KEY,
    service_id INTEGER NOT NULL,
    function   TEXT NOT NULL,
    file       TEXT NOT NULL,
    line       INTEGER NOT NULL,
    package    TEXT NOT NULL,
    owner      TEXT NOT NULL
) STRICT;
DELETE FROM temp.site;

-- line_id and blocked_line_id are site_id and blocked_id as the frames have them, before builds are matched
-- (scope_moves.c).
CREATE TEMP TABLE IF NOT EXISTS stack_site (
    service_id      INTEGER NOT NULL,
    stack_id        INTEGER NOT NULL,
    site_id         INTEGER NOT NULL,
    blocked_id      INTEGER NOT NULL,
    leaf_id         INTEGER NOT NULL,
    root_id         INTEGER NOT NULL,
    line_id         INTEGER NOT NULL,
    blocked_line_id INTEGER NOT NULL,
    PRIMARY KEY (service_id, stack_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.stack_site;

CREATE INDEX IF NOT EXISTS temp.stack_site_by_site ON stack_site (service_id, site_id, leaf_id);
CREATE INDEX IF NOT EXISTS temp.stack_site_by_blocked ON stack_site (service_id, blocked_id);

CREATE TEMP TABLE IF NOT EXISTS stack_path (
    service_id INTEGER NOT NULL,
    stack_id   INTEGER NOT NULL,
    level      INTEGER NOT NULL,
    function   TEXT NOT NULL,
    line       INTEGER NOT NULL,
    is_direct  INTEGER NOT NULL,
    PRIMARY KEY (service_id, stack_id, level)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.stack_path;

CREATE TEMP TABLE IF NOT EXISTS life (
    lifetime_id    INTEGER PRIMARY KEY,
    service_id     INTEGER NOT NULL,
    instance_id    INTEGER NOT NULL,
    ordinal        INTEGER NOT NULL,
    build          TEXT NOT NULL,
    start_ns       INTEGER NOT NULL,
    first_ns       INTEGER NOT NULL,
    last_ns        INTEGER NOT NULL,
    judged_from_ns INTEGER NOT NULL
) STRICT;
DELETE FROM temp.life;

-- Lives that ran the same code.
CREATE TEMP TABLE IF NOT EXISTS epoch (
    lifetime_id INTEGER PRIMARY KEY,
    service_id  INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    build       TEXT NOT NULL
) STRICT;
DELETE FROM temp.epoch;

-- Places of functions that have several: they may be one that moved.
CREATE TEMP TABLE IF NOT EXISTS moving (
    site_id INTEGER PRIMARY KEY
) STRICT;
DELETE FROM temp.moving;

-- Which site a place is in a life, where that is not the place itself in all lives.
CREATE TEMP TABLE IF NOT EXISTS site_move (
    line_id     INTEGER NOT NULL,
    lifetime_id INTEGER NOT NULL,
    site_id     INTEGER NOT NULL,
    PRIMARY KEY (line_id, lifetime_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.site_move;

-- Which site it is in the newest lives that show it.
CREATE TEMP TABLE IF NOT EXISTS site_now (
    line_id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL
) STRICT;
DELETE FROM temp.site_now;

-- Where a site was in each build, of those that moved.
CREATE TEMP TABLE IF NOT EXISTS site_line (
    site_id  INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL,
    build    TEXT NOT NULL,
    function TEXT NOT NULL,
    file     TEXT NOT NULL,
    line     INTEGER NOT NULL,
    PRIMARY KEY (site_id, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.site_line;

-- Sites that a build shows and that could be one of several of the builds before.
CREATE TEMP TABLE IF NOT EXISTS site_doubt (
    site_id INTEGER PRIMARY KEY,
    build   TEXT NOT NULL
) STRICT;
DELETE FROM temp.site_doubt;

-- Lives that are looked at together: 'all', and 'build' for those of the newest of several builds.
CREATE TEMP TABLE IF NOT EXISTS cohort (
    cohort      TEXT NOT NULL,
    lifetime_id INTEGER NOT NULL,
    PRIMARY KEY (cohort, lifetime_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.cohort;

-- Lives whose trends are looked at together: those of the cohorts, and of each instance by itself, which is
-- called 'instance N'.
CREATE TEMP TABLE IF NOT EXISTS trend_life (
    cohort      TEXT NOT NULL,
    lifetime_id INTEGER NOT NULL,
    PRIMARY KEY (cohort, lifetime_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.trend_life;

CREATE INDEX IF NOT EXISTS temp.trend_life_by_life ON trend_life (lifetime_id);

CREATE TEMP TABLE IF NOT EXISTS heap_capture (
    lifetime_id INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    t_ns        INTEGER NOT NULL,
    is_judged   INTEGER NOT NULL,
    period      INTEGER NOT NULL,
    PRIMARY KEY (lifetime_id, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.heap_capture;

CREATE INDEX IF NOT EXISTS temp.heap_capture_by_time ON heap_capture (lifetime_id, t_ns);

CREATE TEMP TABLE IF NOT EXISTS heap_point (
    site_id       INTEGER NOT NULL,
    lifetime_id   INTEGER NOT NULL,
    ordinal       INTEGER NOT NULL,
    inuse_objects INTEGER NOT NULL,
    inuse_space   INTEGER NOT NULL,
    alloc_objects INTEGER NOT NULL,
    alloc_space   INTEGER NOT NULL,
    inuse_count   INTEGER NOT NULL,
    alloc_count   INTEGER NOT NULL,
    PRIMARY KEY (site_id, lifetime_id, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.heap_point;

CREATE TEMP TABLE IF NOT EXISTS goroutine_capture (
    lifetime_id INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    t_ns        INTEGER NOT NULL,
    is_judged   INTEGER NOT NULL,
    PRIMARY KEY (lifetime_id, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.goroutine_capture;

CREATE TEMP TABLE IF NOT EXISTS goroutine_point (
    site_id     INTEGER NOT NULL,
    lifetime_id INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    min_minutes INTEGER,
    max_minutes INTEGER,
    leaked      INTEGER NOT NULL,
    PRIMARY KEY (site_id, lifetime_id, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.goroutine_point;

CREATE TEMP TABLE IF NOT EXISTS dump (
    service_id     INTEGER NOT NULL,
    lifetime_id    INTEGER NOT NULL,
    capture_id     INTEGER PRIMARY KEY,
    t_ns           INTEGER NOT NULL,
    is_complete    INTEGER NOT NULL,
    is_text        INTEGER NOT NULL,
    is_deadlock    INTEGER NOT NULL,
    place          INTEGER NOT NULL,
    complete_place INTEGER NOT NULL,
    dumps          INTEGER NOT NULL,
    complete_dumps INTEGER NOT NULL,
    moments        INTEGER NOT NULL,
    first_ns       INTEGER NOT NULL,
    last_ns        INTEGER NOT NULL,
    longest        INTEGER NOT NULL
) STRICT;
DELETE FROM temp.dump;

CREATE TEMP TABLE IF NOT EXISTS stuck (
    service_id  INTEGER NOT NULL,
    lifetime_id INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    site_id     INTEGER NOT NULL,
    wait_reason TEXT NOT NULL,
    class       TEXT NOT NULL,
    goroutines  INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    is_deadlock INTEGER NOT NULL
) STRICT;
DELETE FROM temp.stuck;

CREATE TEMP TABLE IF NOT EXISTS standing (
    service_id  INTEGER NOT NULL,
    lifetime_id INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    dumps       INTEGER NOT NULL,
    has_times   INTEGER NOT NULL,
    site_id     INTEGER NOT NULL,
    wait_reason TEXT NOT NULL,
    is_main     INTEGER NOT NULL,
    is_listener INTEGER NOT NULL,
    goroutines  INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    orphans     INTEGER,
    creators    INTEGER,
    held_ns     INTEGER,
    held        INTEGER,
    gone        INTEGER,
    PRIMARY KEY (capture_id, site_id, wait_reason, is_main)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.standing;

-- What is asked about locks. SQLite cannot tell how large what a statement makes for itself will be, and goes through all
-- of it for each row of another; over a table it looks rows up.
CREATE TEMP TABLE IF NOT EXISTS lock_place (
    place_id    INTEGER PRIMARY KEY,
    service_id  INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    site_id     INTEGER NOT NULL,
    wait_reason TEXT NOT NULL,
    goroutines  INTEGER NOT NULL,
    function    TEXT NOT NULL,
    line        INTEGER NOT NULL,
    type        TEXT,
    is_waiting  INTEGER NOT NULL,
    is_queue    INTEGER NOT NULL,
    UNIQUE (capture_id, site_id, wait_reason)
) STRICT;
CREATE INDEX IF NOT EXISTS temp.lock_place_by_function ON lock_place (capture_id, function, goroutines, site_id);
CREATE INDEX IF NOT EXISTS temp.lock_place_by_type ON lock_place (capture_id, type, goroutines, site_id);
DELETE FROM temp.lock_place;

CREATE TEMP TABLE IF NOT EXISTS lock_caller (
    capture_id INTEGER NOT NULL,
    site_id    INTEGER NOT NULL,
    function   TEXT NOT NULL,
    line       INTEGER NOT NULL,
    type       TEXT,
    PRIMARY KEY (capture_id, site_id, function, line)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.lock_caller;

CREATE TEMP TABLE IF NOT EXISTS lock_passer (
    capture_id  INTEGER NOT NULL,
    function    TEXT NOT NULL,
    line        INTEGER NOT NULL,
    site_id     INTEGER NOT NULL,
    wait_reason TEXT NOT NULL,
    type        TEXT,
    PRIMARY KEY (capture_id, function, line, site_id, wait_reason)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.lock_passer;

CREATE TEMP TABLE IF NOT EXISTS lock_edge (
    site_id       INTEGER NOT NULL,
    holder_id     INTEGER NOT NULL,
    capture_id    INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    service_id    INTEGER NOT NULL,
    holder_reason TEXT NOT NULL,
    is_same_type  INTEGER NOT NULL,
    PRIMARY KEY (site_id, holder_id, capture_id, kind)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.lock_edge;

CREATE TEMP TABLE IF NOT EXISTS turnover (
    site_id     INTEGER NOT NULL,
    lifetime_id INTEGER NOT NULL,
    seen        INTEGER NOT NULL,
    held        INTEGER NOT NULL,
    middle_wait INTEGER,
    last_wait   INTEGER,
    PRIMARY KEY (site_id, lifetime_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.turnover;

CREATE TEMP TABLE IF NOT EXISTS live_point (
    lifetime_id INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    t_ns        INTEGER NOT NULL,
    is_judged   INTEGER NOT NULL,
    source      TEXT NOT NULL,
    live        INTEGER NOT NULL,
    live_low    INTEGER NOT NULL,
    live_high   INTEGER NOT NULL,
    PRIMARY KEY (lifetime_id, capture_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.live_point;

CREATE TEMP TABLE IF NOT EXISTS site_trend (
    site_id          INTEGER NOT NULL,
    cohort           TEXT NOT NULL,
    service_id       INTEGER NOT NULL,
    lives            INTEGER NOT NULL,
    instances        INTEGER NOT NULL,
    captures         INTEGER NOT NULL,
    longest_captures INTEGER NOT NULL,
    span_ns          INTEGER NOT NULL,
    first_ns         INTEGER NOT NULL,
    last_ns          INTEGER NOT NULL,
    first_space      REAL NOT NULL,
    last_space       REAL NOT NULL,
    last_objects     INTEGER NOT NULL,
    slope            REAL,
    slope_low        REAL,
    slope_high       REAL,
    late_slope       REAL,
    late_high        REAL,
    objects_slope    REAL,
    objects_low      REAL,
    objects_high     REAL,
    p_trend          REAL,
    p_plain          REAL,
    tau              REAL,
    drawdown         REAL NOT NULL,
    births           INTEGER NOT NULL,
    deaths           INTEGER NOT NULL,
    early_net        INTEGER,
    late_net         INTEGER,
    alloc_per_s      REAL,
    sample_space     REAL NOT NULL,
    PRIMARY KEY (site_id, cohort)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.site_trend;

CREATE TEMP TABLE IF NOT EXISTS site_course (
    site_id      INTEGER NOT NULL,
    cohort       TEXT NOT NULL,
    slowing_work REAL,
    slowing_time REAL,
    is_refill    INTEGER NOT NULL,
    is_new       INTEGER NOT NULL,
    PRIMARY KEY (site_id, cohort)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.site_course;

CREATE TEMP TABLE IF NOT EXISTS cluster_trend (
    site_id          INTEGER NOT NULL,
    cohort           TEXT NOT NULL,
    service_id       INTEGER NOT NULL,
    lives            INTEGER NOT NULL,
    instances        INTEGER NOT NULL,
    captures         INTEGER NOT NULL,
    longest_captures INTEGER NOT NULL,
    span_ns          INTEGER NOT NULL,
    first_ns         INTEGER NOT NULL,
    last_ns          INTEGER NOT NULL,
    first_count      REAL NOT NULL,
    last_count       REAL NOT NULL,
    slope            REAL,
    slope_low        REAL,
    slope_high       REAL,
    late_slope       REAL,
    late_high        REAL,
    p_trend          REAL,
    p_plain          REAL,
    tau              REAL,
    drawdown         REAL NOT NULL,
    max_minutes      INTEGER,
    leaked           INTEGER NOT NULL,
    total            REAL NOT NULL,
    PRIMARY KEY (site_id, cohort)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.cluster_trend;

-- The one instance of several whose trend counts at a place (lone_instances.sql); kind is heap or goroutine.
CREATE TEMP TABLE IF NOT EXISTS lone (
    kind    TEXT NOT NULL,
    site_id INTEGER NOT NULL,
    cohort  TEXT NOT NULL,
    tries   INTEGER NOT NULL,
    PRIMARY KEY (kind, site_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.lone;

-- Readings that analyzers use (sql/catalog/process_readings.sql), by life.
-- The container that stands for its pod, by the label that its readings have (pod_containers.sql).
CREATE TEMP TABLE IF NOT EXISTS pod_container (
    instance_id INTEGER PRIMARY KEY,
    label_id    INTEGER NOT NULL
) STRICT;
DELETE FROM temp.pod_container;

CREATE TEMP TABLE IF NOT EXISTS life_reading (
    lifetime_id INTEGER NOT NULL,
    name        TEXT NOT NULL,
    t_ns        INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    is_judged   INTEGER NOT NULL,
    value       REAL,
    PRIMARY KEY (lifetime_id, name, t_ns)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.life_reading;

CREATE TEMP TABLE IF NOT EXISTS memory_point (
    lifetime_id   INTEGER NOT NULL,
    capture_id    INTEGER NOT NULL,
    t_ns          INTEGER NOT NULL,
    is_judged     INTEGER NOT NULL,
    heap_alloc    INTEGER,
    heap_inuse    INTEGER,
    heap_idle     INTEGER,
    heap_released INTEGER,
    stack_inuse   INTEGER,
    stack_sys     INTEGER,
    runtime       INTEGER,
    sys           INTEGER,
    next_gc       INTEGER,
    rss           INTEGER,
    rss_source    TEXT,
    rss_ns        INTEGER,
    mapped        INTEGER,
    rss_peak      INTEGER,
    goroutines    INTEGER,
    PRIMARY KEY (lifetime_id, t_ns, capture_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.memory_point;

CREATE TEMP TABLE IF NOT EXISTS process_point (
    lifetime_id INTEGER NOT NULL,
    name        TEXT NOT NULL,
    t_ns        INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    is_judged   INTEGER NOT NULL,
    value       REAL NOT NULL,
    PRIMARY KEY (lifetime_id, name, t_ns)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.process_point;

CREATE TEMP TABLE IF NOT EXISTS process_trend (
    service_id       INTEGER NOT NULL,
    name             TEXT NOT NULL,
    cohort           TEXT NOT NULL,
    lives            INTEGER NOT NULL,
    instances        INTEGER NOT NULL,
    captures         INTEGER NOT NULL,
    longest_captures INTEGER NOT NULL,
    span_ns          INTEGER NOT NULL,
    first_ns         INTEGER NOT NULL,
    last_ns          INTEGER NOT NULL,
    first_value      REAL NOT NULL,
    last_value       REAL NOT NULL,
    last_gain        REAL,
    slope            REAL,
    slope_low        REAL,
    slope_high       REAL,
    late_slope       REAL,
    p_trend          REAL,
    p_plain          REAL,
    tau              REAL,
    drawdown         REAL NOT NULL,
    PRIMARY KEY (service_id, name, cohort)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.process_trend;

CREATE TEMP TABLE IF NOT EXISTS gc_interval (
    lifetime_id INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    from_ns     INTEGER NOT NULL,
    t_ns        INTEGER NOT NULL,
    is_judged   INTEGER NOT NULL,
    cycles      INTEGER,
    forced      INTEGER,
    scrapes     INTEGER NOT NULL,
    alloc_bytes INTEGER,
    cpu_share   REAL,
    share_source TEXT,
    used_share  REAL,
    assist_share REAL,
    pause_ns    INTEGER,
    ring_cycles INTEGER,
    ring_ns     INTEGER,
    PRIMARY KEY (lifetime_id, t_ns)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.gc_interval;

-- One row for each capture of MemStats or each collection of a gctrace log; no key, for a log may tell of two
-- collections in one moment.
CREATE TEMP TABLE IF NOT EXISTS gogc_point (
    lifetime_id INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    t_ns        INTEGER NOT NULL,
    source      TEXT NOT NULL,
    low         REAL NOT NULL,
    high        REAL,
    goal        INTEGER NOT NULL,
    live        REAL NOT NULL,
    heap        INTEGER NOT NULL,
    footprint   INTEGER,
    most        INTEGER,
    freed       INTEGER,
    cycles      INTEGER,
    goals       INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS temp.gogc_point_of_life ON gogc_point (lifetime_id, capture_id);
DELETE FROM temp.gogc_point;

CREATE TEMP TABLE IF NOT EXISTS churn (
    service_id INTEGER NOT NULL,
    site_id    INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    share      REAL NOT NULL,
    place      INTEGER NOT NULL,
    is_main    INTEGER NOT NULL,
    PRIMARY KEY (service_id, place)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.churn;

CREATE TEMP TABLE IF NOT EXISTS memory_limit (
    service_id  INTEGER NOT NULL,
    source      TEXT NOT NULL,
    limit_bytes INTEGER NOT NULL,
    PRIMARY KEY (service_id, source)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.memory_limit;

CREATE TEMP TABLE IF NOT EXISTS site_block (
    site_id       INTEGER NOT NULL,
    leaf_id       INTEGER NOT NULL,
    block_size    INTEGER NOT NULL,
    first_objects INTEGER NOT NULL,
    last_objects  INTEGER NOT NULL,
    first_count   INTEGER NOT NULL,
    last_count    INTEGER NOT NULL,
    alloc_objects INTEGER NOT NULL,
    alloc_count   INTEGER NOT NULL,
    PRIMARY KEY (site_id, leaf_id, block_size)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.site_block;

CREATE TEMP TABLE IF NOT EXISTS site_fact (
    site_id    INTEGER NOT NULL,
    what       TEXT NOT NULL,
    message    TEXT NOT NULL,
    distance   INTEGER NOT NULL,
    capture_id INTEGER NOT NULL,
    PRIMARY KEY (site_id, what)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.site_fact;

-- What stands on a site's line in the directories of --source; empty without any.
CREATE TEMP TABLE IF NOT EXISTS site_source (
    site_id INTEGER PRIMARY KEY,
    code    TEXT NOT NULL
) STRICT;
DELETE FROM temp.site_source;
