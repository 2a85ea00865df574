-- Rules that could not be evaluated of any service, and why.
SELECT
    r.id,
    r.title,
    iif(r.failed > 0, r.remark, substr(r.remark, length('not evaluable: ') + 1)) AS reason
FROM replay_by_rule AS r
WHERE r.looked = 0
ORDER BY r.id;
