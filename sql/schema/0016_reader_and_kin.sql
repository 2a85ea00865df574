-- The ledger, version 16: who started goroutines; and what was rejected as a whole is tried again, too.

-- Of dumps: JSON array of the oldest ids of the group; '' when none is told, and of what was read before.
ALTER TABLE goroutine_group ADD COLUMN ids TEXT NOT NULL DEFAULT '';

-- Those of the group whose creator has ended and left nothing else at work, and how many different creators that are;
-- NULL where the dump does not tell (Go 1.20 and older, a profile, a dump that is not whole).
ALTER TABLE goroutine_group ADD COLUMN orphans INTEGER;
ALTER TABLE goroutine_group ADD COLUMN ended_creators INTEGER;

-- Version of the program that says why nothing could be read of the file: a newer one tries again. NULL: nobody
-- does, or it was a version that did not write it down.
ALTER TABLE file ADD COLUMN reader TEXT;
