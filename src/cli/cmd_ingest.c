/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_ingest.c - leakledger ingest CAPTURES... */
#include "ingest.h"
#include "record.h"

static enum ll_exit run_ingest(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_ingest_result result;
	struct ll_error err = LL_ERROR_INIT;

	if (ll_cli_ingest_check(cli, &err) < 0 ||
	    ll_cli_open(cli, LL_LEDGER_STORE, &ledger, &err) < 0 ||
	    ll_cli_record_begin(cli, ledger, &err) < 0 ||
	    ll_cli_ingest(cli, ledger, &result, &err) < 0 ||
	    ll_cli_record_end(cli, ledger, &err) < 0)
		return ll_cli_fail(&err);
	return ll_cli_ingest_exit(&result);
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,   LL_OPTION_JOBS,   LL_OPTION_FILES_FROM, LL_OPTION_EXCLUDE,
	LL_OPTION_PATTERN,  LL_OPTION_REREAD, LL_OPTION_CONFIG,     LL_OPTION_RESOURCES,
	LL_OPTION_PROGRESS, LL_OPTION_QUIET,  LL_OPTION_VERBOSE,    LL_OPTION_HELP,
	LL_OPTION_END,
};

const struct ll_command ll_command_ingest = {
	.name = "ingest",
	.usage = "CAPTURES... [-d LEDGER]",
	.summary = "read captures into the ledger",
	.description =
		"Reads every capture below the given directories and files that the ledger does not have\n"
		"yet. What a file is, is told by its content; archives are taken apart. '-' is standard\n"
		"input. The same bytes are one capture however often they come. Files that are no captures\n"
		"are recorded with the reason.",
	.examples =
		"  leakledger ingest /var/spool/profiles -d ledger.db\n"
		"  leakledger ingest heap.pb.gz goroutines.txt debug.tar.gz\n"
		"  curl -s localhost:6060/debug/pprof/heap | leakledger ingest -\n"
		"  find /spool -mtime -1 -type f -print0 | leakledger ingest --files-from -\n"
		"  leakledger ingest dumps --pattern '{service}/{instance}/{kind}-{unixtime}'\n",
	.options = options,
	.min_arguments = 0, /* with --files-from */
	.max_arguments = -1,
	.run = run_ingest,
};
