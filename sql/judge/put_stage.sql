INSERT OR REPLACE INTO stage (service_id, layer, input, output, row_count, status, reason)
VALUES (:service_id, :layer, :input, :output, :row_count, :status, :reason);
