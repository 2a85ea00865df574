-- What a redacted copy of a ledger loses at level names, instead of what paths.sql does and before prose.sql. Whatever a stranger
-- could have named becomes a pseudonym; words of this program and of Go's runtime stay.

-- Names that others are made of come first. The owner of each service, as v_owner tells, is kept by the service's
-- pseudonym: patterns of names do not match pseudonyms.
CREATE TEMP TABLE owner_of AS
SELECT
    o.service,
    o.team
FROM v_owner AS o;

UPDATE service SET name = redact_service(name);
UPDATE declared SET service = redact_service(service)
WHERE service IN (SELECT o.service FROM owner_of AS o);
UPDATE instance SET name = redact_name(name);

DELETE FROM configured_owner;
INSERT INTO configured_owner (ordinal, service, team)
SELECT
    row_number() OVER (ORDER BY t.service) AS ordinal,
    t.service,
    t.team
FROM (
    SELECT
        redact_service(o.service) AS service,
        redact_name(o.team) AS team
    FROM owner_of AS o
) AS t;
DROP TABLE owner_of;

UPDATE declared SET
    service = redact_name(service),
    instance = redact_name(instance),
    name = CASE what WHEN 'limit' THEN iif(name IN ('memory', 'cpu', 'goroutines'), name, redact_name(name))
        ELSE redact_build(name) END,
    value = CASE what
        WHEN 'limit' THEN iif(value GLOB '[0-9]*' AND length(value) < 16, value, redact_name(value))
        WHEN 'release' THEN redact_build(value)
        ELSE redact_name(value) END,
    note = '';

UPDATE capture SET
    build = redact_build(build),
    program = redact_name(replace(program, rtrim(program, replace(program, '/', '')), '')),
    go_version = iif(go_version GLOB 'go[0-9]*' AND length(go_version) < 24, go_version, ''),
    layout = '',
    namespace = redact_name(namespace),
    identity_rule = iif(identity_rule GLOB '*{*', 'pattern', redact_reason(identity_rule)),
    build_source = iif(build_source GLOB '*{*', 'pattern', redact_reason(build_source));
UPDATE lifetime SET build = redact_build(build);
UPDATE finding SET first_bad_build = redact_build(first_bad_build);

UPDATE kill SET
    pod = redact_name(pod),
    container = redact_name(container),
    process = redact_name(process),
    host = redact_name(host),
    cgroup = redact_name(cgroup),
    limiting = redact_name(limiting),
    scope = iif(scope IN ('memcg', 'global', 'cpuset', 'mempolicy', ''), scope, 'other'),
    source = iif(source GLOB '*[^a-z-]*' OR length(source) > 16, 'other', source);
UPDATE kill SET text = source || ' tells of a kill';
UPDATE task SET name = redact_name(name);

-- The root is part of where a file is known by, and so of its pseudonym.
UPDATE OR IGNORE file SET path = redact_path(path);
UPDATE file_member SET name = redact_path(name);

-- Code.
UPDATE finding SET file = redact_file(file, function), function = redact_function(function, file);
UPDATE finding_place SET file = redact_file(file, function), function = redact_function(function, file);
UPDATE finding_line SET
    build = redact_build(build),
    file = redact_file(file, function),
    function = redact_function(function, file);
-- Of keywords those stay that the catalog has word for word, or whose value is one of ours: not packages, not
-- states of goroutines that a capture made up.
DELETE FROM finding_keyword
WHERE NOT EXISTS (
    SELECT 1
    FROM keyword AS k
    WHERE k.keyword = finding_keyword.keyword
       OR (k.fact IN ('class', 'kind', 'layer', 'pattern') AND finding_keyword.keyword GLOB k.keyword || '?*')
);
UPDATE function SET file = redact_file(file, name), name = redact_function(name, file);

