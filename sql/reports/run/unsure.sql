-- Services without a finding of which more than "no leak found" has to be said: three, and how many there are more.
WITH judged AS (
    SELECT
        st.service_id,
        min(CASE WHEN st.status = 'done' AND st.reason <> '' THEN st.reason END) AS notice,
        min(CASE WHEN st.status = 'no-data' THEN st.reason END) AS missing,
        sum(st.status = 'done') AS layers,
        sum(st.status = 'failed') AS failed
    FROM stage AS st
    WHERE st.layer IN ('L1', 'L2', 'L3')
    GROUP BY st.service_id
),
unsure AS (
    SELECT
        s.name || CASE
            WHEN j.notice IS NOT NULL THEN ' grows: ' || j.notice
            ELSE ': not enough evidence: ' || j.missing
        END AS words,
        row_number() OVER (ORDER BY j.notice IS NULL, s.name) AS place
    FROM judged AS j
    JOIN service AS s USING (service_id)
    WHERE j.failed = 0
      AND (j.notice IS NOT NULL OR (j.layers = 0 AND j.missing IS NOT NULL))
      AND NOT EXISTS (SELECT 1 FROM finding AS f WHERE f.service_id = j.service_id AND f.state <> 'fixed')
      AND EXISTS (
        SELECT 1 FROM capture AS c WHERE c.service_id = j.service_id AND c.is_foreign = 0 AND c.is_observation = 1
    )
)
SELECT u.words
FROM unsure AS u
WHERE u.place <= 3
UNION ALL
SELECT format('and %s more that cannot be judged, or grow', count_text(count(*) - 3))
FROM unsure AS u
HAVING count(*) > 3;
