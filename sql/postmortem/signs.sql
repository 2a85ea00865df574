-- All that tells of the kill. Its own row of v_incident is that of the sign that says most.
INSERT INTO death_sign (rank, source, time_ns, text, capture_id, ordinal)
WITH sign AS MATERIALIZED (
    SELECT
        s.incident,
        s.place,
        s.source,
        s.time_ns,
        s.text,
        s.capture_id,
        s.ordinal
    FROM v_incident_sign AS s
    WHERE s.service_id = :service_id
      AND s.incident IS NOT NULL
),
head AS (
    SELECT s.incident
    FROM v_incident AS v
    JOIN sign AS s ON s.capture_id = v.capture_id AND s.text = v.text AND s.source = v.source
    WHERE v.service_id = :service_id
      AND v.time_ns = :time_ns
      AND v.instance_id IS :instance_id
      AND (
          s.time_ns = v.time_ns
          OR s.time_ns = v.until_ns
      )
    LIMIT 1
)
SELECT
    row_number() OVER (
        ORDER BY
            s.place,
            s.time_ns,
            s.capture_id,
            s.ordinal
    ) AS rank,
    s.source,
    s.time_ns,
    s.text,
    s.capture_id,
    s.ordinal
FROM sign AS s
JOIN head AS h USING (incident);
