-- Services whose only name is that of the directory that was given, beside one that its captures name: whoever comes
-- after a kill puts all that there is into one directory, and a dump does not say of which program it is.
WITH lone AS MATERIALIZED (
    SELECT c.service_id
    FROM capture AS c
    GROUP BY c.service_id
    HAVING min(c.identity_rule = 'name of the directory that was given') = 1
),
place AS (
    SELECT DISTINCT
        c.service_id,
        cs.root
    FROM lone AS l
    JOIN capture AS c USING (service_id)
    JOIN v_content_source AS cs USING (content_id)
),
named AS (
    SELECT
        p.service_id,
        min(c.service_id) AS other_id
    FROM place AS p
    JOIN v_content_source AS cs ON cs.root = p.root
    JOIN capture AS c ON c.content_id = cs.content_id
    WHERE c.service_id <> p.service_id
      AND c.is_observation = 1
    GROUP BY p.service_id
    HAVING count(DISTINCT c.service_id) = 1
       AND max(c.identity_rule = 'name of the program in the capture') = 1
)
SELECT format(
    '%s is only the name of the directory, and %s lies in it, too: call the directory %s to have them judged as one',
    s.name,
    o.name,
    o.name
) AS words
FROM named AS n
JOIN service AS s ON s.service_id = n.service_id
JOIN service AS o ON o.service_id = n.other_id
ORDER BY s.name;
