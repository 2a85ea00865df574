-- sidecar: containers that stand beside a program in its pod, by the names under which they are commonly injected. What
-- they take is not the program's, and their restarts end no life of it.
--
--   pattern   of a container's name, for GLOB

CREATE VIEW sidecar AS
SELECT 'POD' AS pattern
UNION ALL SELECT 'istio-*'
UNION ALL SELECT 'linkerd-*'
UNION ALL SELECT '*envoy*'
UNION ALL SELECT 'consul-*'
UNION ALL SELECT 'daprd'
UNION ALL SELECT 'queue-proxy'
UNION ALL SELECT 'vault-agent*'
UNION ALL SELECT 'cloud-sql-proxy*'
UNION ALL SELECT 'cloudsql-proxy*'
UNION ALL SELECT 'oauth2-proxy'
UNION ALL SELECT 'kube-rbac-proxy*'
UNION ALL SELECT '*config-reloader'
UNION ALL SELECT 'fluent-bit*'
UNION ALL SELECT 'fluentd*'
UNION ALL SELECT 'filebeat*'
UNION ALL SELECT 'promtail*'
UNION ALL SELECT 'vector-agent'
UNION ALL SELECT 'jaeger-agent'
UNION ALL SELECT 'otel-*'
UNION ALL SELECT 'opentelemetry-*'
UNION ALL SELECT 'otc-container'
UNION ALL SELECT 'datadog-agent'
UNION ALL SELECT 'xray-daemon'
UNION ALL SELECT 'aws-xray-daemon';
