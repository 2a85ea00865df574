-- Why we think so, a paragraph each, with the numbers of the evidence that it rests on.
SELECT
    p.text,
    (
        SELECT json_group_array(CAST(e.value + 1 AS TEXT))
        FROM json_each(p.evidence) AS e
    ) AS "evidence:json"
FROM v_finding_paragraph AS p
WHERE p.id = :finding_id
ORDER BY p.ordinal;
