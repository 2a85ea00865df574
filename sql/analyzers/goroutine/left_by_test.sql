-- id:         goroutine.left_by_test
-- title:      A test ended and left them behind
-- layer:      L3
-- term:       stuck
-- gate:       yes
-- needs:      v_dump v_stack_site v_site wait_reason
-- params:     sure=0.9, waits=0.8
--
-- Why: helpers of tests look which goroutines are there when a test has ended and were not there before, wait a while
-- for them to end, and report the others. What nobody of the test stopped until then nobody will stop. A goroutine that waits for
-- a WaitGroup waits for others, which are mostly listed beside it. Those of package testing itself, the main goroutine
-- of a test of the program among them, wait for tests. A finalizer or a cleanup that waits is listed under its function.
--
-- Blind spot: what lives as long as the process by design is reported where the test did not name it as such.
--
-- Source: formats.md 3 (goleak, leaktest); leaks.md 2.1.
SELECT
    d.service_id,
    'goroutines:' || vs.blocked_id AS subject,
    min(wr.class) AS class,
    CASE WHEN min(w.value = 'sync.WaitGroup.Wait') = 1 THEN :waits ELSE :sure END AS strength,
    format(
        'a test ended and left %s here (%s)',
        CASE WHEN sum(g.count) = 1 THEN 'one goroutine'
            ELSE format('%s goroutines', count_text(sum(g.count))) END,
        group_concat(DISTINCT w.value)
    ) AS detail,
    json_object(
        'captures', json_group_array(DISTINCT d.capture_id),
        'goroutines', sum(g.count),
        'wait_reason', substr(max(format('%012d%s', g.count, w.value)), 13)
    ) AS evidence,
    NULL AS same_as
FROM v_dump AS d
CROSS JOIN capture AS c USING (capture_id)
CROSS JOIN goroutine_group AS g USING (capture_id)
CROSS JOIN word AS w ON w.word_id = g.state_id
CROSS JOIN v_stack_site AS vs ON vs.service_id = d.service_id AND vs.stack_id = g.stack_id
JOIN v_site AS own ON own.site_id = vs.blocked_id
JOIN v_site AS leaf ON leaf.site_id = vs.leaf_id
JOIN wait_reason AS wr ON wr.reason = w.value
WHERE c.variant = 'goleak'
  AND own.owner = 'own'
  AND leaf.function NOT GLOB 'testing[./]*'
  AND wr.is_waiting = 1
GROUP BY
    d.service_id,
    vs.blocked_id
ORDER BY
    d.service_id,
    vs.blocked_id;
