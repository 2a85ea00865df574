/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_gate.c - leakledger gate: says no to what is new or worse, by its exit code. */
#include "analyze.h"

#include <leakledger/file.h>
#include <leakledger/redact.h>

/* "new", "worse:error" */
static int parse_fail_on(const char *text, struct ll_gate_options *options, struct ll_error *err)
{
	static const char *const whens[] = {"new", "worse", "any", NULL};
	static const char *const severities[] = {"info", "warning", "error", NULL};
	struct ll_str rest = ll_str(text);
	const struct ll_str when = ll_str_split(&rest, ':');
	bool is_known = false;

	for (size_t i = 0; whens[i]; i++) {
		if (!ll_str_equal(when, ll_str(whens[i])))
			continue;
		options->fail_on = (enum ll_gate_on)i;
		is_known = true;
	}
	if (is_known && !rest.data)
		return LL_OK;
	for (size_t i = 0; is_known && severities[i]; i++) {
		if (!ll_str_equal(rest, ll_str(severities[i])))
			continue;
		options->severity = severities[i];
		return LL_OK;
	}
	return ll_fail(err, LL_E_USAGE,
	               "--fail-on cannot be '%s': it takes new, worse or any, and behind a colon "
	               "info, warning or error",
	               text);
}

static enum ll_exit verdict(const struct ll_cli *cli, const struct ll_gate_result *result)
{
	if (result->failing > 0)
		return LL_EXIT_GATE;
	if (result->judged > 0)
		return LL_EXIT_DONE;
	(void)cli;
	(void)fprintf(stderr, "leakledger: nothing could be judged: that is no pass\n");
	return LL_EXIT_NOTHING_USABLE;
}

static enum ll_exit gate_benchmarks(struct ll_cli *cli, struct ll_gate_options *options)
{
	const struct ll_settings *const settings = &cli->settings;
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_gate_result result = {.failing = 0};
	struct ll_error err = LL_ERROR_INIT;

	if (ll_redact_level(settings->redact) != LL_REDACT_NONE) {
		(void)ll_fail(&err, LL_E_USAGE, "results of benchmarks are not redacted");
		return ll_cli_fail(&err);
	}
	if (settings->baseline || settings->write_baseline || settings->fail_on) {
		(void)ll_fail(
			&err, LL_E_USAGE,
			"--baseline, --write-baseline and --fail-on are for findings; benchmarks "
			"are compared with those of the older file");
		return ll_cli_fail(&err);
	}
	if (settings->min_effect > 0)
		options->least_effect = (double)settings->min_effect / 100;
	if (ll_gate_bench(ll_cli_argument(cli, 0), ll_cli_argument(cli, 1), options, &out, &result,
	                  &err) < 0) {
		/* A file that holds no results is for the user to mend. */
		if (err.code == LL_E_FORMAT)
			err.code = LL_E_USAGE;
		return ll_cli_fail_printing(cli, &err);
	}
	return verdict(cli, &result);
}

static int write_baseline(struct ll_cli *cli, const struct ll_findings_of *of, struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	const char *const path = cli->settings.write_baseline;
	size_t count = 0;
	bool is_changed = false;
	int rc;

	ll_buf_init(&bytes, LL_BUF_DOCUMENT);
	rc = ll_baseline_put(of, &bytes, &count, err);
	if (rc == LL_OK)
		rc = ll_file_write(path, ll_buf_str(&bytes), &is_changed, err);
	if (rc == LL_OK)
		ll_cli_say(cli, "%s: %zu finding%s%s", path, count, count == 1 ? "" : "s",
		           is_changed ? "" : ", as before");
	return rc;
}

