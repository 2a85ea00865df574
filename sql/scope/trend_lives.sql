-- Which lives' trends are looked at together: the cohorts, and where a service has several instances each of
-- them by itself. What only one of three replicas does (a customer who is routed there, a connection that hangs)
-- is flat in the middle over all of them.
INSERT INTO trend_life (cohort, lifetime_id)
SELECT
    co.cohort,
    co.lifetime_id
FROM cohort AS co
UNION ALL
SELECT
    'instance ' || l.instance_id AS cohort,
    l.lifetime_id
FROM life AS l
WHERE l.service_id IN (
    SELECT m.service_id
    FROM life AS m
    GROUP BY m.service_id
    HAVING count(DISTINCT m.instance_id) >= 2
);
