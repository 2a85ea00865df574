-- What scope_moves.c found, into the points and the stacks. A place can be one site in one life and another in
-- the next: numbers go through negative ones, so that none is taken while it is still in use. A stack is
-- known without its life: it gets what its places are in the newest lives.
--
-- Segments hold captures of several lives of an instance: a line of the one has points in the other, all zero.
-- Those go first, for there the line is no place.
DELETE FROM temp.heap_point
WHERE site_id IN (SELECT n.line_id FROM temp.site_now AS n)
  AND NOT EXISTS (
    SELECT 1
    FROM temp.site_move AS m
    WHERE m.line_id = heap_point.site_id
      AND m.lifetime_id = heap_point.lifetime_id
  );

DELETE FROM temp.goroutine_point
WHERE site_id IN (SELECT n.line_id FROM temp.site_now AS n)
  AND NOT EXISTS (
    SELECT 1
    FROM temp.site_move AS m
    WHERE m.line_id = goroutine_point.site_id
      AND m.lifetime_id = goroutine_point.lifetime_id
  );

UPDATE temp.heap_point AS p
SET site_id = -m.site_id
FROM temp.site_move AS m
WHERE p.site_id = m.line_id
  AND p.lifetime_id = m.lifetime_id
  AND m.site_id <> m.line_id;

UPDATE temp.heap_point
SET site_id = -site_id
WHERE site_id < 0;

UPDATE temp.goroutine_point AS p
SET site_id = -m.site_id
FROM temp.site_move AS m
WHERE p.site_id = m.line_id
  AND p.lifetime_id = m.lifetime_id
  AND m.site_id <> m.line_id;

UPDATE temp.goroutine_point
SET site_id = -site_id
WHERE site_id < 0;

UPDATE temp.stack_site AS s
SET
    site_id = coalesce((SELECT n.site_id FROM temp.site_now AS n WHERE n.line_id = s.site_id), s.site_id),
    blocked_id = coalesce((SELECT n.site_id FROM temp.site_now AS n WHERE n.line_id = s.blocked_id), s.blocked_id),
    leaf_id = coalesce((SELECT n.site_id FROM temp.site_now AS n WHERE n.line_id = s.leaf_id), s.leaf_id),
    root_id = coalesce((SELECT n.site_id FROM temp.site_now AS n WHERE n.line_id = s.root_id), s.root_id);
