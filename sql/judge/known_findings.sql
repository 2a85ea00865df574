-- What the ledger has of a service's findings from before.
SELECT
    f.finding_id,
    f.state,
    f.kind,
    coalesce(f.growth_bytes_per_day, f.growth_per_day) AS growth,
    f.first_seen_ns,
    f.last_seen_ns
FROM finding AS f
WHERE f.service_id = :service_id
ORDER BY f.finding_id;
