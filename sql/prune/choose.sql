-- Captures that go: of a running process, with a time, and older than the newest such capture of their service by
-- more than :keep_ns. What speaks of builds, kills, limits and owners is small and stays; what is
-- ignored goes, whatever it speaks of.
INSERT INTO prune_capture (capture_id)
SELECT c.capture_id
FROM capture AS c
WHERE (c.is_observation = 1 OR c.ignored_by IS NOT NULL)
  AND c.time_ns < (
    SELECT max(n.time_ns)
    FROM capture AS n
    WHERE n.service_id = c.service_id
      AND (n.is_observation = 1 OR n.ignored_by IS NOT NULL)
) - :keep_ns;
