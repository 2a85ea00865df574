-- What the configuration leaves out, in one line; none when that is nothing.
SELECT
    'the configuration ignores ' || CASE t.whole
        WHEN 0 THEN ''
        WHEN 1 THEN '1 service'
        ELSE count_text(t.whole) || ' services'
    END
    || iif(t.whole > 0 AND t.other_instances > 0, ' and ', '')
    || CASE
        WHEN t.other_instances = 0 THEN ''
        ELSE count_text(t.other_instances) || iif(t.whole > 0, ' more', '')
            || iif(t.other_instances = 1, ' instance', ' instances')
    END
    || ', with ' || count_text(t.captures) || iif(t.captures = 1, ' capture', ' captures') AS text
FROM (
    SELECT
        count(DISTINCT iif(i.is_whole, i.service_id, NULL)) AS whole,
        CAST(total(iif(i.is_whole, 0, i.instances)) AS INTEGER) AS other_instances,
        CAST(total(i.captures) AS INTEGER) AS captures
    FROM v_ignored AS i
) AS t
WHERE t.captures > 0;
