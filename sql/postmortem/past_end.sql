-- Back to the present.
DROP VIEW IF EXISTS temp.kill;
DROP TABLE IF EXISTS temp.lifetime_capture;
DROP TABLE IF EXISTS temp.lifetime;
