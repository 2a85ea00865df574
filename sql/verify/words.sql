-- Every number that stands for a text has that text.
WITH used AS (
    SELECT 'series' AS place, s.label_id AS word_id FROM series AS s WHERE s.label_id <> 0
    UNION
    SELECT 'goroutine_group', g.state_id FROM goroutine_group AS g WHERE g.state_id <> 0
    UNION
    SELECT 'goroutine_group', g.label_id FROM goroutine_group AS g WHERE g.label_id <> 0
    UNION
    SELECT 'reading', r.name_id FROM reading AS r WHERE r.name_id <> 0
    UNION
    SELECT 'reading', r.label_id FROM reading AS r WHERE r.label_id <> 0
    UNION
    SELECT 'benchmark', b.name_id FROM benchmark AS b WHERE b.name_id <> 0
    UNION
    SELECT 'benchmark', b.package_id FROM benchmark AS b WHERE b.package_id <> 0
    UNION
    SELECT 'benchmark', b.unit_id FROM benchmark AS b WHERE b.unit_id <> 0
    UNION
    SELECT 'build_fact', b.file_id FROM build_fact AS b WHERE b.file_id <> 0
    UNION
    SELECT 'build_fact', b.message_id FROM build_fact AS b WHERE b.message_id <> 0
    UNION
    SELECT 'build_fact', b.package_id FROM build_fact AS b WHERE b.package_id <> 0
    UNION
    SELECT 'alloc_entry', a.entry_id FROM alloc_entry AS a WHERE a.entry_id <> 0
)
SELECT u.place || ' uses word ' || u.word_id || ', which is not there' AS problem
FROM used AS u
LEFT JOIN word AS w USING (word_id)
WHERE w.word_id IS NULL
ORDER BY 1;
