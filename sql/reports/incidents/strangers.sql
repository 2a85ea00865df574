-- Kills of processes of which nothing was ever captured, the newest first: what the kernel and others say of them.
SELECT
    st.capture_id || '-' || st.ordinal AS id,
    coalesce(nullif(st.process, ''), nullif(st.container, ''), nullif(st.pod, ''), 'a process without a name') AS name,
    st.time_ns AS "time:time",
    strftime('%Y-%m-%d %H:%M:%S', st.time_ns / 1000000000, 'unixepoch') || ' UTC' AS died,
    CASE
        WHEN st.limit_bytes > 0 THEN bytes_text(st.limit_bytes)
        WHEN st.scope = 'global' THEN 'none of its own: the machine ran out of memory'
        WHEN st.scope = 'memcg' THEN 'that of its cgroup'
    END AS limit_words,
    st.limit_bytes IS NULL
    AND st.scope <> 'global' AS "is_limit_missing:bool",
    coalesce(st.anon_rss, 0) + coalesce(st.file_rss, 0) + coalesce(st.shmem_rss, 0) AS "rss:bytes",
    st.anon_rss AS "anon:bytes",
    st.file_rss AS "file:bytes",
    st.shmem_rss AS "shmem:bytes",
    st.total_vm AS "total_vm:bytes",
    st.page_tables AS "page_tables:bytes",
    nullif(st.swap, 0) AS "swap:bytes",
    st.usage AS "usage:bytes",
    st.pid,
    nullif(st.host, '') AS host,
    nullif(coalesce(nullif(st.limiting, ''), st.cgroup), '') AS cgroup,
    nullif(st.pod, '') AS pod,
    nullif(st.container, '') AS container,
    st.exit_code,
    st.restarts,
    st.source,
    st.text,
    (
        SELECT min(vs.full_path)
        FROM capture AS c
        JOIN v_content_source AS vs USING (content_id)
        WHERE c.capture_id = st.capture_id
    ) AS path
FROM v_strange_kill AS sk
JOIN kill AS st USING (capture_id, ordinal)
ORDER BY
    st.time_ns DESC,
    st.capture_id,
    st.ordinal;
