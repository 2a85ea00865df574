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
 *     [suppress "cache is bounded"]
 *     service = checkout-*
 *     function = *.(*Cache).Put
 *     reason = holds 512 MiB at most, grows for two weeks
 *     owner = payments
 *     until = 2026-12-31
 *
 *     [team "payments"]
 *     mail = payments@example.com
 *
 *     [ignore "what the cluster runs for itself"]
 *     namespace = kube-system
 *     service = *-exporter
 *     pod = *-canary-*
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
	FINDING_ID_DIGITS = 12,
};

struct reader {
	const char *path;
	struct ll_arena *arena;
	struct ll_settings *settings;
	size_t line;
	struct ll_service_settings *service; /* of the section that is read, or NULL */
	struct ll_suppression *suppression;  /* the same */
	struct ll_team_settings *team;       /* the same */
	const char *ignore;                  /* its name, the same */
	size_t ignored;                      /* patterns that were there before it */
	size_t section_line;
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

static int set_team(struct reader *reader, struct ll_str key, struct ll_str value,
                    struct ll_error *err)
{
	if (!ll_str_equal(key, ll_str("mail")))
		return fail_at(reader, err, "unknown key", key, "; a team has 'mail'");
	reader->team->mail = kept(reader, value);
	return LL_OK;
}

/* Each key may come again: a section is a list of patterns. */
static int set_ignore(struct reader *reader, struct ll_str key, struct ll_str value,
                      struct ll_error *err)
{
	static const char *const names[] = {"service", "namespace", "pod"};

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		struct ll_ignore *rule;

		if (!ll_str_equal(key, ll_str(names[i])))
			continue;
		if (value.size == 0)
			return fail_at(reader, err, "no pattern for", key, "; '*' is all");
		rule = ll_vec_push(&reader->settings->ignores, sizeof *rule);
		*rule = (struct ll_ignore){
			.name = reader->ignore, .what = names[i], .pattern = kept(reader, value)};
		return LL_OK;
	}
	return fail_at(reader, err, "unknown key", key,
	               ll_suggest(reader->arena, kept(reader, key), names, LL_COUNT(names), ""));
}

static int check_ignore(const struct reader *reader, struct ll_error *err)
{
	if (!reader->ignore || reader->settings->ignores.count > reader->ignored)
		return LL_OK;
	return ll_fail(err, LL_E_USAGE,
	               "%s:%zu: [ignore \"%s\"] says not what: give it service, namespace or pod",
	               reader->path, reader->section_line, reader->ignore);
}

/* ------------------------------------------------------------------ suppressions */

struct suppression_key {
	const char *name;
	size_t offset; /* of a text in struct ll_suppression */
};

#define MEMBER(member) offsetof(struct ll_suppression, member)

static const struct suppression_key suppression_keys[] = {
	{"id", MEMBER(finding_id)},     {"service", MEMBER(service)}, {"class", MEMBER(class_name)},
	{"function", MEMBER(function)}, {"reason", MEMBER(reason)},   {"owner", MEMBER(owner)},
};

static bool is_finding_id(struct ll_str text)
{
	if (text.size != FINDING_ID_DIGITS)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		if (!strchr("0123456789abcdef", text.data[i]) || text.data[i] == '\0')
			return false;
	}
	return true;
}

/* A day is meant as a whole: until its end. */
static int set_until(struct reader *reader, struct ll_str value, struct ll_error *err)
{
	int64_t *const until_ns = &reader->suppression->until_ns;
	bool has_zone;

	if (!ll_parse_time(value, until_ns, &has_zone))
		return fail_at(reader, err, "no date:", value, "; try 2026-12-31");
	if (value.size == strlen("2026-12-31"))
		*until_ns += LL_NS_PER_DAY;
	return LL_OK;
}

static int set_suppression(struct reader *reader, struct ll_str key, struct ll_str value,
                           struct ll_error *err)
{
	const char *names[LL_COUNT(suppression_keys) + 1];
	size_t named = 0;

	for (size_t i = 0; i < LL_COUNT(suppression_keys); i++) {
		/* The member that the row names. */
		union {
			char *bytes;
			const char **text;
		} at = {.bytes = (char *)reader->suppression + suppression_keys[i].offset};

		names[named++] = suppression_keys[i].name;
		if (!ll_str_equal(key, ll_str(suppression_keys[i].name)))
			continue;
		if (i == 0 && !is_finding_id(value))
			return fail_at(reader, err, "no id of a finding:", value,
			               "; 'leakledger findings' prints them, 12 hex digits");
		*at.text = kept(reader, value);
		return LL_OK;
	}
	if (ll_str_equal(key, ll_str("until")))
		return set_until(reader, value, err);
	names[named++] = "until";
	return fail_at(reader, err, "unknown key", key,
	               ll_suggest(reader->arena, kept(reader, key), names, named, ""));
}

