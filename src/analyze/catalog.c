/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog.c - finds analyzers and reads their headers.
 *
 * sql/analyzers/<topic>/<name>.sql is the analyzer "<topic>.<name>". Its header is a comment:
 *
 *     -- id:         heap.site_growth
 *     -- title:      Memory grows at one place
 *     -- layer:      L2
 *     -- term:       growth
 *     -- needs:      v_site_growth
 *     -- gate:       yes                       a row of it makes a finding; others only add to one
 *     -- params:     min_captures=5, max_p=0.01
 *     -- only-with:  memstats                  without a row of this table it has none
 *     --
 *     -- Why: one paragraph, printed under the finding.
 *     --
 *     -- Blind spot: one paragraph, printed too.
 *     --
 *     -- Source: where the idea or the threshold comes from.
 *
 * Analyzers run in order of layer, then of their ids; within a layer one that needs another's id
 * runs after it.
 */
#include "header.h"

#include <leakledger/analyze.h>
#include <leakledger/vec.h>

struct ll_catalog {
	struct ll_arena arena;
	struct ll_vec analyzers; /* struct ll_analyzer */
};

const char *ll_layer_name(enum ll_layer layer)
{
	static const char *const names[] = {"L1", "L2", "L3", "L4", "L5", "summary"};

	return names[layer];
}

static bool find_layer(struct ll_str name, enum ll_layer *ret_layer)
{
	for (enum ll_layer layer = LL_LAYER_L1; layer <= LL_LAYER_SUMMARY; layer++) {
		if (ll_str_equal(name, ll_str(ll_layer_name(layer)))) {
			*ret_layer = layer;
			return true;
		}
	}
	return false;
}

/* "sql/analyzers/heap/site_growth.sql" -> "heap.site_growth"; empty for other names. */
static struct ll_str id_of(struct ll_arena *arena, const char *name)
{
	struct ll_str text = ll_str(name);
	size_t slash;
	char *id;

	if (!ll_str_skip(&text, "sql/analyzers/") || !ll_str_ends(text, ".sql"))
		return ll_str_n(NULL, 0);
	text.size -= 4;
	slash = ll_str_index(text, '/');
	if (slash == SIZE_MAX || slash != ll_str_rindex(text, '/'))
		return ll_str_n(NULL, 0);
	id = ll_arena_printf(arena, "%.*s", LL_STR_ARG(text));
	id[slash] = '.';
	return ll_str(id);
}

/* ---------------------------------------------------------------------- header */

static int missing(const char *file, const char *what, struct ll_error *err)
{
	return ll_fail(err, LL_E_USAGE, "analyzer '%s': the header has no %s", file, what);
}

static int read_header(struct ll_catalog *catalog, const struct ll_resource *file, struct ll_str id,
                       struct ll_error *err)
{
	struct ll_arena *const arena = &catalog->arena;
	const struct ll_str sql = file->bytes;
	struct ll_analyzer analyzer = {
		.id = id,
		.title = ll_header_value(sql, "title"),
		.term = ll_header_value(sql, "term"),
		.needs = ll_header_value(sql, "needs"),
		.params = ll_header_value(sql, "params"),
		.only_with = ll_header_value(sql, "only-with"),
		.is_gate = ll_str_equal(ll_header_value(sql, "gate"), ll_str("yes")),
		.is_rest = ll_str_equal(ll_header_value(sql, "gate"), ll_str("rest")),
		.is_last = ll_str_equal(ll_header_value(sql, "gate"), ll_str("last")),
		.why = ll_header_paragraph(arena, sql, "Why"),
		.blind_spot = ll_header_paragraph(arena, sql, "Blind spot"),
		.source = ll_header_paragraph(arena, sql, "Source"),
		.sql = sql,
		.is_override = file->is_override,
	};

