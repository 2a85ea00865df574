-- stack_growth: how what a stack holds in the heap changed over one life of a process, a row for each size of object,
-- set of labels and segment. The ends and slopes of rows add up, whatever they are grouped by (stack, size of
-- object, a function on the stack). Stacks that were never in use have no row.
--
--   service_id, lifetime_id, segment_id
--   stack_id      see stack_frame
--   block_size    bytes of one object
--   label_id      word of its labels; 0 for none
--   captures      heap profiles of the life that count; those that the audit leaves out do not
--   first_ns, last_ns             the first and the last of them
--   first_objects, first_space    in use at the first; 0 in the rows of segments that do not have it
--   last_objects, last_space      at the last
--   slope         bytes per ns, by least squares over all captures, those without the stack as zeros; NULL when
--                 there is one capture

CREATE VIEW stack_growth AS
WITH used AS (
    SELECT
        lc.lifetime_id,
        c.segment_id,
        c.segment_index,
        c.time_ns,
        c.time_ns - avg(c.time_ns) OVER life AS apart_ns,
        row_number() OVER (life ORDER BY c.time_ns, c.capture_id) AS place,
        count(*) OVER life AS captures
    FROM lifetime_capture AS lc
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'heap'
      AND c.segment_id IS NOT NULL
      AND c.time_ns IS NOT NULL
      AND NOT EXISTS (
          SELECT 1
          FROM audit AS a
          WHERE a.capture_id = c.capture_id
            AND a.is_left_out = 1
      )
    WINDOW life AS (PARTITION BY lc.lifetime_id)
),
weighted AS (
    SELECT
        u.lifetime_id,
        u.segment_id,
        u.segment_index,
        u.place,
        u.captures,
        min(u.time_ns) OVER life AS first_ns,
        max(u.time_ns) OVER life AS last_ns,
        u.apart_ns / nullif(total(u.apart_ns * u.apart_ns) OVER life, 0) AS weight
    FROM used AS u
    WINDOW life AS (PARTITION BY u.lifetime_id)
),
part AS (
    SELECT
        w.lifetime_id,
        w.segment_id,
        w.captures,
        w.first_ns,
        w.last_ns,
        segment_window(w.segment_index, w.weight, w.place = 1, w.place = w.captures) AS window
    FROM weighted AS w
    GROUP BY
        w.lifetime_id,
        w.segment_id
)
SELECT
    seg.service_id,
    p.lifetime_id,
    s.segment_id,
    s.stack_id,
    s.block_size,
    s.label_id,
    p.captures,
    p.first_ns,
    p.last_ns,
    g.first_objects,
    g.first_space,
    g.last_objects,
    g.last_space,
    g.slope
FROM part AS p
CROSS JOIN segment AS seg USING (segment_id)
CROSS JOIN series AS s USING (segment_id)
LEFT JOIN unsample AS u ON u.period = seg.period AND u.block_size = s.block_size
JOIN series_growth(s.data, s.form, s.block_size, coalesce(u.factor, 1.0), p.window) AS g
WHERE s.is_live = 1;
