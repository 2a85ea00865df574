-- Which verdict holds. One of whose conditions fails does not; one with an unknown condition and none that fails is
-- open. Of several that hold the first counts: a spiral comes of a heap that grew, and so leaves a leak's marks, too.
INSERT INTO death_verdict (verdict, place, title, rule, holds, is_chosen, sentence)
WITH named AS (
    SELECT
        'spiral' AS verdict,
        1 AS place,
        'GOMEMLIMIT death spiral' AS title,
        'The collector ran all the time to keep the heap below GOMEMLIMIT, and could not.' AS rule
    UNION ALL
    SELECT 'leak', 2, 'slow leak', 'Memory rose all its life, and the limit was in the way.'
    UNION ALL
    SELECT
        'limit', 3, 'limit too low',
        'Nothing grew: what is alive, times what GOGC lets the heap grow to, did not fit from the beginning.'
    UNION ALL
    SELECT 'burst', 4, 'burst', 'It was as usual until shortly before, and then took much at once.'
),
state AS (
    SELECT
        n.*,
        CASE
            WHEN min(c.holds) = 0 THEN 0
            WHEN count(c.holds) = count(*) THEN 1
        END AS holds
    FROM named AS n
    JOIN death_condition AS c USING (verdict)
    GROUP BY n.verdict
),
all_of AS (
    SELECT s.* FROM state AS s
    UNION ALL
    SELECT
        'unknown' AS verdict,
        5 AS place,
        'not enough evidence' AS title,
        'No verdict has all that it asks for.' AS rule,
        1 AS holds
),
fact AS (
    SELECT
        max(CASE WHEN f.name = 'first_level' THEN CAST(f.value AS INTEGER) END) AS first_level,
        max(CASE WHEN f.name = 'last_level' THEN CAST(f.value AS INTEGER) END) AS last_level,
        max(CASE WHEN f.name = 'death_level' THEN CAST(f.value AS INTEGER) END) AS death_level,
        max(CASE WHEN f.name = 'half_share' THEN f.value END) AS half_share,
        max(CASE WHEN f.name = 'slope' THEN f.value END) AS slope,
        max(CASE WHEN f.name = 'live_first' THEN CAST(f.value AS INTEGER) END) AS live_first,
        max(CASE WHEN f.name = 'live_last' THEN CAST(f.value AS INTEGER) END) AS live_last,
        max(CASE WHEN f.name = 'gogc' THEN f.value END) AS gogc,
        max(CASE WHEN f.name = 'peak_first' THEN CAST(f.value AS INTEGER) END) AS peak_first,
        max(CASE WHEN f.name = 'go_limit' THEN CAST(f.value AS INTEGER) END) AS go_limit,
        max(CASE WHEN f.name = 'cpu_share' THEN f.value END) AS cpu_share,
        max(CASE WHEN f.name = 'gc_rate' THEN f.value END) AS gc_rate
    FROM death_fact AS f
),
worded AS (
    SELECT
        a.*,
        a.holds = 1 AND a.place = min(CASE WHEN a.holds = 1 THEN a.place END) OVER () AS is_chosen,
        CASE a.verdict
            WHEN 'leak' THEN format(
                'Its memory rose from %s to %s in the %s that it was watched, by %s an hour; half of that was there after '
                || '%.0f %% of the time.',
                bytes_text(f.first_level),
                bytes_text(coalesce(f.death_level, f.last_level)),
                duration_text(d.end_ns - d.first_ns),
                bytes_text(CAST(f.slope * 3600e9 AS INTEGER)),
                100 * f.half_share
            )
            WHEN 'burst' THEN format(
                'It had %s %s before the kill and %s at the kill; in the %s before it had gained %s.',
                bytes_text(f.last_level),
                iif(d.unseen_ns >= 1000000000, duration_text(d.unseen_ns), 'less than a second'),
                bytes_text(f.death_level),
                duration_text(d.last_ns - d.first_ns),
                bytes_text(max(0, f.last_level - f.first_level))
            )
            WHEN 'limit' THEN format(
                'With %s alive and GOGC %.0f the heap may grow until the process takes %s; the limit is %s. What is alive '
                || 'went from %s to %s and did not grow.',
                bytes_text(f.live_first),
                f.gogc,
                bytes_text(f.peak_first),
                bytes_text(d.limit_bytes),
                bytes_text(f.live_first),
                bytes_text(f.live_last)
            )
            WHEN 'spiral' THEN format(
                '%s were alive below a GOMEMLIMIT of %s%s.',
                bytes_text(f.live_last),
                bytes_text(f.go_limit),
                coalesce(
                    format('; the collector took %.0f %% of the processor at the end', 100 * f.cpu_share),
                    format('; it collected %.1f times a second at the end', f.gc_rate),
                    ''
                )
            )
            ELSE CASE
                WHEN d.lifetime_id IS NULL THEN 'Nothing of the process was captured before it was killed.'
                WHEN d.is_survivor = 1
                    THEN 'The process that was captured lived on: the kernel killed another one.'
                ELSE coalesce((
                    SELECT 'Open: ' || group_concat(o.words, '; ') || '.'
                    FROM (
                        SELECT t.title || ' (' || group_concat(t.found, ', ') || ')' AS words
                        FROM (
                            -- Two conditions may lack the same.
                            SELECT s.place, s.title, c.found
                            FROM state AS s
                            JOIN death_condition AS c USING (verdict)
                            WHERE s.holds IS NULL
                              AND c.holds IS NULL
                            GROUP BY s.place, c.found
                            ORDER BY s.place, min(c.ordinal)
                        ) AS t
                        GROUP BY t.place
                        ORDER BY t.place
                    ) AS o
                ), 'Each of the four lacks something; below is what.')
            END
        END AS sentence
    FROM all_of AS a
    JOIN fact AS f
    JOIN v_death AS d
)
SELECT
    w.verdict,
    w.place,
    w.title,
    w.rule,
    w.holds,
    coalesce(w.is_chosen, 0) AS is_chosen,
    coalesce(w.sentence, '') AS sentence
FROM worded AS w;
