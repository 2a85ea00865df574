-- The call sites that gained most, whether a finding came of them or not.
SELECT
    sg.function,
    sg.file || coalesce(':' || nullif(sg.line, 0), '') AS place,
    sg.owner,
    CASE WHEN sg.unit_ns < 86400e9 THEN 'hour' ELSE 'day' END AS per,
    CAST(round(sg.first_space) AS INTEGER) AS "first:bytes",
    CAST(round(sg.last_space) AS INTEGER) AS "last:bytes",
    CAST(round(sg.slope * sg.unit_ns) AS INTEGER) AS "growth:bytes",
    CAST(round(sg.slope_low * sg.unit_ns) AS INTEGER) AS "growth_low:bytes",
    CAST(round(sg.slope_high * sg.unit_ns) AS INTEGER) AS "growth_high:bytes",
    CASE
        WHEN sg.p_trend IS NULL THEN NULL
        WHEN sg.p_trend < 0.001 THEN 'under 0.1 %'
        ELSE printf('%.1f %%', 100 * sg.p_trend)
    END AS chance
FROM (
    SELECT
        v.*,
        CASE WHEN v.span_ns < 86400000000000 THEN 3600e9 ELSE 86400e9 END AS unit_ns
    FROM v_site_growth AS v
) AS sg
WHERE sg.service_id = :service_id
  AND sg.growth > 0
ORDER BY
    sg.growth DESC,
    sg.site_id;
