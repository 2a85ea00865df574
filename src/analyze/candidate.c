/* SPDX-License-Identifier: Apache-2.0 */
/*
 * candidate.c - groups of rows to candidates: which place is the leak's own, what class, what
 * score.
 *
 * The place that a finding names is where a person must look first:
 *
 *   1  Where goroutines pile up, they are the leak; memory on their path is what they hold.
 *   2  Else what keeps memory goes first: a timer, a context, a finalizer, a pool. What a timer's
 *      function refers to is larger than the timer, and would be gone without it.
 *   3  Else a container goes before its contents: a map, then a channel, then a closure, then a
 *      slice, then everything else. What is put into a map is kept by the map.
 *   4  Goroutines that only wait for what another place of the finding holds go last, unless a
 *      trend says that they pile up at a lock.
 *   5  Among equals what keeps the others, and then the one that gained most.
 *   6  Of a whole process a limit goes before the work that it makes the collector do.
 *
 * Only gated subjects can be the finding's own, and those that a row with the term "container", or
 * "keeper" with same_as, says to be what keeps a gated one: a container grows in leaps, which no
 * gate takes for growth, or is too small beside its contents for any trend.
 */
#include "judge.h"

#include <leakledger/json.h>

#include <inttypes.h>
#include <math.h>

/* ----------------------------------------------------------------------- places */

/* Smaller goes first. */
static int rank_of(const struct ll_place *place)
{
	static const char *const containers[] = {"map", "channel", "closure", "slice"};

	if (ll_str_equal(place->class_name, ll_str("limit")))
		return -1;
	if (place->kind != LL_SUBJECT_HEAP)
		return 0;
	if (ll_class_is_keeper(place->class_name))
		return 1;
	for (size_t i = 0; i < LL_COUNT(containers); i++) {
		if (ll_str_equal(place->class_name, ll_str(containers[i])))
			return (int)i + 2;
	}
	return (int)LL_COUNT(containers) + 2;
}

static bool goes_before(const struct ll_place *a, const struct ll_place *b)
{
	const double growth_a = isnan(a->growth) ? 0 : a->growth;
	const double growth_b = isnan(b->growth) ? 0 : b->growth;

	if (a->is_behind != b->is_behind)
		return b->is_behind;
	if (rank_of(a) != rank_of(b))
		return rank_of(a) < rank_of(b);
	if (a->is_kept != b->is_kept)
		return b->is_kept;
	return growth_a > growth_b;
}

static void set_classes(struct ll_candidate *candidate)
{
	struct ll_place *const places = candidate->places.items;

	for (size_t i = 0; i < candidate->places.count; i++)
		places[i].class_name =
			ll_class_vote(candidate->rows.items, candidate->rows.count, i);
}

static bool has_term(const struct ll_candidate *candidate, size_t place, const char *term)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == place &&
		    ll_str_equal(rows[i].row->analyzer->term, ll_str(term)))
			return true;
	}
	return false;
}

static void set_behind(struct ll_candidate *candidate)
{
	struct ll_place *const places = candidate->places.items;

	for (size_t i = 0; i < candidate->places.count; i++)
		places[i].is_behind =
			has_term(candidate, i, "far-end") ||
			(has_term(candidate, i, "behind") && !has_term(candidate, i, "growth"));
}

/* Does a row say that its place keeps what the other one, which it names, makes? */
static bool says_it_keeps(const struct ll_row *row, const struct ll_place *other)
{
	struct ll_str same_as = row->same_as;
	int64_t site_id;

	return other->kind == LL_SUBJECT_HEAP &&
	       (ll_str_equal(row->analyzer->term, ll_str("container")) ||
	        ll_str_equal(row->analyzer->term, ll_str("keeper"))) &&
	       ll_str_skip(&same_as, "site:") && ll_str_to_i64(same_as, &site_id) &&
	       site_id == other->site_id;
}

/* What keeps another place may be the finding's own. */
static void admit_containers(struct ll_candidate *candidate, bool *is_gated)
{
	const struct ll_counted *const rows = candidate->rows.items;
	struct ll_place *const places = candidate->places.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		for (size_t k = 0; rows[i].row->same_as.size > 0 && k < candidate->places.count;
		     k++) {
			if (!says_it_keeps(rows[i].row, &places[k]))
				continue;
			is_gated[rows[i].place] = true;
			places[k].is_kept = k != rows[i].place;
		}
	}
}

/* Brings the finding's own place to the front; rows follow. */
static void choose_place(struct ll_candidate *candidate, const bool *is_gated)
{
	struct ll_place *const places = candidate->places.items;
	struct ll_counted *const rows = candidate->rows.items;
	size_t best = SIZE_MAX;
	struct ll_place first;

	for (size_t i = 0; i < candidate->places.count; i++) {
		if (is_gated[i] && (best == SIZE_MAX || goes_before(&places[i], &places[best])))
			best = i;
	}
	if (best == SIZE_MAX || best == 0)
		return;
	first = places[best];
	memmove(&places[1], &places[0], best * sizeof *places);
	places[0] = first;
	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == best)
			rows[i].place = 0;
		else if (rows[i].place < best)
			rows[i].place++;
	}
}

