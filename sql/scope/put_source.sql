-- What stands on a site's line, without comments and contents of literals.
INSERT INTO site_source (site_id, code)
VALUES (:site_id, :code);
