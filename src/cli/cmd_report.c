/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_report.c - leakledger report: the site. */
#include "report.h"

static enum ll_exit run_report(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    ll_cli_report(cli, ledger, &err) < 0)
		return ll_cli_fail(&err);
	if (!cli->settings.quiet)
		(void)printf("%s/index.html\n", ll_cli_site(cli));
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,    LL_OPTION_OUT,   LL_OPTION_SINCE, LL_OPTION_UNTIL, LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES, LL_OPTION_QUIET, LL_OPTION_HELP,  LL_OPTION_END,
};

const struct ll_command ll_command_report = {
	.name = "report",
	.usage = "[-d LEDGER] [-o DIR] [--since TIME] [--until TIME]",
	.summary = "write the site",
	.description =
		"Writes the fleet's page, one for each service and finding, and one that says what was\n"
		"read and what was not. The old site stands until the new one is whole; pages that do not\n"
		"change are not touched. A directory that holds other things than a site is refused.\n"
		"--since and --until cut the pictures; judgments are those of 'leakledger analyze'.",
	.examples = "  leakledger report\n"
		    "  leakledger report -d ledger.db -o /var/www/leaks --since 7d\n",
	.options = options,
	.max_arguments = 0,
	.run = run_report,
};
