-- Layers of the judgment of a service that were done: what their analyzers did not say, they did not find.
SELECT st.layer
FROM stage AS st
WHERE st.service_id = :service_id
  AND st.status = 'done'
ORDER BY st.layer;
