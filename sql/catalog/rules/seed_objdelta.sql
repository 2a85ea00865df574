-- id:         seed_objdelta
-- title:      Some place gained more than 100 objects, beyond the error of sampling
-- unit:       objects
-- state:      on
-- asks:       heap
-- params:     min_objects=100, sigmas=2
--
-- Why: what two profiles differ by is only there when it is more than their samples wobble.
--
-- Blind spot: it compares two captures and not a course: a burst looks like a leak. With a hundred places two
-- standard deviations are passed by chance in every other pair.
--
-- Source: the source documents: more than 100 objects more at one function (seed_objdelta_literal). One sample stands
-- for 512 KiB, 2,048 objects of 256 bytes: the sampled objects behind the estimates are compared, k1 - k0 against
-- the standard deviation of both, the root of k1 + k0.
WITH step AS (
    SELECT
        s.*,
        s.inuse_objects - lag(s.inuse_objects) OVER life_by_time AS objects,
        s.inuse_count - lag(s.inuse_count) OVER life_by_time AS samples,
        s.inuse_count + lag(s.inuse_count) OVER life_by_time AS both,
        lag(s.capture_id) OVER life_by_time AS from_capture_id
    FROM v_site_series AS s
    WINDOW life_by_time AS (PARTITION BY s.site_id, s.lifetime_id ORDER BY s.ordinal)
),
judged AS (
    SELECT
        sp.*,
        sp.objects > :min_objects AND sp.samples > :sigmas * sqrt(sp.both) AS is_more
    FROM step AS sp
    WHERE sp.from_capture_id IS NOT NULL
),
gathered AS (
    SELECT
        j.service_id,
        j.lifetime_id,
        j.t_ns,
        j.capture_id,
        min(j.from_capture_id) AS from_capture_id,
        total(j.is_more) AS places,
        coalesce(max(CASE WHEN j.is_more THEN j.objects END), max(j.objects)) AS objects
    FROM judged AS j
    GROUP BY
        j.lifetime_id,
        j.capture_id
)
SELECT
    g.service_id,
    l.instance_id,
    g.t_ns,
    g.places > 0 AS fired,
    g.objects AS value,
    :min_objects AS threshold,
    format(
        CASE WHEN g.places = 1 THEN '%d place gained %s objects' ELSE '%d places; most gained %s objects' END,
        g.places,
        count_text(g.objects)
    ) AS detail,
    json_array(g.from_capture_id, g.capture_id) AS captures
FROM gathered AS g
JOIN temp.life AS l USING (lifetime_id)
ORDER BY
    l.instance_id,
    g.t_ns;
