/* SPDX-License-Identifier: Apache-2.0 */
/*
 * foresight.c - how early our own findings would have been there before a kill.
 *
 * The service is judged as at some moment of the past (sql/postmortem/past_tables.sql), by the same
 * scope, analyzers and gates as in the present; nothing is stored. A finding that is there when the
 * kill comes is looked for in earlier rounds of captures by halving, which takes it for granted
 * that it does not come and go. The number of judgments is bounded, so that a month of captures
 * costs hardly more than an hour: what is found then is not earlier than the truth.
 */
#include "judge.h"
#include "layers.h"
#include "scope.h"

enum {
	JUDGMENTS_MAX = 16,
	FINDINGS_MAX = 6,
	ANALYZER_SECONDS = 20, /* of processor time */
};

/* What would have been found at one round. */
struct past {
	size_t round;
	struct ll_vec ids; /* struct ll_str */
};

struct foresight {
	struct ll_ledger *ledger;
	const struct ll_incident *incident;
	struct ll_catalog *catalog;
	struct ll_analyzers *analyzers; /* once a scope is open */
	struct ll_weights weights;
	struct ll_arena arena;
	struct ll_vec rounds;    /* int64_t */
	struct ll_vec pasts;     /* struct past */
	struct ll_vec summaries; /* struct ll_str: of the ids at the last round */
};

static void foresight_done(struct foresight *foresight)
{
	struct past *const pasts = foresight->pasts.items;

	for (size_t i = 0; i < foresight->pasts.count; i++)
		ll_vec_done(&pasts[i].ids);
	ll_vec_done(&foresight->pasts);
	ll_vec_done(&foresight->rounds);
	ll_vec_done(&foresight->summaries);
	ll_vec_done(&foresight->weights.items);
	ll_analyzers_close(foresight->analyzers);
	ll_catalog_close(foresight->catalog);
	ll_arena_done(&foresight->arena);
}

static int64_t round_at(const struct foresight *foresight, size_t index)
{
	return ((const int64_t *)foresight->rounds.items)[index];
}

