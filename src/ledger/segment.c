/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment.c - encoding of series; the bytes are described in sql/schema/0001_ledger.sql.
 *
 * Rules of the encoder:
 *   1. A capture's values are gathered first (several samples can belong to one series: two calls
 *      on one line) and written when a later capture says something else or the segment ends.
 *   2. No entry is written while nothing changes.
 *   3. A series that a later capture does not have is zero from the capture after its last one on.
 *   4. Heap series start in form 1. The first values that the formula does not give back exactly
 *      turn the whole series into form 0.
 */
#include "segment.h"

/* Counts of the four values, when the formula gives exactly those back. */
LL_INLINE bool find_counts(const int64_t values[LL_HEAP_VALUES], int64_t block_size, double factor,
                           int64_t counts[2])
{
	for (size_t i = 0; i < 2; i++) {
		const int64_t objects = values[2 * i], space = values[2 * i + 1];
		int64_t nearest, back_objects, back_space;

		if (objects < 0 || space < 0 || block_size <= 0 || objects > (INT64_C(1) << 40) ||
		    block_size > (INT64_C(1) << 40))
			return false;
		nearest = ll_series_count_behind(objects, factor);
		/* The truncated estimate can lie just below what the next count would give. */
		for (counts[i] = nearest; counts[i] <= nearest + 1; counts[i]++) {
			ll_series_estimate(counts[i], block_size, factor, &back_objects,
			                   &back_space);
			if (back_objects == objects && back_space == space)
				break;
		}
		if (counts[i] > nearest + 1)
			return false;
	}
	return true;
}

_Static_assert(LL_SEGMENT_CAPTURES <= UINT8_MAX, "indexes of captures are bytes");

void ll_segment_init(struct ll_segment *segment, size_t value_count, bool is_heap, int64_t period)
{
	memset(segment, 0, sizeof *segment);
	segment->value_count = value_count;
	segment->stride = sizeof(struct ll_series) + 2 * value_count * sizeof(int64_t);
	segment->is_heap = is_heap;
	segment->period = period;
}

void ll_segment_done(struct ll_segment *segment)
{
	free(segment->series);
	free(segment->table);
	free(segment->factor_sizes);
	free(segment->factors);
	ll_arena_done(&segment->arena);
	memset(segment, 0, sizeof *segment);
}

uint32_t ll_segment_begin(struct ll_segment *segment)
{
	segment->at = 0;
	return segment->captures++;
}

LL_INLINE double factor_of(struct ll_segment *segment, int64_t block_size)
{
	/* A direct-mapped cache: profiles have a few hundred sizes, exp costs more than a look. */
	enum { SLOTS = 1024 };
	const size_t slot = (size_t)((uint64_t)block_size * 0x9e3779b97f4a7c15U >> 54);

	if (!segment->factor_sizes) {
		segment->factor_sizes = ll_calloc(SLOTS, sizeof *segment->factor_sizes);
		segment->factors = ll_calloc(SLOTS, sizeof *segment->factors);
	}
	if (segment->factor_sizes[slot] != block_size || block_size == 0) {
		segment->factor_sizes[slot] = block_size;
		segment->factors[slot] = ll_unsample_factor(segment->period, block_size);
	}
	return segment->factors[slot];
}

double ll_segment_factor(struct ll_segment *segment, int64_t block_size)
{
	return factor_of(segment, block_size);
}

static size_t slot_of(const struct ll_segment *segment, const struct ll_series_key *key)
{
	const uint64_t mixed = key->stack.low ^ ((uint64_t)key->block_size * 0x9e3779b97f4a7c15U) ^
	                       ((uint64_t)key->label_id << 40);

	return (size_t)(mixed ^ mixed >> 32) & segment->mask;
}

static void grow_table(struct ll_segment *segment)
{
	const size_t slots = segment->table ? (segment->mask + 1) * 2 : 256;

	free(segment->table);
	segment->table = ll_calloc(slots, sizeof *segment->table);
	segment->mask = slots - 1;
	for (size_t i = 0; i < segment->count; i++) {
		size_t at = slot_of(segment, &ll_segment_series(segment, i)->key);

		while (segment->table[at] != 0)
			at = (at + 1) & segment->mask;
		segment->table[at] = (uint32_t)i + 1;
	}
}

static int64_t *pending_of(struct ll_series *series)
{
	return series->values;
}

