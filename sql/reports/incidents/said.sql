-- What the post-mortem of a kill concluded.
SELECT
    i.verdict,
    i.sentence
FROM incident_said AS i
WHERE i.name = :name;