static int run_bound(const struct foresight *foresight, const char *name, int64_t until_ns,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(foresight->ledger, name, &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", foresight->incident->service_id);
	ll_stmt_bind_i64(stmt, ":until_ns", until_ns);
	ll_stmt_bind_i64(stmt, ":limit_bytes", foresight->incident->limit_bytes);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? ll_within(err, "%s", name) : LL_OK;
}

static int load(struct foresight *foresight, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_catalog_open(ll_ledger_resources(foresight->ledger), &foresight->catalog, err);

	if (rc == LL_OK)
		rc = ll_weights_load(foresight->ledger, &foresight->arena, &foresight->weights,
		                     err);
	if (rc == LL_OK)
		rc = ll_stmt_resource(foresight->ledger, "sql/postmortem/rounds.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", foresight->incident->service_id);
	ll_stmt_bind_i64(stmt, ":time_ns", foresight->incident->time_ns);
	while ((rc = ll_stmt_step(stmt, err)) > 0)
		*(int64_t *)ll_vec_push(&foresight->rounds, sizeof(int64_t)) = ll_stmt_i64(stmt, 0);
	return rc;
}

/* -------------------------------------------------------------------------- judging */

static struct ll_str describe(struct foresight *foresight, const struct ll_candidate *candidate)
{
	const struct ll_place *const place = candidate->places.items;

	if (place->function.size == 0)
		return ll_str(ll_arena_printf(
			&foresight->arena, "%.*s: %.*s", LL_STR_ARG(candidate->class_name),
			LL_STR_ARG(place->title.size > 0 ? place->title : place->topic)));
	return ll_str(ll_arena_printf(
		&foresight->arena, "%.*s at %.*s (%.*s:%lld)", LL_STR_ARG(candidate->class_name),
		LL_STR_ARG(place->function), LL_STR_ARG(place->file), (long long)place->line));
}

static int judge(struct foresight *foresight, struct past *past, struct ll_error *err)
{
	struct ll_layers layers = {
		.ledger = foresight->ledger,
		.catalog = foresight->catalog,
		.analyzers = foresight->analyzers,
		.service_id = foresight->incident->service_id,
		.time_limit_ns = ANALYZER_SECONDS * LL_NS_PER_S,
	};
	const struct ll_judgment judgment = {
		.ledger = foresight->ledger,
		.weights = &foresight->weights,
		.service_id = foresight->incident->service_id,
		.service = foresight->incident->service,
	};
	struct ll_rows_found found = {.arena = LL_ARENA_INIT};
	struct ll_candidates candidates = {.arena = LL_ARENA_INIT};
	struct ll_str *ids = NULL;
	int rc = ll_layers_run(&layers, &found, err);

	if (rc == LL_OK)
		rc = ll_candidates_make(&judgment, &found, &candidates, err);
	if (rc == LL_OK) {
		ids = ll_arena_calloc(&candidates.arena, candidates.items.count + 1, sizeof *ids);
		rc = ll_candidates_ids(&candidates, &judgment, ids, err);
	}
	for (size_t i = 0; rc == LL_OK && i < candidates.items.count; i++) {
		const struct ll_candidate *const items = candidates.items.items;
		struct ll_str *id;

		if (items[i].is_look) /* no finding */
			continue;
		id = ll_vec_push(&past->ids, sizeof *id);
		*id = ll_arena_str(&foresight->arena, ids[i]);
		if (foresight->pasts.count == 1)
			*(struct ll_str *)ll_vec_push(&foresight->summaries, sizeof *id) =
				describe(foresight, &items[i]);
	}
	ll_candidates_done(&candidates);
	ll_rows_found_done(&found);
	return rc;
}

/* Judges as at that round; what was judged once is remembered. */
static int look(struct foresight *foresight, size_t round, const struct past **ret_past,
                struct ll_error *err)
{
	const int64_t until_ns = round_at(foresight, round);
	struct past *past = foresight->pasts.items;
	int rc;

	for (size_t i = 0; i < foresight->pasts.count; i++) {
		if (past[i].round == round) {
			*ret_past = &past[i];
			return LL_OK;
		}
	}
	past = ll_vec_push(&foresight->pasts, sizeof *past);
	*past = (struct past){.round = round};
	rc = ll_sqlite_script(foresight->ledger, "sql/postmortem/past_tables.sql", err);
	if (rc == LL_OK)
		rc = run_bound(foresight, "sql/postmortem/past_lives.sql", until_ns, err);
	if (rc == LL_OK)
		rc = run_bound(foresight, "sql/postmortem/past_captures.sql", until_ns, err);
	if (rc == LL_OK)
		rc = ll_scope_open(foresight->ledger, foresight->incident->service_id, false, err);
	if (rc == LL_OK && foresight->incident->limit_bytes > 0)
		rc = run_bound(foresight, "sql/judge/put_limit.sql", until_ns, err);
	if (rc == LL_OK && !foresight->analyzers)
		rc = ll_analyzers_open(foresight->ledger, foresight->catalog, &foresight->analyzers,
		                       err);
	if (rc == LL_OK)
		rc = judge(foresight, past, err);
	*ret_past = past;
	return rc;
}

static bool has(const struct past *past, struct ll_str id)
{
	const struct ll_str *const ids = past->ids.items;

	for (size_t i = 0; i < past->ids.count; i++) {
		if (ll_str_equal(ids[i], id))
			return true;
	}
	return false;
}

/* -------------------------------------------------------------------------- halving */

static int put(const struct foresight *foresight, struct ll_str id, struct ll_str summary,
               int64_t from_ns, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc =
		ll_stmt_resource(foresight->ledger, "sql/postmortem/put_foresight.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", foresight->incident->service_id);
	ll_stmt_bind_i64(stmt, ":time_ns", foresight->incident->time_ns);
	ll_stmt_bind_text(stmt, ":finding_id", id);
	ll_stmt_bind_i64(stmt, ":from_ns", from_ns);
	ll_stmt_bind_text(stmt, ":summary", summary);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

/* It is there at the last round; before the first it is not. */
static int find_first(struct foresight *foresight, struct ll_str id, size_t *ret_round,
                      struct ll_error *err)
{
	size_t low = 0, high = foresight->rounds.count - 1;

	while (low < high && foresight->pasts.count < JUDGMENTS_MAX) {
		const size_t middle = low + (high - low) / 2;
		const struct past *past = NULL;
		const int rc = look(foresight, middle, &past, err);

		if (rc < 0)
			return rc;
		if (has(past, id))
			high = middle;
		else
			low = middle + 1;
	}
	*ret_round = high;
	return LL_OK;
}

static int find_all(struct foresight *foresight, struct ll_error *err)
{
	const struct past *last = NULL;
	struct ll_vec ids;
	int rc;

	if (foresight->rounds.count == 0)
		return LL_OK;
	rc = look(foresight, foresight->rounds.count - 1, &last, err);
	if (rc < 0)
		return rc;
	ids = last->ids; /* `last` moves when others are added */
	for (size_t i = 0; rc == LL_OK && i < ids.count && i < FINDINGS_MAX; i++) {
		const struct ll_str id = ((const struct ll_str *)ids.items)[i];
		size_t round = 0;

		rc = find_first(foresight, id, &round, err);
		if (rc == LL_OK)
			rc = put(foresight, id,
			         ((const struct ll_str *)foresight->summaries.items)[i],
			         round_at(foresight, round), err);
	}
	return rc;
}

int ll_foresight(struct ll_ledger *ledger, const struct ll_incident *incident, struct ll_error *err)
{
	struct foresight foresight LL_CLEANUP(foresight_done) = {
		.ledger = ledger,
		.incident = incident,
		.arena = LL_ARENA_INIT,
	};
	struct ll_error ignored = LL_ERROR_INIT;
	int rc = ll_sqlite_script(ledger, "sql/postmortem/foresight_table.sql", err);

	if (rc == LL_OK)
		rc = load(&foresight, err);
	if (rc == LL_OK)
		rc = find_all(&foresight, err);
	/* Whatever happened, the ledger's own tables are to be seen again. */
	(void)ll_sqlite_script(ledger, "sql/postmortem/past_end.sql", rc < 0 ? &ignored : err);
	return rc < 0 ? ll_within(err, "foresight") : LL_OK;
}
