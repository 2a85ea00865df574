-- A finding whose growth has ended: it stays, as fixed, with no time to a limit.
UPDATE finding
SET
    state = 'fixed',
    time_to_limit_ns = NULL,
    time_to_limit_low_ns = NULL,
    time_to_limit_high_ns = NULL,
    time_to_limit_reason = 'it does not grow any more'
WHERE finding_id = :finding_id;
