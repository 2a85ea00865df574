/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_doctor.c - leakledger doctor: is everything there that a good judgment needs?
 *
 * A line for each thing: "ok", "note" (worth knowing), "bad" (mend it), and what to do.
 */
#include "cli.h"

#include <leakledger/units.h>

#include <inttypes.h>
#include <sys/statvfs.h>
#include <unistd.h>

static const int64_t stale_ns = 3 * LL_NS_PER_DAY;
static const int64_t least_free_bytes = INT64_C(64) * 1024 * 1024;

struct doctor {
	struct ll_cli *cli;
	size_t bad;
};

static void tell(struct doctor *doctor, const char *word, const char *format, ...) LL_PRINTF(3, 4);
static void tell(struct doctor *doctor, const char *word, const char *format, ...)
{
	struct ll_buf line, plain;
	char text[4096];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	ll_buf_init(&line, LL_BUF_MESSAGE);
	ll_buf_init(&plain, LL_BUF_MESSAGE);
	ll_buf_puts(&line, text);
	ll_text_plain(&plain, ll_buf_str(&line));
	(void)printf("%-5s %.*s\n", word, LL_STR_ARG(ll_buf_str(&plain)));
	doctor->bad += strcmp(word, "bad") == 0;
	ll_buf_done(&plain);
	ll_buf_done(&line);
}

/* ---------------------------------------------------------------- surroundings */

static void look_at_config(struct doctor *doctor)
{
	const struct ll_settings *const settings = &doctor->cli->settings;
	const char *const path = settings->config ? settings->config : "leakledger.conf";
	size_t limits = 0;
	const struct ll_service_settings *const services = settings->services.items;

	for (size_t i = 0; i < settings->services.count; i++)
		limits += services[i].limit_bytes > 0;
	if (access(path, R_OK) != 0)
		tell(doctor, "note",
		     "no configuration; [service \"*\"] with 'limit = 2GiB' tells when "
		     "memory runs out, unless captures of the container do");
	else
		tell(doctor, "ok",
		     "configuration '%s': %zu services, %zu with a limit, %zu suppressions, "
		     "%zu patterns of what is ignored",
		     path, settings->services.count, limits, settings->suppressions.count,
		     settings->ignores.count);
}

/* The directory must hold the ledger once more when it is written anew. */
static void look_at_disk(struct doctor *doctor, int64_t ledger_bytes)
{
	const char *const ledger = ll_cli_ledger(doctor->cli);
	const char *const slash = strrchr(ledger, '/');
	const char *const directory =
		slash ? ll_arena_printf(&doctor->cli->arena, "%.*s",
	                                (int)(slash == ledger ? 1 : slash - ledger), ledger)
		      : ".";
	char free_text[LL_UNIT_TEXT], ledger_text[LL_UNIT_TEXT];
	struct statvfs info;
	int64_t free_bytes;

	if (statvfs(directory, &info) != 0) {
		tell(doctor, "bad", "cannot look at '%s'", directory);
		return;
	}
	free_bytes = (int64_t)info.f_bavail * (int64_t)info.f_frsize;
	(void)ll_format_bytes(free_bytes, free_text);
	(void)ll_format_bytes(ledger_bytes, ledger_text);
	if (access(directory, W_OK) != 0)
		tell(doctor, "note", "'%s' cannot be written: the ledger can only be read here",
		     directory);
	if (free_bytes < 2 * ledger_bytes || free_bytes < least_free_bytes)
		tell(doctor, "bad",
		     "%s are free in '%s', the ledger has %s: make room, or 'leakledger "
		     "prune --keep 90d'",
		     free_text, directory, ledger_text);
	else
		tell(doctor, "ok", "%s are free in '%s', the ledger has %s", free_text, directory,
		     ledger_text);
}

static void look_at_clock(struct doctor *doctor, int64_t newest_ns)
{
	const int64_t now_ns = doctor->cli->now_ns;
	char age[LL_UNIT_TEXT], when[LL_UNIT_TEXT];

	(void)ll_format_time(newest_ns, when);
	if (newest_ns > now_ns + LL_NS_PER_HOUR)
		tell(doctor, "bad",
		     "the newest capture is of %s, in the future: is a clock wrong, here "
		     "or there?",
		     when);
	else if (newest_ns < now_ns - stale_ns)
		tell(doctor, "note",
		     "the newest capture is of %s, %s ago: does the collector still run?", when,
		     ll_format_duration(now_ns - newest_ns, age));
	else
		tell(doctor, "ok", "the newest capture is of %s", when);
}

/* ---------------------------------------------------------------------- ledger */

