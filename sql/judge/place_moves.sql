-- What is said of a place that moved, or of which a build leaves in doubt whether it did; '' when there is
-- nothing to say. Of each line the last build that has it is told, newest first, and of many the last four.
SELECT
    coalesce((
        SELECT 'This place has moved and is followed as one: ' || group_concat(t.text, ', before that ') || '.'
        FROM (
            SELECT
                format('line %d of %s', p.line, p.function) || CASE p.build
                    WHEN '' THEN ''
                    ELSE ' in build ' || p.build
                END AS text
            FROM (
                SELECT
                    sl.function,
                    sl.line,
                    sl.build,
                    max(sl.ordinal) AS last
                FROM temp.site_line AS sl
                WHERE sl.site_id = :site_id
                GROUP BY
                    sl.function,
                    sl.line
            ) AS p
            ORDER BY p.last DESC
            LIMIT 4
        ) AS t
        HAVING count(*) > 1
    ), '') AS moved,
    coalesce((
        SELECT format(
            'In build %s the lines of this function changed, and which of its places before this one was cannot '
            || 'be told: what is said of it begins there.',
            sd.build
        )
        FROM temp.site_doubt AS sd
        WHERE sd.site_id = :site_id
    ), '') AS doubt;
