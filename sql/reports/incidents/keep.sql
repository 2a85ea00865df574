-- Keeps what the post-mortem that is open says (sql/postmortem/tables.sql), under the name of its page.
INSERT OR REPLACE INTO incident_said (name, verdict, sentence, limit_bytes)
SELECT
    :name AS name,
    v.title AS verdict,
    coalesce(v.sentence, '') AS sentence,
    d.limit_bytes
FROM v_death AS d
JOIN death_verdict AS v ON v.is_chosen = 1;
