/* SPDX-License-Identifier: Apache-2.0 */
/*
 * group.c - which rows speak of one leak.
 *
 * One mistake shows at several places: the map, what is put into it, the goroutine that fills it.
 * Analyzers say so with same_as. Rules:
 *
 *   1  A subject is gated when an analyzer with "gate: yes" returned a row about it. Only groups
 *      with a gated subject become findings.
 *   2  A row with same_as joins its subject to that other one if the other is gated. Stronger rows
 *      join first.
 *   3  Two gated piles of goroutines are joined only by a row that names both: a line that both
 *      happen to pass through must not make one leak of two.
 *   4  A subject that is not gated joins one group only, by its strongest row.
 *   5  An analyzer with "gate: rest" speaks of a whole process that grows. Its subjects are gated
 *      when no gate has found growth at a place in the code, which would be the same growth.
 *   6  An analyzer with "gate: last" says where to look when nothing else was found: its subjects
 *      are gated when no other is.
 */
#include "judge.h"

struct edge {
	size_t from, to;
	double strength;
};

const char *ll_subject_kind_name(enum ll_subject_kind kind)
{
	static const char *const names[] = {"heap", "goroutines", "service"};

	return names[kind];
}

static struct ll_subject *subject_at(const struct ll_groups *groups, size_t index)
{
	return (struct ll_subject *)groups->subjects.items + index;
}

static void parse_subject(struct ll_subject *subject)
{
	struct ll_str rest = subject->text;

	subject->kind = LL_SUBJECT_SERVICE;
	if (ll_str_skip(&rest, "site:") && ll_str_to_i64(rest, &subject->site_id)) {
		subject->kind = LL_SUBJECT_HEAP;
	} else if (ll_str_skip(&rest, "goroutines:") && ll_str_to_i64(rest, &subject->site_id)) {
		subject->kind = LL_SUBJECT_GOROUTINES;
	} else {
		rest = subject->text;
		subject->topic = ll_str_split(&rest, '@');
		(void)ll_str_to_i64(rest, &subject->site_id);
	}
}

static struct ll_hash key_of(struct ll_str text)
{
	return ll_hash_bytes(text.data, text.size);
}

static size_t put_subject(struct ll_groups *groups, struct ll_str text)
{
	const uint32_t next = (uint32_t)groups->subjects.count;
	const uint32_t index = ll_map_put(&groups->by_text, key_of(text), next);
	struct ll_subject *subject;

	if (index != next)
		return index;
	subject = ll_vec_push(&groups->subjects, sizeof *subject);
	subject->text = text;
	subject->group = SIZE_MAX;
	parse_subject(subject);
	return index;
}

size_t ll_groups_find(const struct ll_groups *groups, struct ll_str text)
{
	const uint32_t index = ll_map_find(&groups->by_text, key_of(text));

	return index == LL_MAP_NONE ? SIZE_MAX : index;
}

/* ------------------------------------------------------------------------ sets */

/* Sets of subjects: parents[i] leads towards the set's root. */
struct sets {
	struct ll_groups *groups;
	size_t *parents;
	size_t *piles; /* by root: the gated goroutines in the set, or SIZE_MAX */
};

static size_t root_of(struct sets *sets, size_t index)
{
	while (sets->parents[index] != index) {
		sets->parents[index] = sets->parents[sets->parents[index]];
		index = sets->parents[index];
	}
	return index;
}

static bool is_pile(const struct ll_groups *groups, size_t index)
{
	const struct ll_subject *const subject = subject_at(groups, index);

	return subject->is_gated && subject->kind == LL_SUBJECT_GOROUTINES;
}

static void join(struct sets *sets, const struct edge *edge)
{
	const size_t from = root_of(sets, edge->from), to = root_of(sets, edge->to);
	const bool both_piles = sets->piles[from] != SIZE_MAX && sets->piles[to] != SIZE_MAX;

	if (from == to)
		return;
	if (both_piles && !(is_pile(sets->groups, edge->from) && is_pile(sets->groups, edge->to)))
		return; /* rule 3 */
	/* The smaller index stays the root, so that groups come in the order of their rows. */
	sets->parents[from > to ? from : to] = from > to ? to : from;
	if (sets->piles[from > to ? to : from] == SIZE_MAX)
		sets->piles[from > to ? to : from] = sets->piles[from > to ? from : to];
}

static int stronger_first(const void *a, const void *b)
{
	const struct edge *const left = a;
	const struct edge *const right = b;

	if (left->strength > right->strength || left->strength < right->strength)
		return left->strength > right->strength ? -1 : 1;
	if (left->from != right->from)
		return left->from < right->from ? -1 : 1;
	return (left->to > right->to) - (left->to < right->to);
}

