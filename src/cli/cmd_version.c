/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_version.c - leakledger version */
#include "cli.h"

static enum ll_exit run_version(struct ll_cli *cli)
{
	(void)cli;
	(void)printf("leakledger %s\n", LL_VERSION);
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {LL_OPTION_HELP, LL_OPTION_END};

const struct ll_command ll_command_version = {
	.name = "version",
	.usage = "",
	.summary = "print the version",
	.description = "Prints the program's name and version.",
	.examples = "  leakledger version\n",
	.options = options,
	.is_lenient = true,
	.max_arguments = 0,
	.run = run_version,
};
