-- v_finding: what analysis found; one row for each finding, also those that are fixed.
--
--   id, class, service, state, severity, score
--   kind                  heap, goroutines or service
--   instances             JSON array: names of the instances that show it
--   function, file, line  the place in the program's own code; '' and 0 when it is about the service
--   lines                 JSON array: where that place was in each build that shows it, oldest first, as objects
--                         with build ('' when captures do not tell), function, file, line
--   wait_reason           of goroutines; NULL otherwise
--   uncapped_score        what the evidence adds up to
--   cap_reason            why score is lower than that; '' when it is not
--   growth_bytes_per_day  of one process, all places of the finding together; NULL when it cannot be said
--   growth_bytes_low, growth_bytes_high   its 95 % interval
--   growth_per_day        objects or goroutines at its own place; of a container the objects that it keeps, where
--                         it is known which
--   growth_low, growth_high               its 95 % interval
--   last_bytes            in use at its own place at the end, one process, with what it keeps; NULL for goroutines
--   last_count            objects or goroutines at the end, one process, counted as growth_per_day is
--   time_to_limit_ns      until a process reaches its limit; NULL: see time_to_limit_reason
--   time_to_limit_low_ns, time_to_limit_high_ns   its 95 % interval
--   time_to_limit_reason  why there is no time; '' when there is one
--   time_to_limit_refused the same in one word: over, no-limit, no-bytes, no-level, gc-off, few-captures,
--                         restarts, may-be-flat, scatter; '' when there is one
--   limit_bytes, limit_source   which limit, and who tells it (v_memory_limit); Go is GOMEMLIMIT, a soft one
--   limit_at_ns           when that is, reckoned from last_seen_ns; NULL also when it is reached, or when processes end before
--   life_to_limit_ns      age at which a process reaches it
--   median_life_ns        age at which processes ended so far; NULL when fewer than two did
--   is_hidden             1: they end before they reach it
--   outlook               the forecast in sentences; '' when there is none
--   source                JSON object: status, note, path, first_line, lines (array of texts) of the source, as the
--                         table finding_source has them; NULL when no --source was given
--   keywords              JSON array of short words (sql/catalog/keywords.sql)
--   first_seen_ns, last_seen_ns   first and last capture of those that were judged
--   watched_ns            longest time that one process was watched
--   captures, lives       how many were judged
--   first_bad_build       '' when no build without it is known
--   first_bad_release     the release that brought that build, as a CSV of releases tells; '' otherwise
--   summary               one sentence
--   explanation           paragraphs, one a line
--   explanation_items     JSON array: each paragraph as text, with evidence, the ordinals that it rests on
--   remedy                what to do
--   classic_score         the source documents' confidence in percent; NULL when it cannot be computed
--   suppressed_by         name of the suppression that puts it aside (v_suppression); NULL: none does
--   suppressed_reason, suppressed_owner, suppressed_until_ns   of that; NULL when there is none
--   suppressed_soon       1: that ends within 14 days
--   is_look               0; see v_finding_or_look
--   evidence              JSON array of objects: ordinal, analyzer, term, strength, weight, counted, class, detail,
--                         function, file, line, captures (how many), first_capture and last_capture
--                         (paths, by time), data
--
-- v_finding_or_look: the same with what is no finding: where to look first in a service that gave too little to find
-- anything (goroutine.first_look, heap.first_look). is_look is 1 for those; nothing counts them, no gate stops for them
--   as v_finding
--
-- v_look: which they are
--   id
--
-- v_finding_place: the places in the code that take part in a finding, its own first
--   id, ordinal, kind, class, function, file, line, growth_bytes_per_day, growth_per_day
--
-- v_evidence: one analyzer's word on a finding
--   id, ordinal, place (ordinal in v_finding_place), analyzer, term, strength, weight, is_counted,
--   class, detail, data (JSON)
--
-- v_evidence_capture: the captures behind a piece of evidence
--   id, ordinal, capture_id, path, time_ns
--
-- v_finding_paragraph: a paragraph of a finding's explanation
--   id, ordinal, text, evidence (JSON array of ordinals in v_evidence)
--
-- v_finding_keyword: a keyword of a finding
--   id, keyword
--
-- v_finding_source: the line of a finding's own place in the directories of --source, or why it is not shown
--   id, status, note, path, first_line, lines (JSON array of texts)
--
-- v_finding_line: where the finding's own place was in a build
--   id, ordinal (older builds first), build, function, file, line
--
-- v_finding_series: how the finding's own place went; bytes, or goroutines
--   id, instance, lifetime (1, 2 ... of the instance), t_ns, value, is_judged
--
-- v_finding_history: what each judgment said of a finding
--   id, service, judged_ns (newest capture of the service at that time), state, severity, score,
--   growth_bytes_per_day, growth_per_day, last_bytes, last_count, time_to_limit_ns
--
-- v_stage: what each layer of the judgment had to look at
--   service, layer, status (done, no-data, failed), reason, row_count, input, output (hex)

