-- Sets a file aside: "in" becomes "in@1a2b3c4d", after the bytes that it had.
UPDATE file
SET root = root || '@' || lower(substr(hex(stored), 1, 8))
WHERE file_id = :file_id;
