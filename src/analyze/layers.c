/* SPDX-License-Identifier: Apache-2.0 */
/* layers.c - see layers.h and the essay of analyze.c. */
#include "layers.h"

#include <leakledger/ledger.h>

#include <inttypes.h>

enum {
	TREND_CAPTURES = 3, /* of one life, for a trend */
};

static void put_text(struct ll_hasher *hasher, struct ll_str text)
{
	const uint64_t size = text.size;

	ll_hasher_put(hasher, &size, sizeof size);
	ll_hasher_put(hasher, text.data ? text.data : "", text.size);
}

static void put_hash(struct ll_hasher *hasher, struct ll_hash hash)
{
	uint8_t bytes[16];

	ll_hash_to_bytes(hash, bytes);
	ll_hasher_put(hasher, bytes, sizeof bytes);
}

/* Every cell of every fact, in an order that does not depend on when the facts came. */
static int hash_facts(const struct ll_layers *layers, struct ll_hash *ret_hash,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	int rc = ll_stmt_resource(layers->ledger, "sql/judge/facts.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", layers->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		for (int i = 0; i < ll_stmt_columns(stmt); i++)
			put_text(hasher, ll_stmt_text(stmt, i));
	}
	*ret_hash = ll_hasher_get(hasher);
	return rc;
}

static struct ll_hash hash_rows(const struct ll_rows_found *found, size_t first)
{
	const struct ll_row *const rows = found->rows.items;
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();

	for (size_t i = first; i < found->rows.count; i++) {
		put_text(hasher, rows[i].analyzer->id);
		put_text(hasher, rows[i].subject);
		put_text(hasher, rows[i].class_name);
		put_text(hasher, rows[i].detail);
		put_text(hasher, rows[i].evidence);
		put_text(hasher, rows[i].same_as);
		ll_hasher_put(hasher, &rows[i].strength, sizeof rows[i].strength);
	}
	return ll_hasher_get(hasher);
}

static struct ll_hash hash_input(const struct ll_layers *layers, struct ll_hash facts,
                                 struct ll_hash before)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();

	put_hash(hasher, layers->version);
	put_hash(hasher, facts);
	put_hash(hasher, before);
	return ll_hasher_get(hasher);
}

static struct ll_stage *stage_named(struct ll_layers *layers, struct ll_str name)
{
	for (int layer = 0; layer < LL_LAYER_COUNT; layer++) {
		if (ll_str_equal(name, ll_str(ll_layer_name((enum ll_layer)layer))))
			return &layers->stages[layer];
	}
	return NULL;
}

/*
 * Says of a layer what is missing, and which capture would let it go on. Layers that have enough
 * are left alone.
 */
static int note_missing(struct ll_layers *layers, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(layers->ledger, "sql/judge/evidence_at_hand.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_stage *const stage = stage_named(layers, ll_stmt_text(stmt, 0));
		const struct ll_str what = ll_stmt_text(stmt, 1), wanted = ll_stmt_text(stmt, 6);
		const int64_t captures = ll_stmt_i64(stmt, 2), in_life = ll_stmt_i64(stmt, 4);
		const int64_t least = ll_stmt_i64(stmt, 5);

		if (!stage || in_life >= least)
			continue;
		stage->status = "no-data";
		if (captures == 0)
			(void)snprintf(stage->reason, sizeof stage->reason, "no %.*s; capture %.*s",
			               LL_STR_ARG(what), LL_STR_ARG(wanted));
		else
			(void)snprintf(stage->reason, sizeof stage->reason,
			               "%.*s: %" PRId64 ", at most %" PRId64
			               " of one process after its warm-up; %s needs %" PRId64
			               ": capture %.*s more often",
			               LL_STR_ARG(what), captures, in_life,
			               least == TREND_CAPTURES ? "a trend" : "this layer", least,
			               LL_STR_ARG(wanted));
	}
	return rc;
}

/* Cut between two characters where it is too long. */
static void put_reason(struct ll_stage *stage, struct ll_str words)
{
	size_t size = 0;

	while (size < words.size) {
		uint32_t code;
		const size_t next = size + ll_utf8_next(words, size, &code);

		if (next >= sizeof stage->reason)
			break;
		size = next;
	}
	memcpy(stage->reason, words.data, size);
	stage->reason[size] = '\0';
}

/*
 * What a layer that ran says of a service in which nothing may be found: its first row with the
 * term "notice".
 */
static void note_notice(struct ll_stage *stage, const struct ll_rows_found *found, size_t first)
{
	const struct ll_row *const rows = found->rows.items;

	for (size_t i = first; i < found->rows.count && stage->reason[0] == '\0'; i++) {
		if (ll_str_equal(rows[i].analyzer->term, ll_str("notice")))
			put_reason(stage, rows[i].detail);
	}
}

