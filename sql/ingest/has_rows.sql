-- Is there anything that a run could look up?
SELECT
    EXISTS (SELECT 1 FROM file)
    OR EXISTS (SELECT 1 FROM content)
    OR EXISTS (SELECT 1 FROM word)
    OR EXISTS (SELECT 1 FROM function)
    OR EXISTS (SELECT 1 FROM service) AS has_rows;
