-- The life to compare with: one that began before, was not killed and did not grow, came to half of the dead one's
-- age or more; of those the newest. Where all of them grew, or were killed, the best of those.
UPDATE death
SET before_id = (
    SELECT c.lifetime_id
    FROM (
        SELECT
            l.lifetime_id,
            row_number() OVER (
                ORDER BY
                    dl.is_killed,
                    coalesce(dl.is_growing, 0),
                    l.last_ns - l.start_ns < (d.last_ns - d.start_ns) / 2,
                    l.last_ns DESC,
                    l.lifetime_id
            ) AS rank
        FROM death AS d
        JOIN temp.life AS l ON l.lifetime_id <> d.lifetime_id AND l.first_ns < d.first_ns AND l.last_ns > l.first_ns
        JOIN death_life AS dl ON dl.lifetime_id = l.lifetime_id
    ) AS c
    WHERE c.rank = 1
);
