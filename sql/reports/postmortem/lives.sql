-- The lives of the service up to the kill, the newest first: did the live heap grow?
SELECT
    i.name AS instance,
    l.build,
    l.start_ns AS "start:time",
    min(
        CASE WHEN l.lifetime_id = d.lifetime_id AND d.is_survivor = 0 THEN d.last_ns ELSE l.last_ns END, d.end_ns
    ) - l.start_ns AS "age:duration",
    CASE WHEN dl.points > 1 THEN CAST(dl.first_live AS INTEGER) END AS "first:bytes",
    CAST(dl.last_live AS INTEGER) AS "last:bytes",
    CAST(dl.slope * 3600e9 AS INTEGER) AS "growth:bytes",
    CAST(dl.slope_low * 3600e9 AS INTEGER) AS "growth_low:bytes",
    CAST(dl.slope_high * 3600e9 AS INTEGER) AS "growth_high:bytes",
    'hour' AS per,
    CASE
        WHEN dl.is_growing = 1 THEN 'grew'
        -- what the rate beside it seems to contradict
        WHEN dl.is_growing = 0 AND dl.slope > 0 AND dl.slope_low <= 0 THEN 'did not grow for certain'
        WHEN dl.is_growing = 0 AND dl.slope_low > 0 THEN 'grew by less than a fifth'
        WHEN dl.is_growing = 0 THEN 'did not grow'
        ELSE 'too few captures'
    END AS words,
    CASE
        WHEN l.lifetime_id = d.lifetime_id AND d.is_survivor = 0 THEN 'killed now'
        WHEN l.lifetime_id = d.lifetime_id THEN 'lived on'
        WHEN l.lifetime_id = d.before_id THEN 'compared with'
        WHEN dl.is_killed = 1 THEN 'killed'
    END AS role
FROM v_death AS d
JOIN death_life AS dl
JOIN temp.life AS l ON l.lifetime_id = dl.lifetime_id
JOIN instance AS i ON i.instance_id = l.instance_id
ORDER BY
    l.lifetime_id = d.lifetime_id DESC,
    l.lifetime_id = d.before_id DESC,
    l.start_ns DESC,
    l.lifetime_id;
