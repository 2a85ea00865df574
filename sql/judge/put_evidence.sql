-- The captures in an analyzer's evidence become rows of their own (put_evidence_captures.sql).
INSERT INTO evidence (
    finding_id, ordinal, place, analyzer, term, strength, weight, is_counted, class, detail, data
)
VALUES (
    :finding_id, :ordinal, :place, :analyzer, :term, :strength, :weight, :is_counted, :class, :detail,
    json_remove(:data, '$.captures')
);
