-- id:         goroutine.far_end
-- title:      The other end of the same connections is in this process
-- layer:      L3
-- term:       far-end
-- needs:      goroutine.cluster_growth v_equal_pile v_stack_site v_site library_wait
-- params:     min_captures=5, min_equal=0.9
-- only-with:  goroutine_group
--
-- Why: a service that calls itself, or a test with both ends, keeps two goroutines for each connection of HTTP, one
-- of the client and one of the server, and what is left open at one end piles up at both. Where their numbers are the
-- same in nearly every capture that is one mistake. It is the client's where a body is still open, for the server
-- cannot write on; else the server's, for the client waits for its answer.
--
-- Blind spot: two leaks that each request brings once are taken for one; both places are named. The ends of other
-- protocols are not known.
--
-- Source: leaks.md 1.6 (E30: a body that is not closed); leaks.md 3.1, feature 8.
WITH pair AS (
    SELECT
        p.service_id,
        p.site_id AS client_id,
        p.other_id AS server_id,
        p.equal,
        p.captures,
        EXISTS (
            SELECT 1
            FROM v_stack_site AS vs
            CROSS JOIN goroutine_group AS g ON g.stack_id = vs.stack_id
            JOIN word AS w ON w.word_id = g.state_id
            JOIN library_wait AS lw ON lw.wait_reason = w.value
            JOIN v_site AS si ON si.site_id = p.site_id AND si.function = lw.function
            WHERE vs.service_id = p.service_id
              AND vs.blocked_id = p.site_id
        ) AS is_open
    FROM v_equal_pile AS p
    WHERE p.kind = 'ends'
      AND p.captures >= :min_captures
      AND p.equal >= :min_equal * p.captures
)
SELECT
    p.service_id,
    'goroutines:' || CASE p.is_open WHEN 1 THEN p.server_id ELSE p.client_id END AS subject,
    NULL AS class,
    p.equal * 1.0 / p.captures AS strength,
    format(
        'the other end of the connections of %s at line %d, as many in %d of %d captures',
        os.function,
        os.line,
        p.equal,
        p.captures
    ) AS detail,
    json_object('captures', json('[]'), 'equal', p.equal, 'of', p.captures) AS evidence,
    'goroutines:' || os.site_id AS same_as
FROM pair AS p
JOIN v_site AS os ON os.site_id = CASE p.is_open WHEN 1 THEN p.client_id ELSE p.server_id END
ORDER BY
    p.service_id,
    p.client_id,
    p.server_id;
