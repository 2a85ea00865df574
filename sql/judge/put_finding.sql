-- One finding; its forecast comes when its points are known (put_forecast.sql).
INSERT INTO finding (
    finding_id, service_id, kind, class, function, file, line, wait_reason, severity, score,
    uncapped_score, cap_reason, growth_bytes_per_day, growth_bytes_low, growth_bytes_high,
    growth_per_day, growth_low, growth_high, last_bytes, last_count, time_to_limit_reason, state, first_seen_ns,
    last_seen_ns, watched_ns, captures, lives, first_bad_build, summary, explanation, remedy,
    classic_score, input
)
VALUES (
    :finding_id, :service_id, :kind, :class, :function, :file, :line, :wait_reason, :severity, :score,
    :uncapped_score, :cap_reason, :growth_bytes_per_day, :growth_bytes_low, :growth_bytes_high,
    :growth_per_day, :growth_low, :growth_high, :last_bytes, :last_count, '', :state, :first_seen_ns,
    :last_seen_ns, :watched_ns, :captures, :lives, :first_bad_build, :summary, :explanation, :remedy,
    :classic_score, :input
);
