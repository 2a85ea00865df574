-- An instance that shows the finding.
INSERT INTO finding_instance (finding_id, instance_id)
VALUES (:finding_id, :instance_id);
