-- Our own findings, by how early they would have been made: judged by the captures up to then alone. A finding
-- without a row was not looked at, or needed what came later.
CREATE TEMP TABLE IF NOT EXISTS death_foresight (
    service_id INTEGER NOT NULL,
    time_ns    INTEGER NOT NULL,    -- of the kill
    finding_id TEXT NOT NULL,
    from_ns    INTEGER NOT NULL,    -- the first capture with which it was there
    summary    TEXT NOT NULL,
    PRIMARY KEY (service_id, time_ns, finding_id)
) STRICT, WITHOUT ROWID;
