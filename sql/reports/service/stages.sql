-- How far the judgment of a service came: one row for each layer.
SELECT
    st.layer,
    CASE st.layer
        WHEN 'L1' THEN 'Is memory growing?'
        WHEN 'L2' THEN 'At which call sites?'
        WHEN 'L3' THEN 'Which goroutines pile up?'
        WHEN 'L4' THEN 'What kind of leak is it?'
        WHEN 'L5' THEN 'What hides outside the heap?'
        ELSE 'Findings'
    END AS question,
    st.status,
    st.reason,
    st.row_count AS "rows:count"
FROM stage AS st
JOIN service AS s USING (service_id)
WHERE s.service_id = :service_id
ORDER BY
    st.layer = 'summary',
    st.layer;
