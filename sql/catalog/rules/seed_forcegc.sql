-- id:         seed_forcegc
-- title:      More than three forced collections a minute
-- unit:       forced collections a minute
-- state:      on
-- asks:       memstats
-- params:     max_rate=3, min_seconds=20
--
-- Why: a program that calls runtime.GC itself pays for it with every call, and somebody thought it had to.
--
-- Blind spot: a capture with ?gc=1 forces one itself: as many as heap profiles were taken meanwhile are subtracted,
-- those of other collectors are not.
--
-- Source: the source documents: forcegc_total above 3 a minute. The collections that the runtime makes when it was idle
-- for two minutes do not count as forced in NumForcedGC.
SELECT
    t.service_id,
    t.instance_id,
    t.t_ns,
    t.rate > :max_rate AS fired,
    t.rate AS value,
    :max_rate AS threshold,
    format('%d forced collections in %s', t.forced - t.scrapes, duration_text(t.t_ns - t.from_ns)) AS detail,
    json_array(t.from_capture_id, t.capture_id) AS captures
FROM (
    SELECT
        m.*,
        max(0, m.forced - m.scrapes) * 60 / m.seconds AS rate
    FROM v_moment AS m
    WHERE m.forced >= 0
      AND m.seconds >= :min_seconds
) AS t
ORDER BY
    t.instance_id,
    t.t_ns;
