/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_replay.c - leakledger replay RULE|all: what rules of others would have said. */
#include "analyze.h"

enum {
	RULE_SECONDS = 60, /* of processor time, for one rule and one service */
};

static struct ll_replay_options options_of(struct ll_cli *cli)
{
	const struct ll_settings *const settings = &cli->settings;
	const char *const rule = ll_cli_argument(cli, 0);

	return (struct ll_replay_options){
		.rule = strcmp(rule, "all") == 0 ? NULL : rule,
		.service = settings->service,
		.since_ns = settings->since_ns,
		.until_ns = settings->until_ns,
		.overrides = settings->params.items,
		.override_count = settings->params.count,
		.time_limit_ns = RULE_SECONDS * LL_NS_PER_S,
		.limits = ll_cli_limits(cli),
		.limit_count = settings->services.count,
	};
}

static int print(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const struct ll_output out = ll_cli_stdout(cli);
	enum ll_rows_format format = LL_ROWS_TABLE;
	const char *name = "sql/reports/replay/table.sql";
	int rc;

	(void)ll_rows_format_find(ll_cli_format(cli, "table"), &format);
	if (cli->settings.alarms)
		name = "sql/reports/replay/alarms.sql";
	else if (format != LL_ROWS_TABLE)
		name = "sql/reports/replay/list.sql";
	rc = ll_stmt_resource(ledger, name, &stmt, err);
	return rc < 0 ? rc : ll_rows_write(stmt, format, &out, NULL, err);
}

static enum ll_exit run_replay(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const struct ll_replay_options replay = options_of(cli);
	struct ll_replay_result result;
	struct ll_error err = LL_ERROR_INIT;

	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    ll_ledger_begin_read(ledger, &err) < 0 || ll_replay(ledger, &replay, &result, &err) < 0)
		return ll_cli_fail(&err);
	if (print(cli, ledger, &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	if (result.failed == 0)
		return LL_EXIT_DONE;
	(void)fprintf(stderr, "leakledger: rules failed %zu times; the first: %s\n", result.failed,
	              result.failure.text);
	return LL_EXIT_SOME_REJECTED;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,    LL_OPTION_FORMAT_CAPTURES, LL_OPTION_SERVICE,    LL_OPTION_SINCE,
	LL_OPTION_UNTIL,     LL_OPTION_PARAM,           LL_OPTION_ALARMS,     LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES, LL_OPTION_REDACT,          LL_OPTION_REDACT_KEY, LL_OPTION_HELP,
	LL_OPTION_END,
};

const struct ll_command ll_command_replay = {
	.name = "replay",
	.usage = "RULE|all [-d LEDGER] [--service GLOB] [--param NAME=VALUE] [--alarms]",
	.summary = "what alerting rules of others would have said",
	.description =
		"Runs thresholds as they are used elsewhere over what was captured: 'leakledger list\n"
		"rules' names them, 'leakledger help RULE' tells why, and what they cannot see. They make\n"
		"no findings. One row for each rule:\n"
		"  looked at             captures, or intervals between them, that it could judge\n"
		"  fired, nights         at how many of them, and on how many days (UTC)\n"
		"  services              with a firing, of those that could be judged\n"
		"  kills, lead           killed processes with an alarm in the seven days before, and how\n"
		"                        long before; the median\n"
		"  known problems, seen after   open findings with an alarm while they lasted, and how\n"
		"                        long after the first capture of them; the median\n"
		"  false a service-week  alarms on services without a finding and without a kill; with\n"
		"                        none, how many a week there may be all the same (95 %)\n"
		"An alarm is a run of captures of one instance at which a rule fires.",
	.examples = "  leakledger replay all\n"
		    "  leakledger replay seed_l1 --param k=1 --service 'checkout-*' --alarms\n"
		    "  leakledger replay all --since 7d --format jsonl\n",
	.options = options,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = run_replay,
};
