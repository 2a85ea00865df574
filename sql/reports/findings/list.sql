-- Findings for machines: every key of a finding.
SELECT
    f.id,
    f.class,
    f.service,
    f.instances AS "instances:json",
    f.function,
    f.file,
    f.line,
    f.lines AS "lines:json",
    f.wait_reason,
    f.severity,
    f.score,
    f.uncapped_score,
    f.cap_reason,
    CAST(round(f.growth_bytes_per_day) AS INTEGER) AS growth_bytes_per_day,
    CAST(round(f.growth_bytes_low) AS INTEGER) AS growth_bytes_per_day_low,
    CAST(round(f.growth_bytes_high) AS INTEGER) AS growth_bytes_per_day_high,
    f.growth_per_day,
    f.growth_low AS growth_per_day_low,
    f.growth_high AS growth_per_day_high,
    CAST(round(f.last_bytes) AS INTEGER) AS last_bytes,
    f.last_count,
    f.time_to_limit_ns / 1000000000 AS time_to_limit_s,
    f.time_to_limit_low_ns / 1000000000 AS time_to_limit_s_low,
    f.time_to_limit_high_ns / 1000000000 AS time_to_limit_s_high,
    f.time_to_limit_reason,
    f.time_to_limit_refused,
    f.limit_bytes,
    f.limit_source,
    f.life_to_limit_ns / 1000000000 AS life_to_limit_s,
    f.median_life_ns / 1000000000 AS median_life_s,
    f.is_hidden AS "hidden_by_restarts:bool",
    f.outlook,
    f.source AS "source:json",
    f.is_look AS "look:bool",
    f.keywords AS "keywords:json",
    f.state,
    f.first_seen_ns AS "first_seen:time",
    f.last_seen_ns AS "last_seen:time",
    f.watched_ns / 1000000000 AS watched_s,
    f.captures,
    f.lives,
    f.first_bad_build,
    f.first_bad_release,
    f.summary,
    f.explanation,
    f.explanation_items AS "explanation_items:json",
    f.remedy,
    f.classic_score,
    f.suppressed_by IS NOT NULL AS "suppressed:bool",
    f.suppressed_by,
    f.suppressed_reason,
    f.suppressed_owner,
    f.suppressed_until_ns AS "suppressed_until:time",
    f.evidence AS "evidence:json"
FROM v_finding_or_look AS f
WHERE (:service IS NULL OR f.service GLOB :service)
  AND (:class IS NULL OR f.class = :class)
  AND (:suppressed IS NULL OR (f.suppressed_by IS NOT NULL) = :suppressed)
  AND (:min_score IS NULL OR f.score >= :min_score)
  AND NOT EXISTS (
    SELECT 1
    FROM json_each(:keywords) AS wanted
    WHERE NOT EXISTS (
        SELECT 1
        FROM v_finding_keyword AS fk
        WHERE fk.id = f.id
          AND fk.keyword GLOB wanted.value
    )
  )
ORDER BY
    f.state = 'fixed',
    f.is_look,
    f.suppressed_by IS NOT NULL,
    f.score DESC,
    f.growth_bytes_per_day DESC,
    -- Of two places to look at.
    (SELECT max(e.strength) FROM evidence AS e WHERE e.finding_id = f.id AND e.term = 'look') DESC,
    f.id;
