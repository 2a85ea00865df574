-- Rounds of captures of a service up to a kill: moments at which it could have been judged.
SELECT max(c.time_ns) AS t_ns
FROM main.capture AS c
WHERE c.service_id = :service_id
  AND c.is_observation = 1
  AND c.time_ns <= :time_ns
GROUP BY c.time_ns / 5000000000
ORDER BY t_ns;
