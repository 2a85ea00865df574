-- What the last analysis ignored, in order.
SELECT
    g.name,
    g.what,
    g.pattern
FROM configured_ignore AS g
ORDER BY g.ordinal;
