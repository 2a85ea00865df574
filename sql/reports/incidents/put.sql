-- Keeps what a post-mortem says; :said is its JSON.
INSERT OR REPLACE INTO incident_said (name, verdict, sentence, limit_bytes)
SELECT
    :name AS name,
    coalesce(CAST(json_extract(t.said, '$.head.verdict_title') AS TEXT), '') AS verdict,
    coalesce(CAST(json_extract(t.said, '$.head.sentence') AS TEXT), '') AS sentence,
    CAST(json_extract(t.said, '$.head.limit') AS INTEGER) AS limit_bytes
FROM (SELECT iif(json_valid(:said), :said, '{}') AS said) AS t;
