-- id:         timer.holds
-- title:      Timers keep what their functions refer to
-- layer:      L5
-- term:       keeper
-- needs:      v_site_growth v_leaf_block v_stack_site v_stack_path v_site
-- params:     max_p=0.01, near_leaf=3, max_level=2, min_timers=2, min_alive=0.9, max_size=1024, max_sigma=2
--
-- Why: time.AfterFunc keeps its function until it fires or is stopped, and the function keeps all that it
-- refers to: a timer of a hundred bytes holds an order of two thousand. Then the profile shows the orders, and of
-- the timers a sample or two. Called is a place that grows where a function that has a hand in it also calls
-- AfterFunc, all but one in ten of those timers that were ever sampled are alive, and there are as many of
-- them as of the objects, give or take two standard deviations of so few samples. The timer of a context with
-- a deadline is the context's (context.not_cancelled).
--
-- Blind spot: something that is kept for another reason, in the same function and in equal numbers.
--
-- Source: leaks.md 5.1, H3 (moby #51807: an AfterFunc and what it captures).
WITH block AS MATERIALIZED (
    SELECT
        lb.service_id,
        lb.site_id,
        lb.last_count,
        lb.alloc_count,
        lb.last_objects
    FROM v_leaf_block AS lb
    CROSS JOIN v_site AS leaf ON leaf.site_id = lb.leaf_id
    WHERE lb.block_size <= :max_size
      AND leaf.function GLOB 'time.*'
),
timer AS MATERIALIZED (
    SELECT
        b.service_id,
        b.site_id,
        sum(b.last_count) AS alive,
        sum(b.alloc_count) AS made,
        sum(b.last_objects) AS objects
    FROM block AS b
    WHERE EXISTS (
        SELECT 1
        FROM v_stack_site AS vs
        JOIN stack_frame AS sf ON sf.service_id = vs.service_id AND sf.stack_id = vs.stack_id
        WHERE vs.service_id = b.service_id
          AND vs.site_id = b.site_id
          AND sf.function = 'time.AfterFunc'
          AND sf.position <= :near_leaf
          AND NOT EXISTS (
            SELECT 1
            FROM stack_frame AS of_context
            WHERE of_context.service_id = vs.service_id
              AND of_context.stack_id = vs.stack_id
              AND of_context.position <= :near_leaf
              AND of_context.function GLOB 'context.*'
          )
      )
    GROUP BY
        b.service_id,
        b.site_id
    HAVING sum(b.last_count) >= :min_timers
       AND sum(b.last_count) >= :min_alive * sum(b.alloc_count)
),
object AS MATERIALIZED (
    SELECT
        sg.service_id,
        sg.site_id,
        sum(lb.last_objects) AS objects
    FROM v_site_growth AS sg
    JOIN v_leaf_block AS lb USING (service_id, site_id)
    WHERE sg.slope_low > 0
      AND sg.p_plain <= :max_p
      AND sg.service_id IN (SELECT t.service_id FROM timer AS t)
      AND sg.site_id NOT IN (SELECT t.site_id FROM timer AS t)
    GROUP BY
        sg.service_id,
        sg.site_id
),
place AS (
    SELECT
        t.service_id,
        t.site_id
    FROM timer AS t
    UNION
    SELECT
        o.service_id,
        o.site_id
    FROM object AS o
),
hand AS (
    SELECT DISTINCT
        vs.service_id,
        vs.site_id,
        sp.function
    FROM place AS pl
    CROSS JOIN v_stack_site AS vs USING (service_id, site_id)
    CROSS JOIN v_stack_path AS sp USING (service_id, stack_id)
    WHERE sp.level < :max_level
),
pair AS (
    SELECT
        o.service_id,
        o.site_id,
        t.alive,
        t.made,
        min(h.function) AS function,
        o.objects * 1.0 * t.alive / t.objects AS expected
    FROM object AS o
    JOIN hand AS h USING (service_id, site_id)
    JOIN hand AS th ON th.service_id = h.service_id AND th.function = h.function
    JOIN timer AS t ON t.service_id = th.service_id AND t.site_id = th.site_id
    GROUP BY
        o.site_id,
        t.site_id
)
SELECT
    p.service_id,
    'site:' || p.site_id AS subject,
    'timer' AS class,
    0.9 AS strength,
    format(
        'time.AfterFunc is called in %s too, %d of %d sampled timers are alive, and one for each of these objects '
        || 'would give %.1f: each timer keeps its function, and what that refers to, until it fires or is stopped',
        p.function,
        p.alive,
        p.made,
        p.expected
    ) AS detail,
    json_object('captures', json('[]'), 'timers', p.alive, 'made', p.made, 'expected', p.expected) AS evidence,
    NULL AS same_as
FROM pair AS p
WHERE abs(p.alive - p.expected) <= :max_sigma * sqrt(max(p.expected, 1.0))
ORDER BY
    p.service_id,
    p.site_id,
    p.alive;
