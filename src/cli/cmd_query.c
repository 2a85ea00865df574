/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_query.c - leakledger query: a SELECT of one's own. */
#include "cli.h"

#include <leakledger/analyze.h>

#include <unistd.h>

enum {
	SECONDS = 60, /* of processor time, when nothing else is said */
};

/* The statement: the argument, or standard input when that is "-". */
static int read_sql(const char *argument, struct ll_buf *sql, struct ll_error *err)
{
	char bytes[4096];
	ssize_t size;

	if (strcmp(argument, "-") != 0) {
		ll_buf_puts(sql, argument);
		return ll_buf_check(sql, "the statement", err);
	}
	while ((size = read(STDIN_FILENO, bytes, sizeof bytes)) > 0)
		ll_buf_put(sql, bytes, (size_t)size);
	if (size < 0)
		return ll_fail(err, LL_E_IO, "cannot read standard input");
	return ll_buf_check(sql, "the statement", err);
}

static int ask(struct ll_cli *cli, struct ll_query *query, struct ll_error *err)
{
	const struct ll_settings *const settings = &cli->settings;
	const struct ll_output out = ll_cli_stdout(cli);
	const size_t most = settings->limit > 0 ? (size_t)settings->limit : SIZE_MAX;
	enum ll_rows_format format = LL_ROWS_TABLE;
	bool is_cut = false;
	size_t rows = 0;
	int rc;

	(void)ll_rows_format_find(ll_cli_format(cli, "table"), &format);
	rc = ll_rows_write_first(ll_query_stmt(query), format, &out, most, &rows, &is_cut, err);
	if (rc < 0 && cli->out_problem == 0 && ll_query_is_late(query))
		return ll_fail(err, LL_E_LIMIT,
		               "stopped: it took more processor time than --timeout allows");
	if (is_cut)
		(void)fprintf(stderr, "leakledger: cut after %zu rows\n", rows);
	return rc;
}

/* The views that analyzers have are over the services of a scope: here one, by its name. */
static int open_scope(struct ll_ledger *ledger, const char *service, struct ll_error *err)
{
	static const char sql[] = "SELECT service_id FROM service WHERE name = :name";
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_prepare(ledger, ll_str(sql), &stmt, err);
	int64_t id;

	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":name", ll_str(service));
	rc = ll_stmt_step(stmt, err);
	if (rc == 0)
		return ll_fail(err, LL_E_USAGE, "no service '%s'", service);
	if (rc < 0)
		return rc;
	id = ll_stmt_i64(stmt, 0);
	ll_stmt_reset(stmt);
	return ll_scope_open(ledger, id, false, err);
}

static enum ll_exit run_query(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	LL_CLEANUP(ll_query_closep) struct ll_query *query = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf sql;
	const int64_t seconds = cli->settings.timeout < 0 ? SECONDS : cli->settings.timeout;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&sql, LL_BUF_SQL);
	if (read_sql(ll_cli_argument(cli, 0), &sql, &err) < 0 ||
	    ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    (cli->settings.scope && open_scope(ledger, cli->settings.scope, &err) < 0) ||
	    ll_query_open(ledger, ll_buf_str(&sql), seconds * LL_NS_PER_S, &query, &err) < 0)
		return ll_cli_fail(&err);
	return ask(cli, query, &err) < 0 ? ll_cli_fail_printing(cli, &err) : LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,     LL_OPTION_SCOPE,  LL_OPTION_FORMAT_ROWS, LL_OPTION_LIMIT,
	LL_OPTION_TIMEOUT,    LL_OPTION_CONFIG, LL_OPTION_RESOURCES,   LL_OPTION_REDACT,
	LL_OPTION_REDACT_KEY, LL_OPTION_HELP,   LL_OPTION_END,
};

const struct ll_command ll_command_query = {
	.name = "query",
	.usage =
		"SQL|- [-d LEDGER] [--scope SERVICE] [--format table|json|jsonl|csv|md] [--limit N]\n"
		"                        [--timeout SECONDS]",
	.summary = "ask the ledger with a SELECT of your own",
	.description =
		"Runs one SELECT over the views that docs/ledger.md lists, with SQLite's functions and\n"
		"those that 'leakledger list functions' tells. It can only read, and is stopped after 60\n"
		"seconds of processor time, or what --timeout says; 0 is for ever. '-' reads the\n"
		"statement from standard input. A column named \"x:bytes\" is shown as bytes; there are\n"
		"count, bytes, time, duration, real, bool and json. With --scope the views that\n"
		"docs/analyzers.md lists are over that service; without it they cannot be read.",
	.examples = "  leakledger query \"SELECT service, verdict FROM v_service\"\n"
		    "  leakledger query --scope cart \"SELECT * FROM v_site_growth\"\n"
		    "  leakledger query --format csv - <question.sql >answer.csv\n",
	.options = options,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = run_query,
};
