-- Nothing tells when the capture was taken but the time of its file, which copying changes. When that is the
-- same second for several captures of one form of one instance, they were copied or unpacked together, or
-- are dumps in one log without times: only the last one (by the numbers in names, or in its log) is judged.
-- Files of /proc and of a cgroup belong together, and a GC trace brings its own clock: those stay.
WITH timed AS (
    SELECT
        c.capture_id,
        c.kind NOT IN ('process', 'cgroup', 'gctrace') AS is_alone,
        count(*) OVER (
            PARTITION BY
                c.instance_id,
                c.kind,
                c.format,
                c.variant,
                c.time_ns / 1000000000
        ) AS together,
        row_number() OVER (
            PARTITION BY
                c.instance_id,
                c.kind,
                c.format,
                c.variant,
                c.time_ns / 1000000000
            ORDER BY
                c.sequence DESC,
                c.time_ns DESC,
                c.part DESC,
                ct.hash
        ) AS place
    FROM capture AS c
    JOIN service AS s USING (service_id)
    JOIN content AS ct USING (content_id)
    WHERE s.is_dirty = 1
      AND c.is_observation = 1
      AND c.time_source = 'mtime'
)
SELECT
    t.capture_id,
    iif(
        t.together > 1 AND t.is_alone,
        format('only file times, and %d captures have this one: it tells no order', t.together),
        'only the time of the file tells when it was taken'
    ) AS detail,
    t.together > 1 AND t.place > 1 AND t.is_alone AS is_left_out
FROM timed AS t
ORDER BY t.capture_id;
