/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_postmortem.c - leakledger postmortem [SERVICE]: why a process was killed.
 *
 * One kill, or one that --at chooses, is a page. Several are a list, and a page each beside it.
 */
#include "analyze.h"
#include "ingest.h"

#include <leakledger/file.h>

#include <errno.h>
#include <unistd.h>

struct job {
	struct ll_cli *cli;
	struct ll_ledger *ledger;
	struct ll_postmortem *postmortem;
	const char *service;     /* or NULL */
	char *copy;              /* directory with a copy of a ledger that cannot be written */
	bool is_partly_rejected; /* something in the kernel's log was */
	const struct ll_incident_row *rows;
	size_t count;
	enum ll_postmortem_format format;
};

static void job_done(struct job *job)
{
	ll_postmortem_free(job->postmortem);
	ll_ledger_close(job->ledger);
	if (job->copy)
		ll_ledger_remove(job->copy);
}

/* ---------------------------------------------------------------------- kernel's log */

/* From now on the command works on a copy, which only it sees. */
static int copy_ledger(struct job *job, struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *original = NULL;
	struct ll_arena *const arena = &job->cli->arena;
	char *const directory = ll_arena_printf(arena, "%s/leakledger-XXXXXX", ll_cli_temporary());
	const char *path;
	int rc = ll_cli_open(job->cli, LL_LEDGER_READ, &original, err);

	if (rc < 0)
		return rc;
	if (!mkdtemp(directory))
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'", directory);
	job->copy = directory;
	path = ll_arena_printf(arena, "%s/ledger.db", directory);
	rc = ll_ledger_copy(original, path, err);
	job->cli->settings.ledger = path;
	return rc;
}

static int open_for_log(struct job *job, struct ll_ledger **ret_ledger, struct ll_error *err)
{
	int rc = ll_cli_open_existing(job->cli, ret_ledger, err);

	if (rc != LL_E_CREATE && rc != LL_E_IO)
		return rc;
	ll_error_clear(err);
	ll_cli_say(job->cli, "'%s' cannot be written: the log goes into a copy of it",
	           ll_cli_ledger(job->cli));
	rc = copy_ledger(job, err);
	return rc < 0 ? rc : ll_cli_open_existing(job->cli, ret_ledger, err);
}

static int read_log(struct job *job, struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const char *const log = job->cli->settings.kernel_log;
	struct ll_ingest_result result = {.files = 0};
	int rc;

	if (!log)
		return LL_OK;
	if (access(log, R_OK) != 0)
		return ll_fail_errno(err, errno == ENOENT ? LL_E_NOTFOUND : LL_E_IO, errno,
		                     "cannot read '%s'", log);
	rc = open_for_log(job, &ledger, err);
	if (rc == LL_OK)
		rc = ll_cli_ingest_roots(job->cli, ledger, &log, 1, &result, err);
	if (rc < 0)
		return rc;
	job->is_partly_rejected = result.rejected > 0;
	return LL_OK;
}

/* ---------------------------------------------------------------------------- kills */

static int64_t distance(int64_t a, int64_t b)
{
	const uint64_t apart = a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b;

	return apart > INT64_MAX ? INT64_MAX : (int64_t)apart;
}

/* Leaves the kill nearest to --at; of two as near the newer one. */
static void choose(struct job *job)
{
	const int64_t at_ns = job->cli->settings.at_ns;
	const struct ll_incident_row *best = job->rows;
	char apart[LL_UNIT_TEXT];

	if (at_ns == LL_TIME_NONE || job->count == 0)
		return;
	for (size_t i = 1; i < job->count; i++) {
		if (distance(job->rows[i].incident.time_ns, at_ns) <
		    distance(best->incident.time_ns, at_ns))
			best = &job->rows[i];
	}
	job->rows = best;
	job->count = 1;
	if (distance(best->incident.time_ns, at_ns) > LL_NS_PER_HOUR)
		ll_cli_say(job->cli, "the nearest kill is %s away from that time",
		           ll_format_duration(distance(best->incident.time_ns, at_ns), apart));
}

