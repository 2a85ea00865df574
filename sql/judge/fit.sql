-- How straight the course of a finding's own place is: the median over instances of the share of variance that
-- a line explains, each in its newest life with :least judged captures or more; how many captures were judged,
-- and the most of one life.
WITH point AS (
    SELECT
        fp.instance_id,
        fp.lifetime,
        fp.t_ns,
        fp.t_ns - avg(fp.t_ns) OVER life AS t,
        fp.value - avg(fp.value) OVER life AS v,
        count(*) OVER life AS captures
    FROM finding_point AS fp
    WHERE fp.finding_id = :finding_id
      AND fp.is_judged = 1
    WINDOW life AS (PARTITION BY fp.instance_id, fp.lifetime)
),
line AS (
    SELECT
        p.instance_id,
        coalesce(sum(p.t * p.v) * sum(p.t * p.v) / nullif(sum(p.t * p.t) * sum(p.v * p.v), 0), 0) AS fit,
        row_number() OVER (PARTITION BY p.instance_id ORDER BY p.lifetime DESC) AS newness
    FROM point AS p
    WHERE p.captures >= :least
    GROUP BY
        p.instance_id,
        p.lifetime
)
SELECT
    (SELECT median(l.fit) FROM line AS l WHERE l.newness = 1) AS fit,
    (SELECT count(*) FROM point) AS captures,
    (SELECT coalesce(max(p.captures), 0) FROM point AS p) AS most;
