/* SPDX-License-Identifier: Apache-2.0 */
/*
 * postmortem.c - see postmortem.h; and report.h for files that stand alone.
 *
 * The page is a list of parts as those of pages.c are; JSON is the same parts, a member each,
 * with all rows.
 */
#include "postmortem.h"

#include "inline.h"
#include "transform.h"

#include <leakledger/json.h>

static const struct part {
	const char *element;
	const char *row; /* NULL: one row, on the element itself */
	const char *sql;
	size_t most; /* of the page, which counts the others; 0: all */
} parts[] = {
	{"head", NULL, "sql/reports/postmortem/head.sql", 0},
	{"verdicts", "verdict", "sql/reports/postmortem/verdicts.sql", 0},
	{"conditions", "condition", "sql/reports/postmortem/conditions.sql", 0},
	{"gaps", "gap", "sql/reports/postmortem/gaps.sql", 0},
	{"moments", "moment", "sql/reports/postmortem/moments.sql", 0},
	{"terms", "term", "sql/reports/postmortem/terms.sql", 0},
	{"compared", NULL, "sql/reports/postmortem/compared.sql", 0},
	{"sites", "site", "sql/reports/postmortem/sites.sql", 15},
	{"since", "sentence", "sql/reports/postmortem/since.sql", 0},
	{"lives", "life", "sql/reports/postmortem/lives.sql", 12},
	{"goroutines", "place", "sql/reports/postmortem/goroutines.sql", 15},
	{"tasks", "task", "sql/reports/postmortem/tasks.sql", 15},
	{"findings", "finding", "sql/reports/postmortem/findings.sql", 20},
	{"rules", "rule", "sql/reports/postmortem/rules.sql", 0},
	{"signs", "sign", "sql/reports/postmortem/signs.sql", 12},
	{"commands", "command", "sql/reports/postmortem/commands.sql", 0},
};

/* ---------------------------------------------------------------------------- model */

static int put_part(struct ll_ledger *ledger, const struct part *part, xmlNodePtr page,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const xmlNodePtr element = ll_model_element(page, part->element);
	size_t rows = 0;
	int rc = ll_stmt_resource(ledger, part->sql, &stmt, err);

	if (rc == LL_OK && part->row) {
		rc = ll_model_rows(element, part->row, stmt, part->most, &rows, err);
		if (part->most > 0 && rows > part->most)
			ll_model_hidden(element, rows - part->most);
	} else if (rc == LL_OK) {
		rc = ll_stmt_step(stmt, err);
		if (rc == 0)
			return ll_fail(err, LL_E_NOTFOUND, "there is no such kill in the ledger");
		if (rc > 0)
			rc = ll_model_row(element, stmt, err);
	}
	return rc < 0 ? ll_within(err, "part '%s'", part->element) : LL_OK;
}

static void put_frame(const struct ll_postmortem_page *page, xmlNodePtr root)
{
	ll_model_text(root, "version", ll_str(page->version));
	ll_model_redaction(root, ll_ledger_redactor(page->ledger));
	ll_model_text(root, "base", ll_str(page->base ? page->base : ""));
	if (!page->base)
		ll_model_text(root, "alone", ll_str("yes"));
}

/* A page that stands alone carries its style in itself, and so do all where that is asked for. */
static int finish(const struct ll_postmortem_page *page, struct ll_model *model,
                  struct ll_error *err)
{
	if (page->base && !page->is_inline)
		return LL_OK;
	return ll_inline_put(model, ll_ledger_resources(page->ledger), err);
}

static int make(const struct ll_postmortem_page *page, xmlNodePtr root, struct ll_error *err)
{
	int rc = LL_OK;

	put_frame(page, root);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(parts); i++)
		rc = put_part(page->ledger, &parts[i], root, err);
	if (rc == LL_OK)
		rc = ll_postmortem_lanes(page->ledger, root, err);
	return rc == LL_OK ? ll_postmortem_bar(page->ledger, root, err) : rc;
}

int ll_postmortem_model(const struct ll_postmortem_page *page, struct ll_model *ret_model,
                        struct ll_error *err)
{
	int rc = ll_model_init(ret_model, "postmortem", err);

	if (rc < 0)
		return rc;
	rc = make(page, ret_model->page, err);
	if (rc == LL_OK)
		rc = finish(page, ret_model, err);
	if (rc < 0)
		ll_model_done(ret_model);
	return rc < 0 ? ll_within(err, "page 'postmortem'") : LL_OK;
}

/* ----------------------------------------------------------------------------- list */

