-- The goroutines of a capture, those that are alike together.
SELECT
    g.stack_id,
    coalesce(labels.value, '') AS labels,
    state.value AS state,
    g.count
FROM goroutine_group AS g
JOIN word AS state ON state.word_id = g.state_id
LEFT JOIN word AS labels ON labels.word_id = g.label_id
WHERE g.capture_id = :capture_id
ORDER BY g.ordinal;
