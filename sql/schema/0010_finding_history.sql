-- What each judgment said of a finding, so that a week can be compared with the week before. A row for each
-- newest capture of the service that a judgment had; judging the same captures again replaces it.
CREATE TABLE finding_history (
    finding_id           TEXT NOT NULL,     -- stays when the finding is taken back and comes again
    service_id           INTEGER NOT NULL REFERENCES service ON DELETE CASCADE,
    judged_ns            INTEGER NOT NULL,  -- newest capture of the service
    state                TEXT NOT NULL,
    severity             TEXT NOT NULL,
    score                INTEGER NOT NULL,
    growth_bytes_per_day REAL,
    growth_per_day       REAL,
    last_bytes           REAL,
    last_count           REAL,
    time_to_limit_ns     INTEGER,
    PRIMARY KEY (finding_id, judged_ns)
) STRICT, WITHOUT ROWID;

CREATE INDEX finding_history_by_service ON finding_history (service_id, judged_ns);