	if (!ll_str_equal(ll_header_value(sql, "id"), id))
		return ll_fail(err, LL_E_USAGE, "analyzer '%s': its id must be '%.*s'", file->name,
		               LL_STR_ARG(id));
	if (analyzer.title.size == 0)
		return missing(file->name, "title", err);
	if (!find_layer(ll_header_value(sql, "layer"), &analyzer.layer))
		return missing(file->name, "layer (L1 to L5)", err);
	if (analyzer.term.size == 0)
		return missing(file->name, "term", err);
	if (analyzer.needs.size == 0)
		return missing(file->name, "needs", err);
	if (analyzer.why.size == 0 || analyzer.blind_spot.size == 0)
		return missing(file->name, "'Why:' and 'Blind spot:' paragraphs", err);
	*(struct ll_analyzer *)ll_vec_push(&catalog->analyzers, sizeof analyzer) = analyzer;
	return LL_OK;
}

/* ----------------------------------------------------------------------- order */

static bool needs(const struct ll_analyzer *analyzer, struct ll_str id)
{
	struct ll_str rest = analyzer->needs;

	for (struct ll_str word = ll_header_word(&rest); word.size > 0;
	     word = ll_header_word(&rest)) {
		if (ll_str_equal(word, id))
			return true;
	}
	return false;
}

static int by_layer_and_id(const void *a, const void *b)
{
	const struct ll_analyzer *const left = a;
	const struct ll_analyzer *const right = b;

	if (left->layer != right->layer)
		return left->layer < right->layer ? -1 : 1;
	return ll_str_compare(left->id, right->id);
}

/* Moves analyzers behind those that they need. Each pass settles one; a cycle never settles. */
static int settle(struct ll_catalog *catalog, struct ll_error *err)
{
	struct ll_analyzer *const items = catalog->analyzers.items;
	const size_t count = catalog->analyzers.count;
	size_t moves = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t later = i + 1; later < count; later++) {
			const struct ll_analyzer moved = items[i];

			if (!needs(&items[i], items[later].id))
				continue;
			if (++moves > count * count)
				return ll_fail(err, LL_E_USAGE,
				               "analyzers need each other: '%.*s' and '%.*s'",
				               LL_STR_ARG(moved.id), LL_STR_ARG(items[later].id));
			memmove(&items[i], &items[i + 1], (later - i) * sizeof *items);
			items[later] = moved;
			later = i;
		}
	}
	return LL_OK;
}

int ll_catalog_open(const struct ll_resources *resources, struct ll_catalog **ret_catalog,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_catalog_closep) struct ll_catalog *catalog = ll_calloc(1, sizeof *catalog);
	size_t count;
	const struct ll_resource *const all = ll_resource_all(resources, &count);
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		const struct ll_str id = id_of(&catalog->arena, all[i].name);

		if (id.size > 0)
			rc = read_header(catalog, &all[i], id, err);
	}
	if (rc < 0)
		return rc;
	if (catalog->analyzers.count > 0)
		qsort(catalog->analyzers.items, catalog->analyzers.count,
		      sizeof(struct ll_analyzer), by_layer_and_id);
	rc = settle(catalog, err);
	if (rc == LL_OK)
		*ret_catalog = ll_take(&catalog);
	return rc;
}

void ll_catalog_close(struct ll_catalog *catalog)
{
	if (!catalog)
		return;
	ll_vec_done(&catalog->analyzers);
	ll_arena_done(&catalog->arena);
	free(catalog);
}

void ll_catalog_closep(struct ll_catalog **catalog)
{
	ll_catalog_close(ll_take(catalog));
}

const struct ll_analyzer *ll_catalog_all(const struct ll_catalog *catalog, size_t *ret_count)
{
	*ret_count = catalog->analyzers.count;
	return catalog->analyzers.items;
}

const struct ll_analyzer *ll_catalog_find(const struct ll_catalog *catalog, const char *id)
{
	const struct ll_analyzer *const items = catalog->analyzers.items;

	for (size_t i = 0; i < catalog->analyzers.count; i++) {
		if (ll_str_equal(items[i].id, ll_str(id)))
			return &items[i];
	}
	return NULL;
}