static void look_at_numbers(struct doctor *doctor, const struct ll_stmt *row)
{
	const int64_t captures = ll_stmt_i64(row, 1), rejected = ll_stmt_i64(row, 2);
	char free_text[LL_UNIT_TEXT];

	tell(doctor, "ok", "leakledger %s, schema %" PRId64 ", SQLite %.*s", LL_VERSION,
	     ll_stmt_i64(row, 11), LL_STR_ARG(ll_stmt_text(row, 12)));
	if (captures == 0)
		tell(doctor, "bad", "no capture: 'leakledger ingest CAPTURES' reads them");
	else
		tell(doctor, "ok",
		     "%" PRId64 " captures of %" PRId64 " services, %" PRId64 " left out", captures,
		     ll_stmt_i64(row, 0), ll_stmt_i64(row, 3));
	if (rejected > 0)
		tell(doctor, "note", "%" PRId64 " files rejected: 'leakledger captures' says why",
		     rejected);
	if (ll_stmt_i64(row, 4) > 0)
		tell(doctor, "note", "%" PRId64 " captures are of what the configuration ignores",
		     ll_stmt_i64(row, 4));
	if (ll_stmt_i64(row, 5) > 0)
		tell(doctor, "note",
		     "%" PRId64 " services have news that are not judged: 'leakledger "
		     "analyze'",
		     ll_stmt_i64(row, 5));
	if (ll_stmt_i64(row, 7) > 0)
		tell(doctor, "note",
		     "%" PRId64 " captures have no time: put it into their names "
		     "(heap-1795223187.pb.gz)",
		     ll_stmt_i64(row, 7));
	if (ll_stmt_i64(row, 8) > 0)
		tell(doctor, "note",
		     "the collector forces collections (?gc=1): leave that out, for it "
		     "changes what it measures");
	if (ll_stmt_i64(row, 10) > ll_stmt_i64(row, 9) / 2)
		tell(doctor, "note",
		     "%s of the file are unused: 'leakledger prune' gives them back",
		     ll_format_bytes(ll_stmt_i64(row, 10), free_text));
}

static int look_at_ledger(struct doctor *doctor, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/reports/doctor/ledger.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc <= 0)
		return rc;
	look_at_numbers(doctor, stmt);
	look_at_disk(doctor, ll_stmt_i64(stmt, 9));
	if (!ll_stmt_is_null(stmt, 6))
		look_at_clock(doctor, ll_stmt_i64(stmt, 6));
	return LL_OK;
}

static int look_at_services(struct doctor *doctor, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/reports/doctor/services.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_str lacks = ll_stmt_text(stmt, 3);

		tell(doctor, lacks.size > 0 ? "note" : "ok", "%.*s: %.*s; %.*s",
		     LL_STR_ARG(ll_stmt_text(stmt, 0)), LL_STR_ARG(ll_stmt_text(stmt, 1)),
		     LL_STR_ARG(ll_stmt_text(stmt, 2)));
		while (lacks.size > 0) {
			const struct ll_str line = ll_str_split(&lacks, '\n');

			tell(doctor, "", "  %.*s", LL_STR_ARG(line));
		}
	}
	return rc;
}

static int look_at_names(struct doctor *doctor, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/reports/run/beside.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		tell(doctor, "note", "%.*s", LL_STR_ARG(ll_stmt_text(stmt, 0)));
	return rc;
}

static enum ll_exit run_doctor(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct doctor doctor = {.cli = cli};
	struct ll_error err = LL_ERROR_INIT;

	if (ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    look_at_ledger(&doctor, ledger, &err) < 0)
		return ll_cli_fail(&err);
	look_at_config(&doctor);
	if (look_at_services(&doctor, ledger, &err) < 0 || look_at_names(&doctor, ledger, &err) < 0)
		return ll_cli_fail(&err);
	if (doctor.bad == 0)
		return LL_EXIT_DONE;
	ll_cli_say(cli, "%zu to mend", doctor.bad);
	return LL_EXIT_GATE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER, LL_OPTION_CONFIG, LL_OPTION_RESOURCES,
	LL_OPTION_QUIET,  LL_OPTION_HELP,   LL_OPTION_END,
};

const struct ll_command ll_command_doctor = {
	.name = "doctor",
	.usage = "[-d LEDGER]",
	.summary = "say what is captured, what is missing, and what to mend",
	.description =
		"A line for each thing, with a word: ok, note (worth knowing), bad (mend it). Versions,\n"
		"captures, disk, clock, configuration; then, for each service, what is captured of it,\n"
		"and which layers of the judgment lack what. With something bad it ends with 1.",
	.examples = "  leakledger doctor\n"
		    "  leakledger doctor -d /var/lib/leakledger/ledger.db | grep -v '^ok'\n",
	.options = options,
	.max_arguments = 0,
	.run = run_doctor,
};
