-- id:         heap.first_look
-- title:      Where memory is in use, when the heap profiles are too few to judge
-- layer:      L2
-- term:       look
-- gate:       last
-- needs:      v_heap_capture v_life v_stack_site v_site sample
-- params:     places=3, enough=5, least=3, few_captures=4, taken=12, min_bytes=524288, min_part=0.02, sigmas=1.96
--
-- Why: after a kill there are two to four heap profiles, or one, and whoever has them asks where the memory went. So
-- few show no trend, but they tell at which lines more is in use in the last than in the first, as
-- "leakledger diff" does, with the same error of sampling: Go samples about one object in each half MiB, so a place's
-- bytes are an estimate. Only what rose by more than that explains is named, the largest rise first; of one profile
-- it is said where most is in use. The captures of the warm-up count here, for there is nothing else. Of several
-- processes it is the one that gained most. It is silent where heap.site_growth has profiles enough to decide.
--
-- Blind spot: a warm-up, a cache that fills and a load that rises look the same, and the error holds for one place and
-- not for the largest of many. So it makes no finding.
--
-- Source: leaks.md 2.1 (what people do with two profiles); the sampling error follows formats.md 1.8.
WITH judged AS (
    SELECT
        t.service_id
    FROM (
        SELECT
            hc.service_id,
            sum(hc.is_judged) AS captures
        FROM v_heap_capture AS hc
        GROUP BY
            hc.service_id,
            hc.lifetime_id
        HAVING sum(hc.is_judged) >= :least
    ) AS t
    GROUP BY t.service_id
    HAVING sum(t.captures) >= :enough
        OR (
            sum(t.captures) >= :few_captures
            AND (
                SELECT count(*)
                FROM v_life AS l
                CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
                CROSS JOIN capture AS c ON c.capture_id = lc.capture_id AND c.kind = 'heap'
                WHERE l.service_id = t.service_id
            ) >= :taken
        )
),
span AS (
    SELECT
        hc.service_id,
        hc.lifetime_id,
        count(*) AS captures,
        min(hc.ordinal) AS first_ordinal,
        max(hc.ordinal) AS last_ordinal,
        max(hc.t_ns) - min(hc.t_ns) AS span_ns,
        json_group_array(hc.capture_id) AS captures_json
    FROM v_heap_capture AS hc
    JOIN v_life AS l USING (lifetime_id)
    WHERE l.last_ns >= l.judged_from_ns
      AND hc.service_id NOT IN (SELECT j.service_id FROM judged AS j)
    GROUP BY
        hc.service_id,
        hc.lifetime_id
    -- Of two profiles without times nobody knows which was first.
    HAVING count(*) = 1
        OR min(hc.t_ns) > 0
),
edge AS MATERIALIZED (
    SELECT
        sp.lifetime_id,
        hc.service_id,
        hc.capture_id,
        hc.ordinal = sp.last_ordinal AS is_last
    FROM span AS sp
    CROSS JOIN v_heap_capture AS hc USING (lifetime_id)
    WHERE hc.ordinal IN (sp.first_ordinal, sp.last_ordinal)
),
-- What n sampled objects of s bytes stand for, v = n f s, has the variance n f (f - 1) s s = v (v / n - s).
held AS MATERIALIZED (
    SELECT
        e.service_id,
        e.lifetime_id,
        vs.site_id,
        sum(CASE WHEN e.is_last THEN 0 ELSE s.v3 END) AS first_space,
        sum(CASE WHEN e.is_last THEN s.v3 ELSE 0 END) AS last_space,
        total(s.v3 * max(0.0, s.v3 * 1.0 / s.inuse_count - s.block_size)) AS variance,
        max(s.v3 > 0 AND (s.block_size <= 0 OR s.inuse_count <= 0)) AS is_unsure
    FROM edge AS e
    CROSS JOIN sample AS s USING (capture_id)
    JOIN v_stack_site AS vs ON vs.service_id = e.service_id AND vs.stack_id = s.stack_id
    GROUP BY
        e.service_id,
        e.lifetime_id,
        vs.site_id
),
whole AS (
    SELECT
        h.service_id,
        h.lifetime_id,
        sum(max(h.last_space - h.first_space, 0)) AS rise,
        sum(h.last_space) AS last_space,
        row_number() OVER (
            PARTITION BY h.service_id
            ORDER BY
                sp.captures > 1 DESC,
                sum(h.last_space - h.first_space) DESC,
                h.lifetime_id DESC
        ) AS place
    FROM held AS h
    JOIN span AS sp USING (lifetime_id)
    GROUP BY
        h.service_id,
        h.lifetime_id
),
place AS (
    SELECT
        h.service_id,
        h.lifetime_id,
        h.site_id,
        h.first_space,
        h.last_space,
        CAST(round(:sigmas * sqrt(h.variance)) AS INTEGER) AS error,
        (h.last_space - h.first_space) * 1.0 / w.rise AS share,
        row_number() OVER (
            PARTITION BY h.service_id
            ORDER BY
                h.last_space - h.first_space DESC,
                h.site_id
        ) AS place
    FROM whole AS w
    CROSS JOIN held AS h USING (lifetime_id)
    JOIN v_site AS si USING (site_id)
    WHERE w.place = 1
      AND h.is_unsure = 0
      AND si.owner <> 'runtime'
      AND h.last_space - h.first_space > :sigmas * sqrt(h.variance)
      AND h.last_space - h.first_space >= max(:min_bytes, :min_part * w.last_space)
),
said AS (
    SELECT
        p.service_id,
        p.place,
        bytes_text(p.last_space - p.first_space) AS amount,
        bytes_text(p.error) AS error,
        CASE WHEN sp.captures > 1
            THEN format(', from %s to %s', bytes_text(p.first_space), bytes_text(p.last_space))
            ELSE ''
        END AS ends,
        CAST(round(100 * p.share) AS INTEGER) AS percent,
        format(
            '%s%s',
            replace(si.function, rtrim(si.function, replace(si.function, '/', '')), ''),
            CASE WHEN si.file = '' THEN '' ELSE format(
                ' at %s:%d',
                replace(si.file, rtrim(si.file, replace(si.file, '/', '')), ''),
                si.line
            ) END
        ) AS name,
        json_object(
            'function', si.function,
            'file', si.file,
            'line', si.line,
            'first_bytes', CASE WHEN sp.captures > 1 THEN p.first_space END,
            'last_bytes', p.last_space,
            'error_bytes', p.error,
            'share', p.share
        ) AS object
    FROM place AS p
    JOIN span AS sp USING (lifetime_id)
    JOIN v_site AS si USING (site_id)
    WHERE p.place <= :places
),
other AS (
    SELECT
        o.service_id,
        group_concat(format(
            '; %s%s %s%s (±%s)%s, %d %%', o.preposition, o.name, o.verb, o.amount, o.error, o.ends, o.percent
        ), '') AS text,
        json_group_array(json(o.object)) AS objects
    FROM (
        SELECT
            sd.*,
            CASE sd.ends WHEN '' THEN '' ELSE 'in ' END AS preposition,
            CASE sd.ends WHEN '' THEN '' ELSE 'by ' END AS verb
        FROM said AS sd
        WHERE sd.place > 1
        ORDER BY
            sd.service_id,
            sd.place
    ) AS o
    GROUP BY o.service_id
)
SELECT
    p.service_id,
    'site:' || p.site_id AS subject,
    NULL AS class,
    0.0 AS strength,
    CASE WHEN sp.captures > 1 THEN format(
        'from the first to the last of %d heap profiles, over %s, memory in use in %s rose by %s '
        || '(±%s by sampling)%s, %d %% of all that rose%s; so few profiles do not tell a leak from '
        || 'a warm-up, a cache that fills or a load that rises',
        sp.captures,
        duration_text(sp.span_ns),
        own.name,
        own.amount,
        own.error,
        own.ends,
        own.percent,
        coalesce(o.text, '')
    ) ELSE format(
        'in the one heap profile of this process %s has %s in use (±%s by sampling), %d %% of all%s; one profile '
        || 'tells what is large, and not what grows',
        own.name,
        own.amount,
        own.error,
        own.percent,
        coalesce(o.text, '')
    ) END AS detail,
    json_object(
        'captures', json(sp.captures_json),
        'first_bytes', json_extract(own.object, '$.first_bytes'),
        'last_bytes', p.last_space,
        'error_bytes', p.error,
        'share', p.share,
        'others', json(coalesce(o.objects, '[]'))
    ) AS evidence,
    NULL AS same_as
FROM place AS p
JOIN span AS sp USING (lifetime_id)
JOIN said AS own ON own.service_id = p.service_id AND own.place = 1
LEFT JOIN other AS o ON o.service_id = p.service_id
WHERE p.place = 1
ORDER BY p.service_id;
