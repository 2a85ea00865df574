INSERT INTO finding_place (
    finding_id, ordinal, kind, class, function, file, line, growth_bytes_per_day, growth_per_day
)
VALUES (
    :finding_id, :ordinal, :kind, :class, :function, :file, :line, :growth_bytes_per_day, :growth_per_day
);
