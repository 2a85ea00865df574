-- What the post-mortem of a kill concluded.
SELECT
    i.verdict,
    i.sentence,
    i.limit_bytes AS "limit:bytes"
FROM incident_said AS i
WHERE i.name = :name;
