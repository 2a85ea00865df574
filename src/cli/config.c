/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.c - leakledger.conf.
 *
 *     # comment
 *     ledger = /var/lib/leakledger/ledger.db
 *     pattern = {service}/{instance}/{kind}-{unixtime}
 *
 *     [service "checkout-*"]
 *     limit = 2GiB
 *     team = payments
 *
 * Keys before the first section are the long flags marked configurable in opt.c. An unknown key or
 * section is an error with its line, because a setting that silently does nothing is worse than
 * none.
 */
#include "cli.h"

#include <leakledger/file.h>
#include <leakledger/units.h>

enum {
	CONFIG_MAX = 1024 * 1024,
};

struct reader {
	const char *path;
	struct ll_arena *arena;
	struct ll_settings *settings;
	size_t line;
	struct ll_service_settings *service; /* of the section, or NULL before the first */
};

static int fail_at(const struct reader *reader, struct ll_error *err, const char *problem,
                   struct ll_str what, const char *suggestion)
{
	return ll_fail(err, LL_E_USAGE, "%s:%zu: %s '%.*s'%s", reader->path, reader->line, problem,
	               LL_STR_ARG(what), suggestion);
}

static const char *kept(const struct reader *reader, struct ll_str text)
{
	return ll_arena_str(reader->arena, text).data;
}

static int set_global(struct reader *reader, struct ll_str key, struct ll_str value,
                      struct ll_error *err)
{
	size_t count, named = 0;
	const struct ll_option *const all = ll_option_all(&count);
	const char *names[LL_OPTION_END];

	for (size_t i = 0; i < count; i++) {
		if (!all[i].is_configurable)
			continue;
		if (ll_str_equal(key, ll_str(all[i].name))) {
			const int rc = ll_option_set(&all[i], kept(reader, value), reader->arena,
			                             reader->settings, err);

			return rc < 0 ? ll_within(err, "%s:%zu", reader->path, reader->line) : rc;
		}
		names[named++] = all[i].name;
	}
	return fail_at(reader, err, "unknown key", key,
	               ll_suggest(reader->arena, kept(reader, key), names, named, ""));
}

static int set_service(struct reader *reader, struct ll_str key, struct ll_str value,
                       struct ll_error *err)
{
	static const char *const names[] = {"limit", "team"};

	if (ll_str_equal(key, ll_str("team"))) {
		reader->service->team = kept(reader, value);
		return LL_OK;
	}
	if (!ll_str_equal(key, ll_str("limit")))
		return fail_at(
			reader, err, "unknown key", key,
			ll_suggest(reader->arena, kept(reader, key), names, LL_COUNT(names), ""));
	if (!ll_parse_bytes(value, &reader->service->limit_bytes))
		return fail_at(reader, err, "no size:", value, "; try 512MiB or 2GiB");
	return LL_OK;
}

/* [service "name"] */
static int open_section(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	struct ll_str name = ll_str_trim(line);

	if (!ll_str_skip(&name, "[service") || !ll_str_ends(name, "]"))
		return fail_at(reader, err, "unknown section", line,
		               "; there is [service \"name\"]");
	name.size--;
	name = ll_str_trim(name);
	if (name.size < 3 || name.data[0] != '"' || name.data[name.size - 1] != '"')
		return fail_at(reader, err, "section without a quoted name:", line, "");
	reader->service = ll_vec_push(&reader->settings->services, sizeof *reader->service);
	reader->service->name = kept(reader, ll_str_n(name.data + 1, name.size - 2));
	reader->service->team = "";
	return LL_OK;
}

static int read_line(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	struct ll_str key, value;
	size_t equals;

	line = ll_str_trim(line);
	if (line.size == 0 || line.data[0] == '#' || line.data[0] == ';')
		return LL_OK;
	if (line.data[0] == '[')
		return open_section(reader, line, err);
	equals = ll_str_index(line, '=');
	if (equals == SIZE_MAX)
		return fail_at(reader, err, "neither 'key = value' nor a section:", line, "");
	key = ll_str_trim(ll_str_first(line, equals));
	value = ll_str_trim(ll_str_from(line, equals + 1));
	return reader->service ? set_service(reader, key, value, err)
	                       : set_global(reader, key, value, err);
}

int ll_config_read(const char *path, struct ll_arena *arena, struct ll_settings *settings,
                   struct ll_error *err)
{
	struct reader reader = {.path = path, .arena = arena, .settings = settings};
	struct ll_buf bytes;
	struct ll_str rest;
	int rc;

	ll_buf_init(&bytes, CONFIG_MAX);
	rc = ll_file_read(path, &bytes, err);
	if (rc < 0)
		(void)ll_within(err, "configuration '%s'", path);
	rest = ll_buf_str(&bytes);
	while (rc == LL_OK && rest.size > 0) {
		reader.line++;
		rc = read_line(&reader, ll_str_split(&rest, '\n'), err);
	}
	ll_buf_done(&bytes);
	/* Whatever is wrong with the configuration is for the user to mend. */
	if (rc < 0)
		err->code = LL_E_USAGE;
	return rc < 0 ? LL_E_USAGE : LL_OK;
}
