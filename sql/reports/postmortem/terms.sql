-- Where the bytes were: parts, and their sum as the kernel or the last capture tells it.
SELECT
    t.term,
    t.title,
    t.bytes AS "bytes:bytes",
    t.is_part AS "is_part:bool",
    CASE
        WHEN t.bytes IS NOT NULL AND t.is_part = 1 AND t.bytes >= 0 THEN printf('%.0f %%', 100.0 * t.bytes / total.bytes)
    END AS share,
    t.note
FROM death_term AS t
LEFT JOIN death_term AS total ON total.term = 'total'
ORDER BY t.place;
