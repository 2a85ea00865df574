-- What was no finding, but where to look, is said anew or not at all: it is never fixed, or worse than before.
DELETE FROM finding
WHERE service_id = :service_id
  AND finding_id IN (SELECT l.id FROM v_look AS l);
