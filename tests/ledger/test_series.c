/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_series.c - samples into segments and back: what was put in comes out, whatever it is.
 *
 * The random tests compare with a plain table of the same values; the generator is seeded, so a
 * failure comes back.
 */
#include "segment.h"
#include "support.h"

enum {
	STACKS = 12,
	ROUNDS = 200,
};

/* Numbers that look random and are the same in every run (xorshift64*). */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static struct ll_series_key key_of(size_t stack, int64_t block_size)
{
	return (struct ll_series_key){
		.stack = {.low = stack * 7919 + 1, .high = stack},
		.block_size = block_size,
		.label_id = (uint32_t)(stack % 3),
	};
}

static void add(struct ll_segment *segment, const struct ll_series_key *key, uint32_t stack_id,
                const int64_t *values)
{
	bool is_new;
	struct ll_series *const series = ll_segment_find(segment, key, &is_new);

	if (is_new)
		series->stack_id = stack_id;
	ll_segment_add(segment, series, values);
}

/* Decodes a series into one row of values for each capture. */
static void decode(struct ll_segment *segment, const struct ll_series *series, size_t captures,
                   int64_t values[][LL_SERIES_VALUES])
{
	struct ll_series_reader reader;
	struct ll_series_step step;
	size_t filled = 0;
	int rc;

	memset(values, 0, LL_SEGMENT_CAPTURES * sizeof values[0]);
	ll_series_reader_init(&reader, ll_str_n((const char *)series->data, series->size),
	                      series->form, segment->value_count, series->key.block_size,
	                      ll_segment_factor(segment, series->key.block_size));
	while ((rc = ll_series_next(&reader, &step)) > 0) {
		assert_true(step.index < captures);
		for (; filled < step.index; filled++) {
			if (filled > 0)
				memcpy(values[filled], values[filled - 1], sizeof values[0]);
		}
		memcpy(values[step.index], step.values, sizeof values[0]);
		filled = step.index + 1;
	}
	assert_int_equal(rc, 0);
	for (; filled < captures; filled++) {
		if (filled > 0)
			memcpy(values[filled], values[filled - 1], sizeof values[0]);
	}
}

/* ------------------------------------------------------------------ random data */

struct table {
	size_t value_count, captures;
	bool is_heap;
	int64_t block_size[STACKS];
	int64_t values[STACKS][LL_SEGMENT_CAPTURES][LL_SERIES_VALUES];
};

static int64_t random_value(uint64_t *random)
{
	const uint64_t bits = next_random(random);

	switch (bits % 8) {
	case 0: return 0;
	case 1: return (int64_t)(next_random(random) >> 2); /* up to 2^62 */
	case 2: return -(int64_t)(next_random(random) >> 2);
	default: return (int64_t)(next_random(random) % 1000);
	}
}

/* Four heap values that Go could have printed, or now and then ones that it could not. */
static void random_heap(uint64_t *random, int64_t block_size, int64_t *values)
{
	const double factor = ll_unsample_factor(524288, block_size);
	const int64_t live = (int64_t)(next_random(random) % 50);
	const int64_t born = live + (int64_t)(next_random(random) % 50);

	ll_series_estimate(born, block_size, factor, &values[0], &values[1]);
	ll_series_estimate(live, block_size, factor, &values[2], &values[3]);
	if (next_random(random) % 40 == 0)
		values[next_random(random) % 4] += 1;
}

static void fill(struct table *table, uint64_t *random)
{
	memset(table, 0, sizeof *table);
	table->is_heap = next_random(random) % 2 == 0;
	table->value_count = table->is_heap ? LL_HEAP_VALUES : 1 + next_random(random) % 3;
	table->captures = 1 + next_random(random) % LL_SEGMENT_CAPTURES;
	for (size_t s = 0; s < STACKS; s++) {
		table->block_size[s] = (int64_t)(1 + next_random(random) % 100000);
		for (size_t c = 0; c < table->captures; c++) {
			const uint64_t what = next_random(random) % 4;
			int64_t *const values = table->values[s][c];

			if (what == 0)
				continue; /* the capture does not have the stack */
			if (what == 1 && c > 0)
				memcpy(values, table->values[s][c - 1], sizeof table->values[s][c]);
			else if (table->is_heap)
				random_heap(random, table->block_size[s], values);
			else
				for (size_t v = 0; v < table->value_count; v++)
					values[v] = random_value(random);
		}
	}
}

