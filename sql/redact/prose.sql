-- The last step of redaction, at every level: roots, commands, and prose in which names stand that were met before.

UPDATE OR IGNORE file SET root = 'captures';
UPDATE file SET root = 'captures-' || file_id WHERE root <> 'captures';
UPDATE run SET options = '{}';

UPDATE kill SET text = redact_text(text);
UPDATE declared SET note = redact_text(note);
UPDATE file SET reason = redact_reason(reason) WHERE reason IS NOT NULL;
UPDATE file_member SET reason = redact_reason(reason) WHERE reason IS NOT NULL;
UPDATE content SET reason = redact_reason(reason) WHERE reason IS NOT NULL;
UPDATE note SET text = redact_reason(text);
UPDATE audit SET detail = redact_reason(detail);
UPDATE stage SET reason = redact_reason(reason);
UPDATE suppression SET reason = redact_text(reason);
UPDATE finding SET
    cap_reason = redact_text(cap_reason),
    time_to_limit_reason = redact_text(time_to_limit_reason),
    outlook = redact_text(outlook),
    summary = redact_text(summary),
    explanation = redact_text(explanation),
    remedy = redact_text(remedy);
UPDATE finding_paragraph SET text = redact_text(text);
UPDATE evidence SET
    detail = redact_text(detail),
    data = redact_json(data);
