/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules.c - finds rules for replay and reads their headers.
 *
 * sql/catalog/rules/<id>.sql is the rule "<id>". Its header, as that of an analyzer, is a comment:
 *
 *     -- id:         seed_l1
 *     -- title:      Heap and objects both rose between two captures
 *     -- unit:       bytes gained since the capture before
 *     -- state:      replay
 *     -- asks:       memstats limit            inputs (sql/replay/inputs.sql)
 *     -- params:     min_mib=5, k=2
 *     -- cooldown:   60                        seconds; may be left out
 *     -- series:     memory                    bound as :series; may be left out
 *     -- like:       seed_water                whose statement it uses with other numbers, or none
 *     --
 *     -- Why: ...
 *     --
 *     -- Blind spot: ...
 *     --
 *     -- Source: ...
 */
#include "header.h"

#include <leakledger/analyze.h>
#include <leakledger/units.h>
#include <leakledger/vec.h>

struct ll_rules {
	struct ll_arena arena;
	struct ll_vec items; /* struct ll_rule, in the order of resources: by name */
};

/* "sql/catalog/rules/seed_l1.sql" -> "seed_l1"; empty for other names. */
static struct ll_str id_of(const char *name)
{
	struct ll_str text = ll_str(name);

	if (!ll_str_skip(&text, "sql/catalog/rules/") || !ll_str_ends(text, ".sql") ||
	    ll_str_index(text, '/') != SIZE_MAX)
		return ll_str_n(NULL, 0);
	text.size -= 4;
	return text;
}

static bool is_state(struct ll_str word)
{
	static const char *const states[] = {"on", "replay", "chart", "shown", "info", "off"};

	for (size_t i = 0; i < LL_COUNT(states); i++) {
		if (ll_str_equal(word, ll_str(states[i])))
			return true;
	}
	return false;
}

static int missing(const char *file, const char *what, struct ll_error *err)
{
	return ll_fail(err, LL_E_USAGE, "rule '%s': the header has no %s", file, what);
}

static int read_cooldown(const char *file, struct ll_str sql, int64_t *ret_ns, struct ll_error *err)
{
	const struct ll_str text = ll_header_value(sql, "cooldown");
	int64_t seconds = 0;

	if (text.size > 0 &&
	    (!ll_str_to_i64(text, &seconds) || seconds < 0 || seconds > INT64_C(366) * 86400))
		return missing(file, "cooldown in seconds (0 to a year)", err);
	*ret_ns = seconds * LL_NS_PER_S;
	return LL_OK;
}

static int check_header(const struct ll_rule *rule, const char *file, struct ll_error *err)
{
	if (!ll_str_equal(ll_header_value(rule->sql, "id"), rule->id))
		return ll_fail(err, LL_E_USAGE, "rule '%s': its id must be '%.*s'", file,
		               LL_STR_ARG(rule->id));
	if (ll_str_equal(rule->id, ll_str("all")))
		return ll_fail(err, LL_E_USAGE, "rule '%s': 'all' names all rules", file);
	if (rule->title.size == 0)
		return missing(file, "title", err);
	if (rule->unit.size == 0)
		return missing(file, "unit", err);
	if (!is_state(rule->state))
		return missing(file, "state (on, replay, chart, shown, info, off)", err);
	if (rule->asks.size == 0)
		return missing(file, "asks", err);
	if (rule->why.size == 0 || rule->blind_spot.size == 0)
		return missing(file, "'Why:' and 'Blind spot:' paragraphs", err);
	return LL_OK;
}

static int read_rule(struct ll_rules *rules, const struct ll_resource *file, struct ll_str id,
                     struct ll_error *err)
{
	struct ll_arena *const arena = &rules->arena;
	const struct ll_str sql = file->bytes;
	struct ll_rule rule = {
		.id = ll_arena_str(arena, id),
		.title = ll_header_value(sql, "title"),
		.unit = ll_header_value(sql, "unit"),
		.state = ll_header_value(sql, "state"),
		.asks = ll_header_value(sql, "asks"),
		.params = ll_header_value(sql, "params"),
		.series = ll_header_value(sql, "series"),
		.like = ll_header_value(sql, "like"),
		.why = ll_header_paragraph(arena, sql, "Why"),
		.blind_spot = ll_header_paragraph(arena, sql, "Blind spot"),
		.source = ll_header_paragraph(arena, sql, "Source"),
		.sql = sql,
		.is_override = file->is_override,
	};
	int rc = check_header(&rule, file->name, err);

	if (rc == LL_OK)
		rc = read_cooldown(file->name, sql, &rule.cooldown_ns, err);
	if (rc == LL_OK)
		*(struct ll_rule *)ll_vec_push(&rules->items, sizeof rule) = rule;
	return rc;
}

/* Gives each rule that is like another one that one's statement. */
static int borrow_statements(struct ll_rules *rules, struct ll_error *err)
{
	struct ll_rule *const items = rules->items.items;

	for (size_t i = 0; i < rules->items.count; i++) {
		const struct ll_rule *other;

		if (items[i].like.size == 0)
			continue;
		other = ll_rules_find(
			rules, ll_arena_printf(&rules->arena, "%.*s", LL_STR_ARG(items[i].like)));
		if (!other || other->like.size > 0)
			return ll_fail(err, LL_E_USAGE,
			               "rule '%.*s' is like '%.*s', which is no rule with a "
			               "statement of its own",
			               LL_STR_ARG(items[i].id), LL_STR_ARG(items[i].like));
		items[i].sql = other->sql;
	}
	return LL_OK;
}

int ll_rules_open(const struct ll_resources *resources, struct ll_rules **ret_rules,
                  struct ll_error *err)
{
	LL_CLEANUP(ll_rules_closep) struct ll_rules *rules = ll_calloc(1, sizeof *rules);
	size_t count;
	const struct ll_resource *const all = ll_resource_all(resources, &count);
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		const struct ll_str id = id_of(all[i].name);

		if (id.size > 0)
			rc = read_rule(rules, &all[i], id, err);
	}
	if (rc == LL_OK)
		rc = borrow_statements(rules, err);
	if (rc == LL_OK)
		*ret_rules = ll_take(&rules);
	return rc;
}

void ll_rules_close(struct ll_rules *rules)
{
	if (!rules)
		return;
	ll_vec_done(&rules->items);
	ll_arena_done(&rules->arena);
	free(rules);
}

void ll_rules_closep(struct ll_rules **rules)
{
	ll_rules_close(ll_take(rules));
}

const struct ll_rule *ll_rules_all(const struct ll_rules *rules, size_t *ret_count)
{
	*ret_count = rules->items.count;
	return rules->items.items;
}

const struct ll_rule *ll_rules_find(const struct ll_rules *rules, const char *id)
{
	const struct ll_rule *const items = rules->items.items;

	for (size_t i = 0; i < rules->items.count; i++) {
		if (ll_str_equal(items[i].id, ll_str(id)))
			return &items[i];
	}
	return NULL;
}