static int fail_suppression(const struct reader *reader, const char *problem, struct ll_error *err)
{
	return ll_fail(err, LL_E_USAGE, "%s:%zu: [suppress \"%s\"] %s", reader->path,
	               reader->section_line, reader->suppression->name, problem);
}

/* Nobody suppresses without saying what, why, who answers for it and for how long. */
static int check_suppression(const struct reader *reader, struct ll_error *err)
{
	const struct ll_suppression *const all = reader->settings->suppressions.items;
	const struct ll_suppression *const it = reader->suppression;

	if (!it)
		return LL_OK;
	if (!it->finding_id[0] && !it->service[0] && !it->class_name[0] && !it->function[0])
		return fail_suppression(
			reader, "says not what: give it id, service, class or function", err);
	if (!it->reason[0])
		return fail_suppression(reader, "lacks 'reason': why is that no problem?", err);
	if (!it->owner[0])
		return fail_suppression(reader, "lacks 'owner': who answers for it?", err);
	if (it->until_ns == LL_TIME_NONE)
		return fail_suppression(reader, "lacks 'until', a date such as 2026-12-31", err);
	for (const struct ll_suppression *other = all; other < it; other++) {
		if (strcmp(other->name, it->name) == 0)
			return fail_suppression(reader, "is there twice", err);
	}
	return LL_OK;
}

/* ----------------------------------------------------------------------- sections */

static void open_service(struct reader *reader, const char *name)
{
	reader->service = ll_vec_push(&reader->settings->services, sizeof *reader->service);
	*reader->service = (struct ll_service_settings){.name = name, .team = ""};
}

static void open_suppression(struct reader *reader, const char *name)
{
	reader->suppression =
		ll_vec_push(&reader->settings->suppressions, sizeof *reader->suppression);
	*reader->suppression = (struct ll_suppression){
		.name = name,
		.finding_id = "",
		.service = "",
		.class_name = "",
		.function = "",
		.reason = "",
		.owner = "",
		.until_ns = LL_TIME_NONE,
	};
}

static void open_team(struct reader *reader, const char *name)
{
	reader->team = ll_vec_push(&reader->settings->teams, sizeof *reader->team);
	*reader->team = (struct ll_team_settings){.name = name};
}

static void open_ignore(struct reader *reader, const char *name)
{
	reader->ignore = name;
	reader->ignored = reader->settings->ignores.count;
}

/* What a section begins with, and what it opens. */
static const struct section {
	const char *opening;
	void (*open)(struct reader *reader, const char *name);
} sections[] = {
	{"[service", open_service},
	{"[suppress", open_suppression},
	{"[team", open_team},
	{"[ignore", open_ignore},
};

static const struct section *section_of(struct ll_str *line)
{
	for (size_t i = 0; i < LL_COUNT(sections); i++) {
		if (ll_str_skip(line, sections[i].opening))
			return &sections[i];
	}
	return NULL;
}

static int check_section(const struct reader *reader, struct ll_error *err)
{
	const int rc = check_suppression(reader, err);

	return rc < 0 ? rc : check_ignore(reader, err);
}

/* [service "name"], [suppress "name"], [team "name"], [ignore "name"] */
static int open_section(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	struct ll_str name = line;
	const struct section *const section = section_of(&name);
	const int rc = check_section(reader, err);

	if (rc < 0)
		return rc;
	reader->service = NULL;
	reader->suppression = NULL;
	reader->team = NULL;
	reader->ignore = NULL;
	reader->section_line = reader->line;
	if (!section || !ll_str_ends(name, "]"))
		return fail_at(reader, err, "unknown section", line,
		               "; there are [service \"name\"], [suppress \"name\"], [team "
		               "\"name\"] and [ignore \"name\"]");
	name.size--;
	name = ll_str_trim(name);
	if (name.size < 3 || name.data[0] != '"' || name.data[name.size - 1] != '"')
		return fail_at(reader, err, "section without a quoted name:", line, "");
	name = ll_str_n(name.data + 1, name.size - 2);
	section->open(reader, kept(reader, name));
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
	if (reader->service)
		return set_service(reader, key, value, err);
	if (reader->team)
		return set_team(reader, key, value, err);
	if (reader->ignore)
		return set_ignore(reader, key, value, err);
	return reader->suppression ? set_suppression(reader, key, value, err)
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
	if (rc == LL_OK)
		rc = check_section(&reader, err);
	ll_buf_done(&bytes);
	/* Whatever is wrong with the configuration is for the user to mend. */
	if (rc < 0)
		err->code = LL_E_USAGE;
	return rc < 0 ? LL_E_USAGE : LL_OK;
}
