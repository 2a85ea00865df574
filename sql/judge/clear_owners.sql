-- Owners of the configuration are replaced as a whole.
DELETE FROM configured_owner;
