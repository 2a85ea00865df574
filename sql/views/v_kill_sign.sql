-- v_kill_sign: everything that tells of a forced end and when it was, by the service that it befell: kills, where
-- the capture is of the service or the kill names its pod, container or process; and counters of kills that rose
-- between two captures of an instance. A host is an instance when something else was captured of it. The name of a
-- process alone tells whose a kill is where nothing says more, as a pod that is an instance, or a log of a
-- service that has such a process.
--   service_id, service
--   instance_id   NULL when it does not tell which
--   place         how much it says: 1 kernel; 2 kubernetes; 3 docker; 4 systemd; 5 systemd-oomd; 6 others;
--                 7 kube-state-metrics and 8 memory.events, when they only count
--   source        as in v_kill; kube-state-metrics, memory.events
--   time_ns       when; of a counter when it was read
--   after_ns      of a counter when it was read before; NULL when it was not, and of what is no counter
--   text          the line or reason as written
--   capture_id, ordinal   which says it; ordinal is 0 for a counter
--
-- v_kill_counter: those of v_kill_sign that are numbers in a capture: the reason for which a container ended the last
-- time, where it came or the restarts rose with it, and a cgroup's count of kills that is another than before
--   service_id, service, instance_id, place, source, time_ns, after_ns, text, capture_id, ordinal
--                 as in v_kill_sign
--
-- v_kill_number: what captures of pods and cgroups tell of kills in numbers, a row for each container of a capture, and
-- of answers of Prometheus one for all of a minute, because who asks for each number by itself has them in as many
-- captures. A view and not part of the next, because SQLite hands the service that is asked for on to views only
--   service_id, instance_id, container, time_ns, capture_id
--   oom_kill   kills that the cgroup counted
--   restarts   of the container
--   is_oom     1: it ended the last time for want of memory; NULL where nobody was asked for that
--   ended_s    when that was, seconds
--
-- Which kills befell a service is looked up by each of what a kill names, for a kernel's log tells of a whole
-- machine: to ask of each kill whether it is of the service would cost a fleet its services times its kills. The
-- five are UNION ALL below a DISTINCT, for into a UNION SQLite does not take the service down.
--
-- v_process_name: what the kernel calls the processes of a service: its own name, and that of each program of which
-- something was captured; the kernel keeps 15 bytes
--   service_id, process

CREATE VIEW v_process_name AS
SELECT
    s.service_id,
    substr(s.name, 1, 15) AS process
FROM service AS s
WHERE s.name <> ''
UNION ALL
SELECT
    i.service_id,
    substr(replace(c.program, rtrim(c.program, replace(c.program, '/', '')), ''), 1, 15) AS process
FROM instance AS i
JOIN capture AS c USING (instance_id)
WHERE c.program <> '';

CREATE VIEW v_kill_sign AS
WITH befallen AS (
    SELECT
        c.service_id,
        k.capture_id,
        k.ordinal
    FROM service AS s
    CROSS JOIN capture AS c USING (service_id)
    CROSS JOIN kill AS k USING (capture_id)
    WHERE EXISTS (SELECT 1 FROM kill)
    UNION ALL
    SELECT
        s.service_id,
        k.capture_id,
        k.ordinal
    FROM service AS s
    CROSS JOIN kill AS k ON k.container = s.name
    UNION ALL
    SELECT
        s.service_id,
        k.capture_id,
        k.ordinal
    FROM service AS s
    CROSS JOIN kill AS k ON k.pod >= s.name || '-' AND k.pod < s.name || '.'
    UNION ALL
    SELECT
        i.service_id,
        k.capture_id,
        k.ordinal
    FROM instance AS i
    CROSS JOIN kill AS k ON k.pod = i.name
    WHERE EXISTS (SELECT 1 FROM kill)
      AND i.name <> ''
    UNION ALL
    SELECT
        pn.service_id,
        k.capture_id,
        k.ordinal
    FROM v_process_name AS pn
    CROSS JOIN kill AS k USING (process)
    CROSS JOIN capture AS kc USING (capture_id)
    WHERE EXISTS (SELECT 1 FROM kill)
      AND NOT EXISTS (
          SELECT 1
          FROM v_process_name AS own
          WHERE own.service_id = kc.service_id
            AND own.process = k.process
      )
      AND NOT EXISTS (
          SELECT 1
          FROM instance AS i
          WHERE i.name <> ''
            AND i.name = k.pod
      )
),
fact AS (
    SELECT
        b.service_id,
        s.name AS service,
        (
            SELECT min(x.instance_id)
            FROM (
                SELECT i.instance_id
                FROM instance AS i
                WHERE i.service_id = b.service_id
                  AND i.name = k.pod
                  AND i.name <> ''
                UNION ALL
                SELECT i.instance_id
                FROM instance AS i
                WHERE i.instance_id = kc.instance_id
                  AND i.service_id = b.service_id
                  AND i.name <> k.host
                  AND i.name <> ''
                UNION ALL
                SELECT i.instance_id
                FROM instance AS i
                WHERE i.service_id = b.service_id
                  AND i.name = k.host
                  AND i.name <> ''
                  AND EXISTS (
                      SELECT 1
                      FROM capture AS c
                      WHERE c.instance_id = i.instance_id
                        AND c.is_observation = 1
                  )
            ) AS x
        ) AS instance_id,
        CASE k.source
            WHEN 'kernel' THEN 1
            WHEN 'kubernetes' THEN 2
            WHEN 'docker' THEN 3
            WHEN 'systemd' THEN 4
            WHEN 'systemd-oomd' THEN 5
            ELSE 6
        END AS place,
        k.source,
        k.time_ns,
        NULL AS after_ns,
        k.text,
        k.capture_id,
        k.ordinal
    FROM (
        SELECT DISTINCT
            d.service_id,
            d.capture_id,
            d.ordinal
        FROM befallen AS d
    ) AS b
    CROSS JOIN kill AS k USING (capture_id, ordinal)
    CROSS JOIN capture AS kc USING (capture_id)
    CROSS JOIN service AS s ON s.service_id = b.service_id
    WHERE k.time_ns IS NOT NULL
      AND s.name <> ''
)
SELECT
    f.service_id,
    f.service,
    f.instance_id,
    f.place,
    f.source,
    f.time_ns,
    f.after_ns,
    f.text,
    f.capture_id,
    f.ordinal
