-- Places whose line of source is asked for: those that grew, most first.
SELECT
    si.site_id,
    si.function,
    si.file,
    si.line
FROM site AS si
JOIN site_trend AS st USING (site_id)
WHERE st.slope > 0
  AND si.line > 0
  AND si.file <> ''
GROUP BY si.site_id
ORDER BY
    max(st.slope) DESC,
    si.site_id
LIMIT :most;
