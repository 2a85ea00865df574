-- One owner of the configuration.
INSERT INTO configured_owner (ordinal, service, team)
VALUES (:ordinal, :service, :team);
