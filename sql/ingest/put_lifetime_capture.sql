-- A capture belongs to a life.
INSERT INTO lifetime_capture (capture_id, lifetime_id)
VALUES (:capture_id, :lifetime_id);
