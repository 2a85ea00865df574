-- v_incident: kills and other forced ends, by the service that they befell, each once whoever tells of it: what an
-- alarm should have come before. What one source tells of one instance within ten seconds is one, and what several
-- tell within two minutes; a kill that names no instance is the one that is nearest to it. Not those of what the
-- configuration ignores.
--   service_id, service
--   instance_id   NULL when it cannot be told which
--   time_ns       when; where only counters tell, when they had not risen yet
--   source        who says most: kernel, kubernetes, docker, systemd ...; kube-state-metrics, memory.events
--   text          the line or reason as written
--   capture_id    which says it
--   until_ns      when the counters had risen; NULL: time_ns is its time
--   sources       all who tell of it, ", " between them; who says most comes first
--   signs         how many rows of v_incident_sign it has

CREATE VIEW v_incident AS
WITH sourced AS (
    SELECT
        i.*,
        row_number() OVER (
            PARTITION BY
                i.service_id,
                i.incident,
                i.source
            ORDER BY
                i.place,
                i.time_ns,
                i.capture_id,
                i.ordinal
        ) AS place_of_source
    FROM v_incident_sign AS i
    WHERE i.incident IS NOT NULL
),
listed AS (
    SELECT
        s.*,
        group_concat(iif(s.place_of_source = 1, s.source, NULL), ', ') OVER w AS sources,
        count(*) OVER w AS signs,
        first_value(s.capture_id) OVER w AS first_capture_id,
        first_value(s.ordinal) OVER w AS first_ordinal,
        first_value(s.place) OVER w AS first_place
    FROM sourced AS s
    WINDOW w AS (
        PARTITION BY
            s.service_id,
            s.incident
        ORDER BY
            s.place,
            s.time_ns,
            s.capture_id,
            s.ordinal
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
)
SELECT
    l.service_id,
    l.service,
    nullif(CAST(substr(l.incident, 22) AS INTEGER), 0) AS instance_id,
    iif(l.place < 7, l.time_ns, l.after_ns) AS time_ns,
    l.source,
    l.text,
    l.capture_id,
    iif(l.place < 7, NULL, l.time_ns) AS until_ns,
    l.sources,
    l.signs
FROM listed AS l
WHERE l.capture_id = l.first_capture_id
  AND l.ordinal = l.first_ordinal
  AND l.place = l.first_place
  AND l.place_of_source = 1
  AND NOT EXISTS (
    SELECT 1
    FROM capture AS g
    WHERE g.service_id = l.service_id
      AND g.ignored_by IS NOT NULL
      AND (
          g.instance_id = CAST(substr(l.incident, 22) AS INTEGER)
          OR NOT EXISTS (
              SELECT 1
              FROM capture AS o
              WHERE o.service_id = l.service_id
                AND o.is_observation = 1
          )
      )
);
