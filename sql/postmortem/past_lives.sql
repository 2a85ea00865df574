-- Lives of a service as they were known at :until_ns.
INSERT INTO temp.lifetime (
    lifetime_id, service_id, instance_id, ordinal, start_ns, first_ns, last_ns, build, begun_by
)
SELECT
    l.lifetime_id,
    l.service_id,
    l.instance_id,
    l.ordinal,
    l.start_ns,
    l.first_ns,
    min(l.last_ns, :until_ns) AS last_ns,
    l.build,
    l.begun_by
FROM main.lifetime AS l
WHERE l.service_id = :service_id
  AND l.first_ns <= :until_ns;
