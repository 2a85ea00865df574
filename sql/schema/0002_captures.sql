-- The ledger, version 2: facts beyond profiles, dumps and MemStats.

-- 1: the capture shows a process while it ran; 0: it is about its build, its end, its machine or its
-- owners, and does not make a service by itself.
ALTER TABLE capture ADD COLUMN is_observation INTEGER NOT NULL DEFAULT 1
    CHECK (is_observation IN (0, 1));
UPDATE capture SET is_observation = 0 WHERE kind = 'escape';

-- A number under a name: runtime/metrics, Prometheus, expvar, /proc, cgroup. Bytes, counts, seconds.
CREATE TABLE reading (
    capture_id INTEGER NOT NULL REFERENCES capture,
    name_id    INTEGER NOT NULL,  -- word: "/gc/heap/live:bytes", "process.rss" ...
    ordinal    INTEGER NOT NULL,
    label_id   INTEGER NOT NULL,  -- word: JSON object; 0 for none
    value      REAL,              -- NULL: it says "no limit" or "no number"
    time_ns    INTEGER,           -- NULL: that of the capture
    PRIMARY KEY (capture_id, name_id, ordinal)
) STRICT, WITHOUT ROWID;

-- One measurement of one benchmark.
CREATE TABLE benchmark (
    capture_id INTEGER NOT NULL REFERENCES capture,
    ordinal    INTEGER NOT NULL,
    package_id INTEGER NOT NULL,  -- word
    name_id    INTEGER NOT NULL,  -- word: without "Benchmark" and the processors
    procs      INTEGER,           -- GOMAXPROCS; NULL when not known
    iterations INTEGER NOT NULL,
    unit_id    INTEGER NOT NULL,  -- word: ns/op, B/op, allocs/op ...
    value      REAL NOT NULL,
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;

-- A process or container that was ended. Sizes are bytes; NULL where the capture does not say.
CREATE TABLE kill (
    capture_id  INTEGER NOT NULL REFERENCES capture,
    ordinal     INTEGER NOT NULL,
    time_ns     INTEGER,
    started_ns  INTEGER,          -- when the process had started
    source      TEXT NOT NULL,    -- kernel, kubernetes, docker, systemd ...
    scope       TEXT NOT NULL,    -- memcg: a limit of its own; global: the machine; '' not known
    process     TEXT NOT NULL,    -- at most 15 bytes from a kernel
    host        TEXT NOT NULL,
    cgroup      TEXT NOT NULL,    -- of the task
    limiting    TEXT NOT NULL,    -- the cgroup whose limit was met
    pod         TEXT NOT NULL,
    container   TEXT NOT NULL,
    text        TEXT NOT NULL,    -- the line or reason as written
    pid         INTEGER,          -- on the host
    total_vm    INTEGER,
    anon_rss    INTEGER,
    file_rss    INTEGER,
    shmem_rss   INTEGER,
    page_tables INTEGER,
    swap        INTEGER,
    usage       INTEGER,          -- of the limiting cgroup
    limit_bytes INTEGER,
    exit_code   INTEGER,
    restarts    INTEGER,          -- of the container, with this one
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;

-- The kernel's table of tasks at a kill.
CREATE TABLE task (
    capture_id    INTEGER NOT NULL REFERENCES capture,
    ordinal       INTEGER NOT NULL,
    name          TEXT NOT NULL,
    oom_score_adj INTEGER NOT NULL,
    pid           INTEGER,
    uid           INTEGER,
    total_vm      INTEGER,
    rss           INTEGER,
    rss_anon      INTEGER,
    rss_file      INTEGER,
    rss_shmem     INTEGER,
    page_tables   INTEGER,
    swap          INTEGER,
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What somebody wrote down: releases, limits, owners.
CREATE TABLE declared (
    capture_id INTEGER NOT NULL REFERENCES capture,
    ordinal    INTEGER NOT NULL,
    what       TEXT NOT NULL CHECK (what IN ('release', 'limit', 'owner')),
    service    TEXT NOT NULL,
    instance   TEXT NOT NULL,     -- '' for all
    time_ns    INTEGER,           -- from when on; NULL: always
    name       TEXT NOT NULL,     -- release: its version; limit: memory ...; owner: ''
    value      TEXT NOT NULL,     -- release: its build id; limit: as written; owner: the team
    note       TEXT NOT NULL,
    number     REAL NOT NULL,     -- of a limit: bytes or a count
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;
