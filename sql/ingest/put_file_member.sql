-- A member of an archive. Parameters in the order of src/ledger/write.c.
INSERT OR REPLACE INTO file_member (file_id, member, name, modified_ns, reason, reader)
VALUES (:file_id, :member, :name, :modified_ns, :reason, :reader);
