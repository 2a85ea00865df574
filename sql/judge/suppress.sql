-- Which findings each suppression fits. Of several that one finding fits the first that has not expired
-- counts. Brackets in the name of a function are its own, not a wildcard, when the whole name is given. A function
-- is also known by the name that it had in another build: closures are renamed by others in front of them.
INSERT INTO suppressed (finding_id, ordinal, is_in_use)
SELECT
    f.finding_id,
    su.ordinal,
    su.is_expired = 0 AND su.ordinal = min(su.ordinal) FILTER (WHERE su.is_expired = 0) OVER (
        PARTITION BY f.finding_id
    ) AS is_in_use
FROM suppression AS su
JOIN finding AS f
JOIN service AS s USING (service_id)
WHERE su.finding_id IN ('', f.finding_id)
  AND su.class IN ('', f.class)
  AND (su.service IN ('', s.name) OR s.name GLOB su.service)
  AND (
    su.function IN ('', f.function)
    OR f.function GLOB su.function
    OR EXISTS (
        SELECT 1
        FROM finding_line AS fl
        WHERE fl.finding_id = f.finding_id
          AND (fl.function = su.function OR fl.function GLOB su.function)
    )
  );
