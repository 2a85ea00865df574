-- A capture whose time cannot be right: its own last collection is later, its name was read as UTC and lies
-- hours after the file was written, or it alone of its service comes from the future. It stays in judgments,
-- because a clock that is wrong for all captures still puts them in order. Names say when a round of
-- captures began, so they may be minutes early. Captures that are proved to be out of order are left out
-- (src/ledger/lifetime.c).
WITH clocked AS MATERIALIZED (
    SELECT
        c.capture_id,
        c.service_id,
        c.time_ns,
        c.not_before_ns,
        c.is_zone_assumed,
        iif(c.time_source = 'content', 5, 300) * 1000000000 AS slack_ns,
        (
            SELECT max(f.modified_ns)
            FROM file_content AS fc
            JOIN file AS f USING (file_id)
            WHERE fc.content_id = c.content_id
        ) AS modified_ns
    FROM capture AS c
    JOIN service AS s USING (service_id)
    WHERE s.is_dirty = 1
      AND c.is_observation = 1
      AND c.time_source IN ('content', 'file-name', 'directory')
),
future AS (
    SELECT
        k.service_id,
        count(*) AS captures,
        total(k.time_ns > k.modified_ns + 86400000000000) AS ahead
    FROM clocked AS k
    GROUP BY k.service_id
)
SELECT
    k.capture_id,
    CASE
        WHEN k.not_before_ns > k.time_ns + k.slack_ns
            THEN format(
                'taken %.0f s before its own last collection%s',
                (k.not_before_ns - k.time_ns) / 1e9,
                iif(k.is_zone_assumed, '; its name gives no zone, UTC was assumed', '')
            )
        WHEN k.is_zone_assumed AND k.time_ns < k.modified_ns + 54000000000000
            THEN format(
                'taken %.1f h after its file was written: its name gives no zone, UTC was assumed',
                (k.time_ns - k.modified_ns) / 3.6e12
            )
        ELSE format('taken %.1f days after its file was written', (k.time_ns - k.modified_ns) / 8.64e13)
    END AS detail,
    0 AS is_left_out
FROM clocked AS k
JOIN future AS f USING (service_id)
WHERE k.not_before_ns > k.time_ns + k.slack_ns
   OR (
        k.is_zone_assumed
        AND k.time_ns > k.modified_ns + 900000000000
        AND k.time_ns < k.modified_ns + 54000000000000
    )
   OR (k.time_ns > k.modified_ns + 86400000000000 AND f.ahead * 10 <= f.captures)
ORDER BY k.capture_id;
