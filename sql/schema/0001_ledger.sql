-- The ledger, version 1.
--
-- Numbered schema files are run once each, in order, inside one transaction, and never edited after a
-- release. Views are not here: they are vocabulary and are made anew (sql/views).
--
-- Three groups of tables:
--   facts        what captures said; written by ingest only, never changed by analysis
--   dictionaries texts, functions, frames and stacks that facts refer to by small integers
--   judgments    what analysis made of the facts; replaced as a whole for each service
--
-- Times are nanoseconds since 1970-01-01T00:00:00Z, sizes are bytes, hashes are 16 bytes of XXH3-128.
-- Contents and not paths identify captures: the same bytes are one capture, however often they come.

-- ------------------------------------------------------------------------------------ dictionaries

-- Every short text that facts repeat: states, labels, versions, file names of build facts.
CREATE TABLE word (
    word_id INTEGER PRIMARY KEY,
    value   TEXT NOT NULL
) STRICT;

-- One function of some program, as its symbols call it.
CREATE TABLE function (
    function_id INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,  -- as written in captures, not normalized
    file        TEXT NOT NULL   -- as written in captures; '' when unknown
) STRICT;

-- Lines at which a function was said to start; several when builds differ.
CREATE TABLE function_start (
    function_id INTEGER NOT NULL,
    start_line  INTEGER NOT NULL,
    PRIMARY KEY (function_id, start_line)
) STRICT, WITHOUT ROWID;

-- A place in the code: one line of one function.
CREATE TABLE frame (
    frame_id    INTEGER PRIMARY KEY,
    function_id INTEGER NOT NULL,
    line        INTEGER NOT NULL  -- 0 when unknown
) STRICT;

