-- Lives that have heap snapshots, with their number.
SELECT
    l.service_id,
    l.lifetime_id,
    count(*) AS captures
FROM heap_capture AS hc
JOIN life AS l USING (lifetime_id)
GROUP BY
    l.service_id,
    l.lifetime_id
ORDER BY l.lifetime_id;
