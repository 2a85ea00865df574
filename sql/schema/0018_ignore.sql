-- The ledger, version 18: what the configuration leaves out.

-- Of Kubernetes, where the content tells it; '' elsewhere, and of what was read before.
ALTER TABLE capture ADD COLUMN namespace TEXT NOT NULL DEFAULT '';

-- The row of configured_ignore by which its instance is ignored: then is_observation is 0, whatever the kind. NULL: it
-- is not. After a merge numbers mean nothing until the next analysis.
ALTER TABLE capture ADD COLUMN ignored_by INTEGER;
CREATE INDEX capture_ignored ON capture (service_id, instance_id) WHERE ignored_by IS NOT NULL;

-- [ignore "name"] sections of the configuration, a row for each pattern, in their order, as the last analysis had them.
CREATE TABLE configured_ignore (
    ordinal INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    what    TEXT NOT NULL,  -- service, namespace or pod
    pattern TEXT NOT NULL  -- may hold wildcards
) STRICT;
