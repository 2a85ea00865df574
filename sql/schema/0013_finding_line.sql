-- The ledger, version 13: places that move.

-- Where a finding's own place was in each build, oldest first: edits above a line move it. One row at least where
-- the build is known; by it a later judgment knows the place again.
CREATE TABLE finding_line (
    finding_id TEXT NOT NULL REFERENCES finding ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    build      TEXT NOT NULL,  -- '' when captures do not tell it
    function   TEXT NOT NULL,  -- normalized
    file       TEXT NOT NULL,
    line       INTEGER NOT NULL,
    PRIMARY KEY (finding_id, ordinal)
) STRICT, WITHOUT ROWID;
