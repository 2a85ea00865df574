-- Lives with the time from which on they are judged. The first hour of a process is warm-up; of a
-- shorter observation its first quarter. A process that was already old when it was first seen has its
-- warm-up behind it. What lies more than 30 days before the service's newest capture is history: it is
-- kept and shown, but a judgment is about the present.
INSERT INTO life (
    lifetime_id, service_id, instance_id, ordinal, build, start_ns, first_ns, last_ns, judged_from_ns
)
SELECT
    l.lifetime_id,
    l.service_id,
    l.instance_id,
    l.ordinal,
    l.build,
    coalesce(l.start_ns, l.first_ns) AS start_ns,
    l.first_ns,
    l.last_ns,
    max(
        l.first_ns,
        coalesce(l.start_ns, l.first_ns) + min(3600000000000, (l.last_ns - l.first_ns) / 4),
        max(l.last_ns) OVER (PARTITION BY l.service_id) - 2592000000000000
    ) AS judged_from_ns
FROM lifetime AS l
JOIN scope_service AS s USING (service_id)
ORDER BY l.lifetime_id;
