-- Records a content that was read or rejected. A row that another batch made for it is completed.
INSERT INTO content (hash, size, format, reason, reader)
VALUES (:hash, :size, :format, :reason, :reader)
ON CONFLICT (hash) DO UPDATE SET
    size = excluded.size,
    format = excluded.format,
    reason = excluded.reason,
    reader = excluded.reader;
