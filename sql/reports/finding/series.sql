-- How the finding's own place went on each instance; at most six of them, those that gained most. Memory outside Go is a
-- difference of two counts of which one comes later, and below zero it is none.
WITH instance_gain AS (
    SELECT
        fs.instance,
        max(fs.value) AS most,
        row_number() OVER (ORDER BY max(fs.value) DESC, fs.instance) AS place
    FROM v_finding_series AS fs
    WHERE fs.id = :finding_id
    GROUP BY fs.instance
)
SELECT
    fs.instance AS series,
    g.place,
    fs.lifetime AS life,
    fs.t_ns,
    max(fs.value, 0) AS value
FROM v_finding_series AS fs
JOIN instance_gain AS g USING (instance)
WHERE fs.id = :finding_id
  AND g.place <= 6
ORDER BY
    g.place,
    fs.t_ns;
