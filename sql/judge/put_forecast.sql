-- When a process reaches its limit, or why that is not told.
UPDATE finding
SET
    limit_bytes = :limit_bytes,
    limit_source = :limit_source,
    time_to_limit_ns = :time_to_limit_ns,
    time_to_limit_low_ns = :time_to_limit_low_ns,
    time_to_limit_high_ns = :time_to_limit_high_ns,
    time_to_limit_reason = :reason,
    time_to_limit_refused = :refused,
    life_to_limit_ns = :life_to_limit_ns,
    median_life_ns = :median_life_ns,
    is_hidden = :is_hidden,
    outlook = :outlook
WHERE finding_id = :finding_id;
