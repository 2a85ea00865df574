-- Instances that the configuration ignores, and by which of its rows: an instance is in the namespace that one of its
-- captures names, and its name may have the namespace before it. A bracket and a question mark in a pattern are what
-- they are, as in patterns of limits.
CREATE TEMP TABLE IF NOT EXISTS ignored_instance (
    instance_id INTEGER PRIMARY KEY,
    ordinal     INTEGER NOT NULL
) STRICT;
DELETE FROM temp.ignored_instance;

INSERT INTO temp.ignored_instance (instance_id, ordinal)
WITH rule AS MATERIALIZED (
    SELECT
        g.ordinal,
        g.what,
        replace(replace(g.pattern, '[', '[[]'), '?', '[?]') AS pattern
    FROM configured_ignore AS g
),
named AS (
    SELECT
        i.instance_id,
        s.name AS service,
        i.name AS pod
    FROM instance AS i
    JOIN service AS s USING (service_id)
),
placed AS (
    SELECT DISTINCT
        c.instance_id,
        c.namespace
    FROM capture AS c
    WHERE c.namespace <> ''
)
SELECT
    m.instance_id,
    min(m.ordinal) AS ordinal
FROM (
    SELECT
        n.instance_id,
        r.ordinal
    FROM rule AS r
    JOIN named AS n ON n.service GLOB r.pattern
    WHERE r.what = 'service'
      AND n.service <> ''
    UNION ALL
    SELECT
        n.instance_id,
        r.ordinal
    FROM rule AS r
    JOIN named AS n ON n.pod GLOB r.pattern OR substr(n.pod, instr(n.pod, '/') + 1) GLOB r.pattern
    WHERE r.what = 'pod'
      AND n.pod <> ''
    UNION ALL
    SELECT
        p.instance_id,
        r.ordinal
    FROM rule AS r
    JOIN placed AS p ON p.namespace GLOB r.pattern
    WHERE r.what = 'namespace'
) AS m
GROUP BY m.instance_id;

-- Services of which more or less is ignored than before are to be judged anew.
UPDATE service
SET is_dirty = 1
WHERE service_id IN (
    SELECT c.service_id
    FROM capture AS c
    LEFT JOIN temp.ignored_instance AS g USING (instance_id)
    WHERE (c.ignored_by IS NULL) <> (g.ordinal IS NULL)
);

UPDATE capture
SET
    ignored_by = g.ordinal,
    is_observation = 0
FROM temp.ignored_instance AS g
WHERE capture.instance_id = g.instance_id
  AND capture.ignored_by IS NOT g.ordinal;
