-- What the merged ledger will have, in an order that follows from what it is and not from where it came from.

-- Of contents that several ledgers have, one that was read counts, and was not pruned; then the first place by root
-- and path: as if one run had found them all.
CREATE TEMP TABLE merge_winner AS
SELECT
    t.hash,
    t.input,
    t.content_id,
    row_number() OVER (ORDER BY t.hash) AS new_id
FROM (
    SELECT
        mc.hash,
        mc.input,
        mc.content_id,
        row_number() OVER (
            PARTITION BY mc.hash
            ORDER BY
                mc.reason IS NOT NULL,
                mc.who IS NULL,
                mc.root IS NULL,
                mc.root,
                mc.path,
                mc.member,
                mc.who,
                mc.reader DESC,
                mc.input
        ) AS place
    FROM merge_content AS mc
) AS t
WHERE t.place = 1;
CREATE UNIQUE INDEX temp.merge_winner_by_content ON merge_winner (input, content_id);
CREATE UNIQUE INDEX temp.merge_winner_by_hash ON merge_winner (hash);

INSERT INTO content (content_id, hash, size, format, reason, reader)
SELECT
    w.new_id,
    mc.hash,
    mc.size,
    mc.format,
    mc.reason,
    mc.reader
FROM merge_winner AS w
JOIN merge_content AS mc USING (input, content_id);

-- Two machines may have another file under one name: one of them keeps it, the others' root gets a mark.
CREATE TEMP TABLE merge_name AS
SELECT
    t.root,
    t.path,
    t.stored,
    CASE row_number() OVER (PARTITION BY t.root, t.path ORDER BY t.stored)
        WHEN 1 THEN t.root
        ELSE t.root || '@' || lower(substr(hex(t.stored), 1, 8))
    END AS new_root
FROM (
    SELECT DISTINCT
        f.root,
        f.path,
        f.stored
    FROM merge_file AS f
    WHERE f.stored IS NOT NULL
) AS t;
CREATE INDEX temp.merge_name_by_name ON merge_name (root, path);

UPDATE merge_file
SET new_root = coalesce(
    (
        SELECT n.new_root
        FROM merge_name AS n
        WHERE n.root = merge_file.root
          AND n.path = merge_file.path
          AND n.stored = merge_file.stored
    ),
    CASE
        WHEN EXISTS (
            SELECT 1
            FROM merge_name AS n
            WHERE n.root = merge_file.root
              AND n.path = merge_file.path
        ) THEN NULL
        ELSE root
    END
);

INSERT INTO file (root, path, stored, size, modified_ns, reason, changed_ns, reader)
SELECT
    f.new_root,
    f.path,
    max(f.stored),
    max(f.size),
    max(f.modified_ns),
    min(f.reason),
    max(f.changed_ns),
    min(f.reader)
FROM merge_file AS f
WHERE f.new_root IS NOT NULL
GROUP BY
    f.new_root,
    f.path
ORDER BY
    max(f.is_source) DESC,
    f.new_root,
    f.path;

INSERT OR IGNORE INTO file_content (file_id, member, content_id)
SELECT
    f.file_id,
    mm.member,
    w.new_id
FROM merge_member AS mm
JOIN merge_file AS mf USING (input, file_id)
JOIN file AS f ON f.root = mf.new_root AND f.path = mf.path
JOIN merge_content AS mc ON mc.input = mm.input AND mc.content_id = mm.content_id
JOIN merge_winner AS w ON w.hash = mc.hash
ORDER BY
    f.file_id,
    mm.member,
    w.new_id;

INSERT OR IGNORE INTO file_member (file_id, member, name, modified_ns, reason, reader)
SELECT
    f.file_id,
    mm.member,
    mm.name,
    mm.modified_ns,
    mm.reason,
    mm.reader
FROM merge_member AS mm
JOIN merge_file AS mf USING (input, file_id)
JOIN file AS f ON f.root = mf.new_root AND f.path = mf.path
WHERE mm.content_id IS NULL
ORDER BY
    f.file_id,
    mm.member,
    mm.reader DESC,
    mm.name,
    mm.modified_ns,
    mm.reason;

-- Captures come with their content.
CREATE TEMP TABLE merge_kept AS
SELECT
    mc.input,
    mc.capture_id,
    mc.service,
    mc.instance,
    w.hash,
    mc.part,
    row_number() OVER (ORDER BY w.hash, mc.part) AS new_id
FROM merge_capture AS mc
JOIN merge_winner AS w USING (input, content_id);
CREATE UNIQUE INDEX temp.merge_kept_by_capture ON merge_kept (input, capture_id);
CREATE INDEX temp.merge_kept_by_hash ON merge_kept (hash, part);

INSERT INTO service (name)
SELECT DISTINCT k.service
FROM merge_kept AS k
ORDER BY k.service;

INSERT INTO instance (service_id, name)
SELECT DISTINCT
    s.service_id,
    k.instance
FROM merge_kept AS k
JOIN service AS s ON s.name = k.service
ORDER BY
    s.service_id,
    k.instance;

-- Whose judgment of a service stands until the next one: that of the newest captures.
CREATE TEMP TABLE merge_judgment AS
SELECT
    t.input,
    t.service,
    t.inputs,
    t.is_dirty,
    t.judged_by
FROM (
    SELECT
        ms.input,
        ms.service,
        ms.is_dirty,
        ms.judged_by,
        count(*) OVER (PARTITION BY ms.service) AS inputs,
        row_number() OVER (
            PARTITION BY ms.service
            ORDER BY
                ms.last_ns DESC,
                ms.findings,
                ms.input
        ) AS place
    FROM merge_service AS ms
) AS t
WHERE t.place = 1;
CREATE INDEX temp.merge_judgment_by_service ON merge_judgment (service);
