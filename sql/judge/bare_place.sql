-- What is known of a place without a trend, or of a whole service (site 0): its name, if it has one, and
-- how long the service was watched.
SELECT
    coalesce(si.function, '') AS function,
    coalesce(si.file, '') AS file,
    coalesce(si.line, 0) AS line,
    count(*) AS lives,
    (
        SELECT count(*)
        FROM capture AS c
        WHERE c.service_id = :service_id
    ) AS captures,
    coalesce(min(l.first_ns), 0) AS first_ns,
    coalesce(max(l.last_ns), 0) AS last_ns,
    coalesce(max(l.last_ns - l.first_ns), 0) AS span_ns,
    coalesce(CAST(last_value(
        (
            SELECT count(*)
            FROM lifetime_capture AS lc
            WHERE lc.lifetime_id = l.lifetime_id
        ),
        l.last_ns - l.first_ns
    ) AS INTEGER), 0) AS longest_captures
FROM v_life AS l
LEFT JOIN v_site AS si ON si.site_id = :site_id
WHERE l.service_id = :service_id;
