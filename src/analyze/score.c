/* SPDX-License-Identifier: Apache-2.0 */
/*
 * score.c - evidence to a number between 0 and 100, and to a class.
 *
 * Source: leaks.md 5.4. Rules:
 *
 *   1  score = 100 x (1 - product(1 - weight x strength)), one factor for each term. Of several
 *      rows with one term the strongest counts.
 *   2  A row that says which class it is counts only when it agrees with the finding's class.
 *      Classes are voted for by strength; but one that says why something is kept (pool, timer,
 *      context, finalizer) goes before those that say what shape it has. And where a row with the
 *      term "keeper" knows what keeps something, none speaks against it by saying that what is
 *      kept are objects; that they are slices counts half.
 *   3  Without growth, proof, a goroutine that is stuck or something that was seen to go wrong the
 *      score is at most 40: a level says nothing about a leak.
 *   4  With fewer than three lives of a process, or watched over fewer than seven days, it is at
 *      most 74, unless the garbage collector or the runtime proved the leak.
 *   5  With one life only, and that watched for less than half an hour after its warm-up, it is at
 *      most 64: a warning. A slow saw tooth, or a cache that fills late, looks the same. So it is
 *      with memory of several processes that were watched for less than half an hour in all: those
 *      that start together fill their caches together. And so it is with growth in fewer than three
 *      lives (of memory: of each instance) of which the one that was watched longest has fewer than
 *      twelve captures: six of one instance and six of another fill two caches, and show neither of
 *      them full.
 *   6  Growth that only heap profiles show, of fewer than three lives, is at most 69, a warning:
 *      a cache that fills looks the same. A second leg is the live heap, which MemStats tell, or
 *      other instances, or goroutines that hold it, or a class that keeps memory by its nature.
 *   7  So is memory that grew in processes of which each lived for less than half of the time that
 *      was watched: they ended before a cache would be full, and restarts put it off.
 *   8  Memory that grew since its process began, in fewer than three lives and for less than a
 *      week, is at most 69 as well, a warning: whatever begins empty and is not full looks like
 *      that, and nothing but time tells it from a leak. It is more where it is no such thing,
 *      because it began later than its process or with a deploy, or is kept by what keeps by its
 *      nature; and where it does not matter what it is, because the limit is days away.
 *   9  And goroutines of which dumps tell how long they have waited, when none has waited for
 *      long: what leaks is as old as the leak, what follows a rising load is young.
 */
#include "judge.h"

#include <math.h>

#define SURE_KEEPER  0.5
#define LEAST_KEEPER 0.45

enum {
	CAP_LEVEL = 40,
	CAP_THIN = 74,
	CAP_ONE_LEG = 69,
	CAP_SHORT = 64,
	SHORT_MINUTES = 30,
	ENOUGH_CAPTURES = 12,
	ENOUGH_LIVES = 3,
	ENOUGH_DAYS = 7,
	CLASSES_MAX = 32,
};

int ll_weights_load(struct ll_ledger *ledger, struct ll_arena *arena,
                    struct ll_weights *ret_weights, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/judge/weights.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_weight *const weight = ll_vec_push(&ret_weights->items, sizeof *weight);

		weight->term = ll_arena_str(arena, ll_stmt_text(stmt, 0));
		weight->weight = ll_stmt_f64(stmt, 1);
	}
	return rc;
}

double ll_weight_find(const struct ll_weights *weights, struct ll_str term)
{
	const struct ll_weight *const items = weights->items.items;

	for (size_t i = 0; i < weights->items.count; i++) {
		if (ll_str_equal(items[i].term, term))
			return items[i].weight;
	}
	return (double)NAN;
}

struct class_sum {
	struct ll_str name;
	double sum;
};

bool ll_class_is_keeper(struct ll_str class_name)
{
	static const char *const keepers[] = {"pool", "timer", "context", "finalizer"};

	for (size_t i = 0; i < LL_COUNT(keepers); i++) {
		if (ll_str_equal(class_name, ll_str(keepers[i])))
			return true;
	}
	return false;
}

static bool is_sure_keeper(const struct class_sum *sum)
{
	return sum->sum >= SURE_KEEPER && ll_class_is_keeper(sum->name);
}

