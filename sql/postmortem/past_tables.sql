-- The past: tables of the names that the ledger's have, before which SQLite finds them. They are filled with what was
-- captured up to a moment (past_lives.sql, past_captures.sql), and what is judged meanwhile is judged as it was then.
DROP VIEW IF EXISTS temp.kill;
DROP TABLE IF EXISTS temp.lifetime;
CREATE TEMP TABLE lifetime (
    lifetime_id INTEGER PRIMARY KEY,
    service_id  INTEGER NOT NULL,
    instance_id INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    start_ns    INTEGER,
    first_ns    INTEGER NOT NULL,
    last_ns     INTEGER NOT NULL,
    build       TEXT NOT NULL,
    begun_by    TEXT NOT NULL
) STRICT;

DROP TABLE IF EXISTS temp.lifetime_capture;
CREATE TEMP TABLE lifetime_capture (
    capture_id  INTEGER PRIMARY KEY,
    lifetime_id INTEGER NOT NULL
) STRICT;
CREATE INDEX temp.past_capture_by_life ON lifetime_capture (lifetime_id);

-- Earlier kills may be known by then; the limit that this one tells was not.
CREATE TEMP VIEW kill AS
SELECT k.*
FROM main.kill AS k
WHERE k.time_ns < (SELECT max(l.last_ns) FROM temp.lifetime AS l);
