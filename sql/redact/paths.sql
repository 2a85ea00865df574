-- What a redacted copy of a ledger loses at level paths: directories of machines and host names. Prose comes after
-- it (prose.sql), because it is searched for what was met here.

UPDATE kill SET host = redact_host(host) WHERE host <> '';
UPDATE kill SET
    cgroup = redact_path(cgroup),
    limiting = redact_path(limiting);
UPDATE OR IGNORE file SET path = redact_path(path) WHERE path GLOB '/*';
UPDATE file_member SET name = redact_path(name) WHERE name GLOB '/*';
UPDATE capture SET program = redact_path(program) WHERE program GLOB '*/*';

-- Files before functions: whose code it is follows from both.
UPDATE finding SET file = redact_file(file, function);
UPDATE finding_place SET file = redact_file(file, function);
UPDATE finding_line SET file = redact_file(file, function);
UPDATE finding_source SET
    path = redact_file(path, ''),
    note = iif(note = '', '', 'the source does not match the build'),
    lines = '[]';
UPDATE function SET file = redact_file(file, name);
UPDATE word SET value = redact_file(value, '')
WHERE word_id IN (SELECT bf.file_id FROM build_fact AS bf);
