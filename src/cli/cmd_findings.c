/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_findings.c - leakledger findings: what leaks. */
#include "cli.h"

/* 1: only suppressed ones, 0: only others, -1: all. People are shown what they must look at. */
static int wanted_suppressed(const struct ll_settings *settings, bool is_for_people)
{
	if (!settings->suppressed)
		return is_for_people ? 0 : -1;
	if (strcmp(settings->suppressed, "all") == 0)
		return -1;
	return strcmp(settings->suppressed, "yes") == 0;
}

static enum ll_exit run_findings(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const struct ll_settings *const settings = &cli->settings;
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_error err = LL_ERROR_INIT;
	enum ll_rows_format format = LL_ROWS_TABLE;
	const char *name = "sql/reports/findings/list.sql";
	bool is_for_people;
	int is_suppressed;
	size_t rows;

	(void)ll_rows_format_find(settings->format, &format);
	is_for_people = format == LL_ROWS_TABLE || format == LL_ROWS_MARKDOWN;
	is_suppressed = wanted_suppressed(settings, is_for_people);
	if (is_for_people)
		name = "sql/reports/findings/table.sql";
	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    ll_stmt_resource(ledger, name, &stmt, &err) < 0)
		return ll_cli_fail(&err);
	if (settings->service)
		ll_stmt_bind_text(stmt, ":service", ll_str(settings->service));
	if (settings->class_name)
		ll_stmt_bind_text(stmt, ":class", ll_str(settings->class_name));
	if (settings->min_score > 0)
		ll_stmt_bind_i64(stmt, ":min_score", settings->min_score);
	if (is_suppressed >= 0)
		ll_stmt_bind_i64(stmt, ":suppressed", is_suppressed);
	if (ll_rows_write(stmt, format, &out, &rows, &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	if (rows == 0 && format == LL_ROWS_TABLE)
		ll_cli_say(cli, "no findings");
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,    LL_OPTION_FORMAT_FINDINGS,
	LL_OPTION_CLASS,     LL_OPTION_SERVICE,
	LL_OPTION_MIN_SCORE, LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES, LL_OPTION_SUPPRESSED,
	LL_OPTION_QUIET,     LL_OPTION_HELP,
	LL_OPTION_END,
};

const struct ll_command ll_command_findings = {
	.name = "findings",
	.usage =
		"[-d LEDGER] [--format table|jsonl|csv|md] [--class C] [--service S] [--min-score N]\n"
		"                           [--suppressed yes|no|all]",
	.summary = "list what leaks",
	.description =
		"One row for each finding, open ones first, the highest score first. jsonl and csv have\n"
		"every key, with the evidence; times are RFC 3339, bytes are whole numbers. What a\n"
		"[suppress] section of the configuration puts aside is left out of tables, and marked in\n"
		"jsonl and csv.",
	.examples = "  leakledger findings\n"
		    "  leakledger findings --service 'checkout-*' --min-score 45\n"
		    "  leakledger findings --format jsonl | jq -r .summary\n",
	.options = options,
	.max_arguments = 0,
	.run = run_findings,
};
