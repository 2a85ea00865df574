/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_analyze.c - leakledger analyze: judge what is in the ledger. */
#include "analyze.h"
#include "record.h"

static enum ll_exit run_analyze(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	if (ll_cli_open_existing(cli, &ledger, &err) < 0 ||
	    ll_cli_record_begin(cli, ledger, &err) < 0 ||
	    ll_cli_analyze(cli, ledger, &result, &err) < 0 ||
	    ll_cli_record_end(cli, ledger, &err) < 0)
		return ll_cli_fail(&err);
	return result.failed > 0 ? LL_EXIT_SOME_REJECTED : LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,    LL_OPTION_RULE,  LL_OPTION_EXPLAIN, LL_OPTION_SOURCE, LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES, LL_OPTION_QUIET, LL_OPTION_HELP,    LL_OPTION_END,
};

const struct ll_command ll_command_analyze = {
	.name = "analyze",
	.usage = "[-d LEDGER] [--rule ID] [--explain] [--source DIR]",
	.summary = "judge what is in the ledger",
	.description =
		"Judges every service that has new facts, or that other analyzers or settings judged\n"
		"last. With --rule runs one analyzer over everything, prints its rows and stores nothing;\n"
		"with --explain judges everything and prints the rows of all analyzers: analyzer, service,\n"
		"subject, class, strength and detail, with tabs between.\n"
		"With --source findings show their line of the source and what it says of their class.\n"
		"Only the lines that findings name, and three around each, are kept in the ledger.",
	.examples = "  leakledger analyze\n"
		    "  leakledger analyze --rule heap.site_growth\n"
		    "  leakledger analyze --explain | grep checkout-api\n",
	.options = options,
	.max_arguments = 0,
	.run = run_analyze,
};
