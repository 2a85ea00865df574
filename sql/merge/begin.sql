-- Tables of a merge. 'input' is the ledger's number; inputs are looked at twice, once to gather what there is,
-- once to copy. No result depends on their order: what is in several of them is decided by content.
--
-- merge_m_X (old_id, new_id) maps numbers of the ledger that is being copied to those of the merged one.

CREATE TEMP TABLE merge_input (
    input INTEGER NOT NULL  -- the one that is attached as src: one row
);

CREATE TEMP TABLE merge_file (
    input       INTEGER NOT NULL,
    file_id     INTEGER NOT NULL,
    root        TEXT NOT NULL,
    path        TEXT NOT NULL,
    stored      BLOB,
    size        INTEGER NOT NULL,
    modified_ns INTEGER,
    changed_ns  INTEGER,
    reason      TEXT,
    reader      TEXT,
    is_source   INTEGER NOT NULL,  -- says whose a content is
    new_root    TEXT,
    PRIMARY KEY (input, file_id)
);

CREATE TEMP TABLE merge_content (
    input      INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    size       INTEGER NOT NULL,
    format     TEXT,
    reason     TEXT,
    reader     TEXT NOT NULL,
    root       TEXT,               -- where it was found first
    path       TEXT,
    member     INTEGER,
    who        TEXT,               -- its captures' services, instances and times
    PRIMARY KEY (input, content_id)
);

CREATE TEMP TABLE merge_capture (
    input       INTEGER NOT NULL,
    capture_id  INTEGER NOT NULL,
    content_id  INTEGER NOT NULL,
    part        INTEGER NOT NULL,
    service     TEXT NOT NULL,
    instance_id INTEGER NOT NULL,
    instance    TEXT NOT NULL,
    PRIMARY KEY (input, capture_id)
);

CREATE TEMP TABLE merge_member (
    input       INTEGER NOT NULL,
    file_id     INTEGER NOT NULL,
    member      INTEGER NOT NULL,
    content_id  INTEGER,           -- NULL: a row of file_member
    name        TEXT,
    modified_ns INTEGER,
    reason      TEXT,
    reader      TEXT
);

CREATE TEMP TABLE merge_service (
    input     INTEGER NOT NULL,
    service   TEXT NOT NULL,
    is_dirty  INTEGER NOT NULL,
    judged_by BLOB,
    last_ns   INTEGER,             -- newest capture that was judged
    findings  TEXT,                -- their ids and numbers
    PRIMARY KEY (input, service)
);

CREATE TEMP TABLE merge_stack (
    stack_id   INTEGER PRIMARY KEY,
    service_id INTEGER NOT NULL,
    depth      INTEGER NOT NULL,
    frames     BLOB NOT NULL,
    UNIQUE (service_id, frames)
);

CREATE TEMP TABLE merge_m_word (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_function (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_frame (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_service (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_instance (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_content (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_capture (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_seen (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_segment (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_stack (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_judged (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL);
CREATE TEMP TABLE merge_m_finding (old_id TEXT PRIMARY KEY, new_id TEXT NOT NULL);
