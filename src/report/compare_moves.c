/* SPDX-License-Identifier: Apache-2.0 */
/* compare_moves.c - see compare_moves.h. */
#include "compare_moves.h"

#include <leakledger/moves.h>

/* Rows of moved places are taken apart by version, and put together by place. */
struct joining {
	struct ll_compare *compare;
	struct ll_vec places; /* struct ll_moving; id: row, epoch: version */
	bool *is_apart;       /* by row */
};

static int by_row(const void *a, const void *b)
{
	const struct ll_compare_seen *const left = a;
	const struct ll_compare_seen *const right = b;

	if (left->row != right->row)
		return left->row < right->row ? -1 : 1;
	if (left->version != right->version)
		return left->version < right->version ? -1 : 1;
	return (left->mark > right->mark) - (left->mark < right->mark);
}

static struct ll_compare_row *row_at(const struct ll_compare *compare, size_t row)
{
	return (struct ll_compare_row *)compare->lines.items + row;
}

/* The family and, of goroutines, what they wait for: another state is another row. */
static struct ll_str family_of(struct ll_compare *compare, const struct ll_compare_row *row)
{
	const struct ll_str family = ll_frame_family(row->function, &compare->arena);

	return ll_str(ll_arena_printf(&compare->arena, "%.*s\n%.*s", LL_STR_ARG(family),
	                              LL_STR_ARG(row->state)));
}

static void add_seen(struct joining *joining, const struct ll_compare_seen *seen)
{
	struct ll_moving *place = ll_vec_last(&joining->places, sizeof *place);
	const struct ll_compare_row *const row = row_at(joining->compare, seen->row);
	const int64_t *marks;

	if (!place || place->id != seen->row || place->epoch != seen->version) {
		place = ll_vec_push(&joining->places, sizeof *place);
		*place = (struct ll_moving){
			.id = seen->row,
			.epoch = seen->version,
			.line = row->line,
			.function = row->function,
			.file = row->file,
			.family = family_of(joining->compare, row),
		};
	}
	marks = place->marks.items;
	if (!marks || marks[place->marks.count - 1] != seen->mark)
		*(int64_t *)ll_vec_push(&place->marks, sizeof(int64_t)) = seen->mark;
	if (seen->caller != 0)
		*(uint64_t *)ll_vec_push(&place->callers, sizeof(uint64_t)) = seen->caller;
	(void)ll_i64_add(&place->samples, seen->samples);
}

/* A row of the places of one track: named as the newest, with where the oldest was. */
static void put_track(struct joining *joining, const struct ll_moving *places, size_t count,
                      size_t track)
{
	struct ll_compare *const compare = joining->compare;
	const size_t versions = compare->version_count;
	struct ll_compare_row joined = {.line = -1};

	for (size_t i = 0; i < count; i++) {
		const struct ll_compare_row *const row = row_at(compare, (size_t)places[i].id);
		const struct ll_compare_row before = joined;

		if (places[i].track != track)
			continue;
		joined = *row;
		joined.values = before.line < 0 ? ll_arena_calloc(&compare->arena, versions,
		                                                  sizeof *joined.values)
		                                : before.values;
		joined.variances = before.line < 0 ? ll_arena_calloc(&compare->arena, versions,
		                                                     sizeof *joined.variances)
		                                   : before.variances;
		joined.was_line = before.line < 0 ? row->line : before.was_line;
		joined.values[places[i].epoch] = row->values[places[i].epoch];
		joined.variances[places[i].epoch] = row->variances[places[i].epoch];
	}
	if (joined.was_line == joined.line)
		joined.was_line = 0;
	*(struct ll_compare_row *)ll_vec_push(&compare->lines, sizeof joined) = joined;
}

static void join_family(struct joining *joining, const struct ll_moving *places, size_t count)
{
	size_t tracks = 0;

	for (size_t i = 0; i < count; i++) {
		joining->is_apart[places[i].id] = true;
		if (places[i].track >= tracks)
			tracks = places[i].track + 1;
	}
	for (size_t track = 0; track < tracks; track++)
		put_track(joining, places, count, track);
}

static void drop_apart(struct joining *joining, size_t old_count)
{
	struct ll_vec *const lines = &joining->compare->lines;
	struct ll_compare_row *const rows = lines->items;
	size_t kept = 0;

	for (size_t i = 0; i < lines->count; i++) {
		if (i >= old_count || !joining->is_apart[i])
			rows[kept++] = rows[i];
	}
	lines->count = kept;
}

void ll_compare_join(struct ll_compare *compare, const struct ll_vec *seen)
{
	const size_t old_count = compare->lines.count;
	struct joining joining = {
		.compare = compare,
		.is_apart = ll_calloc(old_count + 1, sizeof *joining.is_apart),
	};
	struct ll_moving *places;
	size_t count;

	if (seen->count > 0)
		qsort(seen->items, seen->count, sizeof(struct ll_compare_seen), by_row);
	for (size_t i = 0; i < seen->count; i++)
		add_seen(&joining, (const struct ll_compare_seen *)seen->items + i);
	places = joining.places.items;
	count = joining.places.count;
	ll_moves_sort(places, count);
	ll_moves_follow(places, count);
	for (size_t i = 0, size = 1; i < count; i += size) {
		for (size = 1;
		     i + size < count && ll_str_equal(places[i + size].family, places[i].family);)
			size++;
		if (places[i].is_moving)
			join_family(&joining, places + i, size);
	}
	drop_apart(&joining, old_count);
	for (size_t i = 0; i < count; i++)
		ll_moving_done(&places[i]);
	ll_vec_done(&joining.places);
	free(joining.is_apart);
}
