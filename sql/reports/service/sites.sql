-- Memory in use by place, over the captures of an instance: the seven places that gained most and one row
-- for everything else.
WITH point AS (
    SELECT
        ss.site_id,
        l.ordinal AS life,
        ss.t_ns,
        ss.inuse_space AS value
    FROM v_site_series AS ss
    JOIN temp.life AS l USING (lifetime_id)
    WHERE l.instance_id = :instance_id
),
ranked AS (
    SELECT
        p.site_id,
        row_number() OVER (
            ORDER BY last_value(p.value, p.t_ns) - first_value_by(p.value, p.t_ns) DESC, p.site_id
        ) AS place
    FROM point AS p
    GROUP BY p.site_id
)
SELECT
    CASE
        WHEN r.place <= 7 THEN
            replace(si.function, rtrim(si.function, replace(si.function, '/', '')), '')
            || coalesce(':' || nullif(si.line, 0), '')
        ELSE 'everything else'
    END AS series,
    min(r.place, 8) AS place,
    p.life,
    p.t_ns,
    sum(p.value) AS value
FROM point AS p
JOIN ranked AS r USING (site_id)
JOIN v_site AS si USING (site_id)
GROUP BY
    CASE WHEN r.place <= 7 THEN p.site_id ELSE 0 END,
    p.t_ns
ORDER BY
    min(r.place, 8),
    p.t_ns;
