-- v_incident_sign: what tells of an incident, and of which.
--   service_id, service, instance_id, place, source, time_ns, after_ns, text, capture_id, ordinal
--                 as in v_kill_sign
--   incident      the mark of its incident in the service: its time, and behind a dot the instance or 0; NULL:
--                 of none, as a counter that was not read before
--
-- v_incident_head: v_kill_sign with what begins an incident.
--   service_id, service, instance_id, place, source, time_ns, after_ns, text, capture_id, ordinal
--                 as in v_kill_sign
--   mark          as in v_incident_mark
--   near          nearest head within two minutes that names an instance, for one that does not; else NULL
--   is_head       1: it is_first, and nothing that names an instance is near
--
-- v_incident_mark: v_kill_sign with a mark for an incident of its own.
--   service_id, service, instance_id, place, source, time_ns, after_ns, text, capture_id, ordinal
--                 as in v_kill_sign
--   mark          time and instance; counters of one kill have the same
--   is_first      1: the first in ten seconds of who says most within two minutes
--
-- One frame in each SELECT: SQLite takes "service_id = ..." down through one, not through several, and without it
-- each service would cost what all of them have. iif() and not FILTER: SQLite passes over the filter of min() and
-- max() in a frame that moves.

CREATE VIEW v_incident_mark AS
WITH spaced AS (
    SELECT
        k.*,
        printf('%020d.%d', k.time_ns, coalesce(k.instance_id, 0)) AS own_mark,
        lag(k.time_ns) OVER (
            PARTITION BY
                k.service_id,
                k.instance_id,
                k.place > 6
            ORDER BY
                k.time_ns,
                k.place,
                k.capture_id
        ) AS last_ns
    FROM v_kill_sign AS k
),
-- Two counters are of one kill when the middle of one's bracket is in the other's.
marked AS (
    SELECT
        s.*,
        max(iif(s.after_ns + (s.time_ns - s.after_ns) / 2 < s.last_ns, NULL, s.own_mark)) OVER (
            PARTITION BY
                s.service_id,
                s.instance_id,
                s.place > 6
            ORDER BY
                s.time_ns,
                s.place,
                s.capture_id
            ROWS UNBOUNDED PRECEDING
        ) AS mark
    FROM spaced AS s
),
ranked AS (
    SELECT
        m.*,
        min(m.place) OVER (
            PARTITION BY
                m.service_id,
                m.instance_id
            ORDER BY m.time_ns
            RANGE BETWEEN 120000000000 PRECEDING AND 120000000000 FOLLOWING
        ) AS best
    FROM marked AS m
),
run AS (
    SELECT
        r.*,
        lag(r.time_ns) OVER (
            PARTITION BY
                r.service_id,
                r.instance_id,
                r.place
            ORDER BY
                r.time_ns,
                r.capture_id,
                r.ordinal
        ) AS before_ns
    FROM ranked AS r
)
SELECT
    r.service_id,
    r.service,
    r.instance_id,
    r.place,
    r.source,
    r.time_ns,
    r.after_ns,
    r.text,
    r.capture_id,
    r.ordinal,
    r.mark,
    r.place < 7
    AND r.place = r.best
    AND coalesce(r.time_ns - r.before_ns > 10000000000, 1) AS is_first
FROM run AS r;

CREATE VIEW v_incident_head AS
WITH behind AS (
    SELECT
        h.*,
        max(iif(h.is_first AND h.instance_id IS NOT NULL, h.mark, NULL)) OVER (
            PARTITION BY h.service_id
            ORDER BY h.time_ns
            RANGE BETWEEN 120000000000 PRECEDING AND CURRENT ROW
        ) AS near_before
    FROM v_incident_mark AS h
),
ahead AS (
    SELECT
        h.*,
        min(iif(h.is_first AND h.instance_id IS NOT NULL, h.mark, NULL)) OVER (
            PARTITION BY h.service_id
            ORDER BY h.time_ns
            RANGE BETWEEN CURRENT ROW AND 120000000000 FOLLOWING
        ) AS near_after
    FROM behind AS h
)
SELECT
    a.service_id,
    a.service,
    a.instance_id,
    a.place,
    a.source,
    a.time_ns,
    a.after_ns,
    a.text,
    a.capture_id,
    a.ordinal,
    a.mark,
    CASE
        WHEN a.instance_id IS NOT NULL THEN NULL
        WHEN a.time_ns - CAST(substr(a.near_before, 1, 20) AS INTEGER)
            <= CAST(substr(a.near_after, 1, 20) AS INTEGER) - a.time_ns THEN a.near_before
        ELSE coalesce(a.near_after, a.near_before)
    END AS near,
    a.is_first
    AND (
        a.instance_id IS NOT NULL
        OR coalesce(a.near_before, a.near_after) IS NULL
    ) AS is_head
FROM ahead AS a;

CREATE VIEW v_incident_sign AS
WITH behind AS (
    SELECT
        h.*,
        max(iif(h.is_head, h.mark, NULL)) OVER (
            PARTITION BY
                h.service_id,
                h.instance_id
            ORDER BY h.time_ns
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS own_before
    FROM v_incident_head AS h
),
ahead AS (
    SELECT
        h.*,
        min(iif(h.is_head, h.mark, NULL)) OVER (
            PARTITION BY
                h.service_id,
                h.instance_id
            ORDER BY h.time_ns
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS own_after
    FROM behind AS h
),
-- For counters: the last that they can have counted.
counted AS (
    SELECT
        h.*,
        max(iif(h.is_head, h.mark, NULL)) OVER (
            PARTITION BY
                h.service_id,
                h.instance_id
            ORDER BY h.time_ns
            RANGE BETWEEN UNBOUNDED PRECEDING AND 120000000000 FOLLOWING
        ) AS counted_own
    FROM ahead AS h
),
placed AS (
    SELECT
        h.*,
        max(iif(h.is_head AND h.instance_id IS NULL, h.mark, NULL)) OVER (
            PARTITION BY h.service_id
            ORDER BY h.time_ns
            RANGE BETWEEN UNBOUNDED PRECEDING AND 120000000000 FOLLOWING
        ) AS counted_any
    FROM counted AS h
)
SELECT
    p.service_id,
    p.service,
    p.instance_id,
    p.place,
    p.source,
    p.time_ns,
    p.after_ns,
    p.text,
    p.capture_id,
    p.ordinal,
    CASE
        WHEN p.place < 7 THEN coalesce(
            p.near,
            iif(
                p.time_ns - CAST(substr(p.own_before, 1, 20) AS INTEGER)
                <= CAST(substr(p.own_after, 1, 20) AS INTEGER) - p.time_ns,
                p.own_before,
                coalesce(p.own_after, p.own_before)
            ),
            p.mark
        )
        WHEN p.after_ns IS NULL THEN p.counted_own
        WHEN CAST(substr(p.counted_own, 1, 20) AS INTEGER) >= p.after_ns - 120000000000 THEN p.counted_own
        WHEN CAST(substr(p.counted_any, 1, 20) AS INTEGER) >= p.after_ns - 120000000000 THEN p.counted_any
        ELSE p.mark
    END AS incident
FROM placed AS p;
