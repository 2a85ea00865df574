-- id:         process.held_back
-- title:      The kernel makes the container wait for memory
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_life_reading v_process_growth
-- params:     min_part=0.5, min_full=0.9, sure_full=0.95, min_stall=0.05, high_stall=0.4, min_steps=3
--
-- Why: above memory.high (MemoryHigh= of systemd) the kernel ends nobody: it makes each thread that asks
-- for memory wait until some was taken back. A program with little to give back only becomes slow, and no
-- profile of its own shows why. At memory.max the same happens just before somebody is killed. The kernel
-- counts both. Called where the count rose in at least half of the spans between captures, while nine
-- tenths of the bound were anonymous memory, which without swap cannot be given back. Where pressure is
-- told, something must have waited for a twentieth of the time; where it is not, nineteen twentieths of
-- the bound must be so.
--
-- Blind spot: a container full of the kernel's pages of files meets its bounds too, and is left alone; so
-- are anonymous pages that go to swap. While the live heap (without any, resident memory) still rises, it
-- is not the bound that is wrong, and this is silent.
--
-- Source: the kernel's documentation of cgroup v2 (memory.high, memory.events) and of pressure stall
-- information.
WITH point AS (
    SELECT
        r.service_id,
        r.lifetime_id,
        r.t_ns,
        max(r.capture_id) AS capture_id,
        max(CASE WHEN r.use = 'high' THEN r.value END) AS high,
        max(CASE WHEN r.use = 'limit' THEN r.value END) AS hard,
        max(CASE WHEN r.use = 'met-high' THEN r.value END) AS met_high,
        max(CASE WHEN r.use = 'met-limit' THEN r.value END) AS met_hard,
        max(CASE WHEN r.name = 'cgroup.memory.stat.anon' THEN r.value END) AS anon,
        max(CASE WHEN r.use = 'stall-total' THEN r.value END) AS stalled_s,
        max(CASE WHEN r.use = 'stall-now' THEN r.value END) / 100.0 AS stall_now
    FROM v_life_reading AS r
    WHERE r.use IN ('high', 'limit', 'met-high', 'met-limit', 'stall-total', 'stall-now')
       OR r.name = 'cgroup.memory.stat.anon'
    GROUP BY
        r.lifetime_id,
        r.t_ns
),
step AS (
    SELECT
        p.*,
        p.met_high - lag(p.met_high) OVER life_by_time AS gained_high,
        p.met_hard - lag(p.met_hard) OVER life_by_time AS gained_hard,
        coalesce(
            (p.stalled_s - lag(p.stalled_s) OVER life_by_time) * 1e9
                / nullif(p.t_ns - lag(p.t_ns) OVER life_by_time, 0),
            p.stall_now
        ) AS stall
    FROM point AS p
    WINDOW life_by_time AS (PARTITION BY p.lifetime_id ORDER BY p.t_ns)
),
met AS (
    SELECT
        s.service_id,
        s.capture_id,
        'memory.high' AS bound,
        s.high AS bytes,
        s.gained_high AS gained,
        s.anon,
        s.stall
    FROM step AS s
    WHERE s.high < 4611686018427387904
      AND s.gained_high >= 0
    UNION ALL
    SELECT
        s.service_id,
        s.capture_id,
        'memory.max' AS bound,
        s.hard AS bytes,
        s.gained_hard AS gained,
        s.anon,
        s.stall
    FROM step AS s
    WHERE s.hard < 4611686018427387904
      AND s.gained_hard >= 0
),
called AS (
    SELECT
        m.service_id,
        m.bound,
        median(m.bytes) AS bytes,
        avg(m.gained > 0) AS part,
        sum(m.gained) AS times,
        count(*) AS steps,
        median(m.anon / m.bytes) AS full,
        median(m.stall) AS stall,
        json_group_array(m.capture_id) AS ids,
        row_number() OVER (PARTITION BY m.service_id ORDER BY avg(m.gained > 0) DESC, m.bound) AS place
    FROM met AS m
    GROUP BY
        m.service_id,
        m.bound
    HAVING count(*) >= :min_steps
       AND avg(m.gained > 0) >= :min_part
       AND median(m.anon / m.bytes) >= CASE WHEN count(m.stall) > 0 THEN :min_full ELSE :sure_full END
       AND coalesce(median(m.stall), 1.0) >= :min_stall
)
SELECT
    c.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    CASE WHEN c.stall IS NULL THEN 0.76 ELSE 0.8 + 0.2 * logistic_ramp(c.stall, :min_stall, :high_stall) END
        AS strength,
    format(
        'the container met its %s of %s %d times, in %.0f %% of the spans between captures, and %.0f %% of that '
        || 'is memory that cannot be given back%s',
        c.bound,
        bytes_text(CAST(c.bytes AS INTEGER)),
        c.times,
        100.0 * c.part,
        100.0 * c.full,
        CASE
            WHEN c.stall IS NULL THEN ''
            ELSE format('; something waited for memory for %.0f %% of the time', 100.0 * c.stall)
        END
    ) AS detail,
    json_object(
        'captures', json(c.ids),
        'bound', c.bound,
        'limit', c.bytes,
        'times', c.times,
        'part_of_spans', c.part,
        'anonymous', c.full,
        'stalled', c.stall
    ) AS evidence,
    NULL AS same_as
FROM called AS c
WHERE c.place = 1
  AND NOT EXISTS (
    SELECT 1
    FROM v_process_growth AS pg
    WHERE pg.service_id = c.service_id
      AND pg.is_rising = 1
      AND (
        pg.name = 'live_heap'
        OR (
            pg.name = 'rss'
            AND NOT EXISTS (
                SELECT 1
                FROM v_process_growth AS live
                WHERE live.service_id = c.service_id
                  AND live.name = 'live_heap'
            )
        )
      )
  )
ORDER BY c.service_id;
