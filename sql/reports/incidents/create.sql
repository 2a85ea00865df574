-- What the post-mortem of each kill concluded, by the name of its page: lists of kills say the same as their pages.
CREATE TEMP TABLE IF NOT EXISTS incident_said (
    name        TEXT PRIMARY KEY,
    verdict     TEXT NOT NULL,
    sentence    TEXT NOT NULL,
    limit_bytes INTEGER  -- NULL: it met none of its own, or nobody tells it
) STRICT;
