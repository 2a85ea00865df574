-- What the compiler said about the lines of the sites that grew. A remark's file is relative to the place
-- where the build was started, a site's to the module or its parent: one must end in the other. A line
-- of a package that the log covers and about which it says nothing is marked as such: it makes a
-- channel, inserts into a map or (before Go 1.25) appends (formats.md 7.2).
INSERT INTO site_fact (site_id, what, message, distance, capture_id)
WITH fact AS (
    SELECT
        c.service_id,
        w.value AS file,
        bf.line,
        bf.what,
        m.value AS message,
        max(bf.capture_id) AS capture_id
    FROM build_fact AS bf
    JOIN capture AS c USING (capture_id)
    JOIN scope_service AS s USING (service_id)
    JOIN word AS w ON w.word_id = bf.file_id
    JOIN word AS m ON m.word_id = bf.message_id
    GROUP BY
        c.service_id,
        w.value,
        bf.line,
        bf.what,
        m.value
),
covered AS (
    SELECT
        si.site_id,
        f.file,
        max(f.capture_id) AS capture_id
    FROM v_site_growth AS sg
    JOIN site AS si USING (site_id)
    JOIN fact AS f
        ON f.service_id = si.service_id
        AND (
            si.file = f.file
            OR substr(si.file, -length(f.file) - 1) = '/' || f.file
            OR substr(f.file, -length(si.file) - 1) = '/' || si.file
        )
    GROUP BY
        si.site_id,
        f.file
)
SELECT
    si.site_id,
    f.what,
    min(f.message) AS message,
    0 AS distance,
    max(f.capture_id) AS capture_id
FROM covered AS cv
JOIN site AS si USING (site_id)
JOIN fact AS f ON f.service_id = si.service_id AND f.file = cv.file AND f.line = si.line
GROUP BY
    si.site_id,
    f.what
UNION ALL
SELECT
    si.site_id,
    'unmentioned' AS what,
    '' AS message,
    0 AS distance,
    known.capture_id
FROM (
    SELECT
        cv1.site_id,
        max(cv1.capture_id) AS capture_id
    FROM covered AS cv1
    GROUP BY cv1.site_id
) AS known
JOIN site AS si USING (site_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM covered AS cv2
    JOIN fact AS f ON f.file = cv2.file AND f.service_id = si.service_id AND f.line = si.line
    WHERE cv2.site_id = si.site_id
)
UNION ALL
SELECT
    si.site_id,
    'closure-behind' AS what,
    min(f.message) AS message,
    min(f.line - si.line) AS distance,
    max(f.capture_id) AS capture_id
FROM covered AS cv
JOIN site AS si USING (site_id)
JOIN fact AS f
    ON f.service_id = si.service_id
    AND f.file = cv.file
    AND f.what IN ('closure', 'method-value')
    AND f.line > si.line
    AND f.line <= si.line + 60
GROUP BY si.site_id;
