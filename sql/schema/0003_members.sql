-- The ledger, version 3: archives have members.

-- A file of an archive, by its path in there. Its contents are in file_content under the same number;
-- one that could not be read has none, and the reason here.
CREATE TABLE file_member (
    file_id     INTEGER NOT NULL REFERENCES file,
    member      INTEGER NOT NULL,  -- 0, 1 ... in the order of the archive, as in file_content
    name        TEXT NOT NULL,     -- path inside the archive
    modified_ns INTEGER,           -- as the archive says; NULL when it does not
    reason      TEXT,              -- why it could not be read; NULL when it could
    reader      TEXT NOT NULL,     -- version of the program that says so: a newer one tries again
    PRIMARY KEY (file_id, member)
) STRICT, WITHOUT ROWID;

-- Where a content was found.
CREATE INDEX file_content_by_content ON file_content (content_id);
