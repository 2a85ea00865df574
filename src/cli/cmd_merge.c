/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_merge.c - leakledger merge: several ledgers into one. */
#include "cli.h"

static enum ll_exit run_merge(struct ll_cli *cli)
{
	const char *const *const arguments = cli->arguments.items;
	struct ll_merge_result result = {.ledgers = 0};
	struct ll_error err = LL_ERROR_INIT;

	if (ll_ledger_merge(arguments[0], arguments + 1, cli->arguments.count - 1, cli->resources,
	                    &result, &err) < 0)
		return ll_cli_fail(&err);
	ll_cli_say(
		cli,
		"%s: %zu captures of %zu services, out of %zu ledgers; %zu contents were in several",
		arguments[0], result.captures, result.services, result.ledgers, result.shared);
	if (result.to_judge > 0)
		ll_cli_say(cli, "%zu services are to be judged: leakledger analyze -d %s",
		           result.to_judge, arguments[0]);
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_CONFIG, LL_OPTION_RESOURCES, LL_OPTION_QUIET, LL_OPTION_HELP, LL_OPTION_END,
};

const struct ll_command ll_command_merge = {
	.name = "merge",
	.usage = "OUT IN...",
	.summary = "put several ledgers into one",
	.description =
		"Makes OUT hold what it held, if it is there, and what the others hold: the same as if\n"
		"one run had read all captures, whatever the order, and however often it is done. A\n"
		"capture that several have counts once. Where two have another file under one path, the\n"
		"root of one gets a mark. OUT is replaced as a whole, or not at all; the others are only\n"
		"read. Services that several of them know are judged anew by the next 'analyze', which\n"
		"also applies the configuration's suppressions.",
	.examples =
		"  leakledger merge fleet.db shard-0.db shard-1.db && leakledger analyze -d fleet.db\n"
		"  leakledger merge all.db monday.db tuesday.db\n",
	.options = options,
	.min_arguments = 2,
	.max_arguments = -1,
	.run = run_merge,
};
