-- id:         heap.births_over_deaths
-- title:      More objects come than go
-- layer:      L2
-- term:       retention
-- needs:      v_site_growth
-- params:     max_p=0.05
--
-- Why: a heap profile counts sampled objects, and how many were allocated and how many are in use gives
-- how many came and how many went between two captures. If objects came and went alike, each would be as
-- likely as the other; the exact binomial test says how likely this surplus then is. The sampled counts
-- behind the printed estimates are recovered exactly, so nothing is mistaken for evidence that is only
-- one lucky sample.
--
-- Blind spot: at a line where most objects die young, a few that stay do not stand out in this test.
--
-- Source: leaks.md 3.1, feature 11.
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    clamp01(-log10(max(binom_tail(sg.births, sg.births + sg.deaths, 0.5), 1e-12)) / 6.0) AS strength,
    format('%s sampled objects came, %s went', count_text(sg.births), count_text(sg.deaths)) AS detail,
    json_object(
        'captures', json('[]'),
        'births', sg.births,
        'deaths', sg.deaths,
        'p', binom_tail(sg.births, sg.births + sg.deaths, 0.5)
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
WHERE sg.births > sg.deaths
  AND binom_tail(sg.births, sg.births + sg.deaths, 0.5) <= :max_p
ORDER BY
    sg.service_id,
    sg.site_id;
