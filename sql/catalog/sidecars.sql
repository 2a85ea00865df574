-- sidecar: containers that stand beside a program in its pod, by the names under which they are commonly injected. What
-- they take is not the program's, and their restarts end no life of it.
--
--   pattern   of a container's name, for GLOB
--
-- One list and not a query for each: whoever opens the file parses it.

CREATE VIEW sidecar AS
SELECT j.value AS pattern
FROM json_each('[
    "POD", "istio-*", "linkerd-*", "*envoy*", "consul-*", "daprd", "queue-proxy",
    "vault-agent*", "cloud-sql-proxy*", "cloudsql-proxy*", "oauth2-proxy", "kube-rbac-proxy*",
    "*config-reloader", "fluent-bit*", "fluentd*", "filebeat*", "promtail*", "vector-agent",
    "jaeger-agent", "otel-*", "opentelemetry-*", "otc-container", "datadog-agent",
    "xray-daemon", "aws-xray-daemon"
]') AS j;
