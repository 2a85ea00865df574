-- The ledger, version 4: which rule told what a capture is of.

-- The known layout or the user's pattern that its path follows; '' for none.
ALTER TABLE capture ADD COLUMN layout TEXT NOT NULL DEFAULT '';

-- What gave the build: content, a layout or pattern, file name, directory; '' when it is unknown.
ALTER TABLE capture ADD COLUMN build_source TEXT NOT NULL DEFAULT '';

-- 1: its time comes from a name that gives no zone, and was taken for UTC.
ALTER TABLE capture ADD COLUMN is_zone_assumed INTEGER NOT NULL DEFAULT 0
    CHECK (is_zone_assumed IN (0, 1));
