-- How the score adds up: the evidence that counts, strongest first, and what the score is with each.
WITH RECURSIVE counted AS (
    SELECT
        row_number() OVER (ORDER BY e.strength * e.weight DESC, e.ordinal) AS place,
        e.ordinal,
        e.term,
        e.strength,
        e.weight
    FROM v_evidence AS e
    WHERE e.id = :finding_id
      AND e.is_counted = 1
      AND e.strength * e.weight > 0
),
total AS (
    SELECT
        0 AS place,
        1.0 AS doubt
    UNION ALL
    SELECT
        c.place,
        t.doubt * (1 - c.strength * c.weight)
    FROM total AS t
    JOIN counted AS c ON c.place = t.place + 1
)
SELECT
    c.ordinal + 1 AS number,
    coalesce(w.meaning, c.term) AS meaning,
    printf('%.2f', c.weight) AS weight,
    printf('%.2f', c.strength) AS strength,
    printf('%.1f', 100 * (1 - t.doubt)) AS score
FROM counted AS c
JOIN total AS t USING (place)
LEFT JOIN weights AS w ON w.term = c.term
ORDER BY c.place;
