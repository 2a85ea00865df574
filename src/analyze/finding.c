/* SPDX-License-Identifier: Apache-2.0 */
/*
 * finding.c - candidates into the ledger.
 *
 * Everything of a service is replaced in one transaction, which the caller holds. Which finding a
 * candidate is: finding_id.c.
 */
#include "forecast.h"
#include "source.h"

#include <math.h>

enum {
	SCORE_ERROR = 70,
	SCORE_WARNING = 45,
	POINTS_MAX = 400, /* of one life, kept for the picture */
};

struct store {
	const struct ll_judgment *judgment;
	struct ll_candidates candidates;
	struct ll_vec known; /* struct ll_known; texts in the candidates' arena */
	struct ll_outlook outlook;
};

static struct ll_arena *arena_of(struct store *store)
{
	return &store->candidates.arena;
}

/* -------------------------------------------------------------- what was before */

static enum ll_subject_kind kind_named(struct ll_str name)
{
	for (int kind = LL_SUBJECT_HEAP; kind < LL_SUBJECT_SERVICE; kind++) {
		if (ll_str_equal(name, ll_str(ll_subject_kind_name((enum ll_subject_kind)kind))))
			return (enum ll_subject_kind)kind;
	}
	return LL_SUBJECT_SERVICE;
}

static int run_to_end(struct ll_stmt *stmt, struct ll_error *err)
{
	const int rc = ll_stmt_step(stmt, err);

	return rc < 0 ? rc : LL_OK;
}

static int forget_looks(struct store *store, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc =
		ll_stmt_resource(store->judgment->ledger, "sql/judge/forget_looks.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", store->judgment->service_id);
	return run_to_end(stmt, err);
}

static int load_known(struct store *store, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/known_findings.sql", &stmt,
	                          err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", store->judgment->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_known *const known = ll_vec_push(&store->known, sizeof *known);

		known->id = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 0));
		known->state = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 1));
		known->kind = kind_named(ll_stmt_text(stmt, 2));
		known->growth = ll_stmt_is_null(stmt, 3) ? (double)NAN : ll_stmt_f64(stmt, 3);
		known->first_seen_ns = ll_stmt_i64(stmt, 4);
		known->last_seen_ns = ll_stmt_i64(stmt, 5);
	}
	return rc;
}

static const struct ll_known *find_known(const struct store *store, struct ll_str id)
{
	const struct ll_known *const items = store->known.items;

	for (size_t i = 0; i < store->known.count; i++) {
		if (ll_str_equal(items[i].id, id))
			return &items[i];
	}
	return NULL;
}

/* ------------------------------------------------------------------------ words */

/*
 * The first build that shows the growth: the first of those after the last build that does not.
 * Empty when no build without it is known.
 */
static int find_first_build(struct store *store, const struct ll_place *place,
                            struct ll_str *ret_build, struct ll_error *err)
{
	const struct ll_estimate *const growth =
		place->kind == LL_SUBJECT_HEAP ? &place->bytes : &place->objects;
	const double pace = 0.3 * growth->value / (double)LL_NS_PER_DAY;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	bool is_after_good = false;
	int rc;

	*ret_build = ll_str_n(NULL, 0);
	if (!place->is_measured || place->kind == LL_SUBJECT_SERVICE)
		return LL_OK;
	rc = ll_stmt_resource(store->judgment->ledger,
	                      place->kind == LL_SUBJECT_HEAP ? "sql/judge/heap_builds.sql"
	                                                     : "sql/judge/goroutines_builds.sql",
	                      &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":site_id", place->site_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		if (ll_stmt_is_null(stmt, 2) || ll_stmt_is_null(stmt, 3))
			continue;
		if (ll_stmt_f64(stmt, 3) < pace) {
			is_after_good = true;
			*ret_build = ll_str_n(NULL, 0);
		} else if (ll_stmt_f64(stmt, 2) > 0 && ll_stmt_f64(stmt, 1) >= pace &&
		           is_after_good && ret_build->size == 0) {
			*ret_build = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 0));
		}
	}
	return rc;
}

