-- id:         seed_assist
-- title:      More than 0.1 ms of mark assist in one collection
-- unit:       milliseconds of processor time
-- state:      on
-- asks:       gctrace
-- params:     max_ms=0.1
--
-- Why: goroutines that allocate too fast are made to mark: requests pay for the collector.
--
-- Blind spot: 0.1 ms of processor time, spread over all goroutines of a second, is nothing that anybody feels; busy
-- and healthy services pass it with nearly every collection.
--
-- Source: the source documents: mark assist above 0.1 ms, as "the third field"; it is the first number of the
-- processor times a/b/c in a line of gctrace.
SELECT
    g.service_id,
    g.instance_id,
    g.t_ns,
    g.assist_ns > :max_ms * 1e6 AS fired,
    g.assist_ns / 1e6 AS value,
    :max_ms AS threshold,
    format('collection %d: %.2f ms of assist', g.number, g.assist_ns / 1e6) AS detail,
    json_array(g.capture_id) AS captures
FROM v_gc_cycle AS g
WHERE g.assist_ns >= 0
ORDER BY
    g.instance_id,
    g.t_ns;
