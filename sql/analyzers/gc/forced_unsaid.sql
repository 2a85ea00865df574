-- id:         gc.forced_unsaid
-- title:      Collections come long before they are due
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_gc_interval v_memory_ledger
-- params:     per_minute=3, high=30, max_part=0.3, min_room=6291456, min_intervals=5
--
-- Why: Prometheus' usual metrics do not say how many collections were forced, but how many there were, how
-- much was allocated, and NextGC. The collector begins by itself no sooner than the heap has gone seven
-- tenths of its way from what is alive to NextGC (six tenths before Go 1.18). Of that way NextGC - HeapAlloc
-- is only what is left at the moment of the capture. Where not three tenths even of that are allocated from
-- one collection to the next, in the middle of the captures, somebody calls runtime.GC or
-- debug.FreeOSMemory. Heap captures that were taken in between may have forced one each and are taken off,
-- and more than three a minute is no housekeeping.
--
-- Blind spot: less than 6 MiB of room: the runtime counts memory that it hands to a processor for small
-- objects before they are there, and on many processors a small heap is collected sooner than
-- its allocation tells. A loop that forces collections where they are nearly due costs little, and is not seen.
-- Where the number of forced collections is captured, gc.forced has it.
--
-- Source: runtime's mgcpacer.go (minTriggerRatioDistance is 0.7); leaks.md 1.7, seed_forcegc.
WITH step AS (
    SELECT
        gi.service_id,
        gi.capture_id,
        gi.seconds,
        gi.cycles - gi.scrapes AS cycles,
        gi.alloc_bytes * 1.0 / gi.cycles AS made,
        ml.next_gc - ml.heap_alloc AS room
    FROM v_gc_interval AS gi
    JOIN v_memory_ledger AS ml USING (lifetime_id, capture_id, t_ns)
    WHERE gi.is_judged = 1
      AND gi.forced IS NULL
      AND gi.cycles >= 1
      AND ml.next_gc < 4611686018427387904
),
usual AS (
    SELECT
        st.service_id,
        median(60.0 * st.cycles / st.seconds) AS rate,
        median(st.made) AS made,
        median(st.room) AS room,
        count(*) AS intervals,
        json_group_array(st.capture_id) AS captures
    FROM step AS st
    GROUP BY st.service_id
)
SELECT
    u.service_id,
    'service:forced-gc' AS subject,
    'forced-gc' AS class,
    0.75 + 0.25 * logistic_ramp(u.rate, :per_minute, :high) AS strength,
    format(
        'collections come %.1f times a minute, after %s of allocation each, though the heap has room for another '
        || '%s before the next one is due: the program calls runtime.GC or debug.FreeOSMemory',
        u.rate,
        bytes_text(CAST(u.made AS INTEGER)),
        bytes_text(CAST(u.room AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json(u.captures),
        'collections_per_minute', u.rate,
        'allocated_between', u.made,
        'room', u.room
    ) AS evidence,
    NULL AS same_as
FROM usual AS u
WHERE u.intervals >= :min_intervals
  AND u.rate > :per_minute
  AND u.room >= :min_room
  AND u.made <= :max_part * u.room
ORDER BY u.service_id;
