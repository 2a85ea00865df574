/* SPDX-License-Identifier: Apache-2.0 */
/* help.c - usage texts from the tables of commands and options. */
#include "cli.h"

static void print_option(const struct ll_option *option)
{
	char left[64];
	const bool has_value = option->argument != NULL;

	(void)snprintf(left, sizeof left, "%s%c%s--%s%s%s", option->letter ? "-" : "",
	               option->letter ? option->letter : ' ', option->letter ? ", " : "   ",
	               option->name, has_value ? " " : "", has_value ? option->argument : "");
	(void)printf("  %-26s %s\n", left, option->help);
}

void ll_help_print(const struct ll_command *command)
{
	(void)printf("leakledger %s - %s\n\nUsage: leakledger %s %s\n\n", command->name,
	             command->summary, command->name, command->usage);
	if (command->examples)
		(void)printf("Examples:\n%s\n", command->examples);
	(void)printf("%s\n\nOptions:\n", command->description);
	for (const enum ll_option_id *id = command->options; *id != LL_OPTION_END; id++)
		print_option(ll_option_get(*id));
}
