-- Is anything ignored, or to be?
SELECT
    EXISTS (SELECT 1 FROM configured_ignore)
    OR EXISTS (SELECT 1 FROM capture AS c WHERE c.ignored_by IS NOT NULL) AS has_any;