static bool is_zero(const int64_t *values)
{
	static const int64_t zeros[LL_SERIES_VALUES];

	return memcmp(values, zeros, sizeof zeros) == 0;
}

static void encode(const struct table *table, struct ll_segment *segment, size_t from)
{
	for (size_t c = from; c < table->captures; c++) {
		(void)ll_segment_begin(segment);
		/* No two captures list their samples in the same order. */
		for (size_t k = 0; k < STACKS; k++) {
			const size_t s = (k * (1 + c % 2 * 4) + c / 3) % STACKS;
			const struct ll_series_key key = key_of(s, table->block_size[s]);

			if (!is_zero(table->values[s][c]))
				add(segment, &key, (uint32_t)s, table->values[s][c]);
		}
	}
	ll_segment_finish(segment);
}

static void assert_same(const struct table *table, struct ll_segment *segment)
{
	bool seen[STACKS] = {false};

	for (size_t i = 0; i < segment->count; i++) {
		const struct ll_series *const series = ll_segment_series(segment, i);
		int64_t values[LL_SEGMENT_CAPTURES][LL_SERIES_VALUES];

		decode(segment, series, table->captures, values);
		assert_memory_equal(values, table->values[series->stack_id],
		                    table->captures * sizeof values[0]);
		seen[series->stack_id] = true;
	}
	for (size_t s = 0; s < STACKS; s++) {
		for (size_t c = 0; !seen[s] && c < table->captures; c++)
			assert_true(is_zero(table->values[s][c]));
	}
}

static void what_goes_in_comes_out(void **state)
{
	uint64_t random = 20260301;
	struct table *const table = ll_calloc(1, sizeof *table);

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct ll_segment segment;

		fill(table, &random);
		ll_segment_init(&segment, table->value_count, table->is_heap, 524288);
		encode(table, &segment, 0);

		assert_same(table, &segment);

		ll_segment_done(&segment);
	}
	free(table);
}

/* Stored after some captures, restored, and continued: the bytes must be those of one go. */
static void a_segment_that_is_continued_equals_one_that_was_written_at_once(void **state)
{
	uint64_t random = 4711;
	struct table *const table = ll_calloc(1, sizeof *table);

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct ll_segment first, second;
		size_t captures, cut;

		fill(table, &random);
		captures = table->captures;
		cut = 1 + next_random(&random) % captures;
		ll_segment_init(&first, table->value_count, table->is_heap, 524288);
		ll_segment_init(&second, table->value_count, table->is_heap, 524288);
		table->captures = cut;
		encode(table, &first, 0);
		second.captures = (uint32_t)cut;
		for (size_t i = 0; i < first.count; i++) {
			const struct ll_series *const series = ll_segment_series(&first, i);

			ll_segment_restore(&second, &series->key, series->stack_id, series->form,
			                   ll_str_n((const char *)series->data, series->size),
			                   (uint32_t)cut);
		}
		table->captures = captures;
		encode(table, &second, cut);

		assert_same(table, &second);

		ll_segment_done(&first);
		ll_segment_done(&second);
	}
	free(table);
}

/* ----------------------------------------------------------------------- the rules */

