-- What is known of one kill: TEMP, filled anew for each, over the scope of its service. Bytes, nanoseconds.
-- Emptied and not dropped: whatever was prepared on the connection would be prepared again.

-- What tells of it, and what was recorded with it; v_incident_sign and v_kill say the rest.
CREATE TEMP TABLE IF NOT EXISTS death_sign (
    rank        INTEGER PRIMARY KEY,  -- 1: who says most
    source      TEXT NOT NULL,
    time_ns     INTEGER NOT NULL,
    text        TEXT NOT NULL,
    capture_id  INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL      -- of the row of v_kill; 0: a counter, which has none
) STRICT;
DELETE FROM temp.death_sign;

-- The kill itself, one row.
CREATE TEMP TABLE IF NOT EXISTS death (
    service_id   INTEGER NOT NULL,
    service      TEXT NOT NULL,
    time_ns      INTEGER NOT NULL,
    until_ns     INTEGER,           -- counters tell only that it was between the two; else NULL
    sources      TEXT NOT NULL,
    text         TEXT NOT NULL,
    capture_id   INTEGER NOT NULL,
    scope        TEXT NOT NULL,     -- memcg, global, '' not known
    process      TEXT NOT NULL,
    host         TEXT NOT NULL,
    cgroup       TEXT NOT NULL,
    pod          TEXT NOT NULL,
    container    TEXT NOT NULL,
    pid          INTEGER,
    total_vm     INTEGER,
    rss          INTEGER,           -- of the victim: anonymous, files and shared memory
    usage        INTEGER,           -- of the cgroup
    told_limit   INTEGER,           -- by the line itself
    exit_code    INTEGER,
    restarts     INTEGER,
    has_tasks    INTEGER NOT NULL,  -- 1: the kernel's table of tasks is there
    instance_id  INTEGER,           -- NULL: nothing of it was captured
    instance     TEXT NOT NULL,
    chosen_by    TEXT NOT NULL,     -- how the life was found: told, pid, only, silent, nearest; '' when none was
    lifetime_id  INTEGER,
    build        TEXT NOT NULL,
    start_ns     INTEGER,
    first_ns     INTEGER,
    last_ns      INTEGER,           -- its last capture
    pace_ns      INTEGER,           -- the usual time between two rounds of captures
    is_survivor  INTEGER NOT NULL,  -- 1: that process was captured long after the kill: another one died
    skew_ns      INTEGER NOT NULL,  -- how far captures of the dead process lie behind its kill
    limit_bytes  INTEGER,
    limit_source TEXT,
    before_id    INTEGER            -- life to compare with
) STRICT;
DELETE FROM temp.death;

-- Lives of the service up to then, and whether memory grew in each.
CREATE TEMP TABLE IF NOT EXISTS death_life (
    lifetime_id INTEGER PRIMARY KEY,
    is_killed   INTEGER NOT NULL,
    points      INTEGER NOT NULL,
    first_live  REAL,
    last_live   REAL,
    slope       REAL,               -- of the live heap, per ns
    slope_low   REAL,
    slope_high  REAL,
    is_growing  INTEGER             -- NULL: too few captures to say
) STRICT;
DELETE FROM temp.death_life;

-- How much the dead process took, at each capture: one kind of number for the whole of its life.
CREATE TEMP TABLE IF NOT EXISTS death_level (
    t_ns   INTEGER PRIMARY KEY,
    value  REAL NOT NULL,
    source TEXT NOT NULL            -- rss, footprint, live_heap
) STRICT;
DELETE FROM temp.death_level;

-- All kills of the service, this one among them.
CREATE TEMP TABLE IF NOT EXISTS death_kill (
    time_ns     INTEGER NOT NULL,
    source      TEXT NOT NULL,
    instance_id INTEGER             -- NULL: it is not known which
) STRICT;
DELETE FROM temp.death_kill;

-- Numbers that verdicts are made of. A number that cannot be had has no row.
CREATE TEMP TABLE IF NOT EXISTS death_fact (
    name  TEXT PRIMARY KEY,
    value REAL NOT NULL
) STRICT, WITHOUT ROWID;
DELETE FROM temp.death_fact;

