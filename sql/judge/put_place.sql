-- A place in the code that belongs to the finding; ordinal 0 is the one that it is named after.
INSERT INTO finding_place (
    finding_id, ordinal, kind, class, function, file, line, growth_bytes_per_day, growth_per_day
)
VALUES (
    :finding_id, :ordinal, :kind, :class, :function, :file, :line, :growth_bytes_per_day, :growth_per_day
);
