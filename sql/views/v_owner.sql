-- v_owner: who answers for a service, as tables of owners say: the newest word
--   service   as captures call it
--   team

CREATE VIEW v_owner AS
SELECT
    t.service,
    t.team
FROM (
    SELECT
        d.service,
        d.value AS team,
        row_number() OVER (
            PARTITION BY d.service
            ORDER BY coalesce(d.time_ns, 0) DESC, d.capture_id DESC, d.ordinal DESC
        ) AS place
    FROM declared AS d
    WHERE d.what = 'owner'
      AND d.value <> ''
) AS t
WHERE t.place = 1;
