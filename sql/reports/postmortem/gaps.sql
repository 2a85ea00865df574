-- Evidence that was missing: what a verdict depends on first.
SELECT
    g.gap,
    g.what,
    g.tells,
    g.is_bad AS "is_bad:bool"
FROM death_gap AS g
ORDER BY
    g.is_bad DESC,
    g.place;
