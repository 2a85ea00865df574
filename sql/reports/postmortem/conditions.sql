-- What each verdict asks for, with the numbers that were found.
SELECT
    c.verdict,
    c.asks,
    c.found,
    CASE c.holds WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE 'unknown' END AS holds
FROM death_condition AS c
JOIN death_verdict AS v USING (verdict)
ORDER BY
    v.place,
    c.ordinal;
