/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_captures.c - leakledger captures: what was read, and why something was not. */
#include "cli.h"

static void bind_time(struct ll_stmt *stmt, const char *name, int64_t time_ns)
{
	if (time_ns != LL_TIME_NONE)
		ll_stmt_bind_i64(stmt, name, time_ns);
}

static enum ll_exit run_captures(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_error err = LL_ERROR_INIT;
	enum ll_rows_format format = LL_ROWS_TABLE;
	const char *name = "sql/reports/captures/list.sql";
	size_t rows;

	(void)ll_rows_format_find(ll_cli_format(cli, "table"), &format);
	/* People get the columns that fit a screen, machines all of them. */
	if (format == LL_ROWS_TABLE && cli->settings.verbose == 0)
		name = "sql/reports/captures/table.sql";
	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    ll_stmt_resource(ledger, name, &stmt, &err) < 0)
		return ll_cli_fail(&err);
	if (cli->settings.service)
		ll_stmt_bind_text(stmt, ":service", ll_str(cli->settings.service));
	bind_time(stmt, ":since", cli->settings.since_ns);
	bind_time(stmt, ":until", cli->settings.until_ns);
	if (ll_rows_write(stmt, format, &out, &rows, &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER, LL_OPTION_FORMAT_CAPTURES, LL_OPTION_SERVICE,   LL_OPTION_SINCE,
	LL_OPTION_UNTIL,  LL_OPTION_CONFIG,          LL_OPTION_RESOURCES, LL_OPTION_VERBOSE,
	LL_OPTION_REDACT, LL_OPTION_REDACT_KEY,      LL_OPTION_HELP,      LL_OPTION_END,
};

const struct ll_command ll_command_captures = {
	.name = "captures",
	.usage = "[-d LEDGER] [--format table|jsonl|csv]",
	.summary = "list what was read, what was rejected and why",
	.description =
		"One row for each capture of each file, one for each content that was rejected,\n"
		"one for each file that could not be read at all. 'known' means that the same\n"
		"bytes were read before under another path.",
	.examples = "  leakledger captures                         # the usual columns\n"
		    "  leakledger captures -v                      # all columns\n"
		    "  leakledger captures --format jsonl | jq 'select(.status == \"rejected\")'\n",
	.options = options,
	.max_arguments = 0,
	.run = run_captures,
};
