-- One finding, whole.
SELECT
    f.id,
    f.class,
    f.service,
    -- for a shell
    '''' || replace(f.service, '''', '''\''''') || '''' AS service_quoted,
    '../service/' || file_name(f.service) || '.html' AS service_page,
    f.instances AS "instances:json",
    f.keywords AS "keywords:json",
    f.kind,
    f.function,
    f.file,
    nullif(f.line, 0) AS line,
    json_extract(f.source, '$.path') AS source_path,
    nullif(json_extract(f.source, '$.note'), '') AS source_note,
    f.wait_reason,
    f.severity,
    CASE f.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    f.score,
    f.uncapped_score,
    f.cap_reason,
    f.state,
    CAST(round(f.growth_bytes_per_day / f.parts) AS INTEGER) AS "growth:bytes",
    CAST(round(f.growth_bytes_low / f.parts) AS INTEGER) AS "growth_low:bytes",
    CAST(round(f.growth_bytes_high / f.parts) AS INTEGER) AS "growth_high:bytes",
    CAST(round(f.growth_per_day / f.parts) AS INTEGER) AS "objects:count",
    CAST(round(f.growth_low / f.parts) AS INTEGER) AS "objects_low:count",
    CAST(round(f.growth_high / f.parts) AS INTEGER) AS "objects_high:count",
    CAST(round(f.last_bytes) AS INTEGER) AS "last:bytes",
    CAST(round(f.last_count) AS INTEGER) AS "last_objects:count",
    f.time_to_limit_ns AS "limit_in:duration",
    f.time_to_limit_low_ns AS "limit_in_low:duration",
    f.time_to_limit_high_ns AS "limit_in_high:duration",
    f.limit_at_ns AS "limit_at:time",
    f.limit_bytes AS "limit:bytes",
    f.limit_source = 'Go' AS "is_soft:bool",
    f.is_hidden AS "is_hidden:bool",
    f.time_to_limit_reason AS limit_reason,
    f.outlook,
    f.first_seen_ns AS "first_seen:time",
    f.last_seen_ns AS "last_seen:time",
    f.watched_ns AS "watched:duration",
    f.captures AS "captures:count",
    f.lives AS "lives:count",
    CASE
        WHEN f.first_bad_release = '' THEN f.first_bad_build
        ELSE f.first_bad_release || ' (' || f.first_bad_build || ')'
    END AS first_bad_build,
    f.summary,
    f.suppressed_by,
    f.suppressed_reason,
    f.suppressed_owner,
    substr(rfc3339(f.suppressed_until_ns - 1), 1, 10) AS suppressed_until,
    f.suppressed_soon AS "is_ending:bool",
    f.remedy AS "remedy:lines",
    CASE WHEN f.classic_score IS NOT NULL THEN printf('%.0f', f.classic_score) END AS classic_score
FROM (
    SELECT
        v.*,
        -- what was watched for less than a day is told by the hour
        CASE WHEN v.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts
    FROM v_finding_or_look AS v
) AS f
WHERE f.id = :finding_id;
