-- id:         class.long_buffer
-- title:      A buffer that was made at the start has room for what stays
-- layer:      L4
-- term:       keeper
-- needs:      v_site_growth v_leaf_block
-- params:     strength=0.55
--
-- Why: objects that wait in a channel look like any that are kept: the channel does not grow. Its buffer was
-- made once, at its full length, and lies in the profile as one block that never changes: so many pointers as
-- people write into make(chan ...), a power of two or a round number. Where the package whose objects stay has
-- such a block, the only one that was ever made at its line, and it has room for all that stay, they are taken
-- for a queue that is filled faster than it is emptied.
--
-- Blind spot: a slice made with a capacity, a ring or the heads of a hash table of one's own look the same. A
-- channel of values holds them in its buffer, where nothing grows that could be seen.
--
-- Source: leaks.md 3.1, feature 1; formats.md 2.5 for how channels are laid out.
WITH RECURSIVE capacity AS (
    SELECT 8192 AS entries
    UNION ALL
    SELECT c.entries * 2 AS entries
    FROM capacity AS c
    WHERE c.entries < 4194304
),
round AS (
    SELECT c.entries
    FROM capacity AS c
    UNION
    SELECT CAST(f.value * t.value AS INTEGER)
    FROM json_each('[1, 2, 2.5, 5]') AS f
    JOIN json_each('[10000, 100000, 1000000]') AS t
),
-- Few blocks have such a length: lines are asked how they moved only for those.
long AS MATERIALIZED (
    SELECT
        b.site_id,
        b.last_count,
        r.entries
    FROM v_leaf_block AS b
    JOIN round AS r ON b.block_size = (r.entries * 8 + 8191) / 8192 * 8192
    WHERE b.leaf_id = b.site_id
      AND b.last_count >= 1
      AND b.first_count = b.last_count
      AND b.alloc_count = b.last_count
),
room AS MATERIALIZED (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.package,
        sg.file,
        sg.line,
        lo.entries
    FROM long AS lo
    CROSS JOIN v_site_growth AS sg USING (site_id)
    WHERE sg.owner = 'own'
      AND lo.last_count <= 2 * sg.lives
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    'channel' AS class,
    :strength AS strength,
    format(
        'about %s objects of this line are in use, and a block with room for %s pointers was made once at %s:%d and '
        || 'never again: as long as the buffer of a channel, in which they may wait',
        count_text(sg.last_objects / sg.lives),
        count_text(r.entries),
        r.file,
        r.line
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'room', r.entries,
        'objects', sg.last_objects / sg.lives,
        'made_at', r.file || ':' || r.line
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
JOIN room AS r ON r.service_id = sg.service_id AND r.package = sg.package AND r.site_id <> sg.site_id
WHERE sg.slope_low > 0
  AND sg.owner = 'own'
  AND sg.last_objects > 0
  AND sg.last_objects / sg.lives <= r.entries
ORDER BY
    sg.service_id,
    sg.site_id,
    r.entries,
    r.site_id;