-- A call stack of one service. Stacks are kept per service, because services share few and each one's
-- table then fits the processor's cache while it is read.
CREATE TABLE stack (
    service_id INTEGER NOT NULL,
    stack_id   INTEGER NOT NULL,  -- unique in the whole ledger
    depth      INTEGER NOT NULL,  -- number of frames
    frames     BLOB NOT NULL,     -- frame ids as varints, leaf first; read it through stack_frame
    PRIMARY KEY (service_id, stack_id)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------------------------- facts

CREATE TABLE service (
    service_id INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    is_dirty   INTEGER NOT NULL DEFAULT 1 CHECK (is_dirty IN (0, 1)),  -- has facts not yet judged
    judged_by  BLOB  -- hash of the analyzers and settings that judged it last; NULL: never, or in vain
) STRICT;

-- A pod, host or replica of a service. The name is '' when paths and contents tell none.
CREATE TABLE instance (
    instance_id INTEGER PRIMARY KEY,
    service_id  INTEGER NOT NULL REFERENCES service,
    name        TEXT NOT NULL,
    UNIQUE (service_id, name)
) STRICT;

-- One file that was looked at, by the root that was given and its path below it: its last state.
CREATE TABLE file (
    file_id     INTEGER PRIMARY KEY,
    root        TEXT NOT NULL,
    path        TEXT NOT NULL,
    stored      BLOB,              -- hash of the stored bytes; NULL when it was never opened
    size        INTEGER NOT NULL,  -- stored bytes
    modified_ns INTEGER,
    reason      TEXT,              -- why nothing could be read of it; NULL when something was
    UNIQUE (root, path)
) STRICT;
CREATE INDEX file_by_stored ON file (stored);

-- One content: a file, or one member of a gzip file, uncompressed.
CREATE TABLE content (
    content_id INTEGER PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    size       INTEGER NOT NULL,  -- uncompressed bytes
    format     TEXT,              -- which reader won; NULL when none did
    reason     TEXT,              -- why it was rejected; NULL when it was read
    reader     TEXT NOT NULL      -- version of the program that read it: a newer one tries again
) STRICT;

-- Which contents a file holds. The first file that had a content gave it its identity.
CREATE TABLE file_content (
    file_id    INTEGER NOT NULL REFERENCES file,
    member     INTEGER NOT NULL,  -- 0, 1 ... in the order of the file
    content_id INTEGER NOT NULL REFERENCES content,
    PRIMARY KEY (file_id, member)
) STRICT, WITHOUT ROWID;

-- One observation of one process at one time.
CREATE TABLE capture (
    capture_id    INTEGER PRIMARY KEY,
    content_id    INTEGER NOT NULL REFERENCES content,
    part          INTEGER NOT NULL,   -- a content can hold several captures: 0, 1 ...
    service_id    INTEGER NOT NULL REFERENCES service,
    instance_id   INTEGER NOT NULL REFERENCES instance,
    kind          TEXT NOT NULL,      -- heap, goroutine, memstats ...
    format        TEXT NOT NULL,      -- pprof, goroutine-dump ...
    variant       TEXT,               -- allocs, delta, debug=1, panic ...
    time_ns       INTEGER,            -- when it was taken; NULL when nothing tells
    time_source   TEXT NOT NULL,      -- content, file-name, directory, last-gc, mtime, none
    not_before_ns INTEGER,            -- a lower bound that the content gives (LastGC)
    duration_ns   INTEGER NOT NULL,   -- 0 for snapshots
    period        INTEGER NOT NULL,   -- sampling period; bytes for heap
    sequence      INTEGER NOT NULL,   -- order that the name gives to captures without a time; -1 none
    is_delta      INTEGER NOT NULL CHECK (is_delta IN (0, 1)),
    is_foreign    INTEGER NOT NULL CHECK (is_foreign IN (0, 1)),  -- not written by a Go runtime
    is_partial    INTEGER NOT NULL CHECK (is_partial IN (0, 1)),  -- something was skipped: see note
    build         TEXT NOT NULL,      -- build id or version; '' when unknown
    program       TEXT NOT NULL,      -- path of the main binary; '' when unknown
    go_version    TEXT NOT NULL,      -- '' when unknown
    identity_rule TEXT NOT NULL,      -- what gave service and instance
    samples       INTEGER NOT NULL,   -- records in the file, also those that hold only zeros
    segment_id    INTEGER,            -- where its samples are; NULL when it has none
    segment_index INTEGER,            -- 0, 1 ... in that segment
    UNIQUE (content_id, part)
) STRICT;
CREATE INDEX capture_by_instance ON capture (instance_id, kind, time_ns);
CREATE INDEX capture_by_segment ON capture (segment_id, segment_index) WHERE segment_id IS NOT NULL;

-- What was odd about a capture that was read all the same.
CREATE TABLE note (
    capture_id INTEGER NOT NULL REFERENCES capture,
    ordinal    INTEGER NOT NULL,
    position   INTEGER NOT NULL,  -- line in the content, 0 when it concerns the whole
    text       TEXT NOT NULL,
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Exact sum of each sample type over a capture, as stored in the file.
CREATE TABLE total (
    capture_id INTEGER NOT NULL REFERENCES capture,
    ordinal    INTEGER NOT NULL,  -- order of the types in the file
    type       TEXT NOT NULL,     -- inuse_space, goroutine ...
    unit       TEXT NOT NULL,
    value      INTEGER NOT NULL,
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Up to 64 captures of one instance and kind whose samples are stored together.
CREATE TABLE segment (
    segment_id  INTEGER PRIMARY KEY,
    service_id  INTEGER NOT NULL REFERENCES service,
    instance_id INTEGER NOT NULL REFERENCES instance,
    kind        TEXT NOT NULL,
    types       TEXT NOT NULL,     -- "alloc_objects,alloc_space,inuse_objects,inuse_space"
    period      INTEGER NOT NULL,
    captures    INTEGER NOT NULL   -- indexes used, also by captures that were rejected half way
) STRICT;
CREATE INDEX segment_by_instance ON segment (instance_id, kind, types, period);

-- One stack (and size of object, and set of labels) over the captures of a segment.
--
-- data holds only changes. An entry is varint(skip << n | mask), then one zigzag varint for each set bit
-- of mask: by how much that value grew since the entry before. skip is the number of captures since
-- the entry before (for the first: its index). n is the number of values: in form 0 those of the
-- segment's types; in form 1 two, the raw sample counts of alloc and inuse, from which the four values
-- of a heap profile follow exactly: objects = trunc(count * factor), space = trunc(count * block_size *
-- factor), factor from unsample. Read it through the view sample.
CREATE TABLE series (
    segment_id INTEGER NOT NULL,
    is_live    INTEGER NOT NULL,  -- 1: in use in at least one capture of the segment
    stack_id   INTEGER NOT NULL,
    block_size INTEGER NOT NULL,  -- bytes of one object; 0 when the kind has none
    label_id   INTEGER NOT NULL,  -- word; 0 for none
    form       INTEGER NOT NULL,
    data       BLOB NOT NULL,
    PRIMARY KEY (segment_id, is_live, stack_id, block_size, label_id)
) STRICT, WITHOUT ROWID;

-- The factor that turns raw sample counts into estimates: 1 / (1 - exp(-block_size / period)), kept as
-- it was computed, so that every machine gives the same estimates back.
CREATE TABLE unsample (
    period     INTEGER NOT NULL,
    block_size INTEGER NOT NULL,
    factor     REAL NOT NULL,
    PRIMARY KEY (period, block_size)
) STRICT, WITHOUT ROWID;

-- Goroutines of one capture that are alike.
CREATE TABLE goroutine_group (
    capture_id  INTEGER NOT NULL REFERENCES capture,
    ordinal     INTEGER NOT NULL,
    stack_id    INTEGER NOT NULL,
    state_id    INTEGER NOT NULL,  -- word: wait reason or status
    creator_id  INTEGER,           -- frame of the go statement; NULL when the form does not tell
    label_id    INTEGER NOT NULL,  -- word; 0 for none
    count       INTEGER NOT NULL,
    min_minutes INTEGER,           -- shortest and longest wait; NULL when the form has no times
    max_minutes INTEGER,
    is_leaked   INTEGER NOT NULL,  -- proved by the garbage collector
    is_system   INTEGER NOT NULL,  -- the runtime's own
    is_cut      INTEGER NOT NULL,
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;

-- runtime.MemStats. NULL where the capture does not have the field. next_gc is 9223372036854775807 when
-- the garbage collector is switched off.
CREATE TABLE memstats (
    capture_id     INTEGER PRIMARY KEY REFERENCES capture,
    alloc          INTEGER,
    total_alloc    INTEGER,
    sys            INTEGER,
    mallocs        INTEGER,
    frees          INTEGER,
    heap_alloc     INTEGER,
    heap_sys       INTEGER,
    heap_idle      INTEGER,
    heap_inuse     INTEGER,
    heap_released  INTEGER,
    heap_objects   INTEGER,
    stack_inuse    INTEGER,
    stack_sys      INTEGER,
    mspan_inuse    INTEGER,
    mspan_sys      INTEGER,
    mcache_inuse   INTEGER,
    mcache_sys     INTEGER,
    buck_hash_sys  INTEGER,
    gc_sys         INTEGER,
    other_sys      INTEGER,
    next_gc        INTEGER,
    last_gc        INTEGER,
    pause_total_ns INTEGER,
    num_gc         INTEGER,
    num_forced_gc  INTEGER,
    gc_cpu_ppb     INTEGER,  -- GCCPUFraction in parts per billion: a mean since the start
    max_rss        INTEGER,
    ring_first     INTEGER,  -- number of the oldest cycle in ring; NULL without one
    ring_first_ns  INTEGER,  -- its end
    ring_last_ns   INTEGER,  -- end of the newest
    ring           BLOB      -- zigzag varints: end since the one before, pause; read it through gc_ring
) STRICT;

-- One garbage collection that a trace printed. -1 where its Go version prints no such number.
CREATE TABLE gc_cycle (
    capture_id     INTEGER NOT NULL REFERENCES capture,
    number         INTEGER NOT NULL,
    since_start_ns INTEGER NOT NULL,  -- age of the process when it began
    end_ns         INTEGER,           -- wall clock, when a log prefix tells
    pause_ns       INTEGER NOT NULL,
    heap_start     INTEGER NOT NULL,
    heap_end       INTEGER NOT NULL,
    heap_live      INTEGER NOT NULL,  -- marked alive, cut to MiB
    heap_goal      INTEGER NOT NULL,
    stacks         INTEGER NOT NULL,
    globals        INTEGER NOT NULL,
    assist_ns      INTEGER NOT NULL,
    cpu_percent    INTEGER NOT NULL,
    procs          INTEGER NOT NULL,
    is_forced      INTEGER NOT NULL,
    PRIMARY KEY (capture_id, number)
) STRICT, WITHOUT ROWID;

-- An allocation that the compiler put on the heap.
CREATE TABLE build_fact (
    capture_id INTEGER NOT NULL REFERENCES capture,
    file_id    INTEGER NOT NULL,  -- word
    line       INTEGER NOT NULL,
    "column"   INTEGER NOT NULL,  -- 0 when not given
    what       TEXT NOT NULL,     -- map, slice, append, closure, moved, pointer ...
    message_id INTEGER NOT NULL,  -- word
    package_id INTEGER NOT NULL,  -- word
    PRIMARY KEY (capture_id, file_id, line, "column", what, message_id)
) STRICT, WITHOUT ROWID;

-- Through which function of the runtime a stack's line allocates, as text heap profiles tell.
CREATE TABLE alloc_entry (
    service_id INTEGER NOT NULL,
    stack_id   INTEGER NOT NULL,
    block_size INTEGER NOT NULL,
    entry_id   INTEGER NOT NULL,  -- word: "runtime.growslice", or "#2" for two unnamed frames
    PRIMARY KEY (service_id, stack_id, block_size, entry_id)
) STRICT, WITHOUT ROWID;

-- Captures grouped into lives of one process. Rebuilt for an instance whenever it gets new captures.
CREATE TABLE lifetime (
    lifetime_id INTEGER PRIMARY KEY,
    service_id  INTEGER NOT NULL REFERENCES service,
    instance_id INTEGER NOT NULL REFERENCES instance,
    ordinal     INTEGER NOT NULL,   -- 1, 2 ... in order of time within the instance
    start_ns    INTEGER,            -- when the process started; NULL when not known
    first_ns    INTEGER NOT NULL,   -- first and last capture
    last_ns     INTEGER NOT NULL,
    build       TEXT NOT NULL,      -- '' when no capture of it tells
    begun_by    TEXT NOT NULL,      -- first, counters fell, build changed, other GC history ...
    UNIQUE (instance_id, ordinal)
) STRICT;

CREATE TABLE lifetime_capture (
    capture_id  INTEGER PRIMARY KEY REFERENCES capture,
    lifetime_id INTEGER NOT NULL REFERENCES lifetime
) STRICT;
CREATE INDEX lifetime_capture_by_lifetime ON lifetime_capture (lifetime_id);

-- What the audit found about captures that can be read: left out of judgments or discounted.
CREATE TABLE audit (
    capture_id INTEGER NOT NULL REFERENCES capture,
    reason     TEXT NOT NULL,     -- delta, foreign, same-gc-cycle, rate-changed, mixed-replicas ...
    detail     TEXT NOT NULL,
    is_left_out INTEGER NOT NULL CHECK (is_left_out IN (0, 1)),
    PRIMARY KEY (capture_id, reason)
) STRICT, WITHOUT ROWID;

-- --------------------------------------------------------------------------------------- judgments

-- One command that wrote to the ledger.
CREATE TABLE run (
    run_id      INTEGER PRIMARY KEY,
    started_ns  INTEGER NOT NULL,
    finished_ns INTEGER,           -- NULL when it was interrupted
    command     TEXT NOT NULL,
    version     TEXT NOT NULL,
    options     TEXT NOT NULL      -- effective configuration, JSON
) STRICT;

-- A layer of the judgment for one service: what it consumed, what it made, or why it could not.
CREATE TABLE stage (
    service_id  INTEGER NOT NULL REFERENCES service,
    layer       TEXT NOT NULL CHECK (layer IN ('L1', 'L2', 'L3', 'L4', 'L5', 'summary')),
    input       BLOB NOT NULL,     -- hash of what it consumed: facts, analyzers, the layer before
    output      BLOB,              -- hash of the rows that it produced; NULL when it failed
    row_count   INTEGER NOT NULL,  -- of these rows
    status      TEXT NOT NULL CHECK (status IN ('done', 'no-data', 'failed')),
    reason      TEXT NOT NULL,     -- of no-data and failed; else ''
    PRIMARY KEY (service_id, layer)
) STRICT, WITHOUT ROWID;

-- One leak, or one other thing to be looked at. See product.md section 4 for the words.
CREATE TABLE finding (
    finding_id            TEXT PRIMARY KEY,  -- 12 hex digits: hash of kind, service, function and file
    service_id            INTEGER NOT NULL REFERENCES service,
    kind                  TEXT NOT NULL CHECK (kind IN ('heap', 'goroutines', 'service')),
    class                 TEXT NOT NULL,
    function              TEXT NOT NULL,     -- normalized; '' for kind service
    file                  TEXT NOT NULL,
    line                  INTEGER NOT NULL,  -- 0 when unknown
    wait_reason           TEXT,              -- of goroutines
    severity              TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    score                 INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    uncapped_score        INTEGER NOT NULL CHECK (uncapped_score BETWEEN 0 AND 100),
    cap_reason            TEXT NOT NULL,     -- why the score was held down; '' when it was not
    growth_bytes_per_day  REAL,              -- of one process; NULL when it cannot be said
    growth_bytes_low      REAL,              -- 95 % interval
    growth_bytes_high     REAL,
    growth_per_day        REAL,              -- objects or goroutines of one process
    growth_low            REAL,
    growth_high           REAL,
    last_bytes            REAL,              -- in use at the end, one process
    last_count            REAL,              -- objects or goroutines at the end, one process
    time_to_limit_ns      INTEGER,           -- NULL: see time_to_limit_reason
    time_to_limit_low_ns  INTEGER,
    time_to_limit_high_ns INTEGER,
    time_to_limit_reason  TEXT NOT NULL,
    state                 TEXT NOT NULL CHECK (state IN ('new', 'worse', 'same', 'improving', 'fixed',
                                                         'regressed')),
    first_seen_ns         INTEGER NOT NULL,  -- first and last capture of those that were judged
    last_seen_ns          INTEGER NOT NULL,
    watched_ns            INTEGER NOT NULL,  -- longest time that one process was watched
    captures              INTEGER NOT NULL,  -- that were judged
    lives                 INTEGER NOT NULL,
    first_bad_build       TEXT NOT NULL,     -- '' when no build without it is known
    summary               TEXT NOT NULL,
    explanation           TEXT NOT NULL,     -- paragraphs, one a line
    remedy                TEXT NOT NULL,
    classic_score         REAL,              -- the source documents' formula; shown, gates nothing
    input                 BLOB NOT NULL      -- hash of what the last layer consumed
) STRICT;
CREATE INDEX finding_by_service ON finding (service_id);

CREATE TABLE finding_instance (
    finding_id  TEXT NOT NULL REFERENCES finding ON DELETE CASCADE,
    instance_id INTEGER NOT NULL REFERENCES instance,
    PRIMARY KEY (finding_id, instance_id)
) STRICT, WITHOUT ROWID;

-- The places in the code that take part in a finding; the first is its own.
CREATE TABLE finding_place (
    finding_id           TEXT NOT NULL REFERENCES finding ON DELETE CASCADE,
    ordinal              INTEGER NOT NULL,
    kind                 TEXT NOT NULL CHECK (kind IN ('heap', 'goroutines', 'service')),
    class                TEXT,     -- NULL when its sizes and remarks tell none
    function             TEXT NOT NULL,
    file                 TEXT NOT NULL,
    line                 INTEGER NOT NULL,
    growth_bytes_per_day REAL,     -- NULL for goroutines
    growth_per_day       REAL,
    PRIMARY KEY (finding_id, ordinal)
) STRICT, WITHOUT ROWID;

-- How the finding's own place went, for its picture: all captures, warm-up too, or evenly chosen ones where
-- a life has more than some hundreds.
CREATE TABLE finding_point (
    finding_id  TEXT NOT NULL REFERENCES finding ON DELETE CASCADE,
    instance_id INTEGER NOT NULL REFERENCES instance,
    lifetime    INTEGER NOT NULL,  -- ordinal of the life: 1, 2 ... of the instance
    t_ns        INTEGER NOT NULL,
    value       INTEGER NOT NULL,  -- bytes, or goroutines
    is_judged   INTEGER NOT NULL CHECK (is_judged IN (0, 1)),
    PRIMARY KEY (finding_id, instance_id, lifetime, t_ns)
) STRICT, WITHOUT ROWID;

-- One analyzer's word on a finding, with the term that it adds to the score.
CREATE TABLE evidence (
    finding_id TEXT NOT NULL REFERENCES finding ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    place      INTEGER NOT NULL,  -- finding_place.ordinal that it speaks of
    analyzer   TEXT NOT NULL,
    term       TEXT NOT NULL,     -- row of the weights table
    strength   REAL NOT NULL CHECK (strength BETWEEN 0 AND 1),
    weight     REAL NOT NULL CHECK (weight BETWEEN 0 AND 1),
    is_counted INTEGER NOT NULL CHECK (is_counted IN (0, 1)),  -- the strongest of its term: in the score
    class      TEXT,              -- what this evidence says it is; NULL when it does not say
    detail     TEXT NOT NULL,
    data       TEXT NOT NULL,     -- JSON
    PRIMARY KEY (finding_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_capture (
    finding_id TEXT NOT NULL,
    ordinal    INTEGER NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES capture,
    PRIMARY KEY (finding_id, ordinal, capture_id),
    FOREIGN KEY (finding_id, ordinal) REFERENCES evidence ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
