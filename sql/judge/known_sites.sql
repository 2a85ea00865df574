-- Which site each finding of before is about, surest first: by where a build has it, by its name now, by a name
-- that some site had before. What is about a whole process is known by its topic, though it may name a line.
SELECT
    t.finding_id,
    t.site_id
FROM (
    SELECT
        f.finding_id,
        sl.site_id,
        1 AS place,
        fl.ordinal
    FROM finding AS f
    JOIN finding_line AS fl USING (finding_id)
    JOIN temp.site_line AS sl
        ON sl.build = fl.build
        AND sl.function = fl.function
        AND sl.line = fl.line
    WHERE f.service_id = :service_id
      AND fl.build <> ''
    UNION ALL
    SELECT
        f.finding_id,
        si.site_id,
        2 AS place,
        0 AS ordinal
    FROM finding AS f
    JOIN temp.site AS si
        ON si.service_id = f.service_id
        AND si.function = f.function
        AND si.file = f.file
        AND si.line = f.line
    WHERE f.service_id = :service_id
      AND f.kind <> 'service'
      AND NOT EXISTS (
        SELECT 1
        FROM temp.site_now AS sn
        WHERE sn.line_id = si.site_id
          AND sn.site_id <> si.site_id
      )
    UNION ALL
    SELECT
        f.finding_id,
        sl.site_id,
        3 AS place,
        sl.ordinal
    FROM finding AS f
    JOIN temp.site_line AS sl ON sl.function = f.function AND sl.line = f.line
    WHERE f.service_id = :service_id
      AND f.kind <> 'service'
) AS t
ORDER BY
    t.finding_id,
    t.place,
    t.ordinal DESC,
    t.site_id;