/* Where the place was in other builds, in sentences. */
static int load_moves(struct store *store, const struct ll_place *place, struct ll_words *words,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc;

	if (place->kind == LL_SUBJECT_SERVICE)
		return LL_OK;
	rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/place_moves.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":site_id", place->site_id);
	rc = ll_stmt_step(stmt, err);
	if (rc > 0) {
		words->moved = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 0));
		words->doubt = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 1));
	}
	return rc < 0 ? rc : LL_OK;
}

static int load_words(struct store *store, const struct ll_candidate *candidate,
                      struct ll_words *words, struct ll_error *err)
{
	const struct ll_place *const own = candidate->places.items;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/words.sql", &stmt, err);

	*words = (struct ll_words){.subject = ll_str("memory from")};
	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":class", candidate->class_name);
	ll_stmt_bind_text(stmt, ":wait_reason", candidate->wait_reason);
	ll_stmt_bind_text(stmt, ":course", own->title);
	ll_stmt_bind_text(stmt, ":function", own->function);
	ll_stmt_bind_i64(stmt, ":is_look", candidate->is_look);
	rc = ll_stmt_step(stmt, err);
	if (rc > 0) {
		words->subject = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 0));
		words->is_many = ll_stmt_i64(stmt, 4) != 0;
		words->meaning = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 1));
		words->wait = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 2));
		words->remedy = ll_arena_str(arena_of(store), ll_stmt_text(stmt, 3));
	}
	if (rc < 0)
		return rc;
	rc = find_first_build(store, own, &words->first_build, err);
	return rc < 0 ? rc : load_moves(store, own, words, err);
}

/*
 * The source documents' confidence (leaks.md 1.2, B36), in percent: 0.45 min(age / 10, 1) + 0.35
 * min(depth / 8, 1) + 0.20 min(frequency / 200, 1). Age is in collections, by Little's law: objects
 * in use over objects allocated in a second, over the time between two collections. Not a number
 * when one of the three is unknown.
 */
static double classic_score(const struct ll_place *place)
{
	const double age = place->last_count / place->alloc_per_s / place->gc_period_s;

	if (isnan(age) || isnan(place->depth))
		return (double)NAN;
	return 100 * (0.45 * fmin(age / 10, 1) + 0.35 * fmin(place->depth / 8, 1) +
	              0.20 * fmin(place->alloc_per_s / 200, 1));
}

/* ---------------------------------------------------------------------- storing */

static void bind_place(struct ll_stmt *stmt, const struct ll_place *place)
{
	ll_stmt_bind_text(stmt, ":kind", ll_str(ll_subject_kind_name(place->kind)));
	ll_stmt_bind_text(stmt, ":function", place->function);
	ll_stmt_bind_text(stmt, ":file", place->file);
	ll_stmt_bind_i64(stmt, ":line", place->line);
}

/* Bytes in use at the end at the finding's own place, and where that made what it keeps. */
static double level_kept(const struct ll_candidate *candidate)
{
	const struct ll_place *const places = candidate->places.items;
	double sum = places->last_level;

	for (size_t i = 1; i < candidate->places.count; i++) {
		if (places[i].is_measured && ll_candidate_keeps(candidate, &places[i]))
			sum += places[i].last_level;
	}
	return sum;
}

static void bind_growth(struct ll_stmt *stmt, const struct ll_candidate *candidate,
                        struct ll_estimate bytes)
{
	const struct ll_place *const place = candidate->places.items;
	const struct ll_place *const kept = ll_candidate_most_kept(candidate);
	/* A map's own objects are buckets; what it keeps is what people count. */
	const struct ll_place *const counted = kept ? kept : place;
	struct ll_estimate objects = counted->objects;

