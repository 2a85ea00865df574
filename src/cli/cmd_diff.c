/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_diff.c - leakledger diff OLDER NEWER [MORE...]: versions of a profile, or of benchmarks. */
#include "profiles.h"

#include <leakledger/bench.h>
#include <leakledger/redact.h>

#include <unistd.h>

enum {
	RESULT_MAX = 1024 * 1024 * 1024,
	ROWS_SHOWN = 20, /* of each table, unless --verbose */
};

struct diff {
	struct ll_cli *cli;
	struct ll_cli_captures captures;
	struct ll_profile **versions; /* the oldest first */
	size_t count;
	struct ll_compare *compare;
	struct ll_buf out;
};

static void diff_done(struct diff *diff)
{
	for (size_t i = 0; diff->versions && i < diff->count; i++)
		ll_profile_free(diff->versions[i]);
	free(diff->versions);
	ll_compare_free(diff->compare);
	ll_cli_captures_done(&diff->captures);
	ll_buf_done(&diff->out);
}

/* -------------------------------------------------------------------- benchmarks */

static bool is_benchmark(const char *path)
{
	LL_CLEANUP(ll_bench_freep) struct ll_bench *bench = ll_bench_new();
	struct ll_error ignored = LL_ERROR_INIT;

	return access(path, F_OK) == 0 &&
	       ll_bench_add_file(bench, LL_BENCH_OLDER, path, &ignored) == LL_OK;
}

static int diff_benchmarks(struct ll_cli *cli, const char *format, struct ll_error *err)
{
	static const char *const every[] = {"ns/op", "MB/s"};
	const struct ll_gate_options options = {
		.format = format,
		.units = every,
		.unit_count = LL_COUNT(every),
		.least_effect = -1,
	};
	struct ll_gate_result ignored;
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct ll_output out;
	int rc;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	out = ll_output_to_buf(&bytes);
	if (cli->arguments.count != 2)
		return ll_fail(err, LL_E_USAGE, "benchmarks are compared two and two");
	if (ll_redact_level(cli->settings.redact) != LL_REDACT_NONE)
		return ll_fail(err, LL_E_USAGE, "results of benchmarks are not redacted");
	if (strcmp(format, "text") != 0 && strcmp(format, "md") != 0)
		return ll_fail(err, LL_E_USAGE, "benchmarks are compared as text or md");
	rc = ll_gate_bench(ll_cli_argument(cli, 0), ll_cli_argument(cli, 1), &options, &out,
	                   &ignored, err);
	return rc < 0 ? rc : ll_cli_put_result(cli, ll_buf_str(&bytes), err);
}

/* ---------------------------------------------------------------------- profiles */

static int load(struct diff *diff, struct ll_error *err)
{
	const struct ll_tree_options options = ll_cli_tree_options(diff->cli);
	const struct ll_profile **borrowed;
	int rc = LL_OK;

	diff->versions = ll_calloc(diff->count, sizeof(struct ll_profile *));
	for (size_t i = 0; rc == LL_OK && i < diff->count; i++) {
		diff->versions[i] = ll_profile_new();
		rc = ll_cli_add_named(&diff->captures, ll_cli_argument(diff->cli, i),
		                      diff->versions[i], err);
		ll_cli_say_notes(diff->cli, diff->versions[i]);
	}
	if (rc < 0)
		return rc;
	borrowed = ll_calloc(diff->count, sizeof *borrowed);
	for (size_t i = 0; i < diff->count; i++)
		borrowed[i] = diff->versions[i];
	rc = ll_compare_make(borrowed, diff->count, &options, &diff->compare, err);
	free(borrowed);
	return rc;
}

/* The oldest against the newest, as a tree. */
static int put_tree(struct diff *diff, const char *format, struct ll_error *err)
{
	const struct ll_tree_options options = ll_cli_tree_options(diff->cli);
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = NULL;
	struct ll_flame_file file = {
		.newer = diff->versions[diff->count - 1],
		.older = diff->versions[0],
		.resources = diff->cli->resources,
		.version = LL_VERSION,
		.compare = diff->compare,
		.redactor = diff->cli->redactor,
	};
	const int rc = ll_tree_make(file.newer, file.older, &options, &tree, err);

	if (rc < 0)
		return rc;
	file.tree = tree;
	if (strcmp(format, "folded") == 0)
		return ll_write_folded(tree, &diff->out, err);
	return ll_write_flame_html(&file, &diff->out, err);
}

static int put_profiles(struct diff *diff, const char *format, struct ll_error *err)
{
	const struct ll_compare_options options = {
		.format = format,
		.increments = diff->cli->settings.increments,
		.most_rows = diff->cli->settings.verbose > 0 ? 0 : ROWS_SHOWN,
		.version = LL_VERSION,
	};
	int rc = load(diff, err);

	if (rc < 0)
		return rc;
	if (strcmp(format, "html") == 0 || strcmp(format, "folded") == 0)
		rc = put_tree(diff, format, err);
	else
		rc = ll_write_compare(diff->compare, &options, &diff->out, err);
	return rc < 0 ? rc : ll_cli_put_result(diff->cli, ll_buf_str(&diff->out), err);
}

static enum ll_exit run_diff(struct ll_cli *cli)
{
	struct diff diff LL_CLEANUP(diff_done) = {
		.cli = cli,
		.captures = {.cli = cli},
		.count = cli->arguments.count,
	};
	const char *const format = ll_cli_format(cli, "text");
	struct ll_error err = LL_ERROR_INIT;
	int rc;

	ll_buf_init(&diff.out, RESULT_MAX);
	if (is_benchmark(ll_cli_argument(cli, 0)))
		rc = diff_benchmarks(cli, format, &err);
	else
		rc = put_profiles(&diff, format, &err);
	return rc < 0 ? ll_cli_fail_captures(cli, &err) : LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,  LL_OPTION_OUT_FILE,    LL_OPTION_FORMAT_DIFF, LL_OPTION_INCREMENTS,
	LL_OPTION_KIND,    LL_OPTION_SAMPLE_TYPE, LL_OPTION_FOCUS,       LL_OPTION_IGNORE,
	LL_OPTION_HIDE,    LL_OPTION_OWN,         LL_OPTION_CONFIG,      LL_OPTION_RESOURCES,
	LL_OPTION_VERBOSE, LL_OPTION_QUIET,       LL_OPTION_REDACT,      LL_OPTION_REDACT_KEY,
	LL_OPTION_HELP,    LL_OPTION_END,
};

const struct ll_command ll_command_diff = {
	.name = "diff",
	.usage = "OLDER NEWER [MORE...] [--format FORMAT]",
	.summary = "what changed between captures, or between benchmark results",
	.description =
		"Captures are files, or paths or hashes that 'leakledger captures' lists; the oldest\n"
		"first. Of profiles it shows, by function and by line, what each version has, the change\n"
		"from the first to the last, and how much of it sampling alone may be: '~' is a change\n"
		"that it explains. A place is the line of your own code that is nearest, with the\n"
		"libraries below it; goroutines are told apart by what they wait for, too.\n"
		"Of two files of benchmark results it shows medians, the change, and the chance that\n"
		"results which do not differ look like this (Mann and Whitney).",
	.examples = "  leakledger diff before.pb.gz after.pb.gz\n"
		    "  leakledger diff mon.pb.gz tue.pb.gz wed.pb.gz --increments\n"
		    "  leakledger diff before.txt after.txt --format html -o grown.html\n"
		    "  leakledger diff old-bench.txt new-bench.txt\n",
	.options = options,
	.min_arguments = 2,
	.max_arguments = -1,
	.run = run_diff,
};
