-- v_week: the ISO weeks in which something was captured, in UTC
--   week        "2026-W47"
--   from_ns, to_ns   Monday 00:00, and the Monday after
--   captures, services, instances   of processes that ran
--
-- v_day: the days of them
--   day         "2026-11-21"
--   week        as above
--   weekday     1 is Monday
--   captures, services

CREATE VIEW v_day AS
SELECT
    date(d.day * 86400, 'unixepoch') AS day,
    -- the week belongs to the year that its Thursday is in, and 1970 began with a Thursday
    strftime('%Y', (d.day + 3) / 7 * 604800, 'unixepoch') || '-W'
        || printf('%02d', (CAST(strftime('%j', (d.day + 3) / 7 * 604800, 'unixepoch') AS INTEGER) - 1) / 7 + 1) AS week,
    (d.day + 3) % 7 + 1 AS weekday,
    d.captures,
    d.services
FROM (
    SELECT
        c.time_ns / 86400000000000 AS day,
        count(*) AS captures,
        count(DISTINCT c.service_id) AS services
    FROM capture AS c
    WHERE c.is_observation = 1
      AND c.is_foreign = 0
      AND c.time_ns >= 0
    GROUP BY c.time_ns / 86400000000000
) AS d;

CREATE VIEW v_week AS
SELECT
    strftime('%Y', w.number * 604800, 'unixepoch') || '-W'
        || printf('%02d', (CAST(strftime('%j', w.number * 604800, 'unixepoch') AS INTEGER) - 1) / 7 + 1) AS week,
    (w.number * 7 - 3) * 86400000000000 AS from_ns,
    (w.number * 7 + 4) * 86400000000000 AS to_ns,
    w.captures,
    w.services,
    w.instances
FROM (
    SELECT
        (c.time_ns / 86400000000000 + 3) / 7 AS number,
        count(*) AS captures,
        count(DISTINCT c.service_id) AS services,
        count(DISTINCT c.instance_id) AS instances
    FROM capture AS c
    WHERE c.is_observation = 1
      AND c.is_foreign = 0
      AND c.time_ns >= 0
    GROUP BY (c.time_ns / 86400000000000 + 3) / 7
) AS w;
