-- What nothing refers to when captures are gone: their series, lives, stacks.

DELETE FROM series
WHERE segment_id IN (
    SELECT sg.segment_id
    FROM segment AS sg
    WHERE NOT EXISTS (SELECT 1 FROM capture AS c WHERE c.segment_id = sg.segment_id)
);

DELETE FROM segment
WHERE NOT EXISTS (SELECT 1 FROM capture AS c WHERE c.segment_id = segment.segment_id);

DELETE FROM lifetime
WHERE lifetime_id NOT IN (SELECT lc.lifetime_id FROM lifetime_capture AS lc);

DELETE FROM stack
WHERE stack_id NOT IN (SELECT s.stack_id FROM series AS s UNION SELECT g.stack_id FROM goroutine_group AS g);

DELETE FROM alloc_entry
WHERE stack_id NOT IN (SELECT st.stack_id FROM stack AS st);
