/* SPDX-License-Identifier: Apache-2.0 */
/*
 * out_json.c - one document: what was read, services, findings with every key.
 *
 * docs/schema/findings.schema.json describes it. Keys are only ever added while schema_version
 * stays; whoever takes one away, or changes its meaning, counts it up.
 */
#include "columns.h"
#include "outputs.h"

#include <leakledger/json.h>
#include <leakledger/redact.h>

enum {
	SCHEMA_VERSION = 1,
};

/* The rows of a statement as an array, each on a line of its own. */
static int put_rows(const char *resource, const char *key, const struct ll_findings_of *of,
                    struct ll_json_out *json, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_columns columns;
	struct ll_buf row;
	int rc = ll_found_list(of, resource, &stmt, err);

	if (rc == LL_OK)
		rc = ll_columns_read(stmt, &columns, err);
	if (rc < 0)
		return rc;
	ll_buf_init(&row, LL_BUF_PAGE);
	ll_json_break(json);
	ll_json_open(json, key, '[');
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		ll_buf_clear(&row);
		ll_columns_put_json(stmt, &columns, &row);
		ll_json_break(json);
		ll_json_raw(json, NULL, ll_buf_str(&row));
	}
	ll_json_break(json);
	ll_json_close(json, ']');
	ll_buf_done(&row);
	return rc;
}

static int put_tally(const struct ll_findings_of *of, struct ll_json_out *json,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_columns columns;
	struct ll_buf row;
	int rc = ll_stmt_resource(of->ledger, "sql/reports/findings/tally.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_columns_read(stmt, &columns, err);
	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc <= 0)
		return rc;
	ll_buf_init(&row, LL_BUF_MESSAGE);
	ll_columns_put_json(stmt, &columns, &row);
	ll_json_break(json);
	ll_json_raw(json, "captured", ll_buf_str(&row));
	ll_buf_done(&row);
	return LL_OK;
}

static int put_document(const struct ll_findings_of *of, struct ll_buf *to, struct ll_error *err)
{
	const struct ll_redactor *const redactor = ll_ledger_redactor(of->ledger);
	struct ll_json_out json = {.to = to};
	int rc;

	ll_json_open(&json, NULL, '{');
	ll_json_break(&json);
	ll_json_text(&json, "format", ll_str("leakledger-findings"));
	ll_json_break(&json);
	ll_json_i64(&json, "schema_version", SCHEMA_VERSION);
	ll_json_break(&json);
	ll_json_open(&json, "generator", '{');
	ll_json_text(&json, "name", ll_str("leakledger"));
	ll_json_text(&json, "version", ll_str(of->version));
	if (redactor)
		ll_json_text(&json, "redacted",
		             ll_str(ll_redact_levels[ll_redactor_level(redactor)]));
	ll_json_close(&json, '}');
	rc = put_tally(of, &json, err);
	if (rc == LL_OK)
		rc = put_rows("sql/reports/findings/services.sql", "services", of, &json, err);
	if (rc == LL_OK)
		rc = put_rows("sql/reports/findings/list.sql", "findings", of, &json, err);
	ll_json_break(&json);
	ll_json_close(&json, '}');
	ll_buf_putc(to, '\n');
	return rc;
}

static int write_json(const struct ll_findings_of *of, const struct ll_output *out,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf document;
	int rc;

	ll_buf_init(&document, LL_BUF_DOCUMENT);
	rc = ll_ledger_begin_read(of->ledger, err);
	if (rc < 0)
		return rc;
	rc = put_document(of, &document, err);
	ll_ledger_rollback(of->ledger);
	return rc < 0 ? rc : ll_output_put(out, &document, "the document", err);
}

const struct ll_output_format ll_out_json = {
	.id = "json",
	.title = "one document with a schema",
	.suffix = "json",
	.write = write_json,
};