CREATE VIEW v_look AS
SELECT e.finding_id AS id
FROM evidence AS e
WHERE e.term = 'look'
  AND NOT EXISTS (
    SELECT 1
    FROM evidence AS o
    WHERE o.finding_id = e.finding_id
      AND o.is_counted = 1
      AND o.term <> 'class'
);

CREATE VIEW v_finding_or_look AS
SELECT
    f.finding_id AS id,
    f.class,
    s.name AS service,
    f.state,
    f.severity,
    f.score,
    f.kind,
    (
        SELECT json_group_array(t.name)
        FROM (
            SELECT i.name
            FROM finding_instance AS fi
            JOIN instance AS i USING (instance_id)
            WHERE fi.finding_id = f.finding_id
            ORDER BY i.name
        ) AS t
    ) AS instances,
    f.function,
    f.file,
    f.line,
    (
        SELECT json_group_array(json(t.object))
        FROM (
            SELECT
                json_object(
                    'build', fl.build,
                    'function', fl.function,
                    'file', fl.file,
                    'line', fl.line
                ) AS object
            FROM finding_line AS fl
            WHERE fl.finding_id = f.finding_id
            ORDER BY fl.ordinal
        ) AS t
    ) AS lines,
    f.wait_reason,
    f.uncapped_score,
    f.cap_reason,
    f.growth_bytes_per_day,
    f.growth_bytes_low,
    f.growth_bytes_high,
    f.growth_per_day,
    f.growth_low,
    f.growth_high,
    f.last_bytes,
    f.last_count,
    f.time_to_limit_ns,
    f.time_to_limit_low_ns,
    f.time_to_limit_high_ns,
    f.time_to_limit_reason,
    f.time_to_limit_refused,
    f.limit_bytes,
    f.limit_source,
    CASE WHEN f.time_to_limit_ns > 0 AND f.is_hidden = 0 THEN f.last_seen_ns + f.time_to_limit_ns END AS limit_at_ns,
    f.life_to_limit_ns,
    f.median_life_ns,
    f.is_hidden,
    f.outlook,
    (
        SELECT json_object(
            'status', fs.status,
            'note', fs.note,
            'path', fs.path,
            'first_line', fs.first_line,
            'lines', json(fs.lines)
        )
        FROM finding_source AS fs
        WHERE fs.finding_id = f.finding_id
    ) AS source,
    (
        SELECT json_group_array(t.keyword)
        FROM (
            SELECT fk.keyword
            FROM finding_keyword AS fk
            WHERE fk.finding_id = f.finding_id
            ORDER BY fk.keyword
        ) AS t
    ) AS keywords,
    f.first_seen_ns,
    f.last_seen_ns,
    f.watched_ns,
    f.captures,
    f.lives,
    f.first_bad_build,
    -- v_build goes through the lives of all services: only where there is something to find.
    CASE
        WHEN f.first_bad_build <> ''
            AND EXISTS (SELECT 1 FROM declared AS d WHERE d.service = s.name AND d.what = 'release') THEN coalesce((
            SELECT b.release
            FROM v_build AS b
            WHERE b.service = s.name
              AND b.build = f.first_bad_build
        ), '')
        ELSE ''
    END AS first_bad_release,
    f.summary,
    f.explanation,
    (
        SELECT json_group_array(json(t.object))
        FROM (
            SELECT json_object('text', fp.text, 'evidence', json(fp.evidence)) AS object
            FROM finding_paragraph AS fp
            WHERE fp.finding_id = f.finding_id
            ORDER BY fp.ordinal
        ) AS t
    ) AS explanation_items,
    f.remedy,
    f.classic_score,
    su.name AS suppressed_by,
    su.reason AS suppressed_reason,
    su.owner AS suppressed_owner,
    su.until_ns AS suppressed_until_ns,
    su.is_expiring AS suppressed_soon,
    EXISTS (SELECT 1 FROM v_look AS l WHERE l.id = f.finding_id) AS is_look,
    (
        SELECT json_group_array(json(t.object))
        FROM (
            SELECT
                json_object(
                    'ordinal', e.ordinal,
                    'analyzer', e.analyzer,
                    'term', e.term,
                    'strength', e.strength,
                    'weight', e.weight,
                    'counted', json(CASE WHEN e.is_counted = 1 THEN 'true' ELSE 'false' END),
                    'class', e.class,
                    'detail', e.detail,
                    'function', p.function,
                    'file', p.file,
                    'line', p.line,
                    'captures', (
                        SELECT count(*)
                        FROM evidence_capture AS ec
                        WHERE ec.finding_id = e.finding_id
                          AND ec.ordinal = e.ordinal
                    ),
                    'first_capture', (
                        SELECT vec.path
                        FROM v_evidence_capture AS vec
                        WHERE vec.id = e.finding_id
                          AND vec.ordinal = e.ordinal
                        ORDER BY vec.time_ns, vec.path, vec.capture_id
                        LIMIT 1
                    ),
                    'last_capture', (
                        SELECT vec.path
                        FROM v_evidence_capture AS vec
                        WHERE vec.id = e.finding_id
                          AND vec.ordinal = e.ordinal
                        ORDER BY vec.time_ns DESC, vec.path DESC, vec.capture_id DESC
                        LIMIT 1
                    ),
                    'data', json(e.data)
                ) AS object
            FROM evidence AS e
            JOIN finding_place AS p ON p.finding_id = e.finding_id AND p.ordinal = e.place
            WHERE e.finding_id = f.finding_id
            ORDER BY e.ordinal
        ) AS t
    ) AS evidence
