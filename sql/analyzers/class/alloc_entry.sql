-- id:         class.alloc_entry
-- title:      Through which function of the runtime it allocates
-- layer:      L4
-- term:       class
-- needs:      v_site_growth v_stack_site alloc_entry_class
--
-- Why: text heap profiles (debug=1) hide the runtime's frames but keep their addresses. From Go 1.26 on the
-- last hidden one lies in growslice, makechan, mapassign ...; where the same file names that function
-- elsewhere, it names it here too.
--
-- Blind spot: the name is known only when some all-runtime stack of the same file was sampled.
--
-- Source: formats.md 2.3.
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    t.class,
    t.strength,
    format('the runtime allocated in %s', t.entry) AS detail,
    json_object(
        'captures', json('[]'),
        'entry', t.entry
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT DISTINCT
        sg.service_id,
        sg.site_id,
        c.class,
        c.strength,
        c.entry
    FROM v_site_growth AS sg
    CROSS JOIN v_stack_site AS vs USING (service_id, site_id)
    CROSS JOIN alloc_entry AS ae ON ae.service_id = vs.service_id AND ae.stack_id = vs.stack_id
    JOIN word AS w ON w.word_id = ae.entry_id
    JOIN alloc_entry_class AS c ON c.entry = w.value
    WHERE sg.slope > 0
) AS t
ORDER BY
    t.service_id,
    t.site_id,
    t.entry;
