-- The ledger, version 5: a night costs what is new in it.

-- When the file or its name, owner or rights were last changed, in the words of its file system (ctime). A
-- file of that root and path with the same size and times was not written since, and is not read again.
-- NULL: it was too young to be sure of that.
ALTER TABLE file ADD COLUMN changed_ns INTEGER;

-- Work that follows from what is stored and that a run did not come to; the next one does.
CREATE TABLE unfinished (
    work TEXT PRIMARY KEY CHECK (work IN ('lifetimes'))
) STRICT, WITHOUT ROWID;
