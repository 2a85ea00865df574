/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_prune.c - leakledger prune: old captures go, findings stay. */
#include "cli.h"

#include <leakledger/units.h>

static enum ll_exit show(struct ll_cli *cli, struct ll_ledger *ledger,
                         const struct ll_prune_result *result)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_error err = LL_ERROR_INIT;

	ll_cli_say(cli, "%zu captures would go, %zu stay", result->captures, result->kept);
	if (result->captures == 0)
		return LL_EXIT_DONE;
	if (ll_stmt_resource(ledger, "sql/reports/prune/list.sql", &stmt, &err) < 0 ||
	    ll_rows_write(stmt, LL_ROWS_TABLE, &out, NULL, &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	return LL_EXIT_DONE;
}

static enum ll_exit run_prune(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const char *const keep = cli->settings.keep;
	const bool is_dry = cli->settings.dry_run;
	struct ll_prune_result result;
	struct ll_error err = LL_ERROR_INIT;
	char before[LL_UNIT_TEXT], after[LL_UNIT_TEXT];
	int64_t keep_ns = 0;

	if (!keep)
		(void)ll_fail(
			&err, LL_E_USAGE,
			"'prune' needs --keep: how far back from the newest capture, 90d say");
	else if (!ll_parse_duration(ll_str(keep), &keep_ns) || keep_ns <= 0)
		(void)ll_fail(&err, LL_E_USAGE, "'%s' is no time to keep; try --keep 90d", keep);
	if (err.code != LL_OK)
		return ll_cli_fail(&err);
	if ((is_dry ? ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err)
	            : ll_cli_open_existing(cli, &ledger, &err)) < 0 ||
	    ll_ledger_prune(ledger, keep_ns, is_dry, &result, &err) < 0)
		return ll_cli_fail(&err);
	if (is_dry)
		return show(cli, ledger, &result);
	ll_cli_say(cli, "%zu captures taken away, %zu stay; %s before, %s now", result.captures,
	           result.kept, ll_format_bytes(result.bytes_before, before),
	           ll_format_bytes(result.bytes_after, after));
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,    LL_OPTION_KEEP,  LL_OPTION_DRY_RUN, LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES, LL_OPTION_QUIET, LL_OPTION_HELP,    LL_OPTION_END,
};

const struct ll_command ll_command_prune = {
	.name = "prune",
	.usage = "--keep TIME [-n] [-d LEDGER]",
	.summary = "take old captures out of the ledger",
	.description =
		"Takes away captures of processes that are older than the newest one of their service\n"
		"by more than --keep, and makes the file smaller. Findings, their history, builds, kills,\n"
		"limits and owners stay. Files that were read stay known: they are not read again. -n\n"
		"changes nothing, and lists what would go.",
	.examples = "  leakledger prune --keep 90d -n\n"
		    "  leakledger prune --keep 90d -q\n",
	.options = options,
	.max_arguments = 0,
	.run = run_prune,
};
