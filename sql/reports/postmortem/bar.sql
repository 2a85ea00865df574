-- Parts of the bar. What was taken and not touched makes the sum smaller than its parts: then only the parts of
-- what Go takes are drawn, and the page says so.
SELECT
    t.title,
    CAST(t.bytes AS REAL) AS bytes,
    format(
        'Where the %s were',
        bytes_text((SELECT x.bytes FROM death_term AS x WHERE x.term = 'total'))
    ) AS heading,
    'Parts of the memory of the process: those of its last capture, and what it took between that and the kill. Their '
    || 'sum is ' || bytes_text(sum(t.bytes) OVER ()) || '.' AS note,
    d.limit_bytes,
    t.term IN ('since', 'unexplained') AS is_other
FROM death_term AS t
JOIN v_death AS d
WHERE t.is_part = 1
  AND t.bytes > 0
ORDER BY t.place;
