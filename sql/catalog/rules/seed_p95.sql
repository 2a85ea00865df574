-- id:         seed_p95
-- title:      The heap is above its 95th percentile of the hour before plus 1.5 standard deviations
-- unit:       bytes
-- state:      chart
-- asks:       memstats
-- params:     alpha=1.5, window_s=3600, steps=7, min_captures=5
--
-- Why: what is unusual for this service is more telling than what is large.
--
-- Blind spot: a band around the recent past follows a slow leak upwards and never fires on it; and on a healthy
-- service it fires somewhere on nearly every day, whatever alpha is (0.5: 7.9 % of captures, 1.5: 3.5 %, 3: 1.35 %).
-- Fit for a picture, not for a verdict.
--
-- Source: the source documents: T = P95 + alpha x sigma, alpha 0.5, 1.5 or 3, window 3,600 s; one calls a small
-- alpha conservative, but a larger one raises T and fires less. The band is taken anew with each seventh part of
-- a window, from the window before it: the work grows with the number of captures.
WITH cut AS (
    SELECT
        m.*,
        m.t_ns / CAST(:window_s / :steps * 1e9 AS INTEGER) AS step
    FROM v_moment AS m
    WHERE m.heap_alloc IS NOT NULL
),
step AS (
    SELECT DISTINCT
        c.lifetime_id,
        c.step,
        c.step * CAST(:window_s / :steps * 1e9 AS INTEGER) AS until_ns
    FROM cut AS c
),
band AS (
    SELECT
        s.lifetime_id,
        s.step,
        percentile(m.heap_alloc, 95)
            + :alpha * sqrt(max(0, avg(m.heap_alloc * 1.0 * m.heap_alloc) - avg(m.heap_alloc) * avg(m.heap_alloc))) AS threshold
    FROM step AS s
    JOIN v_moment AS m
        ON m.lifetime_id = s.lifetime_id
        AND m.t_ns >= s.until_ns - CAST(:window_s * 1e9 AS INTEGER)
        AND m.t_ns < s.until_ns
    WHERE m.heap_alloc IS NOT NULL
    GROUP BY
        s.lifetime_id,
        s.step
    HAVING count(*) >= :min_captures
)
SELECT
    c.service_id,
    c.instance_id,
    c.t_ns,
    c.heap_alloc > b.threshold AS fired,
    c.heap_alloc AS value,
    b.threshold,
    format('%s where the band ends at %s', bytes_text(c.heap_alloc), bytes_text(b.threshold)) AS detail,
    json_array(c.capture_id) AS captures
FROM cut AS c
JOIN band AS b USING (lifetime_id, step)
ORDER BY
    c.instance_id,
    c.t_ns;
