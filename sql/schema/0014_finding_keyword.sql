-- The ledger, version 14: keywords.

-- Short words on findings (sql/catalog/keywords.sql), made with the judgment.
CREATE TABLE finding_keyword (
    finding_id TEXT NOT NULL REFERENCES finding ON DELETE CASCADE,
    keyword    TEXT NOT NULL,
    PRIMARY KEY (finding_id, keyword)
) STRICT, WITHOUT ROWID;
