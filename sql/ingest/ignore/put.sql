-- One pattern of what the configuration ignores.
INSERT INTO configured_ignore (ordinal, name, what, pattern)
VALUES (:ordinal, :name, :what, :pattern);
