-- id:         heap.began_later
-- title:      The growth did not begin with the process
-- layer:      L2
-- term:       later
-- needs:      v_site_growth
--
-- Why: whatever begins empty with its process and is not full yet grows as a leak does, and only time tells them
-- apart. What began at some time in the life of a process, or with a deploy, is no such thing: most of what is kept came
-- late, by the clock and by the work done, or an earlier process that lived as long had hardly any of it. It adds no
-- points; without it the score of memory is held below that of an error for a week.
--
-- Blind spot: a cache that is switched on by a setting, or that only one kind of request fills.
--
-- Source: leaks.md 4.2 and 3.1, feature 7 (since when, which release).
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    'it did not begin with the process: most of it came late in its life, or an earlier process had hardly any of it' AS detail,
    json_object('captures', json('[]')) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
WHERE sg.is_later = 1
ORDER BY
    sg.service_id,
    sg.site_id;
