-- Captures of each service over time: how many came in each column, NULL for none. The columns are minutes
-- to days wide, so that there are at most some forty. Services that fell silent come first, then those with most empty
-- columns: with one row for each of the first :most_rows, and a note that tells of the others. A service whose captures
-- are all older than the first column has no row: there is nothing to see of it, and it would hide who fell silent now.
WITH RECURSIVE span AS (
    SELECT
        min(c.time_ns) AS first_ns,
        max(c.time_ns) AS last_ns
    FROM capture AS c
    WHERE c.is_observation = 1
      AND c.time_ns IS NOT NULL
      AND (:since_ns IS NULL OR c.time_ns >= :since_ns)
      AND (:until_ns IS NULL OR c.time_ns < :until_ns)
),
measure AS (
    SELECT
        w.width,
        w.words,
        s.last_ns / w.width AS last_slot,
        max(s.first_ns / w.width, s.last_ns / w.width - 44) AS first_slot
    FROM span AS s
    JOIN (
        SELECT 300000000000 AS width, '5 minutes' AS words
        UNION ALL SELECT 900000000000, '15 minutes'
        UNION ALL SELECT 3600000000000, 'an hour'
        UNION ALL SELECT 10800000000000, '3 hours'
        UNION ALL SELECT 86400000000000, 'a day'
    ) AS w
    WHERE w.width = 86400000000000
       OR s.last_ns - s.first_ns <= 36 * w.width
    ORDER BY w.width
    LIMIT 1
),
slot AS (
    SELECT m.first_slot AS slot FROM measure AS m WHERE m.last_slot IS NOT NULL
    UNION ALL
    SELECT s.slot + 1 FROM slot AS s JOIN measure AS m WHERE s.slot < m.last_slot
),
received AS (
    SELECT
        c.service_id,
        c.time_ns / m.width AS slot,
        count(*) AS captures
    FROM capture AS c
    JOIN measure AS m
    WHERE c.is_observation = 1
      AND c.is_foreign = 0
      AND c.time_ns IS NOT NULL
    GROUP BY
        c.service_id,
        c.time_ns / m.width
),
ranked AS (
    SELECT
        r.service_id,
        total(r.slot >= m.first_slot) AS filled,
        max(r.slot) AS newest,
        max(r.slot) < m.first_slot AS is_gone,
        -- by name and not by number: numbers are given in the order of reading
        row_number() OVER (
            ORDER BY
                max(r.slot) < m.first_slot,
                max(r.slot) >= m.last_slot - 1,
                total(r.slot >= m.first_slot),
                s.name
        ) AS place
    FROM received AS r
    JOIN measure AS m ON r.slot <= m.last_slot
    JOIN service AS s USING (service_id)
    GROUP BY r.service_id
),
told AS (
    SELECT
        count(*) AS services,
        CAST(total(k.is_gone) AS INTEGER) AS gone,
        (SELECT count(*) FROM slot) AS slots,
        total(k.filled < (SELECT count(*) FROM slot)) AS patchy,
        total(k.newest < m.last_slot - 1) AS silent
    FROM ranked AS k
    JOIN measure AS m
)
SELECT
    s.service_id AS row_id,
    s.name AS row_name,
    CASE
        WHEN m.width = 86400000000000 THEN ltrim(substr(rfc3339(slot.slot * m.width), 9, 2), '0') || ' '
            || substr('JanFebMarAprMayJunJulAugSepOctNovDec', 3 * CAST(substr(rfc3339(slot.slot * m.width), 6, 2) AS INTEGER) - 2, 3)
        WHEN m.width > 3600000000000 OR slot.slot * m.width % 86400000000000 = 0
            THEN substr(rfc3339(slot.slot * m.width), 9, 2) || ', ' || substr(rfc3339(slot.slot * m.width), 12, 5)
        ELSE substr(rfc3339(slot.slot * m.width), 12, 5)
    END AS column_name,
    r.captures AS value,
    CASE
        WHEN t.silent > 0 THEN count_text(CAST(t.silent AS INTEGER)) || ' of ' || count_text(t.services)
            || ' services sent nothing since ' || substr(rfc3339((m.last_slot - 1) * m.width), 1, 10) || ' '
            || substr(rfc3339((m.last_slot - 1) * m.width), 12, 5) || ' UTC'
        WHEN t.patchy > 0 THEN 'Captures are missing for ' || count_text(CAST(t.patchy AS INTEGER)) || ' of '
            || count_text(t.services) || ' services'
        WHEN t.slots = 1 THEN 'All captures were taken within ' || m.words
        ELSE 'Every service sent captures all the time'
    END AS title,
    'Each column is ' || m.words || ' long, from ' || substr(rfc3339(m.first_slot * m.width), 1, 10) || ' '
        || substr(rfc3339(m.first_slot * m.width), 12, 5) || ' UTC on. A line across a cell says that nothing came.'
        || CASE
            WHEN t.services - t.gone > :most_rows THEN ' Shown are ' || count_text(:most_rows) || ' of '
                || count_text(t.services - t.gone) || ' services, those with least captures lately first.'
            ELSE ''
        END
        || CASE t.gone
            WHEN 0 THEN ''
            WHEN 1 THEN ' One more sent nothing in all this time.'
            ELSE ' ' || count_text(t.gone) || ' more sent nothing in all this time.'
        END AS note,
    'Captures in ' || m.words AS what,
    'From ' || substr(rfc3339(m.first_slot * m.width), 1, 10) || ', UTC' AS context
FROM ranked AS k
JOIN service AS s USING (service_id)
JOIN slot
JOIN measure AS m
JOIN told AS t
LEFT JOIN received AS r ON r.service_id = k.service_id AND r.slot = slot.slot
WHERE k.place <= :most_rows
  AND k.is_gone = 0
ORDER BY
    k.place,
    slot.slot;
