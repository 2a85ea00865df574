-- What an empty list of findings means, in words: one row.
WITH judged AS (
    SELECT
        st.service_id,
        max(st.status = 'done') AS is_done
    FROM stage AS st
    WHERE st.layer IN ('L1', 'L2', 'L3')
    GROUP BY st.service_id
)
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM finding) THEN 'no findings of that choice'
    WHEN count(*) = 0 THEN 'no findings: nothing was judged yet; ''leakledger analyze'' does that'
    WHEN sum(j.is_done) = 0 THEN 'no findings: not enough evidence to judge any service'
    WHEN sum(j.is_done) < count(*) THEN format(
        'no findings; not enough evidence to judge %d of %d services',
        count(*) - sum(j.is_done),
        count(*)
    )
    ELSE 'no findings'
END AS words
FROM judged AS j;
