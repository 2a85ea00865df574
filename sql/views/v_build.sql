-- v_build: every build of a service that captures tell, and the release that brought it
--   service
--   build      build id or version, as captures tell it
--   first_ns   first capture of the first life with it
--   release    version that a CSV of releases gives it; '' when none does
--   how        build: the CSV names the build; version: the build is called like the release;
--              time: it is the last release before the build was first seen, and no other build
--              came in between; '' without a release

CREATE VIEW v_build AS
WITH seen AS (
    SELECT
        l.service_id,
        l.build,
        min(l.first_ns) AS first_ns
    FROM lifetime AS l
    WHERE l.build <> ''
    GROUP BY
        l.service_id,
        l.build
),
candidate AS (
    SELECT
        b.service_id,
        b.build,
        d.name,
        CASE
            WHEN d.value = b.build THEN 'build'
            WHEN d.name = b.build THEN 'version'
            ELSE 'time'
        END AS how,
        row_number() OVER (
            PARTITION BY
                b.service_id,
                b.build
            ORDER BY
                d.value = b.build DESC,
                d.name = b.build DESC,
                d.time_ns DESC,
                d.name
        ) AS place
    FROM seen AS b
    JOIN service AS s USING (service_id)
    JOIN declared AS d ON d.what = 'release' AND d.service = s.name
    WHERE d.value = b.build
       OR d.name = b.build
       OR (
           d.value = ''
           AND d.time_ns <= b.first_ns
           AND NOT EXISTS (
               SELECT 1
               FROM seen AS other
               WHERE other.service_id = b.service_id
                 AND other.first_ns >= d.time_ns
                 AND other.first_ns < b.first_ns
           )
       )
)
SELECT
    s.name AS service,
    b.build,
    b.first_ns,
    coalesce(c.name, '') AS release,
    coalesce(c.how, '') AS how
FROM seen AS b
JOIN service AS s USING (service_id)
LEFT JOIN candidate AS c ON c.service_id = b.service_id AND c.build = b.build AND c.place = 1;
