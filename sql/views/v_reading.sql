-- v_reading: every number that captures give under a name
--   capture_id, service, instance
--   time_ns   of the number, or of its capture; NULL when nothing tells
--   name      as in Go's runtime/metrics where it has that meaning ("/gc/heap/live:bytes"), else
--             process.rss, cgroup.memory.current, or the name in its file
--   labels    JSON object; '' when there are none
--   value     bytes, counts or seconds; NULL: "no limit"
--
-- v_benchmark: every measurement of a benchmark
--   capture_id, service, package, name, procs, iterations, unit, value
--
-- v_kill: processes and containers that were ended; NULL where the capture does not say, sizes in bytes
--   capture_id, ordinal, service, instance   of the capture
--   time_ns, started_ns   when it was ended, and when it had started
--   source       kernel, kubernetes, docker, systemd ...
--   scope        memcg (a limit of its own), global (the machine), '' not known
--   process      at most 15 bytes from a kernel
--   host, cgroup, limiting, pod, container   '' when not known; limiting: the cgroup whose limit was met
--   text         the line or reason as written
--   pid          on the host
--   total_vm, anon_rss, file_rss, shmem_rss, page_tables, swap   of the process
--   usage, limit_bytes   of the limiting cgroup
--   exit_code, restarts  of the container
--
-- v_task: the kernel's table of tasks at a kill
--   capture_id, ordinal, name, oom_score_adj, pid, uid, total_vm, rss, rss_anon, rss_file, rss_shmem,
--   page_tables, swap
--
-- v_declared: releases, limits and owners that somebody wrote down
--   capture_id, ordinal, service, instance, time_ns, name, value, note,
--   number
--   what   one of the three words

CREATE VIEW v_reading AS
SELECT
    r.capture_id,
    s.name AS service,
    i.name AS instance,
    coalesce(r.time_ns, c.time_ns) AS time_ns,
    n.value AS name,
    coalesce(l.value, '') AS labels,
    r.value
FROM reading AS r
JOIN capture AS c USING (capture_id)
JOIN service AS s ON s.service_id = c.service_id
JOIN instance AS i ON i.instance_id = c.instance_id
JOIN word AS n ON n.word_id = r.name_id
LEFT JOIN word AS l ON l.word_id = r.label_id;

CREATE VIEW v_benchmark AS
SELECT
    b.capture_id,
    s.name AS service,
    coalesce(p.value, '') AS package,
    n.value AS name,
    b.procs,
    b.iterations,
    u.value AS unit,
    b.value
FROM benchmark AS b
JOIN capture AS c USING (capture_id)
JOIN service AS s ON s.service_id = c.service_id
JOIN word AS n ON n.word_id = b.name_id
JOIN word AS u ON u.word_id = b.unit_id
LEFT JOIN word AS p ON p.word_id = b.package_id;

CREATE VIEW v_kill AS
SELECT
    k.capture_id,
    s.name AS service,
    i.name AS instance,
    k.ordinal,
    k.time_ns,
    k.started_ns,
    k.source,
    k.scope,
    k.process,
    k.host,
    k.cgroup,
    k.limiting,
    k.pod,
    k.container,
    k.text,
    k.pid,
    k.total_vm,
    k.anon_rss,
    k.file_rss,
    k.shmem_rss,
    k.page_tables,
    k.swap,
    k.usage,
    k.limit_bytes,
    k.exit_code,
    k.restarts
FROM kill AS k
JOIN capture AS c USING (capture_id)
JOIN service AS s ON s.service_id = c.service_id
JOIN instance AS i ON i.instance_id = c.instance_id;

CREATE VIEW v_task AS
SELECT
    t.capture_id,
    t.ordinal,
    t.name,
    t.oom_score_adj,
    t.pid,
    t.uid,
    t.total_vm,
    t.rss,
    t.rss_anon,
    t.rss_file,
    t.rss_shmem,
    t.page_tables,
    t.swap
FROM task AS t;

CREATE VIEW v_declared AS
SELECT
    d.capture_id,
    d.ordinal,
    d.what,
    d.service,
    d.instance,
    d.time_ns,
    d.name,
    d.value,
    d.note,
    d.number
FROM declared AS d;