	/* An array that doubles is one object before and after: no rate of either. */
	if (place->kind == LL_SUBJECT_HEAP && isnan(bytes.value))
		objects = (struct ll_estimate){(double)NAN, (double)NAN, (double)NAN};
	ll_stmt_bind_f64(stmt, ":growth_bytes_per_day", bytes.value);
	ll_stmt_bind_f64(stmt, ":growth_bytes_low", bytes.low);
	ll_stmt_bind_f64(stmt, ":growth_bytes_high", bytes.high);
	ll_stmt_bind_f64(stmt, ":growth_per_day", objects.value);
	ll_stmt_bind_f64(stmt, ":growth_low", objects.low);
	ll_stmt_bind_f64(stmt, ":growth_high", objects.high);
	ll_stmt_bind_f64(stmt, ":last_bytes",
	                 isnan(place->bytes.value) ? (double)NAN : level_kept(candidate));
	ll_stmt_bind_f64(stmt, ":last_count", counted->last_count);
	ll_stmt_bind_f64(stmt, ":classic_score", classic_score(place));
}

static const char *severity_of(int score)
{
	if (score >= SCORE_ERROR)
		return "error";
	return score >= SCORE_WARNING ? "warning" : "info";
}

static void bind_verdict(struct store *store, struct ll_stmt *stmt,
                         const struct ll_candidate *candidate, const struct ll_words *words)
{
	const struct ll_judgment *const judgment = store->judgment;
	struct ll_arena *const arena = arena_of(store);

	ll_stmt_bind_text(stmt, ":class", candidate->class_name);
	if (candidate->wait_reason.size > 0)
		ll_stmt_bind_text(stmt, ":wait_reason", candidate->wait_reason);
	ll_stmt_bind_text(stmt, ":severity", ll_str(severity_of(candidate->score)));
	ll_stmt_bind_i64(stmt, ":score", candidate->score);
	ll_stmt_bind_i64(stmt, ":uncapped_score", candidate->uncapped_score);
	ll_stmt_bind_text(stmt, ":cap_reason", ll_str(candidate->cap_reason));
	ll_stmt_bind_text(stmt, ":summary",
	                  ll_sentence_summary(arena, judgment->service, candidate, words));
	ll_stmt_bind_text(stmt, ":explanation", ll_sentence_explanation(arena, candidate, words));
	ll_stmt_bind_text(stmt, ":remedy", words->remedy);
	ll_stmt_bind_text(stmt, ":first_bad_build", words->first_build);
}

/* "[0,2]": the rows that a paragraph rests on. */
static void put_ordinals(struct ll_buf *out, const struct ll_candidate *candidate,
                         const struct ll_words *words, size_t paragraph)
{
	const char *between = "[";

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (!ll_sentence_rests_on(candidate, words, paragraph, i))
			continue;
		ll_buf_printf(out, "%s%zu", between, i);
		between = ",";
	}
	ll_buf_puts(out, *between == '[' ? "[]" : "]");
}

static int put_paragraphs(struct store *store, const struct ll_candidate *candidate,
                          const struct ll_words *words, struct ll_str id, struct ll_error *err)
{
	struct ll_str rest = ll_sentence_explanation(arena_of(store), candidate, words);
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_buf ordinals;
	int rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/put_paragraph.sql", &stmt,
	                          err);

	ll_buf_init(&ordinals, LL_BUF_MESSAGE);
	for (size_t i = 0; rc == LL_OK && rest.size > 0; i++) {
		ll_buf_clear(&ordinals);
		put_ordinals(&ordinals, candidate, words, i);
		ll_stmt_reset(stmt);
		ll_stmt_bind_text(stmt, ":finding_id", id);
		ll_stmt_bind_i64(stmt, ":ordinal", (int64_t)i);
		ll_stmt_bind_text(stmt, ":text", ll_str_split(&rest, '\n'));
		ll_stmt_bind_text(stmt, ":evidence", ll_buf_str(&ordinals));
		rc = run_to_end(stmt, err);
	}
	ll_buf_done(&ordinals);
	return rc;
}

