-- The fitted line through the newest life of the instance that gained most.
WITH newest AS (
    SELECT
        fs.instance,
        fs.lifetime
    FROM v_finding_series AS fs
    WHERE fs.id = :finding_id
    ORDER BY
        max(fs.value) OVER (PARTITION BY fs.instance) DESC,
        fs.instance,
        fs.lifetime DESC
    LIMIT 1
)
SELECT
    theil_sen(fs.t_ns, fs.value) AS slope,
    theil_sen_low(fs.t_ns, fs.value) AS slope_low,
    theil_sen_high(fs.t_ns, fs.value) AS slope_high,
    0.0 AS p_trend,
    max(fs.t_ns) - min(fs.t_ns) AS span_ns,
    count(*) AS captures,
    min(fs.t_ns) AS from_ns,
    max(fs.t_ns) AS until_ns,
    CAST(median(fs.t_ns - f.first_seen_ns) AS INTEGER) + f.first_seen_ns AS middle_ns,
    median(fs.value) AS middle
FROM v_finding_series AS fs
JOIN newest USING (instance, lifetime)
JOIN v_finding_or_look AS f ON f.id = fs.id
WHERE fs.id = :finding_id
  AND fs.is_judged = 1
HAVING count(*) >= 3;
