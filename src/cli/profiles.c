/* SPDX-License-Identifier: Apache-2.0 */
/* profiles.c - see profiles.h. */
#include "profiles.h"

#include <leakledger/file.h>

#include <unistd.h>

void ll_cli_captures_done(struct ll_cli_captures *captures)
{
	ll_ledger_close(captures->ledger);
}

static enum ll_kind kind_of(const struct ll_cli *cli)
{
	for (int kind = 0; cli->settings.kind && kind < LL_KIND_COUNT; kind++) {
		if (strcmp(ll_kind_name((enum ll_kind)kind), cli->settings.kind) == 0)
			return (enum ll_kind)kind;
	}
	return LL_KIND_COUNT;
}

static int open_ledger(struct ll_cli_captures *captures, struct ll_error *err)
{
	if (captures->ledger)
		return LL_OK;
	return ll_cli_open(captures->cli, LL_LEDGER_READ, &captures->ledger, err);
}

/* A capture that no ledger has redacted is redacted while it is read. */
static int add_file(struct ll_cli_captures *captures, const char *path, struct ll_profile *profile,
                    struct ll_error *err)
{
	const int rc = ll_cli_redactor(captures->cli, err);

	profile->redactor = captures->cli->redactor;
	return rc < 0 ? rc : ll_profile_add_file(profile, path, kind_of(captures->cli), err);
}

int ll_cli_add_named(struct ll_cli_captures *captures, const char *name, struct ll_profile *profile,
                     struct ll_error *err)
{
	struct ll_profile_choice choice = {
		.kind = kind_of(captures->cli),
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
		.at_ns = LL_TIME_NONE,
	};
	int rc;

	if (strcmp(name, "-") == 0 || access(name, F_OK) == 0)
		return add_file(captures, name, profile, err);
	rc = open_ledger(captures, err);
	if (rc == LL_E_NOTFOUND)
		return ll_fail(err, LL_E_NOTFOUND,
		               "no file '%s', and no ledger at '%s' that knows it", name,
		               ll_cli_ledger(captures->cli));
	choice.capture = ll_cli_alias(captures->cli, name);
	return rc < 0 ? rc : ll_profile_add_ledger(profile, captures->ledger, &choice, err);
}

int ll_cli_add_chosen(struct ll_cli_captures *captures, int64_t at_ns, struct ll_profile *profile,
                      struct ll_error *err)
{
	const struct ll_settings *const settings = &captures->cli->settings;
	const bool has_time = at_ns != LL_TIME_NONE;
	const struct ll_profile_choice choice = {
		.service = settings->service,
		.instance = settings->instance,
		.kind = kind_of(captures->cli),
		.since_ns = has_time ? LL_TIME_NONE : settings->since_ns,
		.until_ns = has_time ? LL_TIME_NONE : settings->until_ns,
		.at_ns = at_ns,
	};
	const int rc = open_ledger(captures, err);

	return rc < 0 ? rc : ll_profile_add_ledger(profile, captures->ledger, &choice, err);
}

struct ll_tree_options ll_cli_tree_options(const struct ll_cli *cli)
{
	return (struct ll_tree_options){
		.sample_type = cli->settings.sample_type,
		.focus = cli->settings.focus,
		.ignore = cli->settings.ignore,
		.hide = cli->settings.hide,
		.tag_root = cli->settings.tag_root,
		.own_only = cli->settings.own,
	};
}

void ll_cli_say_notes(const struct ll_cli *cli, const struct ll_profile *profile)
{
	const struct ll_profile_source *const sources = profile->sources.items;

	for (size_t i = 0; i < profile->sources.count; i++) {
		struct ll_buf plain;

		if (sources[i].notes == 0)
			continue;
		ll_buf_init(&plain, LL_BUF_MESSAGE);
		ll_buf_puts(&plain, "'");
		ll_text_plain(&plain, sources[i].name);
		ll_buf_puts(&plain, "': ");
		ll_text_plain(&plain, sources[i].remark);
		if (sources[i].notes > 1)
			ll_buf_printf(&plain, " (and %zu more)", sources[i].notes - 1);
		ll_cli_say(cli, "%s", plain.data);
		ll_buf_done(&plain);
	}
	if (profile->passed_over > 0)
		ll_cli_say(cli,
		           "%zu captures of another kind than %s were passed over; --kind chooses",
		           profile->passed_over, ll_kind_name(profile->kind));
}

enum ll_exit ll_cli_fail_captures(const struct ll_cli *cli, const struct ll_error *err)
{
	const enum ll_exit code = ll_cli_fail_printing(cli, err);

	return err->code == LL_E_FORMAT ? LL_EXIT_NOTHING_USABLE : code;
}

int ll_cli_put_result(struct ll_cli *cli, struct ll_str bytes, struct ll_error *err)
{
	const struct ll_output out = ll_cli_stdout(cli);

	if (cli->settings.out_file && strcmp(cli->settings.out_file, "-") != 0)
		return ll_file_write(cli->settings.out_file, bytes, NULL, err);
	return out.put(out.self, bytes, err);
}
