-- What each analyzer said, with the term that it adds to the score and the captures behind it.
SELECT
    e.ordinal + 1 AS number,
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
    e.class,
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
FROM v_evidence AS e
JOIN v_finding_place AS p ON p.id = e.id AND p.ordinal = e.place
LEFT JOIN weights AS w ON w.term = e.term
WHERE e.id = :finding_id
ORDER BY
    e.is_counted DESC,
    e.strength * e.weight DESC,
    e.ordinal;