/* Bytes of one series that says the same in all captures. */
static uint32_t size_of_steady(int captures)
{
	const int64_t values[] = {5, 9};
	const struct ll_series_key key = key_of(1, 0);
	struct ll_segment segment;
	uint32_t size;

	ll_segment_init(&segment, 2, false, 0);
	for (int capture = 0; capture < captures; capture++) {
		(void)ll_segment_begin(&segment);
		add(&segment, &key, 1, values);
	}
	ll_segment_finish(&segment);
	size = ll_segment_series(&segment, 0)->size;
	ll_segment_done(&segment);
	return size;
}

static void values_that_do_not_change_cost_nothing(void **state)
{
	(void)state;
	assert_int_equal(size_of_steady(40), size_of_steady(1));
}

static void several_samples_of_one_series_in_one_capture_add_up(void **state)
{
	const int64_t values[] = {5, 9};
	const struct ll_series_key key = key_of(1, 0);
	int64_t decoded[LL_SEGMENT_CAPTURES][LL_SERIES_VALUES];
	struct ll_segment segment;

	(void)state;
	ll_segment_init(&segment, 2, false, 0);
	(void)ll_segment_begin(&segment);
	add(&segment, &key, 1, values);
	add(&segment, &key, 1, values);
	ll_segment_finish(&segment);

	decode(&segment, ll_segment_series(&segment, 0), 1, decoded);
	assert_int_equal(decoded[0][0], 10);
	assert_int_equal(decoded[0][1], 18);
	ll_segment_done(&segment);
}

static void a_second_sample_adds_up_when_the_first_was_as_before(void **state)
{
	const int64_t values[] = {5, 9};
	const struct ll_series_key key = key_of(1, 0);
	int64_t decoded[LL_SEGMENT_CAPTURES][LL_SERIES_VALUES];
	struct ll_segment segment;

	(void)state;
	ll_segment_init(&segment, 2, false, 0);
	for (int capture = 0; capture < 4; capture++) {
		(void)ll_segment_begin(&segment);
		add(&segment, &key, 1, values);
		if (capture == 2)
			add(&segment, &key, 1, values);
	}
	ll_segment_finish(&segment);

	decode(&segment, ll_segment_series(&segment, 0), 4, decoded);
	assert_int_equal(decoded[0][0], 5);
	assert_int_equal(decoded[1][1], 9);
	assert_int_equal(decoded[2][0], 10);
	assert_int_equal(decoded[2][1], 18);
	assert_int_equal(decoded[3][0], 5);
	ll_segment_done(&segment);
}

static void a_heap_series_of_estimates_is_stored_as_the_counts_behind_them(void **state)
{
	const struct ll_series_key key = key_of(1, 1024);
	struct ll_segment segment;
	const struct ll_series *series;
	struct ll_series_reader reader;
	struct ll_series_step step;
	int64_t values[LL_HEAP_VALUES], counts[2];

	(void)state;
	ll_segment_init(&segment, LL_HEAP_VALUES, true, 524288);
	(void)ll_segment_begin(&segment);
	ll_series_estimate(23, 1024, ll_unsample_factor(524288, 1024), &values[0], &values[1]);
	ll_series_estimate(17, 1024, ll_unsample_factor(524288, 1024), &values[2], &values[3]);
	add(&segment, &key, 1, values);
	ll_segment_finish(&segment);

	series = ll_segment_series(&segment, 0);
	assert_int_equal(series->form, LL_FORM_COUNTS);
	assert_true(series->is_live);
	ll_series_reader_init(&reader, ll_str_n((const char *)series->data, series->size),
	                      LL_FORM_COUNTS, LL_HEAP_VALUES, 1024,
	                      ll_unsample_factor(524288, 1024));
	assert_int_equal(ll_series_next(&reader, &step), 1);
	assert_memory_equal(step.values, values, sizeof values);
	ll_series_counts(&reader, &step, counts);
	assert_int_equal(counts[0], 23);
	assert_int_equal(counts[1], 17);
	ll_segment_done(&segment);
}

