-- What the compiler said about the lines of the sites that grew. A remark's file is relative to the place
-- where the build was started, a site's to the module or its parent: one must end in the other. A line
-- of a package that the log covers and about which it says nothing is marked as such: it makes a
-- channel, inserts into a map or (before Go 1.25) appends (formats.md 7.2).
--
-- A log that lies beside the captures of several services is kept once and belongs to the first: the others
-- are those that have captures in the same directory, or one beside it.
INSERT INTO site_fact (site_id, what, message, distance, capture_id)
WITH RECURSIVE log AS (
    SELECT min(b.capture_id) AS capture_id
    FROM build_fact AS b
    UNION ALL
    SELECT (
        SELECT min(b.capture_id)
        FROM build_fact AS b
        WHERE b.capture_id > log.capture_id
    ) AS capture_id
    FROM log
    WHERE log.capture_id IS NOT NULL
),
home AS (
    SELECT
        o.service_id,
        rtrim(f.path, replace(f.path, '/', '')) AS directory
    FROM (
        SELECT
            i.service_id,
            (
                SELECT min(c.content_id)
                FROM capture AS c
                WHERE c.instance_id = i.instance_id
                  AND c.kind <> 'escape'
            ) AS content_id
        FROM instance AS i
        JOIN scope_service AS s USING (service_id)
    ) AS o
    JOIN file_content AS fc USING (content_id)
    JOIN file AS f USING (file_id)
),
place AS (
    SELECT
        log.capture_id,
        rtrim(f.path, replace(f.path, '/', '')) AS directory
    FROM log
    JOIN capture AS c USING (capture_id)
    JOIN file_content AS fc USING (content_id)
    JOIN file AS f USING (file_id)
),
belongs AS (
    SELECT
        log.capture_id,
        c.service_id
    FROM log
    JOIN capture AS c USING (capture_id)
    JOIN scope_service AS s USING (service_id)
    UNION
    SELECT
        p.capture_id,
        h.service_id
    FROM place AS p
    JOIN home AS h
        ON h.directory = p.directory
        OR (
            rtrim(rtrim(h.directory, '/'), replace(h.directory, '/', ''))
            = rtrim(rtrim(p.directory, '/'), replace(p.directory, '/', ''))
            AND rtrim(rtrim(p.directory, '/'), replace(p.directory, '/', '')) <> ''
        )
),
fact AS (
    SELECT
        be.service_id,
        w.value AS file,
        bf.line,
        bf.what,
        m.value AS message,
        max(bf.capture_id) AS capture_id
    FROM belongs AS be
    JOIN build_fact AS bf USING (capture_id)
    JOIN word AS w ON w.word_id = bf.file_id
    JOIN word AS m ON m.word_id = bf.message_id
    GROUP BY
        be.service_id,
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
