-- The ledger, version 6: findings that somebody knows of and has put aside.

-- The [suppress] sections of the configuration that the last analysis had, in their order.
CREATE TABLE suppression (
    ordinal     INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    finding_id  TEXT NOT NULL,     -- what it asks of a finding; '' asks nothing
    service     TEXT NOT NULL,     -- may hold wildcards
    class       TEXT NOT NULL,
    function    TEXT NOT NULL,     -- may hold wildcards
    reason      TEXT NOT NULL,
    owner       TEXT NOT NULL,
    until_ns    INTEGER NOT NULL,  -- it suppresses what is judged before this time
    is_expired  INTEGER NOT NULL,  -- at the time of the analysis; then it suppresses nothing
    is_expiring INTEGER NOT NULL   -- has not expired, and will within 14 days
) STRICT;

-- Which suppressions a finding fits. No reference to the finding: it is made anew by every judgment.
CREATE TABLE suppressed (
    finding_id TEXT NOT NULL,
    ordinal    INTEGER NOT NULL REFERENCES suppression ON DELETE CASCADE,
    is_in_use  INTEGER NOT NULL,   -- 1: this one suppresses it, the first that has not expired
    PRIMARY KEY (finding_id, ordinal)
) STRICT, WITHOUT ROWID;
