-- Is there a pod that metrics of its containers tell of? Then adopt_pods.sql may have something to do.
SELECT EXISTS (
    SELECT 1
    FROM instance AS i
    CROSS JOIN capture AS c USING (instance_id)
    WHERE i.name GLOB '*-*[0-9]*'
      AND c.kind IN ('cgroup', 'pod')
      AND c.format IN ('prometheus', 'prometheus-api')
) AS has_pods;