static int put_finding(struct store *store, const struct ll_candidate *candidate, struct ll_str id,
                       const char **ret_state, struct ll_error *err)
{
	const struct ll_place *const place = candidate->places.items;
	const struct ll_known *const known = find_known(store, id);
	const struct ll_estimate bytes = ll_candidate_bytes(candidate);
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_words words;
	uint8_t input[16];
	int rc = load_words(store, candidate, &words, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/put_finding.sql", &stmt,
		                      err);
	if (rc < 0)
		return rc;
	*ret_state = ll_state_next(known, isnan(bytes.value) ? place->objects : bytes,
	                           place->last_ns, place->is_over);
	ll_hash_to_bytes(store->judgment->input, input);
	ll_stmt_bind_text(stmt, ":finding_id", id);
	ll_stmt_bind_i64(stmt, ":service_id", store->judgment->service_id);
	bind_place(stmt, place);
	bind_verdict(store, stmt, candidate, &words);
	bind_growth(stmt, candidate, bytes);
	ll_stmt_bind_text(stmt, ":state", ll_str(*ret_state));
	ll_stmt_bind_i64(stmt, ":first_seen_ns",
	                 known && known->first_seen_ns < place->first_ns ? known->first_seen_ns
	                                                                 : place->first_ns);
	ll_stmt_bind_i64(stmt, ":last_seen_ns", place->last_ns);
	ll_stmt_bind_i64(stmt, ":watched_ns", place->span_ns);
	ll_stmt_bind_i64(stmt, ":captures", place->captures);
	ll_stmt_bind_i64(stmt, ":lives", place->lives);
	ll_stmt_bind_blob(stmt, ":input", input, sizeof input);
	rc = run_to_end(stmt, err);
	return rc < 0 ? rc : put_paragraphs(store, candidate, &words, id, err);
}

static int put_places(struct store *store, const struct ll_candidate *candidate, struct ll_str id,
                      struct ll_error *err)
{
	const struct ll_place *const places = candidate->places.items;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/put_place.sql", &stmt, err);

	for (size_t i = 0; rc == LL_OK && i < candidate->places.count; i++) {
		ll_stmt_reset(stmt);
		ll_stmt_bind_text(stmt, ":finding_id", id);
		ll_stmt_bind_i64(stmt, ":ordinal", (int64_t)i);
		bind_place(stmt, &places[i]);
		if (places[i].class_name.size > 0)
			ll_stmt_bind_text(stmt, ":class", places[i].class_name);
		else
			ll_stmt_bind_null(stmt, ":class");
		ll_stmt_bind_f64(stmt, ":growth_bytes_per_day", places[i].bytes.value);
		ll_stmt_bind_f64(stmt, ":growth_per_day", places[i].objects.value);
		rc = run_to_end(stmt, err);
	}
	return rc;
}

static int put_evidence(struct store *store, const struct ll_candidate *candidate, struct ll_str id,
                        struct ll_error *err)
{
	const struct ll_counted *const rows = candidate->rows.items;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL, *captures = NULL;
	int rc =
		ll_stmt_resource(store->judgment->ledger, "sql/judge/put_evidence.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(store->judgment->ledger,
		                      "sql/judge/put_evidence_captures.sql", &captures, err);
	for (size_t i = 0; rc == LL_OK && i < candidate->rows.count; i++) {
		const struct ll_row *const row = rows[i].row;

		ll_stmt_reset(stmt);
		ll_stmt_bind_text(stmt, ":finding_id", id);
		ll_stmt_bind_i64(stmt, ":ordinal", (int64_t)i);
		ll_stmt_bind_i64(stmt, ":place", (int64_t)rows[i].place);
		ll_stmt_bind_text(stmt, ":analyzer", row->analyzer->id);
		ll_stmt_bind_text(stmt, ":term", row->analyzer->term);
		ll_stmt_bind_f64(stmt, ":strength", row->strength);
		ll_stmt_bind_f64(stmt, ":weight", rows[i].weight);
		ll_stmt_bind_i64(stmt, ":is_counted", rows[i].is_counted);
		if (row->class_name.size > 0)
			ll_stmt_bind_text(stmt, ":class", row->class_name);
		else
			ll_stmt_bind_null(stmt, ":class");
		ll_stmt_bind_text(stmt, ":detail", row->detail);
		ll_stmt_bind_text(stmt, ":data", row->evidence);
		rc = run_to_end(stmt, err);
		if (rc < 0)
			break;
		ll_stmt_reset(captures);
		ll_stmt_bind_text(captures, ":finding_id", id);
		ll_stmt_bind_i64(captures, ":ordinal", (int64_t)i);
		ll_stmt_bind_text(captures, ":data", row->evidence);
		rc = run_to_end(captures, err);
	}
	return rc;
}

