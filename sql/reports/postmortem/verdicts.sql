-- The four verdicts in the order in which they are tried, and what speaks against those that were not chosen.
SELECT
    v.verdict AS id,
    v.title,
    v.rule,
    v.is_chosen AS "is_chosen:bool",
    CASE
        WHEN v.holds = 1 AND v.is_chosen = 1 THEN 'this one'
        WHEN v.holds = 1 THEN 'would hold, too'
        WHEN v.holds = 0 THEN 'does not hold'
        ELSE 'open'
    END AS state,
    CASE WHEN v.holds = 1 THEN v.sentence END AS sentence,
    (
        SELECT group_concat(c.found, '; ')
        FROM death_condition AS c
        WHERE c.verdict = v.verdict
          AND c.holds = 0
    ) AS against
FROM death_verdict AS v
WHERE v.verdict <> 'unknown'
ORDER BY v.place;