static enum ll_exit gate_findings(struct ll_cli *cli, const struct ll_gate_options *options)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const struct ll_output out = ll_cli_stdout(cli);
	struct ll_gate_result result = {.failing = 0};
	struct ll_error err = LL_ERROR_INIT;
	struct ll_findings_of of;

	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0)
		return ll_cli_fail(&err);
	of = ll_cli_findings(cli, ledger, ll_output_format_find("json"));
	of.choice.suppressed = -1;
	if (cli->settings.write_baseline)
		return write_baseline(cli, &of, &err) < 0 ? ll_cli_fail(&err) : LL_EXIT_DONE;
	if (ll_gate(&of, options, &out, &result, &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	return verdict(cli, &result);
}

static enum ll_exit run_gate(struct ll_cli *cli)
{
	const struct ll_settings *const settings = &cli->settings;
	struct ll_gate_options options = {
		.fail_on = LL_GATE_WORSE,
		.severity = "info",
		.baseline = settings->baseline,
		.format = ll_cli_format(cli, "text"),
		.units = settings->units.items,
		.unit_count = settings->units.count,
		.least_effect = -1,
	};
	struct ll_error err = LL_ERROR_INIT;

	if (cli->arguments.count == 1)
		(void)ll_fail(&err, LL_E_USAGE,
		              "'gate' compares two files of benchmarks, or, with none, findings");
	else if (settings->baseline && settings->write_baseline)
		(void)ll_fail(
			&err, LL_E_USAGE,
			"a baseline is measured by, or written, not both at once: who writes it "
			"should look at it");
	else if (settings->fail_on)
		(void)parse_fail_on(settings->fail_on, &options, &err);
	if (err.code != LL_OK)
		return ll_cli_fail(&err);
	/* A severity that nobody asked for: an info is no reason to stop. */
	if (!settings->fail_on)
		options.severity = "warning";
	return cli->arguments.count > 0 ? gate_benchmarks(cli, &options)
	                                : gate_findings(cli, &options);
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,  LL_OPTION_BASELINE,    LL_OPTION_WRITE_BASELINE, LL_OPTION_FAIL_ON,
	LL_OPTION_SERVICE, LL_OPTION_FORMAT_GATE, LL_OPTION_MIN_EFFECT,     LL_OPTION_UNIT,
	LL_OPTION_STRIP,   LL_OPTION_CONFIG,      LL_OPTION_RESOURCES,      LL_OPTION_QUIET,
	LL_OPTION_REDACT,  LL_OPTION_REDACT_KEY,  LL_OPTION_HELP,           LL_OPTION_END,
};

const struct ll_command ll_command_gate = {
	.name = "gate",
	.usage = "[-d LEDGER] [--baseline FILE] [--fail-on new|worse|any[:SEVERITY]] [--format F]\n"
		 "       leakledger gate [-d LEDGER] --write-baseline FILE\n"
		 "       leakledger gate OLDER NEWER [--min-effect PERCENT] [--unit UNIT]",
	.summary = "say no, by the exit code, to what is new or worse",
	.description =
		"Exits with 1 and the reasons when an open finding is new or worse than the baseline\n"
		"has it, of severity warning or error unless --fail-on says otherwise; suppressed ones\n"
		"never count. Worse is a higher severity, or a growth whose 95 % interval lies above 1.25\n"
		"times the baseline's. Without a baseline it is measured by the judgment before. A\n"
		"baseline is a file to be reviewed, a finding a line; only --write-baseline writes it.\n"
		"With two files of 'go test -bench -benchmem' it compares benchmarks (Mann and Whitney,\n"
		"p < 0.05): 8 % more allocs/op or 12 % more B/op say no; --unit adds ns/op, say, with\n"
		"5 %. When nothing could be judged it exits with 4, because that is no pass.",
	.examples = "  leakledger gate --write-baseline leaks.baseline.json\n"
		    "  leakledger gate --baseline leaks.baseline.json --format junit >gate.xml\n"
		    "  leakledger gate --fail-on any:error\n"
		    "  leakledger gate before.txt after.txt\n",
	.options = options,
	.max_arguments = 2,
	.run = run_gate,
};
