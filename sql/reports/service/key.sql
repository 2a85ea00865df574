-- Everything that a service's pages are made of, in short: another text, another page.
SELECT
    s.name,
    hex(s.judged_by) AS judged_by,
    (
        SELECT group_concat(st.layer || st.status || hex(st.input) || hex(coalesce(st.output, x'')))
        FROM stage AS st
        WHERE st.service_id = s.service_id
    ) AS stages,
    (
        SELECT group_concat(f.finding_id || f.state || f.score || ' ' || f.first_seen_ns || ' ' || f.last_seen_ns || f.summary || coalesce(su.name || su.reason || su.owner || su.until_ns || su.is_expiring, ''))
        FROM finding AS f
        LEFT JOIN suppressed AS sd ON sd.finding_id = f.finding_id AND sd.is_in_use = 1
        LEFT JOIN suppression AS su ON su.ordinal = sd.ordinal
        WHERE f.service_id = s.service_id
    ) AS findings,
    (
        SELECT count(*) || ' ' || max(c.capture_id) || ' ' || total(c.is_partial) || ' ' || count(c.ignored_by)
        FROM capture AS c
        WHERE c.service_id = s.service_id
    ) AS captures,
    (
        SELECT count(*) || ' ' || max(l.last_ns)
        FROM lifetime AS l
        WHERE l.service_id = s.service_id
    ) AS lives,
    (
        SELECT group_concat(v.time_ns || ' ' || coalesce(v.instance_id, ''))
        FROM v_incident AS v
        -- Not that of s: views pass down only what is bound.
        WHERE v.service_id = :service_id
    ) AS incidents,
    (
        SELECT group_concat(d.what || d.instance || d.name || d.value || d.number || coalesce(d.time_ns, ''))
        FROM declared AS d
        WHERE d.service = s.name
    ) AS declared,
    (
        SELECT count(*) || ' ' || max(h.judged_ns)
        FROM finding_history AS h
        WHERE h.service_id = s.service_id
    ) AS history
FROM service AS s
WHERE s.service_id = :service_id;
