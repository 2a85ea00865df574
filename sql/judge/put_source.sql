-- The source of a finding's own place, or why there is none.
INSERT INTO finding_source (finding_id, status, note, path, first_line, lines)
VALUES (:finding_id, :status, :note, :path, :first_line, :lines);
