-- Opens a segment.
INSERT INTO segment (service_id, instance_id, kind, types, period, captures)
VALUES (:service_id, :instance_id, :kind, :types, :period, :captures);
