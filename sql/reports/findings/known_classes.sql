-- Classes that a finding may have: ours, and those that analyzers of the user's own gave.
SELECT cw.class
FROM class_word AS cw
UNION
SELECT f.class
FROM finding AS f
ORDER BY 1;
