/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_help.c - leakledger help [COMMAND | ANALYZER | RULE] */
#include "cli.h"

#include <leakledger/analyze.h>

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
		"\n'leakledger help COMMAND' tells more. Exit codes: 0 done, 1 a gate or doctor says\n"
		"no, 2 usage or configuration, 3 done but some captures were rejected, 4 nothing usable,\n"
		"70 internal error, 73 cannot create output, 74 input or output failed, 75 try again\n"
		"(locked, disk full).\n");
}

static void print_paragraph(const char *head, struct ll_str text)
{
	if (text.size > 0)
		(void)printf("\n%s\n  %.*s\n", head, LL_STR_ARG(text));
}

static void print_analyzer(const struct ll_analyzer *analyzer)
{
	(void)printf("%.*s - %.*s\n\nlayer %s, term '%.*s'; %s\n", LL_STR_ARG(analyzer->id),
	             LL_STR_ARG(analyzer->title), ll_layer_name(analyzer->layer),
	             LL_STR_ARG(analyzer->term),
	             analyzer->is_gate   ? "what it names becomes a finding"
	             : analyzer->is_rest ? "what it names becomes a finding where no place in the "
	                                   "code was found to grow"
	             : analyzer->is_last ? "says where to look where nothing was found"
	                                 : "adds to findings that others made");
	print_paragraph("Why it tells something", analyzer->why);
	print_paragraph("What it cannot see", analyzer->blind_spot);
	print_paragraph("Source", analyzer->source);
	print_paragraph("Reads", analyzer->needs);
	print_paragraph("Parameters", analyzer->params);
	(void)printf("\n'leakledger analyze --rule %.*s' prints its rows.\n",
	             LL_STR_ARG(analyzer->id));
}

static void print_rule(const struct ll_rule *rule)
{
	(void)printf("%.*s - %.*s\n\nstate %.*s, in %.*s; makes no findings\n",
	             LL_STR_ARG(rule->id), LL_STR_ARG(rule->title), LL_STR_ARG(rule->state),
	             LL_STR_ARG(rule->unit));
	print_paragraph("Why it tells something", rule->why);
	print_paragraph("What it cannot see", rule->blind_spot);
	print_paragraph("Source", rule->source);
	print_paragraph("Asks for", rule->asks);
	print_paragraph("Parameters", rule->params);
	if (rule->cooldown_ns > 0)
		(void)printf("\nCools down\n  %lld s after it fired\n",
		             (long long)(rule->cooldown_ns / LL_NS_PER_S));
	(void)printf("\n'leakledger replay %.*s' tells what it would have said.\n",
	             LL_STR_ARG(rule->id));
}

/* False, and nothing printed, when there is no such rule. */
static bool help_with_rule(struct ll_cli *cli, const char *name, struct ll_error *err)
{
	LL_CLEANUP(ll_rules_closep) struct ll_rules *rules = NULL;
	const struct ll_rule *rule;

	if (ll_rules_open(cli->resources, &rules, err) < 0)
		return false;
	rule = ll_rules_find(rules, name);
	if (rule)
		print_rule(rule);
	return rule != NULL;
}

static enum ll_exit help_with_analyzer(struct ll_cli *cli, const char *name)
{
	LL_CLEANUP(ll_catalog_closep) struct ll_catalog *catalog = NULL;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_analyzer *analyzer;

	if (ll_catalog_open(cli->resources, &catalog, &err) < 0)
		return ll_cli_fail(&err);
	analyzer = ll_catalog_find(catalog, name);
	if (analyzer)
		print_analyzer(analyzer);
	if (analyzer || help_with_rule(cli, name, &err))
		return LL_EXIT_DONE;
	if (err.code == LL_OK)
		(void)ll_fail(
			&err, LL_E_USAGE,
			"no command, analyzer or rule '%s'; 'leakledger help' lists commands, "
			"'leakledger list analyzers' and 'list rules' the others",
			name);
	return ll_cli_fail(&err);
}

static enum ll_exit run_help(struct ll_cli *cli)
{
	const char *const name = ll_cli_argument(cli, 0);
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
	return help_with_analyzer(cli, name);
}

static const enum ll_option_id options[] = {LL_OPTION_RESOURCES, LL_OPTION_HELP, LL_OPTION_END};

const struct ll_command ll_command_help = {
	.name = "help",
	.usage = "[COMMAND | ANALYZER | RULE]",
	.summary = "explain a command, an analyzer or a rule",
	.description = "Without an argument, lists the commands.",
	.examples = "  leakledger help run\n"
		    "  leakledger help heap.site_growth\n"
		    "  leakledger help seed_l1\n",
	.options = options,
	.is_lenient = true,
	.max_arguments = 1,
	.run = run_help,
};
