-- id:         heap.stay
-- title:      How long what is made there stays
-- layer:      L2
-- term:       context
-- needs:      v_site_growth
-- params:     least_objects=1
--
-- Why: where as many are made as go, a thing stays for as long on average as it takes to make those that are in use (Little's
-- law). Requests stay for milliseconds, sessions for minutes, and what nobody lets go of for longer than the process
-- was watched. That is an age which two columns of one profile tell, and the sign by which people know a leak.
--
-- Blind spot: it is the mean of what goes at once and what stays. Of what grows it is too small: by the time in which
-- the newest part was made. It adds no points.
--
-- Source: leaks.md 3.1 (feature 11).
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    clamp01(sg.last_objects / sg.alloc_per_s * 1e9 / sg.span_ns) AS strength,
    format(
        'as many as are in use are made in %s: so long each stays on average, by Little''s law%s',
        duration_text(sg.last_objects / sg.alloc_per_s * 1e9),
        CASE WHEN sg.last_objects / sg.alloc_per_s * 1e9 >= 0.8 * sg.span_ns
            THEN format(', and it was watched for %s', duration_text(sg.span_ns)) ELSE '' END
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'stay_s', sg.last_objects / sg.alloc_per_s,
        'made_per_s', sg.alloc_per_s
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
WHERE sg.alloc_per_s > 0
  AND sg.span_ns > 0
  AND sg.last_objects >= :least_objects
ORDER BY
    sg.service_id,
    sg.site_id;
