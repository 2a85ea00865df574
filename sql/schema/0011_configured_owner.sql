-- The ledger, version 11: owners that the configuration names.

-- [service "pattern"] sections with a team, in their order, as the last analysis had them. The last one that
-- fits a service goes, before what tables of owners say.
CREATE TABLE configured_owner (
    ordinal INTEGER PRIMARY KEY,
    service TEXT NOT NULL,  -- may hold wildcards
    team    TEXT NOT NULL
) STRICT;
