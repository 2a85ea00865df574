/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_flame.c - leakledger flame: captures as a picture, or as files of other tools. */
#include "profiles.h"

enum {
	RESULT_MAX = 1024 * 1024 * 1024,
};

struct flame {
	struct ll_cli *cli;
	struct ll_cli_captures captures;
	struct ll_profile *newer, *older; /* `older` NULL: no difference */
	struct ll_tree *tree;
	struct ll_buf out;
};

static void flame_done(struct flame *flame)
{
	ll_tree_free(flame->tree);
	ll_profile_free(flame->newer);
	ll_profile_free(flame->older);
	ll_cli_captures_done(&flame->captures);
	ll_buf_done(&flame->out);
}

/* ----------------------------------------------------------------------- formats */

static int put_svg(struct flame *flame, const struct ll_flame_file *file, struct ll_error *err)
{
	return ll_write_flame_svg(file, &flame->out, err);
}

static int put_html(struct flame *flame, const struct ll_flame_file *file, struct ll_error *err)
{
	return ll_write_flame_html(file, &flame->out, err);
}

static int put_folded(struct flame *flame, const struct ll_flame_file *file, struct ll_error *err)
{
	return ll_write_folded(file->tree, &flame->out, err);
}

static int put_speedscope(struct flame *flame, const struct ll_flame_file *file,
                          struct ll_error *err)
{
	const struct ll_str title =
		ll_profile_describe(file->newer, file->older, &flame->cli->arena);

	return ll_write_speedscope(file->tree, title, LL_VERSION, &flame->out, err);
}

static int put_pprof(struct flame *flame, const struct ll_flame_file *file, struct ll_error *err)
{
	const struct ll_tree_options options = ll_cli_tree_options(flame->cli);

	return ll_write_pprof(file->newer, file->older, &options, &flame->out, err);
}

/* The first name is the one of --format; a file's name may end with any of the others. */
static const struct format {
	const char *name, *ending, *other_ending;
	bool is_text; /* may go to a terminal */
	int (*put)(struct flame *flame, const struct ll_flame_file *file, struct ll_error *err);
} formats[] = {
	{"svg", ".svg", ".svg", false, put_svg},
	{"html", ".html", ".htm", false, put_html},
	{"folded", ".folded", ".txt", true, put_folded},
	{"speedscope", ".json", ".speedscope", false, put_speedscope},
	{"pprof", ".pb.gz", ".pprof", false, put_pprof},
};

static const struct format *find_format(const struct ll_cli *cli)
{
	const struct ll_str file = ll_str(cli->settings.out_file);

	for (size_t i = 0; i < LL_COUNT(formats); i++) {
		if (cli->settings.format && strcmp(cli->settings.format, formats[i].name) == 0)
			return &formats[i];
	}
	for (size_t i = 0; i < LL_COUNT(formats); i++) {
		if (ll_str_ends(file, formats[i].ending) ||
		    ll_str_ends(file, formats[i].other_ending))
			return &formats[i];
	}
	return &formats[0];
}

/* ---------------------------------------------------------------------- captures */

static int check(const struct ll_cli *cli, const struct format *format, struct ll_error *err)
{
	const struct ll_settings *const settings = &cli->settings;
	const bool has_window =
		settings->since_ns != LL_TIME_NONE || settings->until_ns != LL_TIME_NONE;

	if (settings->at_ns != LL_TIME_NONE && has_window)
		return ll_fail(err, LL_E_USAGE,
		               "--at takes one capture of each instance, --since and --until add "
		               "all up: give one or the other");
	if (cli->arguments.count > 0 && (has_window || settings->at_ns != LL_TIME_NONE ||
	                                 settings->service || settings->instance))
		return ll_fail(err, LL_E_USAGE,
		               "captures that are named need no --service, "
		               "--instance or time");
	if (!settings->out_file && !format->is_text && cli->is_out_terminal)
		return ll_fail(err, LL_E_USAGE, "%s is not for a terminal: name a file with -o",
		               format->name);
	return LL_OK;
}

static int add_newer(struct flame *flame, struct ll_error *err)
{
	int rc = LL_OK;

	if (flame->cli->arguments.count == 0)
		return ll_cli_add_chosen(&flame->captures, flame->cli->settings.at_ns, flame->newer,
		                         err);
	for (size_t i = 0; rc == LL_OK && i < flame->cli->arguments.count; i++)
		rc = ll_cli_add_named(&flame->captures, ll_cli_argument(flame->cli, i),
		                      flame->newer, err);
	return rc;
}

