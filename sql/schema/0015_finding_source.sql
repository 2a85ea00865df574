-- The ledger, version 15: the source of findings.

-- The line of a finding's own place with a few around it, as a directory of --source has them, or why they are not
-- shown. Only findings have one: no other line of the source is kept.
CREATE TABLE finding_source (
    finding_id TEXT PRIMARY KEY REFERENCES finding ON DELETE CASCADE,
    status     TEXT NOT NULL,     -- shown, no-file, several, unreadable, no-line, no-function, other-function, no-code
    note       TEXT NOT NULL,     -- why it is not shown, part of a sentence; '' when it is
    path       TEXT NOT NULL,     -- of the file, below its directory; '' when there is none
    first_line INTEGER NOT NULL,  -- number of the first of lines; 0 without any
    lines      TEXT NOT NULL      -- JSON array of texts; empty when it is not shown
) STRICT, WITHOUT ROWID;
