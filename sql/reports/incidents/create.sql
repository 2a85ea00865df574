-- What the post-mortem of each kill concluded, by the name of its page: the page of all kills is made of these.
CREATE TEMP TABLE IF NOT EXISTS incident_said (
    name     TEXT PRIMARY KEY,
    verdict  TEXT NOT NULL,
    sentence TEXT NOT NULL
) STRICT;