/* ------------------------------------------------------------------------- words */

/* The text under `key` of a JSON object, or empty. */
static struct ll_str json_text(struct ll_arena *arena, struct ll_str object, const char *key)
{
	struct ll_json json;
	struct ll_json_token token;
	struct ll_str kept = {NULL, 0};

	ll_json_init(&json, object);
	if (ll_json_next(&json).kind != LL_JSON_OBJECT)
		return kept;
	while ((token = ll_json_next(&json)).kind == LL_JSON_KEY) {
		if (!ll_str_equal(token.text, ll_str(key))) {
			if (!ll_json_skip(&json))
				break;
			continue;
		}
		token = ll_json_next(&json);
		if (token.kind == LL_JSON_STRING) {
			struct ll_buf text;

			ll_buf_init(&text, LL_BUF_MESSAGE);
			ll_json_unescape(token.text, &text);
			kept = ll_arena_str(arena, ll_buf_str(&text));
			ll_buf_done(&text);
		}
		break;
	}
	return kept;
}

static void set_wait_reason(struct ll_candidate *candidate, struct ll_arena *arena)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == 0 && candidate->wait_reason.size == 0)
			candidate->wait_reason =
				json_text(arena, rows[i].row->evidence, "wait_reason");
	}
}

static struct ll_str default_class(const struct ll_place *place)
{
	return ll_str(place->kind == LL_SUBJECT_GOROUTINES ? "goroutine" : "object");
}

/* ------------------------------------------------------------------------ making */

static bool has_own_term(const struct ll_candidate *candidate, const char *term)
{
	return has_term(candidate, 0, term);
}

/* Is the finding there only because nothing else was found? */
static bool is_look(const struct ll_candidate *candidate)
{
	const struct ll_counted *const rows = candidate->rows.items;
	bool is_last = false;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].row->analyzer->is_gate || rows[i].row->analyzer->is_rest)
			return false;
		is_last |= rows[i].row->analyzer->is_last;
	}
	return is_last;
}

/*
 * Goroutines that are called for what one dump shows, and not for a trend, are not said to have
 * one: the slope of a number that stands still is no finding. Nor is that of memory in so few heap
 * profiles that they only tell where to look.
 */
static void forget_idle_trend(struct ll_candidate *candidate)
{
	struct ll_place *const own = candidate->places.items;
	const double none = (double)NAN;
	const bool is_heap_look = own->kind == LL_SUBJECT_HEAP && candidate->is_look;

	if (!is_heap_look &&
	    (own->kind != LL_SUBJECT_GOROUTINES || has_own_term(candidate, "growth")))
		return;
	if (is_heap_look)
		own->standing = "where to look first, which alone is no fault";
	else if (has_own_term(candidate, "stuck") || has_own_term(candidate, "deadlock"))
		own->standing = "are stuck";
	else if (has_own_term(candidate, "gc-proof"))
		own->standing = "never end";
	else if (has_own_term(candidate, "unanswered") && !has_own_term(candidate, "level"))
		own->standing = "wait for others";
	else if (candidate->is_look)
		own->standing = "wait, which alone is no fault";
	else
		own->standing = "are very many for one place";
	own->is_measured = false;
	own->is_over = false;
	own->bytes = (struct ll_estimate){none, none, none};
	own->objects = own->bytes;
	own->growth = none;
	own->p_trend = none;
}

/* Gives each row to the candidate of its group, of which candidates has one each. */
static void share_out_rows(const struct ll_judgment *judgment, const struct ll_rows_found *found,
                           const struct ll_groups *groups, struct ll_candidates *candidates)
{
	const struct ll_row *const rows = found->rows.items;
	const struct ll_subject *const subjects = groups->subjects.items;
	struct ll_candidate *const items = candidates->items.items;

	for (size_t i = 0; i < found->rows.count; i++) {
		const struct ll_subject *const subject =
			&subjects[ll_groups_find(groups, rows[i].subject)];

		if (subject->group == SIZE_MAX)
			continue;
		*(struct ll_counted *)ll_vec_push(&items[subject->group].rows,
		                                  sizeof(struct ll_counted)) = (struct ll_counted){
			.row = &rows[i],
			.place = subject->place,
			.weight = ll_weight_find(judgment->weights, rows[i].analyzer->term),
		};
	}
}

/* Does a row about the subject say a class? */
static bool has_class(const struct ll_rows_found *found, struct ll_str subject)
{
	const struct ll_row *const rows = found->rows.items;

	for (size_t i = 0; i < found->rows.count; i++) {
		if (rows[i].class_name.size > 0 && ll_str_equal(rows[i].subject, subject))
			return true;
	}
	return false;
}

/*
 * A finding about a whole process that names a place, and does not know its class, has the votes of
 * that place. They say what is kept there and not that it is a leak, so they have no weight.
 */
static void lend_classes(const struct ll_rows_found *found, const struct ll_subject *subject,
                         struct ll_candidate *candidate)
{
	const struct ll_row *const rows = found->rows.items;
	char text[32];
	struct ll_str site;

