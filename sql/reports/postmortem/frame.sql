-- What the lanes are drawn around: the kill, the last capture, the limits.
SELECT
    d.time_ns,
    CASE WHEN d.is_survivor = 0 THEN d.last_ns END AS last_ns,
    CASE
        WHEN d.lifetime_id IS NULL THEN 'Nothing of the process was captured'
        WHEN d.is_survivor = 1 THEN 'The captured process lived on'
        ELSE format(
            'Looked at %s in its life of %s, the last time %s before the kill',
            (SELECT iif(count(*) = 1, 'once', format('%d times', count(*))) FROM death_level),
            duration_text(d.age_ns),
            duration_text(d.unseen_ns)
        )
    END AS title,
    format(
        'Memory, heap, collector and goroutines of %s%s around its kill at %s, and what happened meanwhile. %sTimes are UTC.',
        d.service,
        coalesce(', ' || nullif(d.instance, ''), ''),
        strftime('%Y-%m-%d %H:%M:%S', d.time_ns / 1000000000, 'unixepoch'),
        CASE
            WHEN d.unseen_ns > 0 THEN format('Shaded at the end: the %s without a capture. ', duration_text(d.unseen_ns))
            ELSE ''
        END
    ) AS note,
    'killed ' || strftime('%H:%M:%S', d.time_ns / 1000000000, 'unixepoch') || ' UTC' AS label,
    d.limit_bytes,
    (SELECT CAST(f.value AS INTEGER) FROM death_fact AS f WHERE f.name = 'go_limit') AS go_limit
FROM v_death AS d;
