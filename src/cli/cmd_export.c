/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_export.c - leakledger export: the ledger's views for other databases, and what is built in
 * for one's own changes.
 */
#include "cli.h"

#include <leakledger/file.h>

static int write_to(const char *directory, const char *name, struct ll_str bytes,
                    struct ll_error *err)
{
	struct ll_buf path;
	int rc;

	ll_buf_init(&path, LL_BUF_MESSAGE);
	ll_buf_printf(&path, "%s/%s", directory, name);
	rc = ll_file_write(path.data, bytes, NULL, err);
	ll_buf_done(&path);
	return rc;
}

/* ------------------------------------------------------------------- resources */

/* Somebody's own changes are not written over. */
static int check_free(const char *directory, const struct ll_resource *resource,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf path;
	struct ll_error ignored = LL_ERROR_INIT;
	struct ll_buf there;
	bool is_other;

	ll_buf_init(&path, LL_BUF_MESSAGE);
	ll_buf_printf(&path, "%s/%s", directory, resource->name);
	ll_buf_init(&there, LL_BUF_PAGE);
	is_other = ll_file_read(path.data, &there, &ignored) == LL_OK &&
	           !ll_str_equal(ll_buf_str(&there), resource->bytes);
	ll_buf_done(&there);
	if (is_other)
		return ll_fail(err, LL_E_CREATE,
		               "'%s' is there with other bytes: nothing was written", path.data);
	return LL_OK;
}

static int put_resource(const char *directory, const struct ll_resource *resource,
                        struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf folder;
	const size_t slash = ll_str_rindex(ll_str(resource->name), '/');
	int rc = LL_OK;

	ll_buf_init(&folder, LL_BUF_MESSAGE);
	ll_buf_printf(&folder, "%s/%.*s", directory, (int)(slash == SIZE_MAX ? 0 : slash),
	              resource->name);
	rc = ll_file_mkdirs(folder.data, err);
	return rc < 0 ? rc : write_to(directory, resource->name, resource->bytes, err);
}

static enum ll_exit export_resources(struct ll_cli *cli, const char *directory)
{
	struct ll_error err = LL_ERROR_INIT;
	size_t count;
	const struct ll_resource *const all = ll_resource_all(cli->resources, &count);

	for (size_t i = 0; i < count; i++) {
		if (check_free(directory, &all[i], &err) < 0)
			return ll_cli_fail(&err);
	}
	for (size_t i = 0; i < count; i++) {
		if (put_resource(directory, &all[i], &err) < 0)
			return ll_cli_fail(&err);
	}
	ll_cli_say(cli, "%zu files below %s; --resources %s uses them", count, directory,
	           directory);
	return LL_EXIT_DONE;
}

/* --------------------------------------------------------------------- schemas */

static enum ll_exit export_schema(struct ll_cli *cli, const char *name)
{
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf path;
	const struct ll_resource *schema;

	ll_buf_init(&path, LL_BUF_MESSAGE);
	ll_buf_printf(&path, "docs/schema/%s.schema.json", name);
	schema = ll_resource_find(cli->resources, path.data);
	ll_buf_done(&path);
	if (!schema) {
		(void)ll_fail(&err, LL_E_USAGE, "no schema '%s'; there are baseline and findings",
		              name);
		return ll_cli_fail(&err);
	}
	return out.put(out.self, schema->bytes, &err) < 0 ? ll_cli_fail_printing(cli, &err)
	                                                  : LL_EXIT_DONE;
}

/* ----------------------------------------------------------------------- views */

/*
 * The views of the file, for everybody; one of them when `name` is not NULL. Whoever made the file
 * may have called a view anything: names go into statements and are those of files.
 */
static int list_views(struct ll_ledger *ledger, const char *name, struct ll_arena *arena,
                      struct ll_vec *views, struct ll_error *err)
{
	static const char sql[] = "SELECT name FROM main.sqlite_schema WHERE type = 'view' AND "
				  "(:name IS NULL OR name = :name) AND name GLOB 'v_*' AND "
				  "name NOT GLOB '*[^a-z0-9_]*' ORDER BY name";
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_prepare(ledger, ll_str(sql), &stmt, err);

	if (rc < 0)
		return rc;
	if (name)
		ll_stmt_bind_text(stmt, ":name", ll_str(name));
	while ((rc = ll_stmt_step(stmt, err)) > 0)
		*(const char **)ll_vec_push(views, sizeof(const char *)) =
			ll_arena_str(arena, ll_stmt_text(stmt, 0)).data;
	if (rc == 0 && views->count == 0)
		return ll_fail(err, LL_E_USAGE,
		               "no view '%s'; docs/ledger.md lists them, 'all' is all of them",
		               name);
	return rc;
}

