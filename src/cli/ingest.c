/* SPDX-License-Identifier: Apache-2.0 */
/* ingest.c - see ingest.h. */
#include "ingest.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LIST_MAX = 1024 * 1024 * 1024, /* bytes of a list of files */
	COUNTED = LL_UNIT_TEXT + 16,
	LIST_CHUNK = 64 * 1024,
};

/* ---------------------------------------------------------------- list of files */

static int read_list(FILE *file, const char *name, struct ll_buf *list, struct ll_error *err)
{
	size_t got;

	do {
		char *const room = ll_buf_reserve(list, LIST_CHUNK);

		if (!room)
			return ll_fail(err, LL_E_LIMIT, "'%s' is larger than %zu bytes", name,
			               list->ceiling);
		got = fread(room, 1, LIST_CHUNK, file);
		ll_buf_commit(list, got);
	} while (got > 0);
	return ferror(file) ? ll_fail_errno(err, LL_E_IO, errno, "cannot read '%s'", name) : LL_OK;
}

/*
 * Names end with NUL where there is one: a name may hold anything else. Else with the line, of
 * Windows or not, and lines that begin with '#' or ';' are remarks, as in rsync's lists.
 */
static bool is_listed_name(struct ll_str *line, bool has_nul)
{
	if (has_nul)
		return line->size > 0;
	if (ll_str_ends(*line, "\r"))
		line->size--;
	return line->size > 0 && line->data[0] != '#' && line->data[0] != ';';
}

static void split_list(struct ll_cli *cli, struct ll_str list)
{
	const bool has_nul = ll_str_index(list, '\0') != SIZE_MAX;

	while (list.size > 0) {
		struct ll_str name = ll_str_split(&list, has_nul ? '\0' : '\n');

		if (is_listed_name(&name, has_nul))
			*(const char **)ll_vec_push(&cli->listed, sizeof(const char *)) =
				ll_arena_str(&cli->arena, name).data;
	}
}

/* A list may come through a pipe, as that of `--files-from <(find ...)` does. */
static int take_list(struct ll_cli *cli, struct ll_error *err)
{
	const char *const name = cli->settings.files_from;
	const bool is_stdin = name && strcmp(name, "-") == 0;
	struct ll_buf list;
	FILE *file;
	int rc;

	if (!name)
		return LL_OK;
	file = is_stdin ? stdin : fopen(name, "rb");
	if (!file)
		return ll_fail_errno(err, errno == ENOENT ? LL_E_NOTFOUND : LL_E_IO, errno,
		                     "cannot read '%s'", name);
	ll_buf_init(&list, LIST_MAX);
	rc = read_list(file, name, &list, err);
	if (rc == LL_OK)
		split_list(cli, ll_buf_str(&list));
	ll_buf_done(&list);
	if (!is_stdin)
		(void)fclose(file);
	return rc;
}

/* -------------------------------------------------------------------- arguments */

static int check_stdin(const struct ll_cli *cli, struct ll_error *err)
{
	const char *const list = cli->settings.files_from;

	if (list && strcmp(list, "-") == 0)
		return ll_fail(err, LL_E_USAGE,
		               "standard input cannot be a capture and the list of files");
	if (isatty(STDIN_FILENO))
		return ll_fail(err, LL_E_USAGE,
		               "standard input is a terminal; '-' reads a capture from a pipe");
	return LL_OK;
}

static int check_root(const struct ll_cli *cli, const char *root, struct ll_error *err)
{
	struct stat info;

	if (strcmp(root, "-") == 0)
		return check_stdin(cli, err);
	if (stat(root, &info) != 0)
		return ll_fail_errno(err, errno == ENOENT ? LL_E_NOTFOUND : LL_E_IO, errno,
		                     "cannot read '%s'", root);
	return LL_OK;
}

int ll_cli_ingest_check(struct ll_cli *cli, struct ll_error *err)
{
	int rc = LL_OK;

	if (cli->arguments.count == 0 && !cli->settings.files_from)
		return ll_cli_ask_arguments(cli, err);
	for (size_t i = 0; rc == LL_OK && i < cli->arguments.count; i++)
		rc = check_root(cli, ll_cli_argument(cli, i), err);
	return rc < 0 ? rc : take_list(cli, err);
}

/* "1 file", "2,000 files". */
static const char *counted(size_t count, const char *what, char out[COUNTED])
{
	char number[LL_UNIT_TEXT];

	(void)snprintf(out, COUNTED, "%s %s%s", ll_format_count((int64_t)count, number), what,
	               count == 1 ? "" : "s");
	return out;
}

static void say_result(const struct ll_cli *cli, const struct ll_ingest_result *result)
{
	char files[COUNTED], captures[COUNTED], rejected[COUNTED];

	if (result->new_files == 0)
		ll_cli_say(cli, "%s, nothing new", counted(result->files, "file", files));
	else
		ll_cli_say(cli, "%s, %s", counted(result->files, "file", files),
		           counted(result->captures, "new capture", captures));
	/* Cron mails what is printed: an exit code alone tells nobody which files are meant. */
	if (result->rejected > 0)
		ll_cli_tell(
			"%s %s something that is no capture; 'leakledger captures -d %s' says why",
			counted(result->rejected, "file", rejected),
			result->rejected == 1 ? "holds" : "hold", ll_cli_ledger(cli));
	else if (result->usable == 0)
		ll_cli_tell("nothing usable: %s in what was named, and no capture",
		            counted(result->files, "file", files));
}

int ll_cli_ingest_roots(struct ll_cli *cli, struct ll_ledger *ledger, const char *const *roots,
                        size_t count, struct ll_ingest_result *ret_result, struct ll_error *err)
{
	struct ll_bar bar;
	struct ll_progress progress;
	struct timespec now = {0};
	struct ll_ingest_options options = {
		.roots = roots,
		.root_count = count,
		.files = cli->listed.items,
		.file_count = cli->listed.count,
		.excludes = cli->settings.excludes.items,
		.exclude_count = cli->settings.excludes.count,
		.patterns = cli->settings.patterns.items,
		.pattern_count = cli->settings.patterns.count,
		.jobs = (size_t)cli->settings.jobs,
		.is_thorough = cli->settings.reread,
		.limits = ll_limits_default,
		.version = LL_VERSION,
		.progress = &progress,
		.skip_marker = LL_SITE_MANIFEST,
	};
	int rc;

	/* The clock that files are dated by, whatever the pages are to show. */
	if (clock_gettime(CLOCK_REALTIME, &now) == 0)
		options.now_ns = ll_time_from_timespec(now);
	ll_bar_init(&bar, cli);
	progress = ll_bar_progress(&bar);
	rc = ll_ingest(ledger, &options, ret_result, err);
	ll_bar_done(&bar);
	if (rc == LL_OK)
		say_result(cli, ret_result);
	return rc;
}

int ll_cli_ingest(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_ingest_result *ret_result,
                  struct ll_error *err)
{
	return ll_cli_ingest_roots(cli, ledger, cli->arguments.items, cli->arguments.count,
	                           ret_result, err);
}

enum ll_exit ll_cli_ingest_exit(const struct ll_ingest_result *result)
{
	if (result->usable == 0)
		return LL_EXIT_NOTHING_USABLE;
	return result->rejected > 0 ? LL_EXIT_SOME_REJECTED : LL_EXIT_DONE;
}