static int64_t *last_of(const struct ll_segment *segment, struct ll_series *series)
{
	return series->values + segment->value_count;
}

static struct ll_series *add_series(struct ll_segment *segment, const struct ll_series_key *key)
{
	struct ll_series *series;

	if (segment->count == segment->capacity) {
		segment->capacity = segment->capacity > 0 ? segment->capacity * 2 : 256;
		segment->series = ll_realloc(segment->series, segment->capacity, segment->stride);
	}
	series = ll_segment_series(segment, segment->count++);
	memset(series, 0, segment->stride);
	series->key = *key;
	series->form = segment->is_heap && key->block_size > 0 ? LL_FORM_COUNTS : LL_FORM_PLAIN;
	return series;
}

/* Where the number of the series that came behind the last one found is kept. */
static uint32_t *link_of(struct ll_segment *segment)
{
	return segment->at > 0 ? &ll_segment_series(segment, segment->at - 1)->next
	                       : &segment->first;
}

/* Finds or adds by the table; the slow way. */
static uint32_t find_number(struct ll_segment *segment, const struct ll_series_key *key,
                            bool *ret_is_new)
{
	size_t at;

	if (!segment->table || segment->count * 2 > segment->mask)
		grow_table(segment);
	for (at = slot_of(segment, key); segment->table[at] != 0; at = (at + 1) & segment->mask) {
		if (ll_series_is_same_key(&ll_segment_series(segment, segment->table[at] - 1)->key,
		                          key))
			return segment->table[at];
	}
	*ret_is_new = true;
	(void)add_series(segment, key);
	segment->table[at] = (uint32_t)segment->count;
	return segment->table[at];
}

/* A new series goes between the last one and the one that was behind it. */
struct ll_series *ll_segment_look_up(struct ll_segment *segment, const struct ll_series_key *key,
                                     bool *ret_is_new)
{
	const uint32_t guess = *link_of(segment);
	const uint32_t number = find_number(segment, key, ret_is_new);

	*link_of(segment) = number;
	if (*ret_is_new)
		ll_segment_series(segment, number - 1)->next = guess;
	return ll_segment_go_to(segment, number);
}

LL_INLINE void put_bytes(struct ll_segment *segment, struct ll_series *series, const uint8_t *bytes,
                         uint32_t size)
{
	if (series->size + size > series->capacity) {
		const uint32_t capacity = (series->size + size) * 2 + 8;
		uint8_t *const moved = ll_arena_alloc(&segment->arena, capacity);

		if (series->size > 0)
			memcpy(moved, series->data, series->size);
		series->data = moved;
		series->capacity = capacity;
	}
	memcpy(series->data + series->size, bytes, size);
	series->size += size;
}

/* Writes an entry when the stored values differ from the running ones. */
LL_INLINE void put_entry(struct ll_segment *segment, struct ll_series *series, uint32_t index,
                         const int64_t *stored, size_t count)
{
	uint8_t bytes[LL_VARINT_MAX + LL_VARINT_MAX * LL_SERIES_VALUES];
	int64_t *const last = last_of(segment, series);
	uint64_t mask = 0;
	uint32_t size;

	for (size_t i = 0; i < count; i++)
		mask |= (uint64_t)(stored[i] != last[i]) << i;
	if (mask == 0)
		return;
	size = ll_varint_put(bytes, (uint64_t)(index - series->last_index) << count | mask);
	for (size_t i = 0; i < count; i++) {
		/* Wraps like the decoder's addition would: both are sums modulo 2^64. */
		const int64_t grown = (int64_t)((uint64_t)stored[i] - (uint64_t)last[i]);

		if (!(mask >> i & 1))
			continue;
		size += ll_varint_put(bytes + size,
		                      (uint64_t)grown << 1 ^ (grown < 0 ? UINT64_MAX : 0));
		last[i] = stored[i];
	}
	put_bytes(segment, series, bytes, size);
	series->last_index = (uint8_t)index;
	series->has_entry = true;
}

static bool is_zero(const int64_t *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (values[i] != 0)
			return false;
	}
	return true;
}

static size_t stored_count(const struct ll_segment *segment, const struct ll_series *series)
{
	return series->form == LL_FORM_COUNTS ? 2 : segment->value_count;
}

