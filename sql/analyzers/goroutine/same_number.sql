-- id:         goroutine.same_number
-- title:      Goroutines that come and stay together
-- layer:      L3
-- term:       context
-- needs:      goroutine.cluster_growth v_equal_pile v_site
-- params:     min_captures=5, min_equal=0.9
-- only-with:  goroutine_group
--
-- Why: one connection that nobody closes keeps the goroutine that reads from it and the one that writes to it. Where
-- goroutines wait at two places, in methods of one type or functions of one function, and their numbers are the
-- same in nearly every capture while both grow, that is one mistake and not two.
--
-- Blind spot: two leaks of one type that each request brings once are taken for one; both places are named.
--
-- Source: leaks.md 3.1, feature 8 (net/http keeps readLoop and writeLoop for each connection).
SELECT
    p.service_id,
    'goroutines:' || p.site_id AS subject,
    NULL AS class,
    p.equal * 1.0 / p.captures AS strength,
    format(
        'as many as at %s:%d in %d of %d captures',
        replace(os.function, rtrim(os.function, replace(os.function, '/', '')), ''),
        os.line,
        p.equal,
        p.captures
    ) AS detail,
    json_object('captures', json('[]'), 'equal', p.equal, 'of', p.captures) AS evidence,
    'goroutines:' || p.other_id AS same_as
FROM v_equal_pile AS p
JOIN v_site AS os ON os.site_id = p.other_id
WHERE p.kind = 'type'
  AND p.captures >= :min_captures
  AND p.equal >= :min_equal * p.captures
ORDER BY
    p.service_id,
    p.site_id,
    p.other_id;
