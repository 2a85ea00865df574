-- v_owner: who answers for a service: the last section of the configuration that fits its name, else the newest
-- word of the tables of owners
--   service   as captures call it
--   team

CREATE VIEW v_owner AS
SELECT
    t.service,
    t.team
FROM (
    SELECT
        w.service,
        w.team,
        row_number() OVER (
            PARTITION BY w.service
            ORDER BY
                w.is_configured DESC,
                w.time_ns DESC,
                w.place DESC,
                w.ordinal DESC
        ) AS choice
    FROM (
        SELECT
            s.name AS service,
            c.team,
            1 AS is_configured,
            0 AS time_ns,
            0 AS place,
            c.ordinal
        FROM service AS s
        -- a bracket in a name is a bracket, as in patterns of limits
        JOIN configured_owner AS c ON s.name GLOB replace(replace(c.service, '[', '[[]'), '?', '[?]')
        UNION ALL
        SELECT
            d.service,
            d.value,
            0,
            coalesce(d.time_ns, 0),
            d.capture_id,
            d.ordinal
        FROM declared AS d
        WHERE d.what = 'owner'
          AND d.value <> ''
    ) AS w
) AS t
WHERE t.choice = 1;
