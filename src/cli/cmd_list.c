/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_list.c - leakledger list WHAT: the tables of the program. */
#include "cli.h"

#include <leakledger/analyze.h>
#include <leakledger/capture.h>

static int list_analyzers(struct ll_cli *cli, struct ll_error *err)
{
	LL_CLEANUP(ll_catalog_closep) struct ll_catalog *catalog = NULL;
	size_t count;
	const struct ll_analyzer *all;
	const int rc = ll_catalog_open(cli->resources, &catalog, err);

	if (rc < 0)
		return rc;
	all = ll_catalog_all(catalog, &count);
	for (size_t i = 0; i < count; i++)
		(void)printf("%-28.*s %-3s %-9.*s %.*s%s\n", LL_STR_ARG(all[i].id),
		             ll_layer_name(all[i].layer), LL_STR_ARG(all[i].term),
		             LL_STR_ARG(all[i].title), all[i].is_override ? " (yours)" : "");
	return LL_OK;
}

static int list_rules(struct ll_cli *cli, struct ll_error *err)
{
	LL_CLEANUP(ll_rules_closep) struct ll_rules *rules = NULL;
	size_t count;
	const struct ll_rule *all;
	const int rc = ll_rules_open(cli->resources, &rules, err);

	if (rc < 0)
		return rc;
	all = ll_rules_all(rules, &count);
	for (size_t i = 0; i < count; i++)
		(void)printf("%-22.*s %-7.*s %.*s%s\n", LL_STR_ARG(all[i].id),
		             LL_STR_ARG(all[i].state), LL_STR_ARG(all[i].title),
		             all[i].is_override ? " (yours)" : "");
	return LL_OK;
}

static int list_commands(struct ll_cli *cli, struct ll_error *err)
{
	size_t count;
	const struct ll_command *const *const all = ll_commands(&count);

	(void)cli, (void)err;
	for (size_t i = 0; i < count; i++)
		(void)printf("%-10s %s\n", all[i]->name, all[i]->summary);
	return LL_OK;
}

static int list_formats(struct ll_cli *cli, struct ll_error *err)
{
	size_t count;
	const struct ll_format *const *const all = ll_formats(&count);

	(void)cli, (void)err;
	for (size_t i = 0; i < count; i++)
		(void)printf("%-18s %s%s\n", all[i]->id, all[i]->title,
		             all[i]->read ? "" : " (recognised and refused)");
	return LL_OK;
}

static int list_functions(struct ll_cli *cli, struct ll_error *err)
{
	size_t count;
	const struct ll_sqlfn *const all = ll_sqlfn_all(&count);

	(void)cli, (void)err;
	for (size_t i = 0; i < count; i++)
		(void)printf("%-20s %-9s %s\n", all[i].name, all[i].kind, all[i].description);
	return LL_OK;
}

static int list_resources(struct ll_cli *cli, struct ll_error *err)
{
	size_t count;
	const struct ll_resource *const all = ll_resource_all(cli->resources, &count);

	(void)err;
	for (size_t i = 0; i < count; i++)
		(void)printf("%8zu  %s%s\n", all[i].bytes.size, all[i].name,
		             all[i].is_override ? " (yours)" : "");
	return LL_OK;
}

static int list_reports(struct ll_cli *cli, struct ll_error *err)
{
	static const struct {
		const char *name, *description;
	} reports[] = {
		{"captures",
	         "captures --format table, jsonl, csv: what was read, and why something was not"},
		{"replay",
	         "replay --format table, jsonl, csv: what alerting rules of others would have said"},
		{"findings",
	         "findings --format table, text, json, jsonl, csv, md, sarif, junit, prom, "
	         "xml: what leaks"},
		{"site",
	         "report, run: the fleet's page, one for each service and finding, one of captures"},
	};

	(void)cli, (void)err;
	for (size_t i = 0; i < LL_COUNT(reports); i++)
		(void)printf("%-10s %s\n", reports[i].name, reports[i].description);
	return LL_OK;
}

static const struct {
	const char *name;
	int (*print)(struct ll_cli *cli, struct ll_error *err);
} lists[] = {
	{"analyzers", list_analyzers}, {"commands", list_commands}, {"formats", list_formats},
	{"functions", list_functions}, {"reports", list_reports},   {"resources", list_resources},
	{"rules", list_rules},
};

static enum ll_exit run_list(struct ll_cli *cli)
{
	const char *const name = ll_cli_argument(cli, 0);
	const char *names[LL_COUNT(lists)];
	struct ll_error err = LL_ERROR_INIT;

	for (size_t i = 0; i < LL_COUNT(lists); i++) {
		names[i] = lists[i].name;
		if (strcmp(name, lists[i].name) != 0)
			continue;
		return lists[i].print(cli, &err) < 0 ? ll_cli_fail(&err) : LL_EXIT_DONE;
	}
	(void)ll_fail(&err, LL_E_USAGE,
	              "no list '%s'%s; there are analyzers, commands, formats, functions, reports, "
	              "resources and rules",
	              name, ll_suggest(&cli->arena, name, names, LL_COUNT(names), "list "));
	return ll_cli_fail(&err);
}

static const enum ll_option_id options[] = {LL_OPTION_CONFIG, LL_OPTION_RESOURCES, LL_OPTION_HELP,
                                            LL_OPTION_END};

const struct ll_command ll_command_list = {
	.name = "list",
	.usage = "analyzers|commands|formats|functions|reports|resources|rules",
	.summary = "list what the program knows",
	.description =
		"analyzers: id, layer, term of the score, title; rules: id, state, title; 'leakledger help ID'\n"
		"tells the rest.\n"
		"functions: what SQL has beside SQLite's own. resources: the built-in SQL and templates,\n"
		"each of which a file of the same name below --resources DIR replaces.",
	.examples = "  leakledger list analyzers\n"
		    "  leakledger list resources --resources mine\n",
	.options = options,
	.is_lenient = true,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = run_list,
};