static int find(struct job *job, struct ll_error *err)
{
	struct ll_postmortem_options options = {.version = LL_VERSION};
	int rc = ll_cli_open(job->cli, LL_LEDGER_READ, &job->ledger, err);

	/* A redacted ledger has other names for them. */
	job->service = ll_cli_alias(job->cli, job->service);
	options.limits = ll_cli_limits(job->cli);
	options.limit_count = job->cli->settings.services.count;
	if (rc == LL_OK)
		rc = ll_ledger_begin_read(job->ledger, err);
	if (rc == LL_OK)
		rc = ll_postmortem_new(job->ledger, &options, &job->postmortem, err);
	if (rc == LL_OK)
		rc = ll_postmortem_find(job->postmortem, job->service, &job->rows, &job->count,
		                        err);
	if (rc == LL_OK)
		choose(job);
	return rc;
}

/* ---------------------------------------------------------------------------- output */

static int write_file(const char *path, const struct ll_buf *bytes, struct ll_error *err)
{
	bool is_changed;

	return ll_file_write(path, ll_buf_str(bytes), &is_changed, err);
}

/* The named file without ".html" or ".json": pages of a list stand beside it under that name. */
static const char *base_of(struct job *job)
{
	const char *const out = job->cli->settings.out_file;
	const struct ll_str path = ll_str(out ? out : "");

	if (!out)
		return job->count == 1 ? job->rows[0].name : "leakledger-incidents";
	if (ll_str_ends(path, ".html") || ll_str_ends(path, ".json"))
		return ll_arena_str(&job->cli->arena, ll_str_first(path, path.size - 5)).data;
	return out;
}

static const char *file_of(struct job *job)
{
	return job->cli->settings.out_file
	               ? job->cli->settings.out_file
	               : ll_arena_printf(&job->cli->arena, "%s.html", base_of(job));
}

static const char *last_part(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Each kill in short, and its page where there are several. */
static int put_one(struct job *job, size_t index, struct ll_buf *text, struct ll_error *err)
{
	const struct ll_incident_row *const row = &job->rows[index];
	struct ll_buf page;
	int rc = ll_postmortem_make(job->postmortem, row, LL_POSTMORTEM_TEXT, text, err);

	if (rc < 0 || job->format != LL_POSTMORTEM_HTML)
		return rc;
	ll_buf_init(&page, LL_BUF_PAGE);
	rc = ll_postmortem_make(job->postmortem, row, LL_POSTMORTEM_HTML, &page, err);
	if (rc == LL_OK)
		rc = write_file(job->count == 1 ? file_of(job)
		                                : ll_arena_printf(&job->cli->arena, "%s-%s.html",
		                                                  base_of(job), row->name),
		                &page, err);
	ll_buf_done(&page);
	return rc;
}

static int put_list(struct job *job, struct ll_error *err)
{
	struct ll_buf page;
	int rc;

	if (job->count == 1 || job->format != LL_POSTMORTEM_HTML)
		return LL_OK;
	ll_buf_init(&page, LL_BUF_PAGE);
	rc = ll_postmortem_index(
		job->postmortem, job->service ? job->rows[0].incident.service_id : 0,
		ll_arena_printf(&job->cli->arena, "%s-", last_part(base_of(job))), &page, err);
	if (rc == LL_OK)
		rc = write_file(file_of(job), &page, err);
	ll_buf_done(&page);
	return rc;
}

static int put_text(struct job *job, struct ll_error *err)
{
	const struct ll_output out = ll_cli_stdout(job->cli);
	struct ll_buf text;
	int rc = LL_OK;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; rc == LL_OK && i < job->count; i++)
		rc = put_one(job, i, &text, err);
	if (rc == LL_OK)
		rc = put_list(job, err);
	if (rc == LL_OK && job->format == LL_POSTMORTEM_HTML)
		ll_buf_printf(&text, "%s\n", file_of(job));
	if (rc == LL_OK && !job->cli->settings.quiet)
		rc = out.put(out.self, ll_buf_str(&text), err);
	ll_buf_done(&text);
	return rc;
}

/* One object, or an array of them. */
static int put_json(struct job *job, struct ll_error *err)
{
	const struct ll_output out = ll_cli_stdout(job->cli);
	struct ll_buf json;
	int rc = LL_OK;

	ll_buf_init(&json, LL_BUF_PAGE);
	for (size_t i = 0; rc == LL_OK && i < job->count; i++) {
		ll_buf_puts(&json, job->count == 1 ? "" : i == 0 ? "[" : ",");
		rc = ll_postmortem_make(job->postmortem, &job->rows[i], LL_POSTMORTEM_JSON, &json,
		                        err);
	}
	if (job->count != 1)
		ll_buf_puts(&json, "]\n");
	if (rc == LL_OK)
		rc = job->cli->settings.out_file
		             ? write_file(job->cli->settings.out_file, &json, err)
		             : out.put(out.self, ll_buf_str(&json), err);
	ll_buf_done(&json);
	return rc;
}

