-- What the configuration leaves out, by service.
SELECT
    i.service,
    coalesce(i.name, 'a configuration that is not known here') AS name,
    i.what || ' = ' || i.pattern AS rule,
    i.instances AS "instances:count",
    i.captures AS "captures:count",
    i.is_whole AS "is_whole:bool"
FROM v_ignored AS i
ORDER BY
    i.name,
    i.service,
    i.pattern;
