-- The finding as text that can be pasted into a ticket and stands by itself: what, where, how fast, until when,
-- how sure, what to do.
SELECT
    f.summary || '.' || char(10)
    || 'Kind of leak: ' || f.class || '.' || char(10)
    || CASE WHEN f.function = '' THEN '' ELSE 'Line: ' || f.function || CASE WHEN f.file = '' THEN '' ELSE ', ' || f.file
        || CASE WHEN f.line > 0 THEN ':' || f.line ELSE '' END END || char(10) END
    || CASE WHEN f.growth_bytes_per_day IS NULL THEN '' ELSE 'Grows by ' || bytes_text(CAST(f.growth_bytes_per_day / f.parts AS INTEGER))
        || CASE f.parts WHEN 1 THEN ' a day' ELSE ' an hour' END
        || coalesce(' (95 %: ' || bytes_text(CAST(f.growth_bytes_low / f.parts AS INTEGER)) || ' to '
        || bytes_text(CAST(f.growth_bytes_high / f.parts AS INTEGER)) || ')', '') || ' in each process.' || char(10) END
    || CASE WHEN f.kind <> 'goroutines' OR f.growth_per_day IS NULL THEN '' ELSE 'Goroutines: '
        || count_text(CAST(round(f.growth_per_day / f.parts) AS INTEGER)) || ' more '
        || CASE f.parts WHEN 1 THEN 'a day' ELSE 'an hour' END || coalesce(', waiting in ' || f.wait_reason, '') || '.' || char(10) END
    || CASE
        WHEN f.time_to_limit_ns > 0 THEN 'Limit of ' || bytes_text(f.limit_bytes) || ' reached in ' || duration_text(f.time_to_limit_ns)
            || coalesce(' (95 %: ' || duration_text(f.time_to_limit_low_ns) || ' to ' || duration_text(f.time_to_limit_high_ns) || ')', '')
            || ', reckoned from ' || replace(substr(rfc3339(f.last_seen_ns), 1, 16), 'T', ' ') || ' UTC'
            || coalesce(': about ' || replace(substr(rfc3339(f.limit_at_ns), 1, 16), 'T', ' ') || ' UTC', '') || '.'
        WHEN f.time_to_limit_ns IS NOT NULL THEN 'The limit of ' || bytes_text(f.limit_bytes) || ' is reached already.'
        ELSE 'Time to the limit: ' || f.time_to_limit_reason || '.'
    END || char(10)
    || 'Seen from ' || replace(substr(rfc3339(f.first_seen_ns), 1, 16), 'T', ' ') || ' to '
        || replace(substr(rfc3339(f.last_seen_ns), 1, 16), 'T', ' ') || ' UTC in ' || count_text(f.captures) || ' captures'
        || CASE WHEN f.first_bad_build = '' THEN '' ELSE ', since ' || coalesce(nullif(f.first_bad_release, ''), 'build ' || f.first_bad_build) END
        || coalesce(', on ' || (SELECT group_concat(i.value, ', ') FROM json_each(f.instances) AS i), '') || '.' || char(10)
    || coalesce((
        SELECT 'Most of it: ' || group_concat(p.words, '; ') || '.' || char(10)
        FROM (
            SELECT
                replace(fp.function, rtrim(fp.function, replace(fp.function, '/', '')), '')
                    || CASE WHEN fp.line > 0 THEN ':' || fp.line ELSE '' END
                    || coalesce(' ' || bytes_text(CAST(fp.growth_bytes_per_day / f.parts AS INTEGER)), '') AS words
            FROM v_finding_place AS fp
            WHERE fp.id = f.id
              AND (SELECT count(*) FROM v_finding_place AS c WHERE c.id = f.id) > 1
            ORDER BY fp.ordinal
            LIMIT 3
        ) AS p
    ), '')
    || 'Confidence: ' || f.score || ' of 100' || CASE WHEN f.cap_reason = '' THEN '' ELSE ' (held down: ' || f.cap_reason || ')' END || '.' || char(10)
    || 'To do: ' || f.remedy || char(10)
    || coalesce((SELECT 'Keywords: ' || group_concat(k.value, ' ') || char(10) FROM json_each(f.keywords) AS k), '')
    || 'Finding ' || f.id || ' of leakledger' AS "text:lines"
FROM (
    SELECT
        v.*,
        -- what was watched for less than a day is told by the hour
        CASE WHEN v.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts
    FROM v_finding_or_look AS v
) AS f
WHERE f.id = :finding_id;
