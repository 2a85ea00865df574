/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_run.c - leakledger run CAPTURES...: ingest, analyze, report. */
#include "deliver.h"
#include "ingest.h"
#include "record.h"
#include "report.h"

#include <leakledger/redact.h>

/* The title of the first page, so that the two never differ. */
static int print_title(struct ll_ledger *ledger, size_t findings, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_buf plain;
	int rc = ll_stmt_resource(ledger, "sql/reports/index/head.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc <= 0)
		return rc;
	ll_buf_init(&plain, LL_BUF_MESSAGE);
	ll_text_plain(&plain, ll_stmt_text(stmt, ll_stmt_column_find(stmt, "title")));
	(void)printf("%.*s", LL_STR_ARG(ll_buf_str(&plain)));
	ll_buf_done(&plain);
	if (findings > 3)
		(void)printf(", in %zu findings; what hurts first", findings);
	(void)printf("%s\n", findings > 0 ? ":" : "");
	return LL_OK;
}

static int say_outcome(const struct ll_cli *cli, struct ll_ledger *ledger,
                       const struct ll_ingest_result *read, const struct ll_analyze_result *judged,
                       struct ll_error *err)
{
	int rc;

	if (cli->settings.quiet)
		return LL_OK;
	(void)printf("ledger: %s\nreport: %s/index.html\n", ll_cli_ledger(cli), ll_cli_site(cli));
	rc = print_title(ledger, judged->findings, err);
	if (rc >= 0)
		rc = ll_cli_print_rows(stdout, "  ", ledger, "sql/reports/run/worst.sql", err);
	if (rc >= 0)
		rc = ll_cli_print_rows(stdout, "  ", ledger, "sql/reports/run/unsure.sql", err);
	/* It looks at every capture, and says the same as long as none is new. */
	if (rc >= 0 && read->captures > 0)
		rc = ll_cli_print_rows(stdout, "  ", ledger, "sql/reports/run/beside.sql", err);
	return rc;
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
	return rc == LL_OK ? say_outcome(cli, shown, read, judged, err) : rc;
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