-- What each verdict asks for, and whether that is so.
CREATE TEMP TABLE IF NOT EXISTS death_condition (
    verdict TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    asks    TEXT NOT NULL,
    found   TEXT NOT NULL,
    holds   INTEGER,                -- NULL: not known
    PRIMARY KEY (verdict, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.death_condition;

CREATE TEMP TABLE IF NOT EXISTS death_verdict (
    verdict   TEXT PRIMARY KEY,     -- spiral, leak, limit, burst; unknown
    place     INTEGER NOT NULL,     -- of several that hold the first counts
    title     TEXT NOT NULL,
    rule      TEXT NOT NULL,
    holds     INTEGER,
    is_chosen INTEGER NOT NULL,
    sentence  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
DELETE FROM temp.death_verdict;

-- Where the bytes were. Those of the last capture, and what was taken since.
CREATE TEMP TABLE IF NOT EXISTS death_term (
    place    INTEGER PRIMARY KEY,
    term     TEXT NOT NULL,
    title    TEXT NOT NULL,
    bytes    INTEGER,               -- NULL: not known
    is_part  INTEGER NOT NULL,      -- 1: the parts add up to the total
    note     TEXT NOT NULL
) STRICT;
DELETE FROM temp.death_term;

-- Evidence that was missing.
CREATE TEMP TABLE IF NOT EXISTS death_gap (
    place  INTEGER PRIMARY KEY,
    gap    TEXT NOT NULL,
    what   TEXT NOT NULL,           -- what is not known
    tells  TEXT NOT NULL,           -- what would have told, and how to have it next time
    is_bad INTEGER NOT NULL         -- 1: a verdict depends on it
) STRICT;
DELETE FROM temp.death_gap;

-- The views through which pages ask. v_death: the kill with its life; ages in nanoseconds.
CREATE TEMP VIEW IF NOT EXISTS v_death AS
SELECT
    d.*,
    coalesce(d.until_ns, d.time_ns) AS died_ns,
    coalesce(d.until_ns, d.time_ns) + d.skew_ns AS end_ns,
    CASE WHEN d.is_survivor = 0 THEN max(0, coalesce(d.until_ns, d.time_ns) - d.last_ns) END AS unseen_ns,
    CASE WHEN d.is_survivor = 0 THEN max(0, coalesce(d.until_ns, d.time_ns) - d.start_ns) END AS age_ns
FROM death AS d;

-- v_death_site: call sites of the dead process that hold more in its last heap profile than in its first, the most
-- first. gain and last in bytes; share of all that the last profile has.
CREATE TEMP VIEW IF NOT EXISTS v_death_site AS
WITH edge AS (
    SELECT
        hc.lifetime_id,
        min(hc.ordinal) AS first_ordinal,
        max(hc.ordinal) AS last_ordinal
    FROM v_death AS d
    JOIN temp.heap_capture AS hc USING (lifetime_id)
    WHERE hc.t_ns <= d.end_ns
    GROUP BY hc.lifetime_id
    HAVING count(*) > 1
),
held AS (
    SELECT
        hp.site_id,
        CAST(total(CASE WHEN hp.ordinal = e.first_ordinal THEN hp.inuse_space END) AS INTEGER) AS first,
        CAST(total(CASE WHEN hp.ordinal = e.last_ordinal THEN hp.inuse_space END) AS INTEGER) AS last
    FROM edge AS e
    JOIN temp.heap_point AS hp ON hp.lifetime_id = e.lifetime_id AND hp.ordinal IN (e.first_ordinal, e.last_ordinal)
    GROUP BY hp.site_id
)
SELECT
    si.function,
    si.file || coalesce(':' || nullif(si.line, 0), '') AS place,
    h.last - h.first AS gain,
    h.last,
    (h.last - h.first) * 1.0 / (SELECT sum(o.last) FROM held AS o) AS share
FROM held AS h
JOIN temp.site AS si USING (site_id)
WHERE h.last > h.first
ORDER BY
    h.last - h.first DESC,
    h.site_id;