-- Words, by what they are used for. One that is used for nothing is somebody's.
UPDATE word SET value = CASE
    WHEN word_id IN (
        SELECT s.label_id FROM series AS s
        UNION ALL SELECT g.label_id FROM goroutine_group AS g
        UNION ALL SELECT r.label_id FROM reading AS r
    ) THEN redact_labels(value)
    WHEN word_id IN (SELECT g.state_id FROM goroutine_group AS g) THEN redact_state(value)
    WHEN word_id IN (SELECT a.entry_id FROM alloc_entry AS a)
        THEN iif(value GLOB '#[0-9]*', value, redact_function(value, ''))
    WHEN word_id IN (SELECT r.name_id FROM reading AS r) THEN CASE
        WHEN value GLOB '/*:*' OR value GLOB 'process.*' OR value GLOB 'cgroup.*' OR value GLOB 'host.*'
            OR value GLOB 'limit.*' OR value GLOB 'kubernetes.*' OR value GLOB 'kube_*'
            OR value GLOB 'container_*' OR value GLOB 'go_*' THEN value
        ELSE redact_name(value) END
    WHEN word_id IN (SELECT bf.file_id FROM build_fact AS bf) THEN redact_file(value, '')
    WHEN word_id IN (SELECT b.unit_id FROM benchmark AS b) THEN redact_types(value)
    ELSE redact_name(value)
END
WHERE value <> '';
UPDATE build_fact SET what = iif(what GLOB '*[^a-z -]*' OR length(what) > 16, 'other', what);
UPDATE total SET
    type = redact_types(type),
    unit = redact_types(unit);
UPDATE segment SET types = redact_types(types);
UPDATE finding SET wait_reason = redact_state(wait_reason);

UPDATE configured_ignore SET
    what = iif(what IN ('service', 'namespace', 'pod'), what, 'other'),
    name = redact_name(name),
    pattern = redact_name(pattern);
UPDATE suppression SET
    name = redact_name(name),
    finding_id = redact_id(finding_id),
    service = redact_name(service),
    function = redact_name(function),
    reason = iif(reason = '', '', 'redacted'),
    owner = redact_name(owner);

-- Keywords with a colon have a value behind it, which can be a stranger's.
UPDATE OR REPLACE finding_keyword SET keyword = CASE
    WHEN keyword GLOB 'class:[a-z-]*' OR keyword GLOB 'kind:[a-z-]*' OR keyword GLOB 'layer:[lL][0-9]'
        OR keyword GLOB 'pattern:[a-z-]*' THEN keyword
    WHEN keyword GLOB 'wait:*' AND EXISTS (
        SELECT 1
        FROM wait_reason AS w
        WHERE replace(keyword, '-', '') = 'wait:'
            || lower(replace(replace(replace(replace(w.reason, ' ', ''), '.', ''), '(', ''), ')', ''))
    ) THEN keyword
    WHEN keyword GLOB 'library:*' AND redact_function(substr(keyword, 9) || '.f', '') = substr(keyword, 9) || '.f'
        THEN keyword
    WHEN keyword GLOB '*:*' THEN substr(keyword, 1, instr(keyword, ':')) || 'other'
    WHEN keyword IN (SELECT k.keyword FROM keyword AS k) THEN keyword
    ELSE 'other'
END;

-- Ids are hashes of names without a key: who guesses a name could find it again.
UPDATE finding SET finding_id = redact_id(finding_id);
UPDATE finding_instance SET finding_id = redact_id(finding_id);
UPDATE finding_place SET finding_id = redact_id(finding_id);
UPDATE finding_point SET finding_id = redact_id(finding_id);
UPDATE finding_keyword SET finding_id = redact_id(finding_id);
UPDATE finding_line SET finding_id = redact_id(finding_id);
DELETE FROM finding_source;
UPDATE finding_keyword SET finding_id = redact_id(finding_id);
UPDATE finding_paragraph SET finding_id = redact_id(finding_id);
UPDATE finding_history SET finding_id = redact_id(finding_id);
UPDATE evidence SET finding_id = redact_id(finding_id);
UPDATE evidence_capture SET finding_id = redact_id(finding_id);
UPDATE suppressed SET finding_id = redact_id(finding_id);
