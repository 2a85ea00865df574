-- id:         heap.caller
-- title:      Through which call it came
-- layer:      L2
-- term:       caller
-- needs:      heap.site_growth v_caller
-- params:     min_gain=5, min_share=0.8, min_others=8, max_p=0.01
--
-- Why: what makes an object is often a helper (a copy, a buffer, a constructor of a package that all use), and who
-- keeps it is whoever called. Where four of five objects that a line gained came through one call, that call is named;
-- and where other calls of the same line had objects made that went, in numbers in which some would have stayed if the line itself
-- kept them, it is said that they prove the line innocent.
--
-- Blind spot: callers that are inlined are seen, callers behind an interface of a library are not told from it. Only the
-- next own function is looked at, which may be a helper as well.
--
-- Source: leaks.md 2.3 (the accumulation point on the growth tree).
WITH ranked AS (
    SELECT
        vc.*,
        sum(max(vc.gain, 0)) OVER site AS all_gain,
        sum(max(vc.births, 0)) OVER site - max(vc.births, 0) AS other_births,
        sum(max(vc.gain, 0)) OVER site - max(vc.gain, 0) AS other_gain,
        row_number() OVER (PARTITION BY vc.site_id ORDER BY vc.gain DESC, vc.function, vc.line) AS place
    FROM v_caller AS vc
    WINDOW site AS (PARTITION BY vc.site_id)
),
named AS (
    SELECT
        r.*,
        r.other_births >= :min_others
        AND r.births > 0
        AND binom_tail(
            max(r.other_births - r.other_gain, 0),
            r.other_births,
            1 - min(r.gain * 1.0 / r.births, 1)
        ) <= :max_p AS is_innocent
    FROM ranked AS r
    WHERE r.place = 1
      AND r.gain >= :min_gain
      AND r.gain >= :min_share * r.all_gain
)
SELECT
    n.service_id,
    'site:' || n.site_id AS subject,
    NULL AS class,
    n.gain * 1.0 / n.all_gain AS strength,
    CASE
        WHEN n.is_innocent THEN format(
            'is reached through several calls, and what grows came through %s (line %d): %d of %d sampled objects that '
            || 'stay; of %d that came through others %d stay, so look for who keeps it there',
            n.function,
            n.line,
            n.gain,
            n.all_gain,
            n.other_births,
            n.other_gain
        )
        WHEN n.gain = n.all_gain THEN format('was called from %s (line %d) for all that it gained', n.function, n.line)
        ELSE format(
            'was called from %s (line %d) for %d of %d sampled objects that it gained',
            n.function,
            n.line,
            n.gain,
            n.all_gain
        )
    END AS detail,
    json_object(
        'captures', json('[]'),
        'caller', n.function,
        'line', n.line,
        'gain', n.gain,
        'all_gain', n.all_gain,
        'other_births', n.other_births,
        'other_gain', n.other_gain
    ) AS evidence,
    NULL AS same_as
FROM named AS n
ORDER BY
    n.service_id,
    n.site_id;
