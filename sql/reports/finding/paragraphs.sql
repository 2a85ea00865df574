-- Why we think so, a paragraph each, with the numbers of the evidence that it rests on: what counts before what does
-- not, the strongest first, and how many more there are.
SELECT
    p.text,
    (
        SELECT json_group_array(CAST(c.number AS TEXT))
        FROM (
            SELECT e.ordinal + 1 AS number
            FROM json_each(p.evidence) AS j
            JOIN v_evidence AS e ON e.id = p.id AND e.ordinal = j.value
            ORDER BY
                e.is_counted DESC,
                e.strength * e.weight DESC,
                e.ordinal
            LIMIT 5
        ) AS c
    ) AS "evidence:json",
    max(json_array_length(p.evidence) - 5, 0) AS "more:count"
FROM v_finding_paragraph AS p
WHERE p.id = :finding_id
ORDER BY p.ordinal;