/* Rule 4: the series so far, written again as plain values. */
static void make_plain(struct ll_segment *segment, struct ll_series *series)
{
	const struct ll_series old = *series;
	struct ll_series_reader reader;
	struct ll_series_step step;

	ll_series_reader_init(&reader, ll_str_n((const char *)old.data, old.size), old.form,
	                      segment->value_count, old.key.block_size,
	                      ll_segment_factor(segment, old.key.block_size));
	series->form = LL_FORM_PLAIN;
	series->last_index = 0;
	series->size = 0;
	series->capacity = 0;
	memset(last_of(segment, series), 0, segment->value_count * sizeof(int64_t));
	while (ll_series_next(&reader, &step) > 0)
		put_entry(segment, series, step.index, step.values, segment->value_count);
}

/* Rule 3: from the capture after the last one that had it, until `index`, the series was absent. */
static void close_gap(struct ll_segment *segment, struct ll_series *series, uint32_t index)
{
	static const int64_t zeros[LL_SERIES_VALUES];
	const size_t count = stored_count(segment, series);

	if (series->has_entry && index > series->done_index + 1U &&
	    !is_zero(last_of(segment, series), count))
		put_entry(segment, series, series->done_index + 1, zeros, count);
}

static void write_pending(struct ll_segment *segment, struct ll_series *series)
{
	const int64_t *const pending = pending_of(series);
	int64_t counts[2];

	if (!series->has_pending)
		return;
	series->has_pending = false;
	close_gap(segment, series, series->pending_first);
	if (segment->is_heap && (pending[2] != 0 || pending[3] != 0))
		series->is_live = true;
	if (series->form == LL_FORM_COUNTS &&
	    !find_counts(pending, series->key.block_size,
	                 factor_of(segment, series->key.block_size), counts))
		make_plain(segment, series);
	put_entry(segment, series, series->pending_first,
	          series->form == LL_FORM_COUNTS ? counts : pending, stored_count(segment, series));
	series->done_index = series->pending_last;
}

/* Rule 1, the second half: another sample of a series that this capture has had already. */
static void add_to_pending(struct ll_segment *segment, struct ll_series *series, uint8_t index,
                           const int64_t *values)
{
	int64_t *const pending = pending_of(series);

	/* What earlier captures said stays as it is. */
	if (series->pending_first < index) {
		series->pending_last = index - 1;
		write_pending(segment, series);
		series->pending_first = index;
		series->pending_last = index;
		series->has_pending = true;
	}
	for (size_t i = 0; i < segment->value_count; i++) {
		/* A sum beyond 2^63 stays where it is: such a capture is damaged anyway. */
		(void)ll_i64_add(&pending[i], values[i]);
	}
}

void ll_segment_change(struct ll_segment *segment, struct ll_series *series, const int64_t *values)
{
	const uint8_t index = (uint8_t)(segment->captures - 1);
	int64_t *const pending = pending_of(series);

	if (series->has_pending && series->pending_last == index) {
		add_to_pending(segment, series, index, values);
		return;
	}
	write_pending(segment, series);
	memcpy(pending, values, segment->value_count * sizeof *values);
	series->pending_first = index;
	series->pending_last = index;
	series->has_pending = true;
}

void ll_segment_finish(struct ll_segment *segment)
{
	for (size_t i = 0; i < segment->count; i++) {
		struct ll_series *const series = ll_segment_series(segment, i);

		write_pending(segment, series);
		close_gap(segment, series, segment->captures);
	}
}

/*
 * Replays the stored bytes, so that running values and flags are as if they had just been written.
 */
void ll_segment_restore(struct ll_segment *segment, const struct ll_series_key *key,
                        uint32_t stack_id, int form, struct ll_str data, uint32_t captures)
{
	struct ll_series_reader reader;
	struct ll_series_step step;
	bool is_new;
	struct ll_series *const series = ll_segment_find(segment, key, &is_new);

	series->stack_id = stack_id;
	series->form = (uint8_t)form;
	ll_series_reader_init(&reader, data, form, segment->value_count, key->block_size,
	                      ll_segment_factor(segment, key->block_size));
	while (ll_series_next(&reader, &step) > 0) {
		memcpy(last_of(segment, series), reader.stored.values,
		       reader.value_count * sizeof(int64_t));
		series->last_index = (uint8_t)step.index;
		series->has_entry = true;
		if (segment->is_heap && (step.values[2] != 0 || step.values[3] != 0))
			series->is_live = true;
	}
	put_bytes(segment, series, (const uint8_t *)data.data, (uint32_t)data.size);
	series->done_index = (uint8_t)(captures - 1);
	segment->captures = captures;
}