FROM fact AS f
UNION ALL
SELECT
    co.service_id,
    co.service,
    co.instance_id,
    co.place,
    co.source,
    co.time_ns,
    co.after_ns,
    co.text,
    co.capture_id,
    co.ordinal
FROM v_kill_counter AS co;

CREATE VIEW v_kill_number AS
WITH number AS (
    SELECT
        i.service_id,
        i.instance_id,
        n.value AS name,
        coalesce(json_extract(l.value, '$.container'), '') AS container,
        coalesce(r.time_ns, c.time_ns) AS time_ns,
        r.value,
        c.capture_id,
        c.format = 'prometheus-api' AS is_answer,
        CASE c.format
            WHEN 'prometheus-api' THEN -coalesce(r.time_ns, c.time_ns) / 60000000000
            ELSE c.capture_id
        END AS moment
    FROM instance AS i
    CROSS JOIN capture AS c ON c.instance_id = i.instance_id
    JOIN reading AS r ON r.capture_id = c.capture_id
    JOIN word AS n ON n.word_id = r.name_id
    LEFT JOIN word AS l ON l.word_id = r.label_id
    WHERE c.kind IN ('pod', 'cgroup')
      AND c.time_ns IS NOT NULL
      AND r.value IS NOT NULL
      AND n.value IN (
          'cgroup.memory.events.oom_kill',
          'kubernetes.restarts',
          'kube_pod_container_status_last_terminated_reason',
          'kube_pod_container_status_last_terminated_timestamp'
      )
      AND (
          n.value <> 'kube_pod_container_status_last_terminated_reason'
          OR json_extract(l.value, '$.reason') = 'OOMKilled'
      )
)
SELECT
    m.service_id,
    m.instance_id,
    m.container,
    max(m.time_ns) AS time_ns,
    max(m.capture_id) AS capture_id,
    max(m.value) FILTER (WHERE m.name = 'cgroup.memory.events.oom_kill') AS oom_kill,
    max(m.value) FILTER (WHERE m.name = 'kubernetes.restarts') AS restarts,
    CASE
        WHEN m.is_answer AND count(*) FILTER (WHERE m.name = 'kube_pod_container_status_last_terminated_reason') = 0
            THEN NULL
        ELSE total(m.value) FILTER (WHERE m.name = 'kube_pod_container_status_last_terminated_reason') > 0
    END AS is_oom,
    max(m.value) FILTER (WHERE m.name = 'kube_pod_container_status_last_terminated_timestamp') AS ended_s
FROM number AS m
GROUP BY
    m.service_id,
    m.instance_id,
    m.container,
    m.moment;

CREATE VIEW v_kill_counter AS
WITH counted AS (
    SELECT
        st.*,
        lag(st.oom_kill) OVER w AS before,
        lag(st.time_ns) OVER w AS after_ns
    FROM v_kill_number AS st
    WHERE st.oom_kill IS NOT NULL
    WINDOW w AS (
        PARTITION BY
            st.service_id,
            st.instance_id,
            st.container
        ORDER BY
            st.time_ns,
            st.capture_id
    )
),
told AS (
    SELECT
        st.*,
        lag(st.restarts) OVER w AS before,
        coalesce(lag(st.is_oom) OVER w, max(st.is_oom) OVER before) AS was_oom,
        lag(st.time_ns) OVER w AS after_ns
    FROM v_kill_number AS st
    WHERE st.restarts IS NOT NULL
       OR st.is_oom
    WINDOW w AS (
        PARTITION BY
            st.service_id,
            st.instance_id,
            st.container
        ORDER BY
            st.time_ns,
            st.capture_id
    ),
    before AS (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
    t.service_id,
    s.name AS service,
    iif(i.name = '', NULL, i.instance_id) AS instance_id,
    iif(t.ended_s > 0, 6, 7) AS place,
    'kube-state-metrics' AS source,
    iif(t.ended_s > 0, CAST(t.ended_s * 1e9 AS INTEGER), t.time_ns) AS time_ns,
    iif(t.ended_s > 0, NULL, t.after_ns) AS after_ns,
    'last_terminated_reason OOMKilled' || coalesce(', restarts ' || CAST(t.restarts AS INTEGER), '') AS text,
    t.capture_id,
    0 AS ordinal
FROM told AS t
JOIN service AS s USING (service_id)
JOIN instance AS i USING (instance_id)
WHERE t.is_oom
  AND s.name <> ''
  AND (
      t.was_oom IS NULL
      OR t.was_oom = 0
      OR t.restarts > t.before
  )
UNION ALL
SELECT
    c.service_id,
    s.name AS service,
    iif(i.name = '', NULL, i.instance_id) AS instance_id,
    8 AS place,
    'memory.events' AS source,
    c.time_ns,
    c.after_ns,
    'oom_kill ' || CAST(c.oom_kill AS INTEGER) AS text,
    c.capture_id,
    0 AS ordinal
FROM counted AS c
JOIN service AS s USING (service_id)
JOIN instance AS i USING (instance_id)
WHERE c.oom_kill > 0
  AND c.oom_kill IS NOT c.before
  AND s.name <> '';
