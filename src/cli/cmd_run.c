/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_run.c - leakledger run CAPTURES...: ingest, analyze, report. */
#include "deliver.h"
#include "ingest.h"
#include "record.h"
#include "report.h"

#include <leakledger/redact.h>

/* The worst findings, in plain words. */
static int print_worst(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/reports/run/worst.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_buf plain;

		ll_buf_init(&plain, LL_BUF_MESSAGE);
		ll_text_plain(&plain, ll_stmt_text(stmt, 0));
		(void)printf("  %.*s\n", LL_STR_ARG(ll_buf_str(&plain)));
		ll_buf_done(&plain);
	}
	return rc;
}

static int say_outcome(const struct ll_cli *cli, struct ll_ledger *ledger,
                       const struct ll_analyze_result *judged, struct ll_error *err)
{
	const size_t findings = judged->findings;

	if (cli->settings.quiet)
		return LL_OK;
	(void)printf("ledger: %s\nreport: %s/index.html\n", ll_cli_ledger(cli), ll_cli_site(cli));
	if (findings == 0 && judged->suppressed > 0)
		(void)printf("no leak was found that is not suppressed (%zu)\n",
		             judged->suppressed);
	else if (findings == 0)
		(void)printf("no leak was found\n");
	else if (findings == 1)
		(void)printf("one leak was found:\n");
	else
		(void)printf("%zu leaks were found%s:\n", findings,
		             findings > 3 ? "; what hurts first" : "");
	return print_worst(ledger, err);
}

/* Read, judge, and write what people see: that is of a redacted copy when one is asked for. */
static int work(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_ingest_result *read,
                struct ll_analyze_result *judged, enum ll_exit *delivered, struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *redacted = NULL;
	struct ll_ledger *shown = ledger;
	int rc = ll_cli_record_begin(cli, ledger, err);

	if (rc == LL_OK)
		rc = ll_cli_ingest(cli, ledger, read, err);
	if (rc == LL_OK)
		rc = ll_cli_analyze(cli, ledger, judged, err);
	if (rc == LL_OK && ll_redact_level(cli->settings.redact) != LL_REDACT_NONE) {
		rc = ll_cli_open(cli, LL_LEDGER_READ, &redacted, err);
		shown = redacted;
	}
	if (rc == LL_OK)
		rc = ll_cli_report(cli, shown, err);
	if (rc == LL_OK)
		*delivered = ll_cli_deliver(cli, shown);
	/* One that could not deliver counts as interrupted, so that the next one tries again. */
	if (rc == LL_OK && *delivered == LL_EXIT_DONE)
		rc = ll_cli_record_end(cli, ledger, err);
	return rc == LL_OK ? say_outcome(cli, shown, judged, err) : rc;
}

static enum ll_exit run_run(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_ingest_result read = {0};
	struct ll_analyze_result judged = {0};
	struct ll_error err = LL_ERROR_INIT;
	enum ll_exit code, delivered = LL_EXIT_DONE;

	if (ll_cli_deliver_check(cli, &err) < 0 || ll_cli_ingest_check(cli, &err) < 0 ||
	    ll_cli_open(cli, LL_LEDGER_WRITE, &ledger, &err) < 0 ||
	    work(cli, ledger, &read, &judged, &delivered, &err) < 0)
		return ll_cli_fail(&err);
	if (delivered != LL_EXIT_DONE)
		return delivered;
	code = ll_cli_ingest_exit(&read);
	return code == LL_EXIT_DONE && judged.failed > 0 ? LL_EXIT_SOME_REJECTED : code;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,     LL_OPTION_OUT,     LL_OPTION_JOBS,    LL_OPTION_FILES_FROM,
	LL_OPTION_EXCLUDE,    LL_OPTION_PATTERN, LL_OPTION_REREAD,  LL_OPTION_SINCE,
	LL_OPTION_UNTIL,      LL_OPTION_SOURCE,  LL_OPTION_CONFIG,  LL_OPTION_RESOURCES,
	LL_OPTION_PROGRESS,   LL_OPTION_QUIET,   LL_OPTION_VERBOSE, LL_OPTION_ASSETS,
	LL_OPTION_WRITE,      LL_OPTION_MAIL,    LL_OPTION_MAIL_TO, LL_OPTION_MAILER,
	LL_OPTION_FROM,       LL_OPTION_SITE,    LL_OPTION_STRIP,   LL_OPTION_REDACT,
	LL_OPTION_REDACT_KEY, LL_OPTION_HELP,    LL_OPTION_END,
};

const struct ll_command ll_command_run = {
	.name = "run",
	.usage = "CAPTURES... [-d LEDGER] [-o DIR]",
	.summary = "read captures, judge them, write the site",
	.description =
		"Does what ingest, analyze and report do, and ends with the paths of the ledger and the\n"
		"site and the worst findings. Only new captures are read, only services with new facts\n"
		"are judged, only pages that change are written. Then it delivers what --write and --mail\n"
		"say, which are keys of the configuration, too; what fails there keeps nothing else.",
	.examples =
		"  leakledger run captures/\n"
		"  leakledger run debug.tar.gz --exclude '*.log'\n"
		"  leakledger run /var/spool/profiles -d /var/lib/leakledger/ledger.db -o /var/www/leaks -q\n",
	.options = options,
	.min_arguments = 0, /* with --files-from */
	.max_arguments = -1,
	.run = run_run,
};
