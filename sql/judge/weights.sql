-- The terms of the score.
SELECT
    w.term,
    w.weight
FROM weights AS w
ORDER BY w.term;