static int run_layer(struct ll_layers *layers, enum ll_layer layer, struct ll_rows_found *found,
                     struct ll_error *err)
{
	size_t count;
	const struct ll_analyzer *const all = ll_catalog_all(layers->catalog, &count);
	struct ll_stage *const stage = &layers->stages[layer];
	const size_t first = found->rows.count;

	for (size_t i = 0; i < count; i++) {
		int rc;

		if (all[i].layer != layer ||
		    (layers->rule && !ll_str_equal(all[i].id, ll_str(layers->rule))))
			continue;
		stage->has_run = true;
		rc = ll_analyzers_run(layers->analyzers, i, layers->time_limit_ns, found, err);
		if (rc < 0) {
			stage->status = "failed";
			put_reason(stage, ll_str(err->text));
			return rc;
		}
	}
	note_notice(stage, found, first);
	stage->rows = found->rows.count - first;
	stage->output = hash_rows(found, first);
	/* Most analyzers of L4 and L5 read what is asked for; some found something else. */
	if (layer >= LL_LAYER_L4 && stage->rows > 0) {
		stage->status = "done";
		stage->reason[0] = '\0';
	}
	return LL_OK;
}

/* Layers behind one that failed refuse to run on what is missing. */
static void refuse(struct ll_layers *layers, int failed)
{
	for (int layer = failed + 1; layer < LL_LAYER_COUNT; layer++) {
		struct ll_stage *const stage = &layers->stages[layer];

		stage->has_run = true;
		stage->status = "failed";
		(void)snprintf(stage->reason, sizeof stage->reason, "%s did not run",
		               ll_layer_name((enum ll_layer)failed));
	}
}

int ll_layers_check(const struct ll_layers *layers, enum ll_layer layer, struct ll_hash facts,
                    struct ll_error *err)
{
	struct ll_hash before = {0};

	for (int i = 0; i < (int)layer; i++) {
		const struct ll_stage *const stage = &layers->stages[i];
		const char *const name = ll_layer_name((enum ll_layer)i);

		if (!stage->has_run)
			continue;
		if (strcmp(stage->status, "failed") == 0)
			return ll_fail(err, LL_E_USAGE, "%s did not run", name);
		if (!ll_hash_equal(stage->input, hash_input(layers, facts, before)))
			return ll_fail(err, LL_E_USAGE,
			               "%s is stale: it ran on other captures or analyzers", name);
		before = stage->output;
	}
	return LL_OK;
}

int ll_layers_run(struct ll_layers *layers, struct ll_rows_found *found, struct ll_error *err)
{
	struct ll_hash facts, before = {0};
	int rc;

	for (int layer = 0; layer < LL_LAYER_COUNT; layer++)
		layers->stages[layer].status = "done";
	rc = hash_facts(layers, &facts, err);
	if (rc == LL_OK)
		rc = note_missing(layers, err);
	for (int layer = 0; rc == LL_OK && layer < LL_LAYER_COUNT; layer++) {
		struct ll_stage *const stage = &layers->stages[layer];

		stage->input = hash_input(layers, facts, before);
		rc = ll_layers_check(layers, (enum ll_layer)layer, facts, err);
		if (rc == LL_OK)
			rc = run_layer(layers, (enum ll_layer)layer, found, err);
		if (rc < 0)
			refuse(layers, layer);
		if (!stage->has_run)
			continue;
		layers->last_input = stage->input;
		before = stage->output;
	}
	return rc;
}

static int store_stage(const struct ll_layers *layers, int layer, struct ll_error *err)
{
	const struct ll_stage *const stage = &layers->stages[layer];
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	uint8_t input[16], output[16];
	int rc = ll_stmt_resource(layers->ledger, "sql/judge/put_stage.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_hash_to_bytes(stage->input, input);
	ll_hash_to_bytes(stage->output, output);
	ll_stmt_bind_i64(stmt, ":service_id", layers->service_id);
	ll_stmt_bind_text(stmt, ":layer", ll_str(ll_layer_name((enum ll_layer)layer)));
	ll_stmt_bind_blob(stmt, ":input", input, sizeof input);
	if (strcmp(stage->status, "failed") != 0)
		ll_stmt_bind_blob(stmt, ":output", output, sizeof output);
	ll_stmt_bind_i64(stmt, ":row_count", (int64_t)stage->rows);
	ll_stmt_bind_text(stmt, ":status", ll_str(stage->status));
	ll_stmt_bind_text(stmt, ":reason", ll_str(stage->reason));
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

int ll_layers_store(const struct ll_layers *layers, struct ll_error *err)
{
	int rc = LL_OK;

	for (int layer = 0; rc == LL_OK && layer < LL_LAYER_COUNT; layer++) {
		if (layers->stages[layer].has_run)
			rc = store_stage(layers, layer, err);
	}
	return rc;
}
