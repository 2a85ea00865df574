-- The ledger, version 19: what is asked for each service of a fleet is looked up, and not looked for.

-- Lives of a service; instances of a name, whose-ever they are.
CREATE INDEX lifetime_by_service ON lifetime (service_id);
CREATE INDEX instance_by_name ON instance (name);

-- Kills by what they say of whose they are: a kernel's log tells of all services of a machine.
CREATE INDEX kill_by_pod ON kill (pod);
CREATE INDEX kill_by_container ON kill (container);
CREATE INDEX kill_by_process ON kill (process);

-- What tables of releases, limits and owners say of a service.
CREATE INDEX declared_by_service ON declared (service, what);
