/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_report.c - leakledger report: the site. */
#include "report.h"

/* A directory of the configuration is that of the site; a document goes there only when told so. */
static enum ll_exit write_document(struct ll_cli *cli, const struct ll_output_format *format)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const char *const path =
		cli->settings.out == cli->configured_out ? NULL : cli->settings.out;
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_findings_of of;

	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0)
		return ll_cli_fail(&err);
	of = ll_cli_findings(cli, ledger, format);
	of.is_whole = true;
	if (!path || strcmp(path, "-") == 0)
		return format->write(&of, &out, &err) < 0 ? ll_cli_fail_printing(cli, &err)
		                                          : LL_EXIT_DONE;
	return ll_cli_write_document(format, &of, path, &err) < 0 ? ll_cli_fail(&err)
	                                                          : LL_EXIT_DONE;
}

static enum ll_exit run_report(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const struct ll_output_format *const format =
		ll_output_format_find(ll_cli_format(cli, "html"));
	struct ll_error err = LL_ERROR_INIT;

	if (format)
		return write_document(cli, format);
	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    ll_cli_report(cli, ledger, &err) < 0)
		return ll_cli_fail(&err);
	if (!cli->settings.quiet)
		(void)printf("%s/index.html\n", ll_cli_site(cli));
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,     LL_OPTION_OUT,   LL_OPTION_JOBS,   LL_OPTION_FORMAT_REPORT,
	LL_OPTION_STRIP,      LL_OPTION_SINCE, LL_OPTION_UNTIL,  LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES,  LL_OPTION_QUIET, LL_OPTION_ASSETS, LL_OPTION_REDACT,
	LL_OPTION_REDACT_KEY, LL_OPTION_HELP,  LL_OPTION_END,
};

const struct ll_command ll_command_report = {
	.name = "report",
	.usage = "[-d LEDGER] [--format FORMAT] [-o DIR|FILE] [--since TIME] [--until TIME]",
	.summary = "write the site, or one file for other programs",
	.description =
		"Writes the fleet's page, one for each service and finding, and one that says what was\n"
		"read and what was not. The old site stands until the new one is whole; pages that do not\n"
		"change are not touched. A directory that holds other things than a site is refused.\n"
		"--since and --until cut the pictures; judgments are those of 'leakledger analyze'.\n"
		"With another --format than html all findings go to standard output, or as one file,\n"
		"whole or not at all, to where -o says; 'leakledger help findings' tells the formats. xml\n"
		"has the models of all pages.",
	.examples = "  leakledger report\n"
		    "  leakledger report --format sarif -o leaks.sarif\n"
		    "  leakledger report --format prom -o /var/lib/node_exporter/leakledger.prom\n"
		    "  leakledger report -d ledger.db -o /var/www/leaks --since 7d\n",
	.options = options,
	.max_arguments = 0,
	.run = run_report,
};
