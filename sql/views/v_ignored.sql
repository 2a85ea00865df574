-- v_ignored: what the configuration leaves out, a row for each service and each pattern that it fits
--   service_id, service
--   name       of the section of the configuration; NULL when the configuration is not known, as after a merge
--   what       service, namespace or pod: what the pattern is of; NULL as name
--   pattern    NULL as name
--   instances  how many of the service's
--   captures   how many of theirs
--   is_whole   1: nothing of the service is left to look at

CREATE VIEW v_ignored AS
SELECT
    c.service_id,
    s.name AS service,
    g.name,
    g.what,
    g.pattern,
    count(DISTINCT c.instance_id) AS instances,
    count(*) AS captures,
    NOT EXISTS (
        SELECT 1
        FROM capture AS o
        WHERE o.service_id = c.service_id
          AND o.is_observation = 1
    ) AS is_whole
FROM capture AS c
JOIN service AS s USING (service_id)
LEFT JOIN configured_ignore AS g ON g.ordinal = c.ignored_by
WHERE c.ignored_by IS NOT NULL
GROUP BY
    c.service_id,
    c.ignored_by;
