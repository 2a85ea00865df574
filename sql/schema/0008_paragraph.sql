-- The ledger, version 8: every sentence leads to its evidence.

-- The explanation of a finding, a paragraph each, with the evidence that it rests on: a JSON array of
-- ordinals.
CREATE TABLE finding_paragraph (
    finding_id TEXT NOT NULL REFERENCES finding ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    text       TEXT NOT NULL,
    evidence   TEXT NOT NULL,
    PRIMARY KEY (finding_id, ordinal)
) STRICT, WITHOUT ROWID;