int ll_incidents_load(struct ll_ledger *ledger, const char *service,
                      const struct ll_service_limit *limits, size_t limit_count,
                      struct ll_arena *arena, struct ll_vec *rows, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/reports/postmortem/incidents.sql", &stmt, err);

	if (rc < 0)
		return rc;
	if (service)
		ll_stmt_bind_text(stmt, ":service", ll_str(service));
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const char *const name = ll_arena_str(arena, ll_stmt_text(stmt, 3)).data;
		struct ll_incident_row *const row = ll_vec_push(rows, sizeof *row);

		*row = (struct ll_incident_row){
			.incident = {.service_id = ll_stmt_i64(stmt, 0),
		                     .service = name,
		                     .time_ns = ll_stmt_i64(stmt, 1),
		                     .instance_id = ll_stmt_i64(stmt, 2),
		                     .limit_bytes = ll_service_limit_of(limits, limit_count, name)},
			.name = ll_arena_str(arena, ll_stmt_text(stmt, 11)).data,
		};
	}
	return rc;
}

static int create_said(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc = ll_stmt_resource(ledger, "sql/reports/incidents/create.sql", &stmt, err);

	return rc < 0 ? rc : ll_stmt_step(stmt, err);
}

int ll_incident_keep(struct ll_ledger *ledger, const char *name, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = create_said(ledger, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/reports/incidents/keep.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":name", ll_str(name));
	return ll_stmt_step(stmt, err);
}

int ll_incident_said(struct ll_ledger *ledger, xmlNodePtr row, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = create_said(ledger, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/reports/incidents/said.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":name", ll_model_attribute(row, "name"));
	rc = ll_stmt_step(stmt, err);
	if (rc > 0)
		rc = ll_model_row(row, stmt, err);
	return rc < 0 ? rc : LL_OK;
}

int ll_postmortem_list(const struct ll_postmortem_page *page, int64_t service_id,
                       const char *prefix, struct ll_model *ret_model, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	xmlNodePtr list = NULL;
	int rc = ll_model_init(ret_model, "incidents", err);

	if (rc < 0)
		return rc;
	put_frame(page, ret_model->page);
	ll_model_text(ret_model->page, "prefix", ll_str(prefix));
	rc = ll_stmt_resource(page->ledger, "sql/reports/postmortem/incidents.sql", &stmt, err);
	if (rc == LL_OK) {
		ll_stmt_bind_null(stmt, ":service");
		if (service_id > 0)
			ll_stmt_bind_i64(stmt, ":service_id", service_id);
		list = ll_model_element(ret_model->page, "incidents");
		rc = ll_model_rows(list, "incident", stmt, 0, NULL, err);
	}
	for (xmlNodePtr row = list ? list->children : NULL; rc == LL_OK && row; row = row->next)
		rc = ll_incident_said(page->ledger, row, err);
	if (rc == LL_OK)
		rc = finish(page, ret_model, err);
	if (rc < 0)
		ll_model_done(ret_model);
	return rc < 0 ? ll_within(err, "page 'incidents'") : LL_OK;
}

/* ----------------------------------------------------------------------------- JSON */

/* Rows as members of an array: a comma before each but the first, no line ends. */
struct json_array {
	struct ll_buf *out;
	size_t rows;
};

static int put_json_row(void *self, struct ll_str text, struct ll_error *err)
{
	struct json_array *const array = self;
	const struct ll_str row = ll_str_trim(text);

	if (row.size == 0)
		return LL_OK;
	if (array->rows++ > 0)
		ll_buf_putc(array->out, ',');
	ll_buf_put_str(array->out, row);
	return ll_buf_check(array->out, "JSON", err);
}

int ll_postmortem_json(struct ll_ledger *ledger, struct ll_buf *out, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(parts); i++) {
		LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
		struct json_array array = {.out = out};
		const struct ll_output rows = {.self = &array, .put = put_json_row};

		rc = ll_stmt_resource(ledger, parts[i].sql, &stmt, err);
		if (rc < 0)
			return rc;
		ll_buf_puts(out, i == 0 ? "{" : ",");
		ll_json_put_string(out, ll_str(parts[i].element));
		ll_buf_puts(out, parts[i].row ? ":[" : ":");
		rc = ll_rows_write(stmt, LL_ROWS_JSONL, &rows, NULL, err);
		if (rc == LL_OK && !parts[i].row && array.rows == 0)
			return ll_fail(err, LL_E_NOTFOUND, "there is no such kill in the ledger");
		if (parts[i].row)
			ll_buf_putc(out, ']');
	}
	ll_buf_puts(out, "}\n");
	return rc;
}