/* Every column, sorted by all of them: the same rows give the same bytes. */
static int open_view(struct ll_ledger *ledger, const char *view, struct ll_stmt **ret_stmt,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf sql;
	int rc;

	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_printf(&sql, "SELECT * FROM \"%s\"", view);
	rc = ll_stmt_prepare(ledger, ll_buf_str(&sql), &stmt, err);
	if (rc < 0)
		return rc;
	for (int i = 1; i <= ll_stmt_columns(stmt); i++)
		ll_buf_printf(&sql, "%s%d", i == 1 ? " ORDER BY " : ", ", i);
	return ll_stmt_prepare(ledger, ll_buf_str(&sql), ret_stmt, err);
}

static int put_view(struct ll_ledger *ledger, const char *view, enum ll_rows_format format,
                    const struct ll_output *out, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc = open_view(ledger, view, &stmt, err);

	return rc < 0 ? rc : ll_rows_write(stmt, format, out, NULL, err);
}

static int write_views(struct ll_cli *cli, struct ll_ledger *ledger, const struct ll_vec *views,
                       enum ll_rows_format format, const char *directory, struct ll_error *err)
{
	const char *const *const names = views->items;
	int rc = ll_file_mkdirs(directory, err);
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_DOCUMENT);
	for (size_t i = 0; rc == LL_OK && i < views->count; i++) {
		const struct ll_output out = ll_output_to_buf(&bytes);
		char name[128];

		ll_buf_clear(&bytes);
		(void)snprintf(name, sizeof name, "%.100s.%s", names[i],
		               format == LL_ROWS_CSV ? "csv" : "jsonl");
		rc = put_view(ledger, names[i], format, &out, err);
		if (rc == LL_OK)
			rc = write_to(directory, name, ll_buf_str(&bytes), err);
	}
	ll_buf_done(&bytes);
	if (rc == LL_OK)
		ll_cli_say(cli, "%zu files below %s", views->count, directory);
	return rc;
}

static enum ll_exit export_views(struct ll_cli *cli, const char *what, const char *directory)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	LL_CLEANUP(ll_vec_done) struct ll_vec views = LL_VEC_INIT;
	const bool is_all = strcmp(what, "all") == 0;
	const struct ll_output out = ll_cli_stdout(cli);
	enum ll_rows_format format = LL_ROWS_JSONL;
	struct ll_error err = LL_ERROR_INIT;
	int rc;

	(void)ll_rows_format_find(ll_cli_format(cli, "jsonl"), &format);
	if (is_all && !directory)
		(void)ll_fail(&err, LL_E_USAGE, "'export all' needs a directory");
	else if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) == LL_OK &&
	         ll_ledger_begin_read(ledger, &err) == LL_OK)
		(void)list_views(ledger, is_all ? NULL : what, &cli->arena, &views, &err);
	if (err.code != LL_OK)
		return ll_cli_fail(&err);
	if (directory) {
		rc = write_views(cli, ledger, &views, format, directory, &err);
		return rc < 0 ? ll_cli_fail(&err) : LL_EXIT_DONE;
	}
	rc = put_view(ledger, what, format, &out, &err);
	return rc < 0 ? ll_cli_fail_printing(cli, &err) : LL_EXIT_DONE;
}

static enum ll_exit run_export(struct ll_cli *cli)
{
	const char *const what = ll_cli_argument(cli, 0);
	const char *const where = ll_cli_argument(cli, 1);
	struct ll_error err = LL_ERROR_INIT;

	if (strcmp(what, "schema") == 0)
		return export_schema(cli, where ? where : "findings");
	if (strcmp(what, "resources") != 0)
		return export_views(cli, what, where);
	if (where)
		return export_resources(cli, where);
	(void)ll_fail(&err, LL_E_USAGE, "'export resources' needs a directory");
	return ll_cli_fail(&err);
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,     LL_OPTION_FORMAT_EXPORT, LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES,  LL_OPTION_QUIET,         LL_OPTION_REDACT,
	LL_OPTION_REDACT_KEY, LL_OPTION_HELP,          LL_OPTION_END,
};

const struct ll_command ll_command_export = {
	.name = "export",
	.usage = "VIEW [DIR]|all DIR [-d LEDGER] [--format jsonl|csv]\n"
		 "       leakledger export resources DIR\n"
		 "       leakledger export schema [findings|baseline]",
	.summary = "write the ledger's views, or what is built in",
	.description =
		"A view goes to standard output, or as a file into a directory; all of them go into a\n"
		"directory. Every column, times in nanoseconds, rows in a fixed order: for other\n"
		"databases. resources writes the built-in SQL, templates and schemas, as a starting point\n"
		"for --resources; what is there with other bytes is not written over. schema prints a\n"
		"JSON Schema.",
	.examples = "  leakledger export v_finding --format csv >findings.csv\n"
		    "  leakledger export all facts/ --format jsonl\n"
		    "  leakledger export resources mine/\n",
	.options = options,
	.min_arguments = 1,
	.max_arguments = 2,
	.run = run_export,
};
