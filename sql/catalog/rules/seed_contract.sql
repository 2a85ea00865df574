-- id:         seed_contract
-- title:      More than the service's budget
-- unit:       share of the budget
-- state:      off
-- asks:       memstats
-- params:     max_objects=85000, max_outside=4194304, max_shared=16777216
--
-- Why: a budget that somebody wrote down can be checked.
--
-- Blind spot: the numbers are of another runtime; every service of some size is above them. Write your own: a rule
-- that is like this one, with your numbers.
--
-- Source: the contract of the source documents: at most 85,000 references on the heap, 4 MiB outside it for each
-- request, 16 MiB shared. Captures tell objects, resident memory outside Go and files and shared memory of a process.
WITH part AS (
    SELECT
        m.*,
        m.heap_objects / :max_objects AS objects,
        max(0, m.rss - m.footprint - coalesce(m.mapped, 0)) / :max_outside AS outside,
        m.mapped / :max_shared AS shared
    FROM v_moment AS m
    WHERE m.heap_objects IS NOT NULL
)
SELECT
    p.service_id,
    p.instance_id,
    p.t_ns,
    max(p.objects, coalesce(p.outside, 0), coalesce(p.shared, 0)) > 1 AS fired,
    max(p.objects, coalesce(p.outside, 0), coalesce(p.shared, 0)) AS value,
    1 AS threshold,
    format('%s objects', count_text(p.heap_objects)) AS detail,
    json_array(p.capture_id) AS captures
FROM part AS p
ORDER BY
    p.instance_id,
    p.t_ns;
