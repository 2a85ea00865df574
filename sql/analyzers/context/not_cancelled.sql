-- id:         context.not_cancelled
-- title:      Contexts are derived and never cancelled
-- layer:      L5
-- term:       class
-- needs:      v_site_growth v_stack_site
-- params:     max_p=0.01, near_leaf=3
--
-- Why: context.WithCancel, WithTimeout and WithDeadline enter the new context in its parent, which keeps it
-- until it is cancelled or its time is over. Derived from a parent that lives as long as the program, and
-- without a call of cancel, each stays. WithValue on a context that is kept makes a chain that only grows. The
-- timer of a deadline is made by a function of package time, and is the context's all the same.
--
-- Blind spot: contexts with a deadline of hours, which go by themselves in the end.
--
-- Source: leaks.md 5.1, H4.
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    'context' AS class,
    0.95 AS strength,
    t.leaf || ': ' || CASE
        WHEN t.leaf = 'context.WithValue'
            THEN 'each value refers to the context before it, and the newest is kept'
        ELSE 'the parent keeps each child until cancel is called'
    END AS detail,
    json_object('captures', json('[]'), 'frame', t.leaf) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        sg.service_id,
        sg.site_id,
        min(sf.function) AS leaf
    FROM v_site_growth AS sg
    JOIN v_stack_site AS vs USING (service_id, site_id)
    JOIN stack_frame AS sf ON sf.service_id = vs.service_id AND sf.stack_id = vs.stack_id
    WHERE sg.slope_low > 0
      AND sg.p_plain <= :max_p
      AND sf.position <= :near_leaf
      AND sf.function GLOB 'context.*'
    GROUP BY
        sg.service_id,
        sg.site_id
) AS t
ORDER BY
    t.service_id,
    t.site_id;