static void join_all(struct sets *sets, struct ll_vec *edges)
{
	const struct edge *const items = edges->items;
	bool *const has_joined = ll_calloc(sets->groups->subjects.count, sizeof *has_joined);

	if (edges->count > 0)
		qsort(edges->items, edges->count, sizeof *items, stronger_first);
	for (size_t i = 0; i < edges->count; i++) {
		if (!subject_at(sets->groups, items[i].to)->is_gated)
			continue;
		if (!subject_at(sets->groups, items[i].from)->is_gated && has_joined[items[i].from])
			continue; /* rule 4 */
		has_joined[items[i].from] = true;
		join(sets, &items[i]);
	}
	free(has_joined);
}

static void collect(struct sets *sets)
{
	struct ll_groups *const groups = sets->groups;
	const size_t count = groups->subjects.count;
	bool *const is_finding = ll_calloc(count, sizeof *is_finding);

	for (size_t i = 0; i < count; i++)
		is_finding[root_of(sets, i)] |= subject_at(groups, i)->is_gated;
	for (size_t i = 0; i < count; i++) {
		const size_t root = root_of(sets, i);
		struct ll_subject *const subject = subject_at(groups, i);
		struct ll_vec *members;

		if (!is_finding[root])
			continue;
		if (root == i) {
			subject->group = groups->groups.count;
			(void)ll_vec_push(&groups->groups, sizeof(struct ll_group));
		}
		subject->group = subject_at(groups, root)->group;
		members = &((struct ll_group *)groups->groups.items + subject->group)->subjects;
		subject->place = members->count;
		*(size_t *)ll_vec_push(members, sizeof i) = i;
	}
	free(is_finding);
}

/* Growth at a place, of memory or of goroutines. */
static bool is_placed_growth(const struct ll_row *row)
{
	return row->analyzer->is_gate && ll_str_equal(row->analyzer->term, ll_str("growth")) &&
	       (ll_str_starts(row->subject, "site:") || ll_str_starts(row->subject, "goroutines:"));
}

/* Rule 5. */
static void gate_the_rest(const struct ll_rows_found *found, struct ll_groups *groups)
{
	const struct ll_row *const rows = found->rows.items;

	for (size_t i = 0; i < found->rows.count; i++) {
		if (is_placed_growth(&rows[i]))
			return;
	}
	for (size_t i = 0; i < found->rows.count; i++) {
		if (rows[i].analyzer->is_rest)
			subject_at(groups, put_subject(groups, rows[i].subject))->is_gated = true;
	}
}

/* Rule 6. */
static void gate_the_last(const struct ll_rows_found *found, struct ll_groups *groups)
{
	const struct ll_row *const rows = found->rows.items;

	for (size_t i = 0; i < groups->subjects.count; i++) {
		if (subject_at(groups, i)->is_gated)
			return;
	}
	for (size_t i = 0; i < found->rows.count; i++) {
		if (rows[i].analyzer->is_last)
			subject_at(groups, put_subject(groups, rows[i].subject))->is_gated = true;
	}
}

void ll_group_rows(const struct ll_rows_found *found, struct ll_groups *ret_groups)
{
	const struct ll_row *const rows = found->rows.items;
	struct sets sets = {.groups = ret_groups};
	struct ll_vec edges = LL_VEC_INIT;

	*ret_groups = (struct ll_groups){.by_text = LL_MAP_INIT};
	for (size_t i = 0; i < found->rows.count; i++) {
		const size_t from = put_subject(ret_groups, rows[i].subject);

		subject_at(ret_groups, from)->is_gated |= rows[i].analyzer->is_gate;
		if (rows[i].same_as.size > 0)
			*(struct edge *)ll_vec_push(&edges, sizeof(struct edge)) = (struct edge){
				.from = from,
				.to = put_subject(ret_groups, rows[i].same_as),
				.strength = rows[i].strength,
			};
	}
	gate_the_rest(found, ret_groups);
	gate_the_last(found, ret_groups);
	sets.parents = ll_calloc(ret_groups->subjects.count + 1, sizeof *sets.parents);
	sets.piles = ll_calloc(ret_groups->subjects.count + 1, sizeof *sets.piles);
	for (size_t i = 0; i < ret_groups->subjects.count; i++) {
		sets.parents[i] = i;
		sets.piles[i] = is_pile(ret_groups, i) ? i : SIZE_MAX;
	}
	join_all(&sets, &edges);
	collect(&sets);
	free(sets.parents);
	free(sets.piles);
	ll_vec_done(&edges);
}

void ll_groups_done(struct ll_groups *groups)
{
	struct ll_group *const items = groups->groups.items;

	for (size_t i = 0; i < groups->groups.count; i++)
		ll_vec_done(&items[i].subjects);
	ll_vec_done(&groups->groups);
	ll_vec_done(&groups->subjects);
	ll_map_done(&groups->by_text);
}
