-- The ledger, version 7: a forecast says which limit it is about, and why there is none.

-- The limit that the forecast is about, and who tells it: configured, declared, limit.memory (of a pod),
-- cgroup.memory.max, Go (GOMEMLIMIT, a soft one), kill. NULL: none is known.
ALTER TABLE finding ADD COLUMN limit_bytes INTEGER;
ALTER TABLE finding ADD COLUMN limit_source TEXT;
-- One word for time_to_limit_reason; '' when there is a time.
ALTER TABLE finding ADD COLUMN time_to_limit_refused TEXT NOT NULL DEFAULT '';
-- Age at which a process reaches the limit, and at which processes ended so far. NULL: not known.
ALTER TABLE finding ADD COLUMN life_to_limit_ns INTEGER;
ALTER TABLE finding ADD COLUMN median_life_ns INTEGER;
-- 1: processes end before they reach the limit, so nobody sees it.
ALTER TABLE finding ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0;
-- The forecast in sentences; '' when there is none.
ALTER TABLE finding ADD COLUMN outlook TEXT NOT NULL DEFAULT '';