	if (subject->kind != LL_SUBJECT_SERVICE || subject->site_id == 0 || !subject->is_gated ||
	    has_class(found, subject->text))
		return;
	(void)snprintf(text, sizeof text, "site:%" PRId64, subject->site_id);
	site = ll_str(text);
	for (size_t i = 0; i < found->rows.count; i++) {
		if (rows[i].class_name.size > 0 && ll_str_equal(rows[i].subject, site))
			*(struct ll_counted *)ll_vec_push(
				&candidate->rows, sizeof(struct ll_counted)) = (struct ll_counted){
				.row = &rows[i],
				.place = subject->place,
				.is_lent = true,
			};
	}
}

static int make_one(const struct ll_judgment *judgment, const struct ll_groups *groups,
                    const struct ll_group *group, struct ll_arena *arena,
                    struct ll_candidate *candidate, struct ll_error *err)
{
	const struct ll_subject *const subjects = groups->subjects.items;
	const size_t *const members = group->subjects.items;
	bool *const is_gated = ll_arena_calloc(arena, group->subjects.count, sizeof *is_gated);
	const struct ll_place *own;

	for (size_t i = 0; i < group->subjects.count; i++) {
		struct ll_place *const place = ll_vec_push(&candidate->places, sizeof *place);
		const int rc = ll_place_load(judgment->ledger, &subjects[members[i]],
		                             judgment->service_id, arena, place, err);

		if (rc < 0)
			return rc;
		is_gated[i] = subjects[members[i]].is_gated;
	}
	set_classes(candidate);
	set_behind(candidate);
	candidate->is_look = is_look(candidate);
	if (!candidate->is_look)
		admit_containers(candidate, is_gated);
	choose_place(candidate, is_gated);
	own = candidate->places.items;
	candidate->class_name = own->class_name.size > 0 ? own->class_name : default_class(own);
	set_wait_reason(candidate, arena);
	forget_idle_trend(candidate);
	ll_score(candidate);
	return LL_OK;
}

int ll_candidates_make(const struct ll_judgment *judgment, const struct ll_rows_found *found,
                       struct ll_candidates *ret_candidates, struct ll_error *err)
{
	struct ll_groups groups;
	const struct ll_group *items;
	struct ll_candidate *candidates;
	int rc = LL_OK;

	*ret_candidates = (struct ll_candidates){.arena = LL_ARENA_INIT};
	ll_group_rows(found, &groups);
	items = groups.groups.items;
	for (size_t i = 0; i < groups.groups.count; i++)
		(void)ll_vec_push(&ret_candidates->items, sizeof(struct ll_candidate));
	share_out_rows(judgment, found, &groups, ret_candidates);
	candidates = ret_candidates->items.items;
	for (size_t i = 0; i < groups.subjects.count; i++) {
		const struct ll_subject *const subject =
			(struct ll_subject *)groups.subjects.items + i;

		if (subject->group != SIZE_MAX)
			lend_classes(found, subject, &candidates[subject->group]);
	}
	for (size_t i = 0; rc == LL_OK && i < groups.groups.count; i++)
		rc = make_one(judgment, &groups, &items[i], &ret_candidates->arena, &candidates[i],
		              err);
	ll_groups_done(&groups);
	if (rc < 0)
		ll_candidates_done(ret_candidates);
	return rc;
}

void ll_candidates_done(struct ll_candidates *candidates)
{
	struct ll_candidate *const items = candidates->items.items;

	for (size_t i = 0; i < candidates->items.count; i++) {
		ll_vec_done(&items[i].places);
		ll_vec_done(&items[i].rows);
	}
	ll_vec_done(&candidates->items);
	ll_arena_done(&candidates->arena);
}

bool ll_candidate_keeps(const struct ll_candidate *candidate, const struct ll_place *other)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == 0 && says_it_keeps(rows[i].row, other))
			return true;
	}
	return false;
}

const struct ll_place *ll_candidate_most_kept(const struct ll_candidate *candidate)
{
	const struct ll_place *const places = candidate->places.items;
	const struct ll_place *most = NULL;

	for (size_t i = 1; i < candidate->places.count; i++) {
		if (places[i].bytes.value > 0 && ll_candidate_keeps(candidate, &places[i]) &&
		    (!most || places[i].bytes.value > most->bytes.value))
			most = &places[i];
	}
	return most;
}

struct ll_estimate ll_candidate_bytes(const struct ll_candidate *candidate)
{
	const struct ll_place *const places = candidate->places.items;
	struct ll_estimate sum = {(double)NAN, (double)NAN, (double)NAN};

	for (size_t i = 0; i < candidate->places.count; i++) {
		const struct ll_estimate *const bytes = &places[i].bytes;

		if (isnan(bytes->value) || bytes->value <= 0)
			continue;
		if (isnan(sum.value))
			sum = (struct ll_estimate){0, 0, 0};
		sum.value += bytes->value;
		sum.low += isnan(bytes->low) ? 0 : bytes->low;
		sum.high += isnan(bytes->high) ? bytes->value : bytes->high;
	}
	return sum;
}
