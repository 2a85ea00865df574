-- A finding, and the first round with which it was there.
INSERT OR REPLACE INTO death_foresight (service_id, time_ns, finding_id, from_ns, summary)
VALUES (:service_id, :time_ns, :finding_id, :from_ns, :summary);
