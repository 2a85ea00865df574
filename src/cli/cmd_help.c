/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_help.c - leakledger help [COMMAND] */
#include "cli.h"

static void print_overview(void)
{
	size_t count;
	const struct ll_command *const *const commands = ll_commands(&count);

	(void)printf("leakledger finds memory leaks in captures of Go programs.\n\n"
	             "Usage: leakledger COMMAND [ARGUMENTS] [OPTIONS]\n\n"
	             "The first minute:\n"
	             "  leakledger run DIR           # read captures, judge, write the site\n"
	             "  leakledger findings          # what leaks, in a table\n\n"
	             "Commands:\n");
	for (size_t i = 0; i < count; i++)
		(void)printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
	(void)printf(
		"\n'leakledger help COMMAND' tells more. Exit codes: 0 done, 2 usage or configuration,\n"
		"3 done but some captures were rejected, 4 nothing usable, 70 internal error,\n"
		"73 cannot create output, 74 input or output failed, 75 try again (locked, disk full).\n");
}

static enum ll_exit run_help(struct ll_cli *cli)
{
	const char *const name = ll_cli_argument(cli, 0);
	struct ll_error err = LL_ERROR_INIT;
	size_t count;
	const struct ll_command *const *const commands = ll_commands(&count);

	if (!name) {
		print_overview();
		return LL_EXIT_DONE;
	}
	for (size_t i = 0; i < count; i++) {
		if (strcmp(commands[i]->name, name) == 0) {
			ll_help_print(commands[i]);
			return LL_EXIT_DONE;
		}
	}
	(void)ll_fail(&err, LL_E_USAGE, "no command '%s'; 'leakledger help' lists them", name);
	return ll_cli_fail(&err);
}

static const enum ll_option_id options[] = {LL_OPTION_RESOURCES, LL_OPTION_HELP, LL_OPTION_END};

const struct ll_command ll_command_help = {
	.name = "help",
	.usage = "[COMMAND]",
	.summary = "explain a command",
	.description = "Without an argument, lists the commands.",
	.examples = "  leakledger help run\n",
	.options = options,
	.max_arguments = 1,
	.run = run_help,
};
