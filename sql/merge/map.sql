-- Numbers of the attached ledger, and what they become. Frames of stacks are rewritten by merge_frames.

DELETE FROM merge_m_word;
DELETE FROM merge_m_function;
DELETE FROM merge_m_frame;
DELETE FROM merge_m_service;
DELETE FROM merge_m_instance;
DELETE FROM merge_m_content;
DELETE FROM merge_m_capture;
DELETE FROM merge_m_seen;
DELETE FROM merge_m_segment;
DELETE FROM merge_m_stack;
DELETE FROM merge_m_judged;
DELETE FROM merge_m_finding;

INSERT INTO merge_m_content (old_id, new_id)
SELECT
    w.content_id,
    w.new_id
FROM merge_winner AS w
JOIN merge_input AS m USING (input);

INSERT INTO merge_m_capture (old_id, new_id)
SELECT
    k.capture_id,
    k.new_id
FROM merge_kept AS k
JOIN merge_input AS m USING (input);

-- Also those that another ledger gave.
INSERT INTO merge_m_seen (old_id, new_id)
SELECT
    mc.capture_id,
    k.new_id
FROM merge_capture AS mc
JOIN merge_input AS m USING (input)
JOIN merge_content AS ct ON ct.input = mc.input AND ct.content_id = mc.content_id
JOIN merge_kept AS k ON k.hash = ct.hash AND k.part = mc.part;

INSERT INTO merge_m_service (old_id, new_id)
SELECT
    s.service_id,
    n.service_id
FROM src.service AS s
JOIN main.service AS n USING (name);

INSERT INTO merge_m_instance (old_id, new_id)
SELECT
    i.instance_id,
    n.instance_id
FROM src.instance AS i
JOIN merge_m_service AS ms ON ms.old_id = i.service_id
JOIN main.instance AS n ON n.service_id = ms.new_id AND n.name = i.name;

INSERT INTO merge_m_segment (old_id, new_id)
SELECT
    t.segment_id,
    (SELECT coalesce(max(s.segment_id), 0) FROM main.segment AS s) + row_number() OVER (ORDER BY t.segment_id)
FROM (
    SELECT DISTINCT c.segment_id
    FROM src.capture AS c
    JOIN merge_m_capture AS mc ON mc.old_id = c.capture_id
    WHERE c.segment_id IS NOT NULL
) AS t;

INSERT INTO main.word (value)
SELECT w.value FROM src.word AS w
EXCEPT
SELECT w.value FROM main.word AS w;

INSERT INTO merge_m_word (old_id, new_id)
SELECT
    w.word_id,
    n.word_id
FROM src.word AS w
JOIN main.word AS n USING (value)
UNION
SELECT
    0,
    0;

INSERT INTO main.function (name, file)
SELECT f.name, f.file FROM src.function AS f
EXCEPT
SELECT f.name, f.file FROM main.function AS f;

INSERT INTO merge_m_function (old_id, new_id)
SELECT
    f.function_id,
    n.function_id
FROM src.function AS f
JOIN main.function AS n USING (name, file);

INSERT OR IGNORE INTO main.function_start (function_id, start_line)
SELECT
    mf.new_id,
    fs.start_line
FROM src.function_start AS fs
JOIN merge_m_function AS mf ON mf.old_id = fs.function_id;

INSERT INTO main.frame (function_id, line)
SELECT
    mf.new_id,
    fr.line
FROM src.frame AS fr
JOIN merge_m_function AS mf ON mf.old_id = fr.function_id
EXCEPT
SELECT
    fr.function_id,
    fr.line
FROM main.frame AS fr;

INSERT INTO merge_m_frame (old_id, new_id)
SELECT
    fr.frame_id,
    n.frame_id
FROM src.frame AS fr
JOIN merge_m_function AS mf ON mf.old_id = fr.function_id
JOIN main.frame AS n ON n.function_id = mf.new_id AND n.line = fr.line;

-- Findings of services whose judgment is taken from this ledger.
INSERT INTO merge_m_judged (old_id, new_id)
SELECT
    s.service_id,
    n.service_id
FROM merge_judgment AS j
JOIN merge_input AS m USING (input)
JOIN src.service AS s ON s.name = j.service
JOIN main.service AS n ON n.name = j.service;

INSERT INTO merge_m_finding (old_id, new_id)
SELECT
    f.finding_id,
    f.finding_id
FROM src.finding AS f
JOIN merge_m_judged AS mj ON mj.old_id = f.service_id;
