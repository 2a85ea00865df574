-- What each analyzer said, with the term that it adds to the score and the captures behind it. What one analyzer
-- said of a place in the same words, once for each class that it may be, is one row; `others` are its other numbers.
WITH said AS (
    SELECT
        e.id,
        e.ordinal,
        e.analyzer,
        e.term,
        e.detail,
        e.place,
        e.strength,
        e.weight,
        e.is_counted,
        e.class,
        e.data,
        row_number() OVER (
            PARTITION BY
                e.analyzer,
                e.place,
                e.detail,
                e.is_counted
            ORDER BY
                e.strength DESC,
                e.ordinal
        ) AS rank
    FROM v_evidence AS e
    WHERE e.id = :finding_id
)
SELECT
    e.ordinal + 1 AS number,
    (
        SELECT json_group_array(CAST(s.ordinal + 1 AS TEXT))
        FROM said AS s
        WHERE s.rank > 1
          AND s.analyzer = e.analyzer
          AND s.place = e.place
          AND s.detail = e.detail
          AND s.is_counted = e.is_counted
    ) AS "others:json",
    e.analyzer,
    e.term,
    w.meaning,
    e.detail,
    p.function,
    p.file || coalesce(':' || nullif(p.line, 0), '') AS place,
    round(e.strength, 2) AS "strength:real",
    round(e.weight, 2) AS "weight:real",
    CAST(round(100 * e.strength * e.weight) AS INTEGER) AS points,
    e.is_counted,
    (
        SELECT group_concat(s.class, ' or ')
        FROM said AS s
        WHERE s.analyzer = e.analyzer
          AND s.place = e.place
          AND s.detail = e.detail
          AND s.is_counted = e.is_counted
    ) AS class,
    (
        SELECT json_group_array(j.key || ': ' || substr(CASE j.type
            WHEN 'real' THEN printf('%.6g', j.value)
            ELSE CAST(j.value AS TEXT)
        END, 1, 300))
        FROM json_each(e.data) AS j
    ) AS "numbers:json",
    (
        SELECT json_group_array(c.path)
        FROM (
            SELECT ec.path
            FROM v_evidence_capture AS ec
            WHERE ec.id = e.id
              AND ec.ordinal = e.ordinal
            ORDER BY
                ec.time_ns DESC,
                ec.path
            LIMIT 12
        ) AS c
    ) AS "paths:json",
    (
        SELECT count(*)
        FROM v_evidence_capture AS ec
        WHERE ec.id = e.id
          AND ec.ordinal = e.ordinal
    ) AS "captures:count"
FROM said AS e
JOIN v_finding_place AS p ON p.id = e.id AND p.ordinal = e.place
LEFT JOIN weights AS w ON w.term = e.term
WHERE e.rank = 1
ORDER BY
    e.is_counted DESC,
    e.strength * e.weight DESC,
    e.ordinal;
