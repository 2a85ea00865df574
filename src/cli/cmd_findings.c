/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_findings.c - leakledger findings: what leaks. */
#include "analyze.h"

/* 1: only suppressed ones, 0: only others, -1: all. People are shown what they must look at. */
static int wanted_suppressed(const struct ll_settings *settings, bool is_for_people)
{
	if (!settings->suppressed)
		return is_for_people ? 0 : -1;
	if (strcmp(settings->suppressed, "all") == 0)
		return -1;
	return strcmp(settings->suppressed, "yes") == 0;
}

struct ll_findings_of ll_cli_findings(struct ll_cli *cli, struct ll_ledger *ledger,
                                      const struct ll_output_format *format)
{
	const struct ll_settings *const settings = &cli->settings;

	return (struct ll_findings_of){
		.ledger = ledger,
		.choice = {.service = settings->service,
	                   .class_name = settings->class_name,
	                   .keywords = settings->keywords.items,
	                   .keyword_count = settings->keywords.count,
	                   .min_score = settings->min_score,
	                   .suppressed = wanted_suppressed(settings, format->is_for_people)},
		.version = LL_VERSION,
		.now_ns = cli->now_ns,
		.limits = ll_cli_limits(cli),
		.limit_count = settings->services.count,
		.strips = settings->strips.items,
		.strip_count = settings->strips.count,
		.since_ns = settings->since_ns,
		.until_ns = settings->until_ns,
	};
}

/* A misspelt class would be an empty list, which is good news. */
static int check_class(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	LL_CLEANUP(ll_vec_done) struct ll_vec names = LL_VEC_INIT;
	const char *const wanted = cli->settings.class_name;
	int rc = LL_OK;

	if (!wanted)
		return LL_OK;
	rc = ll_stmt_resource(ledger, "sql/reports/findings/known_classes.sql", &stmt, err);
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		const char *const name = ll_arena_str(&cli->arena, ll_stmt_text(stmt, 0)).data;

		if (strcmp(name, wanted) == 0)
			return LL_OK;
		*(const char **)ll_vec_push(&names, sizeof(const char *)) = name;
	}
	return rc < 0 ? rc
	              : ll_fail(err, LL_E_USAGE, "no finding can be of class '%s'%s", wanted,
	                        ll_suggest(&cli->arena, wanted, names.items, names.count, ""));
}

static enum ll_exit run_findings(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const struct ll_output_format *const format =
		ll_output_format_find(ll_cli_format(cli, "table"));
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_findings_of of;

	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    check_class(cli, ledger, &err) < 0)
		return ll_cli_fail(&err);
	of = ll_cli_findings(cli, ledger, format);
	return format->write(&of, &out, &err) < 0 ? ll_cli_fail_printing(cli, &err) : LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,    LL_OPTION_FORMAT_FINDINGS,
	LL_OPTION_CLASS,     LL_OPTION_SERVICE,
	LL_OPTION_MIN_SCORE, LL_OPTION_KEYWORD,
	LL_OPTION_CONFIG,    LL_OPTION_RESOURCES,
	LL_OPTION_STRIP,     LL_OPTION_SUPPRESSED,
	LL_OPTION_REDACT,    LL_OPTION_REDACT_KEY,
	LL_OPTION_QUIET,     LL_OPTION_HELP,
	LL_OPTION_END,
};

const struct ll_command ll_command_findings = {
	.name = "findings",
	.usage = "[-d LEDGER] [--format FORMAT] [--class C] [--service S] [--min-score N]\n"
		 "                           [--suppressed yes|no|all] [--keyword GLOB]",
	.summary = "list what leaks",
	.description =
		"Open ones first, the highest score first.\n"
		"  table   a list for a screen\n"
		"  text    paragraphs to read, or to paste into a ticket\n"
		"  md      Markdown for the summary of a CI job, at most 60 KB\n"
		"  json    one document with a schema; 'leakledger export schema' prints that\n"
		"  jsonl   one object a line, with every key and the evidence\n"
		"  csv     the same with a header; cells that a spreadsheet would run are defused\n"
		"  sarif   SARIF 2.1.0 for code scanning: what has a line in the source\n"
		"  junit   a suite for each service, a case for each finding\n"
		"  prom    numbers for Prometheus' textfile collector\n"
		"  xml     the models that the site's pages are made of\n"
		"Times are RFC 3339, bytes are whole numbers. What a [suppress] section of the\n"
		"configuration puts aside is left out of table, text and md, and marked in the others.",
	.examples = "  leakledger findings\n"
		    "  leakledger findings --service 'checkout-*' --min-score 45\n"
		    "  leakledger findings --keyword 'wait:*' --keyword hidden-by-deploys\n"
		    "  leakledger findings --format jsonl | jq -r .summary\n",
	.options = options,
	.max_arguments = 0,
	.run = run_findings,
};
