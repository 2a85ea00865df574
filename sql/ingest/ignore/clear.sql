-- What the configuration ignores is replaced as a whole.
DELETE FROM configured_ignore;