static void a_heap_series_that_is_no_estimate_is_stored_plainly(void **state)
{
	const struct ll_series_key key = key_of(1, 1024);
	const int64_t values[] = {3, 3333, 2, 2222};
	struct ll_segment segment;

	(void)state;
	ll_segment_init(&segment, LL_HEAP_VALUES, true, 524288);
	(void)ll_segment_begin(&segment);
	add(&segment, &key, 1, values);
	ll_segment_finish(&segment);

	assert_int_equal(ll_segment_series(&segment, 0)->form, LL_FORM_PLAIN);
	ll_segment_done(&segment);
}

static void the_factor_is_that_of_go(void **state)
{
	(void)state;
	/* 1 / (1 - exp(-1024 / 524288)), computed by another program. */
	assert_float_equal(ll_unsample_factor(524288, 1024), 512.5001627604036, 1e-9);
	assert_float_equal(ll_unsample_factor(524288, 524288), 1.5819767068693265, 1e-12);
	assert_float_equal(ll_unsample_factor(1, 1024), 1.0, 0);
	assert_float_equal(ll_unsample_factor(524288, 0), 1.0, 0);
}

/* ---------------------------------------------------------------------- damage */

static void a_count_is_the_nearest_and_of_two_as_near_the_higher(void **state)
{
	(void)state;
	assert_int_equal(ll_series_count_behind(1, 2.0), 1);
	assert_int_equal(ll_series_count_behind(3, 2.0), 2);
	assert_int_equal(ll_series_count_behind(5, 4.0), 1);
	assert_int_equal(ll_series_count_behind(7, 4.0), 2);
	assert_int_equal(ll_series_count_behind(0, 2.0), 0);
}

static void damaged_bytes_are_reported_and_never_read_beyond(void **state)
{
	uint64_t random = 99;
	char bytes[64];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const size_t size = next_random(&random) % sizeof bytes;
		struct ll_series_reader reader;
		struct ll_series_step step;
		size_t steps = 0;
		int rc;

		for (size_t i = 0; i < size; i++)
			bytes[i] = (char)next_random(&random);
		/* From a block of its own, so that a sanitizer sees a read behind it. */
		char *const copy = ll_malloc(size + 1);

		memcpy(copy, bytes, size);
		ll_series_reader_init(&reader, ll_str_n(copy, size), (int)(round % 2),
		                      LL_HEAP_VALUES, 1024, 512.5);
		while ((rc = ll_series_next(&reader, &step)) > 0) {
			assert_true(step.index < LL_SEGMENT_CAPTURES);
			steps++;
		}
		assert_true(rc == 0 || rc == -1);
		assert_true(steps <= size);
		free(copy);
	}
}

static void a_series_cut_in_the_middle_of_a_number_is_damaged(void **state)
{
	struct ll_series_reader reader;
	struct ll_series_step step;

	(void)state;
	ll_series_reader_init(&reader, ll_str_n("\x01\x80", 2), LL_FORM_PLAIN, 1, 0, 1);
	assert_int_equal(ll_series_next(&reader, &step), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out),
		cmocka_unit_test(a_segment_that_is_continued_equals_one_that_was_written_at_once),
		cmocka_unit_test(values_that_do_not_change_cost_nothing),
		cmocka_unit_test(several_samples_of_one_series_in_one_capture_add_up),
		cmocka_unit_test(a_second_sample_adds_up_when_the_first_was_as_before),
		cmocka_unit_test(a_heap_series_of_estimates_is_stored_as_the_counts_behind_them),
		cmocka_unit_test(a_heap_series_that_is_no_estimate_is_stored_plainly),
		cmocka_unit_test(the_factor_is_that_of_go),
		cmocka_unit_test(a_count_is_the_nearest_and_of_two_as_near_the_higher),
		cmocka_unit_test(damaged_bytes_are_reported_and_never_read_beyond),
		cmocka_unit_test(a_series_cut_in_the_middle_of_a_number_is_damaged),
	};

	return cmocka_run_group_tests_name("ledger series", tests, NULL, NULL);
}
