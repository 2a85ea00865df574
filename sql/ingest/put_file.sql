-- Records the last state of one file. Parameters in the order of src/ledger/write.c. What was wrong with known
-- bytes is still wrong with them.
INSERT INTO file (root, path, stored, size, modified_ns, reason, changed_ns, reader)
VALUES (:root, :path, :stored, :size, :modified_ns, :reason, :changed_ns, iif(:reason IS NULL, NULL, :reader))
ON CONFLICT (root, path) DO UPDATE SET
    stored = excluded.stored,
    size = excluded.size,
    modified_ns = excluded.modified_ns,
    reason = iif(:is_known AND excluded.stored = file.stored, file.reason, excluded.reason),
    reader = iif(:is_known AND excluded.stored = file.stored, file.reader, excluded.reader),
    changed_ns = excluded.changed_ns;