/* Kills that are there, but of nothing that was captured, are named. */
static void say_strangers(const struct job *job)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf names;

	if (ll_stmt_resource(job->ledger, "sql/reports/postmortem/strangers.sql", &stmt, &err) <
	            0 ||
	    ll_stmt_step(stmt, &err) <= 0 || ll_stmt_i64(stmt, 0) == 0)
		return;
	ll_buf_init(&names, LL_BUF_MESSAGE);
	ll_text_plain(&names, ll_stmt_text(stmt, 1));
	(void)fprintf(stderr, "leakledger: kills of processes of no captured service: %lld",
	              (long long)ll_stmt_i64(stmt, 0));
	/* A state that was cut out names nobody. */
	if (names.size > 0)
		(void)fprintf(stderr, " (%.*s)", LL_STR_ARG(ll_buf_str(&names)));
	(void)fputc('\n', stderr);
	ll_buf_done(&names);
}

static enum ll_exit no_kill(const struct job *job)
{
	if (job->service)
		(void)fprintf(stderr, "leakledger: no kill of '%s' is in '%s'", job->service,
		              ll_cli_ledger(job->cli));
	else
		(void)fprintf(stderr, "leakledger: no kill is in '%s'", ll_cli_ledger(job->cli));
	(void)fprintf(stderr, "; --kernel-log FILE reads the log of a kernel\n");
	say_strangers(job);
	return LL_EXIT_NOTHING_USABLE;
}

static enum ll_postmortem_format format_of(const char *name)
{
	if (name && strcmp(name, "json") == 0)
		return LL_POSTMORTEM_JSON;
	return name && strcmp(name, "text") == 0 ? LL_POSTMORTEM_TEXT : LL_POSTMORTEM_HTML;
}

static enum ll_exit run_postmortem(struct ll_cli *cli)
{
	struct job job LL_CLEANUP(job_done) = {
		.cli = cli,
		.service = ll_cli_argument(cli, 0),
		.format = format_of(cli->settings.format),
	};
	struct ll_error err = LL_ERROR_INIT;

	if (read_log(&job, &err) < 0 || find(&job, &err) < 0)
		return ll_cli_fail(&err);
	if (job.count == 0)
		return no_kill(&job);
	if ((job.format == LL_POSTMORTEM_JSON ? put_json : put_text)(&job, &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	return job.is_partly_rejected ? LL_EXIT_SOME_REJECTED : LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,
	LL_OPTION_AT_KILL,
	LL_OPTION_KERNEL_LOG,
	LL_OPTION_OUT_PAGE,
	LL_OPTION_FORMAT_POSTMORTEM,
	LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES,
	LL_OPTION_QUIET,
	LL_OPTION_REDACT,
	LL_OPTION_REDACT_KEY,
	LL_OPTION_HELP,
	LL_OPTION_END,
};

const struct ll_command ll_command_postmortem = {
	.name = "postmortem",
	.usage = "[SERVICE] [--at TIME] [--kernel-log FILE] [-d LEDGER] [-o FILE]",
	.summary = "why a process was killed for its memory",
	.description =
		"Kills are found by themselves: kernel logs, states of pods and containers, and counters\n"
		"of cgroups among the captures tell of them. The page says what died, when and at which\n"
		"limit; where the bytes were; which of four verdicts holds (slow leak, burst, limit too\n"
		"low, GOMEMLIMIT death spiral), by which numbers, and what speaks against the others; what\n"
		"grew, since when and with which build; what was not captured; and how early which rule\n"
		"would have warned. It is one file that needs no other.\n"
		"Of several kills --at chooses the nearest; without it there is a list, and a page each\n"
		"beside it. Without SERVICE the list is that of all services.\n"
		"--kernel-log reads a log into the ledger first; where that cannot be written, into a\n"
		"copy in TMPDIR that goes afterwards.",
	.examples = "  leakledger postmortem label-printer\n"
		    "  leakledger postmortem label-printer --at 2026-11-21T22:28Z -o kill.html\n"
		    "  leakledger postmortem --kernel-log /var/log/kern.log --format text\n",
	.options = options,
	.max_arguments = 1,
	.run = run_postmortem,
};