static bool goes_before(const struct class_sum *a, const struct class_sum *b)
{
	if (is_sure_keeper(a) != is_sure_keeper(b))
		return is_sure_keeper(a);
	return a->sum > b->sum;
}

/* What a vote counts where it may be about what is kept, not about what keeps it (rule 2). */
static double vote_of(const struct ll_row *row, bool is_kept)
{
	if (!is_kept || ll_str_equal(row->analyzer->term, ll_str("keeper")))
		return row->strength;
	if (ll_str_equal(row->class_name, ll_str("object")))
		return 0;
	return ll_str_equal(row->class_name, ll_str("slice")) ? row->strength / 2 : row->strength;
}

/* Does a row say what keeps the objects of this place (rule 2)? */
static bool has_keeper(const struct ll_counted *rows, size_t count, size_t place)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].place == place && rows[i].row->strength >= LEAST_KEEPER &&
		    ll_str_equal(rows[i].row->analyzer->term, ll_str("keeper")))
			return true;
	}
	return false;
}

struct ll_str ll_class_vote(const struct ll_counted *rows, size_t count, size_t place)
{
	struct class_sum classes[CLASSES_MAX];
	const bool is_kept = has_keeper(rows, count, place);
	size_t class_count = 0, best = SIZE_MAX;

	for (size_t i = 0; i < count; i++) {
		const struct ll_row *const row = rows[i].row;
		size_t k = 0;

		if (rows[i].place != place || row->class_name.size == 0)
			continue;
		while (k < class_count && !ll_str_equal(classes[k].name, row->class_name))
			k++;
		if (k == CLASSES_MAX)
			continue;
		if (k == class_count) {
			classes[class_count].name = row->class_name;
			classes[class_count++].sum = 0;
		}
		classes[k].sum += vote_of(row, is_kept);
	}
	for (size_t k = 0; k < class_count; k++) {
		if (best == SIZE_MAX || goes_before(&classes[k], &classes[best]))
			best = k;
	}
	return best == SIZE_MAX ? ll_str_n(NULL, 0) : classes[best].name;
}

/* What waits behind the finding's own place speaks for it, whatever its own class is. */
static bool agrees(const struct ll_candidate *candidate, const struct ll_counted *counted)
{
	const struct ll_place *const places = candidate->places.items;
	const struct ll_str class_name = counted->row->class_name;

	return class_name.size == 0 || ll_str_equal(class_name, candidate->class_name) ||
	       places[counted->place].is_behind;
}

/*
 * The strongest agreeing row of the term of row `first`; SIZE_MAX when an earlier row has that
 * term.
 */
static size_t strongest(const struct ll_candidate *candidate, size_t first)
{
	const struct ll_counted *const rows = candidate->rows.items;
	const struct ll_str term = rows[first].row->analyzer->term;
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (!ll_str_equal(rows[i].row->analyzer->term, term))
			continue;
		if (i < first)
			return SIZE_MAX;
		if (agrees(candidate, &rows[i]) &&
		    (best == SIZE_MAX || rows[i].row->strength > rows[best].row->strength))
			best = i;
	}
	return best;
}

/*
 * Marks the rows that count and returns the product of what they leave open. Where it is only said
 * where to look, nothing counts.
 */
static double combine(struct ll_candidate *candidate)
{
	struct ll_counted *const rows = candidate->rows.items;
	double open = 1;

	if (candidate->is_look)
		return open;
	for (size_t i = 0; i < candidate->rows.count; i++) {
		const size_t best = strongest(candidate, i);

		if (best == SIZE_MAX)
			continue;
		rows[best].is_counted = rows[best].weight > 0 && rows[best].row->strength > 0;
		open *= 1 - rows[best].weight * rows[best].row->strength;
	}
	return open;
}

static bool has_term(const struct ll_candidate *candidate, const char *term)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].is_counted && ll_str_equal(rows[i].row->analyzer->term, ll_str(term)))
			return true;
	}
	return false;
}

