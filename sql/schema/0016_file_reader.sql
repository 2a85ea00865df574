-- The ledger, version 16: what was rejected as a whole is tried again, too.

-- Version of the program that says why nothing could be read of the file: a newer one tries again. NULL: nobody
-- does, or it was a version that did not write it down.
ALTER TABLE file ADD COLUMN reader TEXT;
