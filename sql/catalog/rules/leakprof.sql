-- id:         leakprof
-- title:      10,000 goroutines wait at one place
-- unit:       goroutines at one place
-- state:      replay
-- asks:       stacks
-- params:     max=10000
--
-- Why: so many that wait for the same thing at the same line will hardly all get it.
--
-- Blind spot: whatever leaks fewer than 10,000 before the process is restarted; and servers with as many idle
-- connections.
--
-- Source: LeakProf: more than 10,000 goroutines blocked at one source location of one process; 33 reports, of which 24
-- were confirmed.
WITH most AS (
    SELECT
        g.service_id,
        g.lifetime_id,
        g.capture_id,
        g.t_ns,
        g.site_id,
        max(g.count) AS goroutines
    FROM v_goroutine_series AS g
    GROUP BY
        g.lifetime_id,
        g.capture_id
)
SELECT
    m.service_id,
    l.instance_id,
    m.t_ns,
    m.goroutines > :max AS fired,
    m.goroutines AS value,
    :max AS threshold,
    format('%s at %s:%d', count_text(m.goroutines), si.file, si.line) AS detail,
    json_array(m.capture_id) AS captures
FROM most AS m
JOIN v_site AS si USING (site_id)
JOIN temp.life AS l USING (lifetime_id)
ORDER BY
    l.instance_id,
    m.t_ns;
