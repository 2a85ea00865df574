-- One paragraph of a finding's explanation.
INSERT INTO finding_paragraph (finding_id, ordinal, text, evidence)
VALUES (:finding_id, :ordinal, :text, :evidence);
