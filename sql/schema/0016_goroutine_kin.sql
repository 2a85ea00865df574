-- The ledger, version 16: who started goroutines.

-- Of dumps: JSON array of the oldest ids of the group; '' when none is told, and of what was read before.
ALTER TABLE goroutine_group ADD COLUMN ids TEXT NOT NULL DEFAULT '';

-- Those of the group whose creator has ended and left nothing else at work, and how many different creators that are;
-- NULL where the dump does not tell (Go 1.20 and older, a profile, a dump that is not whole).
ALTER TABLE goroutine_group ADD COLUMN orphans INTEGER;
ALTER TABLE goroutine_group ADD COLUMN ended_creators INTEGER;