/* For a service those whose captures are evidence, for a place those on which it grows. */
static int put_instances(struct store *store, const struct ll_place *place, struct ll_str id,
                         struct ll_error *err)
{
	static const char *const resources[] = {
		[LL_SUBJECT_HEAP] = "sql/judge/heap_instances.sql",
		[LL_SUBJECT_GOROUTINES] = "sql/judge/goroutines_instances.sql",
		[LL_SUBJECT_SERVICE] = "sql/judge/service_instances.sql",
	};
	struct ll_ledger *const ledger = store->judgment->ledger;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *find = NULL, *put = NULL;
	int rc, state = 0;

	rc = ll_stmt_resource(ledger, resources[place->kind], &find, err);
	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/judge/put_instance.sql", &put, err);
	if (rc < 0)
		return rc;
	if (place->kind == LL_SUBJECT_SERVICE)
		ll_stmt_bind_text(find, ":finding_id", id);
	else
		ll_stmt_bind_i64(find, ":site_id", place->site_id);
	while (rc == LL_OK && (state = ll_stmt_step(find, err)) > 0) {
		ll_stmt_reset(put);
		ll_stmt_bind_text(put, ":finding_id", id);
		ll_stmt_bind_i64(put, ":instance_id", ll_stmt_i64(find, 0));
		rc = run_to_end(put, err);
	}
	return state < 0 ? state : rc;
}

/* Where the place is in each build, by which a later judgment knows it again. */
static int put_lines(struct store *store, const struct ll_place *place, struct ll_str id,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc;

	if (place->kind == LL_SUBJECT_SERVICE)
		return LL_OK;
	rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/put_lines.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":finding_id", id);
	ll_stmt_bind_i64(stmt, ":site_id", place->site_id);
	return run_to_end(stmt, err);
}

