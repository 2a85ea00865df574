-- v_suppression: the [suppress] sections of the configuration, as the last analysis found them
--
--   ordinal, name, reason, owner
--   finding_id, service, class, function   what it asks of a finding; '' asks nothing
--   until_ns      it suppresses what is judged before this time
--   state         active; expiring: ends within 14 days; expired: suppresses nothing any more;
--                 unused: fits no open finding
--   findings      open findings that fit it
CREATE VIEW v_suppression AS
SELECT
    s.ordinal,
    s.name,
    s.finding_id,
    s.service,
    s.class,
    s.function,
    s.reason,
    s.owner,
    s.until_ns,
    CASE
        WHEN s.is_expired = 1 THEN 'expired'
        WHEN s.findings = 0 THEN 'unused'
        WHEN s.is_expiring = 1 THEN 'expiring'
        ELSE 'active'
    END AS state,
    s.findings
FROM (
    SELECT
        su.*,
        (
            SELECT count(*)
            FROM suppressed AS sd
            JOIN finding AS f USING (finding_id)
            WHERE sd.ordinal = su.ordinal
              AND f.state <> 'fixed'
        ) AS findings
    FROM suppression AS su
) AS s;
