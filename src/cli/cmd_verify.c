/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_verify.c - leakledger verify: is the ledger what it should be? */
#include "cli.h"

static void print_problem(void *self, const char *check, struct ll_str text)
{
	struct ll_buf line;

	(void)self;
	ll_buf_init(&line, LL_BUF_MESSAGE);
	ll_text_plain(&line, text);
	(void)printf("%s: %.*s\n", check, LL_STR_ARG(ll_buf_str(&line)));
	ll_buf_done(&line);
}

static enum ll_exit run_verify(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const struct ll_verify_options options = {.with_files = cli->settings.files,
	                                          .problem = print_problem};
	struct ll_verify_result result = {.checks = 0};
	struct ll_error err = LL_ERROR_INIT;

	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    ll_ledger_verify(ledger, &options, &result, &err) < 0)
		return ll_cli_fail(&err);
	if (cli->settings.files)
		ll_cli_say(cli, "%zu files looked at, %zu gone or changed since", result.files,
		           result.files_gone);
	if (result.problems == 0) {
		ll_cli_say(cli, "%zu checks, no problem", result.checks);
		return LL_EXIT_DONE;
	}
	(void)fprintf(stderr, "leakledger: %zu problem%s; a copy of '%s' may be whole\n",
	              result.problems, result.problems == 1 ? "" : "s", ll_cli_ledger(cli));
	return LL_EXIT_IO;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER, LL_OPTION_FILES, LL_OPTION_CONFIG, LL_OPTION_RESOURCES,
	LL_OPTION_QUIET,  LL_OPTION_HELP,  LL_OPTION_END,
};

const struct ll_command ll_command_verify = {
	.name = "verify",
	.usage = "[-d LEDGER] [--files]",
	.summary = "check that the ledger is whole",
	.description =
		"Checks the structure of the file, that what rows refer to is there, that every stack\n"
		"and series unpacks and adds up to what its capture said, and that every view can be\n"
		"read. --files also reads captures that lie where they lay, and compares their bytes with\n"
		"those that were read. A problem is a line on standard output, and exit code 74.",
	.examples = "  leakledger verify\n"
		    "  leakledger verify -d /var/lib/leakledger/ledger.db --files -q\n",
	.options = options,
	.max_arguments = 0,
	.run = run_verify,
};
