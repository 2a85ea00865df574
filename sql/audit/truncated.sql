-- A goroutine dump that breaks off, or holds fewer goroutines than its title says: its counts are lower
-- bounds, and beside whole dumps it would look like goroutines that ended. Alone it is better than nothing.
WITH cut AS (
    SELECT
        n.capture_id,
        min(n.text) AS detail
    FROM note AS n
    JOIN capture AS c USING (capture_id)
    JOIN service AS s USING (service_id)
    WHERE s.is_dirty = 1
      AND c.kind IN ('goroutine', 'goroutineleak')
      AND (n.text LIKE '%ends inside a goroutine%' OR n.text LIKE 'the title says %, the records sum to %')
    GROUP BY n.capture_id
)
SELECT
    k.capture_id,
    k.detail,
    EXISTS (
        SELECT 1
        FROM lifetime_capture AS mine
        JOIN lifetime_capture AS other USING (lifetime_id)
        JOIN capture AS c ON c.capture_id = other.capture_id
        WHERE mine.capture_id = k.capture_id
          AND c.kind IN ('goroutine', 'goroutineleak')
          AND c.capture_id NOT IN (SELECT cut.capture_id FROM cut)
    ) AS is_left_out
FROM cut AS k
ORDER BY k.capture_id;
