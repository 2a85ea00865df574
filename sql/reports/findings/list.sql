-- Findings for machines: every key of a finding.
SELECT
    f.id,
    f.class,
    f.service,
    f.instances AS "instances:json",
    f.function,
    f.file,
    f.line,
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
    f.remedy,
    f.classic_score,
    f.evidence AS "evidence:json"
FROM v_finding AS f
WHERE (:service IS NULL OR f.service GLOB :service)
  AND (:class IS NULL OR f.class = :class)
  AND (:min_score IS NULL OR f.score >= :min_score)
ORDER BY
    f.state = 'fixed',
    f.score DESC,
    f.growth_bytes_per_day DESC,
    f.id;
