-- The keywords of a finding whose places, evidence and forecast are written. :layers is a JSON array of the layers
-- of which evidence counts, A week is 604800000000000 ns.
INSERT INTO finding_keyword (finding_id, keyword)
WITH fact AS (
    SELECT 'class' AS fact, f.class AS value
    FROM finding AS f
    WHERE f.finding_id = :finding_id
    UNION ALL
    SELECT 'kind', f.kind
    FROM finding AS f
    WHERE f.finding_id = :finding_id
    UNION ALL
    SELECT 'layer', l.value
    FROM json_each(:layers) AS l
    UNION ALL
    SELECT 'wait', f.wait_reason
    FROM finding AS f
    WHERE f.finding_id = :finding_id
    UNION ALL
    SELECT 'pattern', json_extract(e.data, '$.pattern')
    FROM evidence AS e
    WHERE e.finding_id = :finding_id
      AND e.place = 0
      AND e.term = 'pattern'
    UNION ALL
    SELECT 'library', frame_package(json_extract(e.data, '$.frame'))
    FROM evidence AS e
    WHERE e.finding_id = :finding_id
      AND e.place = 0
      AND e.analyzer = 'class.library_frame'
    UNION ALL
    SELECT 'first_bad_build', f.first_bad_build
    FROM finding AS f
    WHERE f.finding_id = :finding_id
    UNION ALL
    SELECT 'restarts', 'hide'
    FROM finding AS f
    WHERE f.finding_id = :finding_id
      AND f.is_hidden = 1
    UNION ALL
    SELECT 'limit', CASE
        WHEN f.time_to_limit_ns <= 604800000000000 THEN 'near'
        ELSE f.time_to_limit_refused
    END
    FROM finding AS f
    WHERE f.finding_id = :finding_id
    UNION ALL
    SELECT 'place', CASE WHEN count(DISTINCT fl.line) > 1 THEN 'moved' END
    FROM finding_line AS fl
    WHERE fl.finding_id = :finding_id
    UNION ALL
    SELECT 'place', 'doubtful'
    FROM temp.site_doubt AS sd
    WHERE sd.site_id = :site_id
    UNION ALL
    SELECT 'routes', 'disagree'
    FROM evidence AS e
    JOIN finding AS f USING (finding_id)
    WHERE f.finding_id = :finding_id
      AND e.place = 0
      AND e.class <> f.class
      AND e.strength >= :least_objection
    UNION ALL
    SELECT 'proof', e.term
    FROM evidence AS e
    WHERE e.finding_id = :finding_id
      AND e.is_counted = 1
      AND e.term IN ('gc-proof', 'deadlock')
    UNION ALL
    SELECT 'source', CASE fs.status WHEN 'shown' THEN 'shown' ELSE 'mismatch' END
    FROM finding_source AS fs
    WHERE fs.finding_id = :finding_id
    UNION ALL
    SELECT 'score', 'held'
    FROM finding AS f
    WHERE f.finding_id = :finding_id
      AND f.cap_reason <> ''
    UNION ALL
    SELECT 'instances', CASE WHEN count(*) > 1 THEN 'several' END
    FROM finding_instance AS fi
    WHERE fi.finding_id = :finding_id
)
SELECT DISTINCT
    :finding_id AS finding_id,
    k.keyword || CASE
        WHEN k.keyword NOT LIKE '%:' THEN ''
        ELSE lower(replace(replace(replace(replace(replace(fa.value, ' (', '-'), ')', ''), ', ', '-'), ' ', '-'), '.', '-'))
    END AS keyword
FROM fact AS fa
JOIN keyword AS k ON k.fact = fa.fact AND fa.value GLOB k.value;
