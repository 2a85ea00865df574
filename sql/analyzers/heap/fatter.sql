-- id:         heap.fatter
-- title:      Its objects are larger since a build
-- layer:      L2
-- term:       look
-- gate:       last
-- needs:      v_site_series v_life
-- params:     least_samples=8, spread=1.02, least_times=1.05, min_bytes=524288
--
-- Why: a field that is added to a struct, or a type of it that becomes wider, moves all of its objects into a larger class of
-- sizes. That is no leak: as many are in use as before. But the memory goes up with the deploy and stays up, and
-- whoever looks for the reason finds no line that grows. A profile has the size of the objects without an error: where
-- all at a line had one size in the build before, and all have a larger one in the newest, that is said, with what it costs.
--
-- Blind spot: lines that make objects of many sizes (texts, buffers, maps). A line whose function was written anew is
-- another place, and not compared.
--
-- Source: leaks.md 1.5 (F15) and 3.1 (feature 7): 24 to 48 bytes by a mutex in a struct.
WITH built AS (
    SELECT
        l.service_id,
        l.build,
        max(l.first_ns) AS begun_ns
    FROM v_life AS l
    WHERE l.build <> ''
    GROUP BY
        l.service_id,
        l.build
),
ranked AS (
    SELECT
        b.service_id,
        b.build,
        row_number() OVER (PARTITION BY b.service_id ORDER BY b.begun_ns DESC, b.build DESC) AS age,
        count(*) OVER (PARTITION BY b.service_id) AS builds
    FROM built AS b
),
sized AS (
    SELECT
        r.service_id,
        ss.site_id,
        r.build,
        r.age,
        sum(ss.inuse_count) AS samples,
        min(ss.inuse_space * 1.0 / ss.inuse_objects) AS least,
        max(ss.inuse_space * 1.0 / ss.inuse_objects) AS most,
        last_value(ss.inuse_objects, ss.t_ns) AS objects,
        last_value(ss.capture_id, ss.t_ns) AS capture_id
    FROM ranked AS r
    CROSS JOIN v_life AS l ON l.service_id = r.service_id AND l.build = r.build
    CROSS JOIN v_site_series AS ss ON ss.lifetime_id = l.lifetime_id
    WHERE r.builds > 1
      AND r.age <= 2
      AND ss.inuse_objects > 0
    GROUP BY
        ss.site_id,
        r.age
    HAVING max(ss.inuse_space * 1.0 / ss.inuse_objects) <= :spread * min(ss.inuse_space * 1.0 / ss.inuse_objects)
)
SELECT
    n.service_id,
    'site:' || n.site_id AS subject,
    NULL AS class,
    0.0 AS strength,
    format(
        'an object made here takes %.0f bytes since build %s, and took %.0f with %s: %s more for %s in use, which a deploy '
        || 'costs and no leak',
        n.most,
        substr(n.build, 1, 12),
        o.most,
        substr(o.build, 1, 12),
        bytes_text(CAST((n.most - o.most) * n.objects AS INTEGER)),
        count_text(n.objects)
    ) AS detail,
    json_object(
        'captures', json_array(o.capture_id, n.capture_id),
        'bytes', n.most,
        'bytes_before', o.most
    ) AS evidence,
    NULL AS same_as
FROM sized AS n
JOIN sized AS o ON o.site_id = n.site_id AND o.age = 2
WHERE n.age = 1
  AND n.samples >= :least_samples
  AND o.samples >= :least_samples
  AND n.least >= :least_times * o.most
  AND (n.most - o.most) * n.objects >= :min_bytes
ORDER BY
    n.service_id,
    n.site_id;
