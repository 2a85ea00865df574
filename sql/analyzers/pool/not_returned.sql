-- id:         pool.not_returned
-- title:      A pool makes new objects all the time
-- layer:      L5
-- term:       class
-- needs:      v_site_growth v_stack_site v_site v_gc_interval v_life
-- params:     max_p=0.01, min_cycles=3
--
-- Why: sync.Pool.Get calls New only when the pool is empty. Memory that was allocated below Get and stays in
-- use through three collections and more is not in the pool any longer, which gives up what it holds after
-- two: whoever took it did not put it back, and still holds it.
--
-- Blind spot: objects that were taken for long on purpose, and a load that rose all the time.
--
-- Source: leaks.md 1.1, A6; 1.6, E16 (the victim cache gives two collections of grace).
WITH made AS (
    SELECT DISTINCT
        sg.service_id,
        sg.site_id,
        sg.lives
    FROM v_site_growth AS sg
    JOIN v_site AS si USING (site_id)
    JOIN v_stack_site AS vs ON vs.service_id = sg.service_id AND vs.site_id = sg.site_id
    JOIN stack_frame AS get ON get.service_id = vs.service_id AND get.stack_id = vs.stack_id
    JOIN stack_frame AS own ON own.service_id = vs.service_id AND own.stack_id = vs.stack_id
    WHERE sg.slope_low > 0
      AND sg.p_plain <= :max_p
      AND get.function = 'sync.(*Pool).Get'
      AND own.position < get.position
      AND own.line = si.line
      AND frame_name(own.function) = si.function
),
collected AS (
    SELECT
        l.service_id,
        max(t.cycles) AS cycles
    FROM (
        SELECT
            gi.lifetime_id,
            sum(gi.cycles) AS cycles
        FROM v_gc_interval AS gi
        WHERE gi.is_judged = 1
        GROUP BY gi.lifetime_id
    ) AS t
    JOIN v_life AS l USING (lifetime_id)
    GROUP BY l.service_id
)
SELECT
    m.service_id,
    'site:' || m.site_id AS subject,
    'pool' AS class,
    0.9 AS strength,
    'sync.Pool.Get finds the pool empty and makes another one here: what was taken before is still in use '
        || 'somewhere and was not put back' AS detail,
    json_object('captures', json('[]'), 'collections', c.cycles) AS evidence,
    NULL AS same_as
FROM made AS m
LEFT JOIN collected AS c USING (service_id)
WHERE coalesce(c.cycles, :min_cycles) >= :min_cycles
ORDER BY
    m.service_id,
    m.site_id;
