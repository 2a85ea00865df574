-- A finding has its own place, and its evidence speaks of places that it has.
SELECT 'finding ' || f.finding_id || ' has no place' AS problem
FROM finding AS f
WHERE NOT EXISTS (SELECT 1 FROM finding_place AS p WHERE p.finding_id = f.finding_id AND p.ordinal = 0)
UNION ALL
SELECT 'finding ' || e.finding_id || ': evidence ' || e.ordinal || ' speaks of a place that is not there'
FROM evidence AS e
LEFT JOIN finding_place AS p ON p.finding_id = e.finding_id AND p.ordinal = e.place
WHERE p.finding_id IS NULL
UNION ALL
SELECT 'finding ' || sd.finding_id || ' is suppressed, and not there'
FROM suppressed AS sd
LEFT JOIN finding AS f USING (finding_id)
WHERE f.finding_id IS NULL
ORDER BY 1;