/* A time means the same choice then; everything else is the name of a capture. */
static int add_older(struct flame *flame, struct ll_error *err)
{
	const char *const name = flame->cli->settings.older;
	int64_t at_ns, age_ns;
	bool has_zone;

	if (flame->cli->arguments.count > 0)
		return ll_cli_add_named(&flame->captures, name, flame->older, err);
	if (ll_parse_time(ll_str(name), &at_ns, &has_zone))
		return ll_cli_add_chosen(&flame->captures, at_ns, flame->older, err);
	if (ll_parse_duration(ll_str(name), &age_ns))
		return ll_cli_add_chosen(&flame->captures, flame->cli->now_ns - age_ns,
		                         flame->older, err);
	return ll_cli_add_named(&flame->captures, name, flame->older, err);
}

static int gather(struct flame *flame, struct ll_error *err)
{
	const struct ll_tree_options options = ll_cli_tree_options(flame->cli);
	int rc;

	flame->newer = ll_profile_new();
	rc = add_newer(flame, err);
	if (rc == LL_OK && flame->cli->settings.older) {
		flame->older = ll_profile_new();
		rc = add_older(flame, err);
	}
	if (rc == LL_OK && flame->older && flame->older->kind != flame->newer->kind)
		rc = ll_fail(err, LL_E_USAGE, "a %s has no difference to a %s",
		             ll_kind_title(flame->newer->kind), ll_kind_title(flame->older->kind));
	if (rc == LL_OK)
		rc = ll_tree_make(flame->newer, flame->older, &options, &flame->tree, err);
	return rc;
}

static enum ll_exit run_flame(struct ll_cli *cli)
{
	struct flame flame LL_CLEANUP(flame_done) = {.cli = cli, .captures = {.cli = cli}};
	const struct format *const format = find_format(cli);
	struct ll_flame_file file = {
		.resources = cli->resources,
		.version = LL_VERSION,
		.most_boxes = (size_t)cli->settings.boxes,
	};
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&flame.out, RESULT_MAX);
	if (check(cli, format, &err) < 0 || gather(&flame, &err) < 0)
		return ll_cli_fail_captures(cli, &err);
	ll_cli_say_notes(cli, flame.newer);
	if (flame.tree->nodes.count < 2)
		ll_cli_say(cli, "no sample is left");
	file.redactor = cli->redactor;
	file.tree = flame.tree;
	file.newer = flame.newer;
	file.older = flame.older;
	if (format->put(&flame, &file, &err) < 0)
		return ll_cli_fail(&err);
	if (ll_cli_put_result(cli, ll_buf_str(&flame.out), &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,  LL_OPTION_OUT_FILE,   LL_OPTION_FORMAT_FLAME, LL_OPTION_DIFF,
	LL_OPTION_SERVICE, LL_OPTION_INSTANCE,   LL_OPTION_KIND,         LL_OPTION_AT,
	LL_OPTION_SINCE,   LL_OPTION_UNTIL,      LL_OPTION_SAMPLE_TYPE,  LL_OPTION_FOCUS,
	LL_OPTION_IGNORE,  LL_OPTION_HIDE,       LL_OPTION_OWN,          LL_OPTION_TAG_ROOT,
	LL_OPTION_BOXES,   LL_OPTION_CONFIG,     LL_OPTION_RESOURCES,    LL_OPTION_QUIET,
	LL_OPTION_REDACT,  LL_OPTION_REDACT_KEY, LL_OPTION_HELP,         LL_OPTION_END,
};

const struct ll_command ll_command_flame = {
	.name = "flame",
	.usage = "[CAPTURE...] [--diff OLDER] [-o FILE]",
	.summary = "a flame graph of captures, or of a difference",
	.description =
		"Captures are files, paths or hashes that 'leakledger captures' lists, or, without any,\n"
		"what --service, --instance, --kind and a time choose of the ledger: the newest capture of\n"
		"each instance, or with --since or --until all in between. Several are added up.\n"
		"The picture has callers above and what they call below; it needs no script, and with one\n"
		"it can be zoomed and searched. A difference is as wide as the newer side; the page lists\n"
		"what vanished. Goroutines stand below what they wait for.",
	.examples = "  leakledger flame heap.pb.gz -o heap.html\n"
		    "  leakledger flame after.pb.gz --diff before.pb.gz -o grown.svg\n"
		    "  leakledger flame --service checkout-api --diff 7d -o week.html\n"
		    "  leakledger flame goroutines.txt --own --format folded | sort -rnk2 | head\n",
	.options = options,
	.min_arguments = 0,
	.max_arguments = -1,
	.run = run_flame,
};
