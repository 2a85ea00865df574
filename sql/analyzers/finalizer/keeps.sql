-- id:         finalizer.keeps
-- title:      What a stuck finalizer keeps
-- layer:      L5
-- term:       joined
-- needs:      finalizer.blocked heap.site_growth v_site_growth v_finalizing v_stack_site v_site v_caller
-- params:     max_p=0.001, min_share=0.8, leap_p=0.05, leap_bytes=1048576
-- only-with:  goroutine_group
--
-- Why: while the goroutine of finalizers is stuck, memory of objects that wait for it grows. Where the
-- place that allocates lies in the package of the finalizer, or in that in which it is stuck, the two are one
-- fault, and the finalizer is the cause. So are they where it is a helper of another package that those call, for four of
-- five objects that it gained. Of memory that grows in leaps, as few collections show it, five captures
-- that only rise are enough: that the finalizer is stuck is known.
--
-- Blind spot: objects of other packages wait as well; their growth is reported by itself.
--
-- Source: leaks.md 2.2 (the signature of a blocked finalizer).
WITH stuck AS (
    SELECT DISTINCT
        f.service_id,
        vs.blocked_id,
        ps.package
    FROM v_finalizing AS f
    JOIN v_stack_site AS vs USING (service_id, stack_id)
    JOIN v_site AS si ON si.site_id = vs.blocked_id
    JOIN v_site AS ps ON ps.site_id IN (vs.blocked_id, vs.root_id)
    WHERE si.owner <> 'runtime'
      AND ps.owner = 'own'
),
helper AS (
    SELECT
        vc.service_id,
        vc.site_id,
        s.package
    FROM v_caller AS vc
    JOIN stuck AS s USING (service_id)
    GROUP BY
        vc.service_id,
        vc.site_id,
        s.package
    HAVING sum(max(vc.gain, 0) * (vc.function GLOB s.package || '.*')) >= :min_share * sum(max(vc.gain, 0))
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    'finalizer' AS class,
    0.8 AS strength,
    format('grows while a finalizer of the package %s is stuck', s.package) AS detail,
    json_object('captures', json('[]'), 'package', s.package) AS evidence,
    'service:finalizer@' || s.blocked_id AS same_as
FROM v_site_growth AS sg
JOIN stuck AS s USING (service_id)
WHERE (
    (sg.slope_low > 0 AND sg.p_plain <= :max_p)
    OR (sg.growth >= :leap_bytes AND sg.p_plain <= :leap_p)
  )
  AND (
    sg.package = s.package
    OR (sg.service_id, sg.site_id, s.package) IN (SELECT h.service_id, h.site_id, h.package FROM helper AS h)
  )
ORDER BY
    sg.service_id,
    sg.site_id,
    s.blocked_id;
