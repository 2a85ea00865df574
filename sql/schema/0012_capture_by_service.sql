-- The ledger, version 12: from a service to its captures.

-- Each page and each judgment asks for the captures of one service. Without this they go through those of all
-- services, and the work grows with the square of the fleet.
CREATE INDEX capture_by_service ON capture (service_id, kind, time_ns);
