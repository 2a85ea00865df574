-- id:         gc.forced
-- title:      Collections are forced all the time
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_gc_interval v_life
-- params:     per_minute=3, high=30, min_seconds=60
--
-- Why: runtime.GC and debug.FreeOSMemory mark the whole heap at once and make their caller wait for it.
-- Called in a loop or for each request they cost more than any leak. Heap captures that were taken in
-- between may have forced one each (heap?gc=1) and are not held against the program. More than three a
-- minute is no housekeeping.
--
-- Blind spot: somebody else who takes heap profiles with gc=1 without leaving them here.
--
-- Source: leaks.md 1.7, seed_forcegc (minus scrapes).
SELECT
    t.service_id,
    'service:forced-gc' AS subject,
    'forced-gc' AS class,
    0.75 + 0.25 * logistic_ramp(t.rate, :per_minute, :high) AS strength,
    format(
        'collections are forced %.1f times a minute (%d of %d in the %s that were watched, scrapes not '
        || 'counted): the program calls runtime.GC or debug.FreeOSMemory',
        t.rate,
        t.forced,
        t.cycles,
        duration_text(CAST(t.seconds * 1e9 AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json(t.captures),
        'forced_per_minute', t.rate,
        'forced', t.forced,
        'scrapes', t.scrapes,
        'cycles', t.cycles
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        gi.service_id,
        max(0, sum(gi.forced) - sum(gi.scrapes)) AS forced,
        sum(gi.scrapes) AS scrapes,
        sum(gi.cycles) AS cycles,
        sum(gi.seconds) AS seconds,
        60.0 * (sum(gi.forced) - sum(gi.scrapes)) / sum(gi.seconds) AS rate,
        median(60.0 * (gi.forced - gi.scrapes) / gi.seconds) AS usual_rate,
        json_group_array(gi.capture_id) AS captures
    FROM v_gc_interval AS gi
    WHERE gi.is_judged = 1
      AND gi.forced IS NOT NULL
    GROUP BY gi.service_id
    HAVING sum(gi.seconds) >= :min_seconds
) AS t
WHERE t.rate > :per_minute
  AND t.usual_rate > :per_minute
ORDER BY t.service_id;