static int put_points(struct store *store, const struct ll_place *place, struct ll_str id,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc =
		ll_stmt_resource(store->judgment->ledger, "sql/judge/put_points.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":finding_id", id);
	ll_stmt_bind_text(stmt, ":kind", ll_str(ll_subject_kind_name(place->kind)));
	ll_stmt_bind_i64(stmt, ":site_id", place->site_id);
	ll_stmt_bind_i64(stmt, ":service_id", store->judgment->service_id);
	ll_stmt_bind_text(stmt, ":topic", place->topic);
	ll_stmt_bind_i64(stmt, ":most", POINTS_MAX);
	return run_to_end(stmt, err);
}

static int run_with_id(struct store *store, const char *resource, struct ll_str id,
                       struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc = ll_stmt_resource(store->judgment->ledger, resource, &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":finding_id", id);
	return run_to_end(stmt, err);
}

static int put_candidate(struct store *store, size_t index, struct ll_str id,
                         struct ll_analyze_result *result, struct ll_error *err)
{
	const struct ll_candidate *const candidate =
		(struct ll_candidate *)store->candidates.items.items + index;
	const struct ll_known *const known = find_known(store, id);
	const char *state = "same";
	int rc = run_with_id(store, "sql/judge/delete_finding.sql", id, err);

	if (rc == LL_OK)
		rc = put_finding(store, candidate, id, &state, err);
	if (rc == LL_OK)
		rc = put_places(store, candidate, id, err);
	if (rc == LL_OK)
		rc = put_evidence(store, candidate, id, err);
	if (rc == LL_OK)
		rc = put_instances(store, candidate->places.items, id, err);
	if (rc == LL_OK)
		rc = put_lines(store, candidate->places.items, id, err);
	if (rc == LL_OK)
		rc = ll_sources_put(store->judgment->sources, store->judgment->ledger,
		                    candidate->places.items, id, err);
	if (rc == LL_OK)
		rc = put_points(store, candidate->places.items, id, err);
	if (rc == LL_OK)
		rc = ll_outlook_put(store->judgment->ledger, &store->outlook, candidate, id, err);
	if (rc == LL_OK)
		rc = ll_keywords_put(store->judgment->ledger, candidate, id, err);
	if (rc == LL_OK)
		rc = run_with_id(store, "sql/judge/put_history.sql", id, err);
	if (rc == LL_OK && !candidate->is_look &&
	    (!known || !ll_str_equal(known->state, ll_str(state))))
		result->changed++;
	return rc;
}

/* ------------------------------------------------------------- what is not there */

static int count_since(struct store *store, const struct ll_known *known, int64_t *ret_count,
                       int64_t *ret_of_new_builds, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(store->judgment->ledger, "sql/judge/captures_since.sql", &stmt,
	                          err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":time_ns", known->last_seen_ns);
	ll_stmt_bind_text(stmt, ":kind", ll_str(ll_subject_kind_name(known->kind)));
	rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	*ret_count = ll_stmt_i64(stmt, 0);
	*ret_of_new_builds = ll_stmt_i64(stmt, 1);
	return LL_OK;
}

static int end_known(struct store *store, const struct ll_known *known,
                     struct ll_analyze_result *result, struct ll_error *err)
{
	int64_t captures_since = 0, of_new_builds = 0;
	int rc = count_since(store, known, &captures_since, &of_new_builds, err);

	if (rc < 0)
		return rc;
	switch (ll_state_absent(known, captures_since, of_new_builds)) {
	case LL_FATE_KEEP: return LL_OK;
	case LL_FATE_FIXED:
		result->changed++;
		rc = run_with_id(store, "sql/judge/fix_finding.sql", known->id, err);
		return rc < 0 ? rc
		              : run_with_id(store, "sql/judge/put_history.sql", known->id, err);
	case LL_FATE_DELETE:
		result->changed++;
		rc = run_with_id(store, "sql/judge/delete_finding.sql", known->id, err);
		return rc < 0 ? rc
		              : run_with_id(store, "sql/judge/forget_history.sql", known->id, err);
	}
	return LL_OK;
}

static bool is_among(const struct ll_str *ids, size_t count, struct ll_str id)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(ids[i], id))
			return true;
	}
	return false;
}

static int store_all(struct store *store, struct ll_analyze_result *result, struct ll_error *err)
{
	const size_t count = store->candidates.items.count;
	struct ll_str *const ids = ll_arena_calloc(arena_of(store), count + 1, sizeof *ids);
	const struct ll_known *known;
	int rc = forget_looks(store, err);

	if (rc == LL_OK)
		rc = load_known(store, err);

	if (rc == LL_OK)
		rc = ll_outlook_load(store->judgment->ledger, store->judgment->service_id,
		                     arena_of(store), &store->outlook, err);
	if (rc == LL_OK)
		rc = ll_candidates_ids(&store->candidates, store->judgment, ids, err);
	for (size_t i = 0; rc == LL_OK && i < count; i++)
		rc = put_candidate(store, i, ids[i], result, err);
	known = store->known.items;
	for (size_t i = 0; rc == LL_OK && i < store->known.count; i++) {
		if (!is_among(ids, count, known[i].id))
			rc = end_known(store, &known[i], result, err);
	}
	return rc;
}

int ll_findings_store(const struct ll_judgment *judgment, const struct ll_rows_found *found,
                      struct ll_analyze_result *result, struct ll_error *err)
{
	struct store store = {.judgment = judgment};
	int rc = ll_candidates_make(judgment, found, &store.candidates, err);

	if (rc < 0)
		return rc;
	rc = store_all(&store, result, err);
	ll_vec_done(&store.known);
	ll_candidates_done(&store.candidates);
	return rc;
}
