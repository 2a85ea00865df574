-- What a layer consumed and produced for a service, and how it ended.
INSERT OR REPLACE INTO stage (service_id, layer, input, output, row_count, status, reason)
VALUES (:service_id, :layer, :input, :output, :row_count, :status, :reason);