/* Is there evidence of this term, also where it has no weight? */
static bool is_said(const struct ll_candidate *candidate, const char *term)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == 0 && ll_str_equal(rows[i].row->analyzer->term, ll_str(term)))
			return true;
	}
	return false;
}

/* Rules 6 to 9: why it is at most a warning, or NULL. */
static const char *doubt_of(const struct ll_candidate *candidate)
{
	const struct ll_place *const place = candidate->places.items;

	if (place->kind == LL_SUBJECT_GOROUTINES)
		return is_said(candidate, "young") ? "none of the goroutines has waited for long"
		                                   : NULL;
	if (place->kind != LL_SUBJECT_HEAP || has_term(candidate, "joined") ||
	    ll_class_is_keeper(candidate->class_name))
		return NULL;
	if (place->lives >= ENOUGH_LIVES && place->span_ns < (place->last_ns - place->first_ns) / 2)
		return "no process lived long enough to show whether it levels off";
	if (place->lives < ENOUGH_LIVES && !has_term(candidate, "live-heap") &&
	    !has_term(candidate, "replicas"))
		return "only heap profiles show it";
	if (place->lives < ENOUGH_LIVES && place->span_ns < ENOUGH_DAYS * LL_NS_PER_DAY &&
	    !is_said(candidate, "later") && !is_said(candidate, "near"))
		return "it began with its process, as what fills up does";
	return NULL;
}

/* Rule 5: was the watch too short to tell a leak from what fills? */
static bool is_short(const struct ll_place *place)
{
	const int64_t enough = SHORT_MINUTES * LL_NS_PER_MINUTE;

	if (place->lives < 2)
		return place->span_ns < enough;
	return place->kind == LL_SUBJECT_HEAP && place->last_ns - place->first_ns < enough;
}

/*
 * Rule 5: was growth seen in too few captures? Three lives of one process are three witnesses of
 * when a cache is full; three replicas that were deployed together are one.
 */
static bool is_few(const struct ll_place *place)
{
	const bool is_side_by_side = place->kind == LL_SUBJECT_HEAP && place->instances > 1;
	const int64_t each = is_side_by_side ? place->instances : 1;

	return place->lives < ENOUGH_LIVES * each && place->longest_captures < ENOUGH_CAPTURES;
}

static void cap(struct ll_candidate *candidate)
{
	const struct ll_place *const place = candidate->places.items;
	const bool is_proved = has_term(candidate, "gc-proof") || has_term(candidate, "deadlock");
	const char *const doubt = doubt_of(candidate);
	int ceiling = 100;

	candidate->cap_reason = "";
	if (!is_proved && !has_term(candidate, "growth") && !has_term(candidate, "stuck") &&
	    !has_term(candidate, "seen")) {
		ceiling = CAP_LEVEL;
		candidate->cap_reason = "no growth was seen, only a level";
	} else if (!is_proved && is_short(place)) {
		ceiling = CAP_SHORT;
		candidate->cap_reason =
			place->lives < 2 ? "one process was watched for less than half an hour"
					 : "they were watched for less than half an hour";
	} else if (!is_proved && is_few(place) && has_term(candidate, "growth")) {
		ceiling = CAP_SHORT;
		candidate->cap_reason = "fewer than twelve captures of one process could be judged";
	} else if (!is_proved && doubt) {
		ceiling = CAP_ONE_LEG;
		candidate->cap_reason = doubt;
	} else if (!is_proved && place->lives < ENOUGH_LIVES) {
		ceiling = CAP_THIN;
		candidate->cap_reason = "fewer than three lives of a process were watched";
	} else if (!is_proved && place->last_ns - place->first_ns < ENOUGH_DAYS * LL_NS_PER_DAY) {
		ceiling = CAP_THIN;
		candidate->cap_reason = "it was watched for fewer than seven days";
	}
	if (candidate->score <= ceiling)
		candidate->cap_reason = "";
	else
		candidate->score = ceiling;
}

void ll_score(struct ll_candidate *candidate)
{
	struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++)
		rows[i].is_counted = false;
	candidate->uncapped_score = (int)lround(100 * (1 - combine(candidate)));
	candidate->score = candidate->uncapped_score;
	cap(candidate);
}