FROM finding AS f
JOIN service AS s USING (service_id)
LEFT JOIN suppressed AS sd ON sd.finding_id = f.finding_id AND sd.is_in_use = 1
LEFT JOIN suppression AS su ON su.ordinal = sd.ordinal;

CREATE VIEW v_finding AS
SELECT fl.*
FROM v_finding_or_look AS fl
WHERE fl.is_look = 0;

CREATE VIEW v_finding_place AS
SELECT
    p.finding_id AS id,
    p.ordinal,
    p.kind,
    p.class,
    p.function,
    p.file,
    p.line,
    p.growth_bytes_per_day,
    p.growth_per_day
FROM finding_place AS p;

CREATE VIEW v_evidence AS
SELECT
    e.finding_id AS id,
    e.ordinal,
    e.place,
    e.analyzer,
    e.term,
    e.strength,
    e.weight,
    e.is_counted,
    e.class,
    e.detail,
    e.data
FROM evidence AS e;

CREATE VIEW v_evidence_capture AS
SELECT
    ec.finding_id AS id,
    ec.ordinal,
    ec.capture_id,
    (
        SELECT vs.full_path
        FROM v_content_source AS vs
        WHERE vs.content_id = c.content_id
    ) AS path,
    c.time_ns
FROM evidence_capture AS ec
JOIN capture AS c USING (capture_id);

CREATE VIEW v_finding_paragraph AS
SELECT
    fp.finding_id AS id,
    fp.ordinal,
    fp.text,
    fp.evidence
FROM finding_paragraph AS fp;

CREATE VIEW v_finding_keyword AS
SELECT
    fk.finding_id AS id,
    fk.keyword
FROM finding_keyword AS fk;

CREATE VIEW v_finding_source AS
SELECT
    fs.finding_id AS id,
    fs.status,
    fs.note,
    fs.path,
    fs.first_line,
    fs.lines
FROM finding_source AS fs;

CREATE VIEW v_finding_line AS
SELECT
    fl.finding_id AS id,
    fl.ordinal,
    fl.build,
    fl.function,
    fl.file,
    fl.line
FROM finding_line AS fl;

CREATE VIEW v_finding_series AS
SELECT
    fp.finding_id AS id,
    i.name AS instance,
    fp.lifetime,
    fp.t_ns,
    fp.value,
    fp.is_judged
FROM finding_point AS fp
JOIN instance AS i USING (instance_id);

CREATE VIEW v_stage AS
SELECT
    s.name AS service,
    st.layer,
    st.status,
    st.reason,
    st.row_count,
    lower(hex(st.input)) AS input,
    lower(hex(st.output)) AS output
FROM stage AS st
JOIN service AS s USING (service_id);

CREATE VIEW v_finding_history AS
SELECT
    h.finding_id AS id,
    s.name AS service,
    h.judged_ns,
    h.state,
    h.severity,
    h.score,
    h.growth_bytes_per_day,
    h.growth_per_day,
    h.last_bytes,
    h.last_count,
    h.time_to_limit_ns
FROM finding_history AS h
JOIN service AS s USING (service_id);
