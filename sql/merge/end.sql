-- A service that one ledger alone knew is judged as it was there; others are to be judged anew.

UPDATE service
SET
    is_dirty = coalesce((
        SELECT j.is_dirty OR j.inputs > 1
        FROM merge_judgment AS j
        WHERE j.service = service.name
    ), 1),
    judged_by = (
        SELECT j.judged_by
        FROM merge_judgment AS j
        WHERE j.service = service.name
          AND j.inputs = 1
    );
