-- Weeks that have a page, and in short all that it is made of: another text, another page.
SELECT
    w.week,
    w.from_ns,
    w.captures || ' ' || w.services || ' ' || w.instances
        || coalesce(' ' || lag(w.week) OVER (ORDER BY w.from_ns), '')
        || coalesce(' ' || lead(w.week) OVER (ORDER BY w.from_ns), '')
        || coalesce((
            SELECT group_concat(f.finding_id || f.first_seen_ns || ' ' || f.last_seen_ns || f.state || f.severity)
            FROM finding AS f
            WHERE f.first_seen_ns < w.to_ns
              AND f.last_seen_ns >= w.from_ns
        ), '')
        || coalesce((
            SELECT count(*) || ' ' || max(h.judged_ns)
            FROM finding_history AS h
            WHERE h.judged_ns < w.to_ns
        ), '')
        || (SELECT count(*) FROM service) AS made_of
FROM v_week AS w
ORDER BY w.from_ns;
