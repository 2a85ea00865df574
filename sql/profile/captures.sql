-- Captures to be added up in a profile: one that is named; or those of a service, an instance and a kind,
-- all that lie between two times, or of each instance the newest up to a time. What the audit left out is
-- taken only when it is named.
WITH wanted AS (
    SELECT
        c.capture_id,
        c.content_id,
        c.service_id,
        c.instance_id,
        c.kind,
        c.variant,
        c.time_ns,
        c.duration_ns,
        c.period,
        row_number() OVER (PARTITION BY c.instance_id ORDER BY c.time_ns DESC, c.capture_id DESC) AS age
    FROM capture AS c
    JOIN service AS s USING (service_id)
    JOIN instance AS i USING (instance_id)
    WHERE :capture IS NULL
      -- a range, unlike an OR, finds the one by its key; pages ask for thousands
      AND c.capture_id >= coalesce(:capture_id, 0)
      AND c.capture_id <= coalesce(:capture_id, 9223372036854775807)
      AND (:instance_id IS NULL OR c.instance_id = :instance_id)
      AND (:service IS NULL OR s.name GLOB :service)
      AND (:instance IS NULL OR i.name GLOB :instance)
      AND c.kind = :kind
      AND (:since IS NULL OR c.time_ns >= :since)
      AND (:until IS NULL OR c.time_ns < :until)
      AND (:at IS NULL OR c.time_ns <= :at)
      AND c.is_delta = 0
      AND NOT EXISTS (
          SELECT 1
          FROM audit AS a
          WHERE a.capture_id = c.capture_id
            AND a.is_left_out = 1
      )
    UNION ALL
    SELECT
        c.capture_id,
        c.content_id,
        c.service_id,
        c.instance_id,
        c.kind,
        c.variant,
        c.time_ns,
        c.duration_ns,
        c.period,
        1 AS age
    FROM capture AS c
    JOIN content AS ct USING (content_id)
    JOIN v_content_source AS named USING (content_id)
    WHERE :capture IS NOT NULL
      AND (
          named.full_path = :capture
          OR named.root || '/' || named.full_path = :capture
          OR (length(:capture) >= 6 AND lower(hex(ct.hash)) GLOB lower(:capture) || '*')
      )
      AND (:kind IS NULL OR c.kind = :kind)
      AND c.kind IN ('heap', 'goroutine', 'goroutineleak', 'block', 'mutex', 'threadcreate', 'cpu', 'profile')
)
SELECT
    w.capture_id,
    w.service_id,
    w.kind,
    coalesce(w.variant, '') AS variant,
    w.time_ns,
    w.duration_ns,
    w.period,
    source.full_path AS name,
    iif(
        substr(i.name, 1, length(s.name)) = s.name,
        i.name,
        trim(s.name || ' ' || i.name)
    ) AS whose,
    (SELECT count(*) FROM note AS n WHERE n.capture_id = w.capture_id) AS notes,
    (SELECT n.text FROM note AS n WHERE n.capture_id = w.capture_id ORDER BY n.ordinal LIMIT 1) AS remark
FROM wanted AS w
JOIN service AS s USING (service_id)
JOIN instance AS i USING (instance_id)
JOIN v_content_source AS source USING (content_id)
WHERE w.age = 1 OR :since IS NOT NULL OR :until IS NOT NULL
ORDER BY
    w.time_ns,
    w.capture_id;
