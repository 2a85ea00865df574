-- One life of a process.
INSERT INTO lifetime (service_id, instance_id, ordinal, start_ns, first_ns, last_ns, build, begun_by)
VALUES (:service_id, :instance_id, :ordinal, :start_ns, :first_ns, :last_ns, :build, :begun_by);
