/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/threads.h>

#include <stdatomic.h>

enum {
	ITEMS = 5000,
	DRAWERS = 4,
};

struct lottery {
	struct ll_ticket *ticket;
	atomic_int drawn[ITEMS];
};

static void draw(void *self, size_t index)
{
	struct lottery *const lottery = self;
	size_t next;

	(void)index;
	while ((next = ll_ticket_next(lottery->ticket)) < ITEMS)
		atomic_fetch_add(&lottery->drawn[next], 1);
}

static void each_number_is_drawn_once(void **state)
{
	static struct lottery lottery;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_workers *workers;
	size_t started;

	(void)state;
	lottery.ticket = ll_ticket_new();
	assert_ok(ll_workers_start(DRAWERS, draw, &lottery, &workers, &started, &err), &err);
	ll_workers_join(workers);

	for (size_t i = 0; i < ITEMS; i++)
		assert_int_equal(lottery.drawn[i], 1);
	ll_ticket_free(lottery.ticket);
}

static void mark(void *self, size_t index)
{
	atomic_int *const marks = self;

	atomic_fetch_add(&marks[index], 1);
}

static void each_worker_runs_once_under_its_own_index(void **state)
{
	atomic_int marks[8] = {0};
	struct ll_error err = LL_ERROR_INIT;
	struct ll_workers *workers;
	size_t started;

	(void)state;
	assert_ok(ll_workers_start(8, mark, marks, &workers, &started, &err), &err);
	ll_workers_join(workers);
	ll_workers_join(NULL);

	assert_int_equal(started, 8);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(marks[i], 1);
}

static void count_itself(void *self, size_t index)
{
	(void)index;
	atomic_fetch_add((atomic_size_t *)self, 1);
}

static void more_workers_than_memory_can_hold_are_as_many_as_allowed(void **state)
{
	/* The size of so many overflows, or is more than any machine has. */
	static const size_t wanted[] = {SIZE_MAX / 8 + 1, SIZE_MAX, 99999999999};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(wanted); i++) {
		atomic_size_t runs = 0;
		struct ll_error err = LL_ERROR_INIT;
		struct ll_workers *workers;
		size_t started;

		assert_ok(
			ll_workers_start(wanted[i], count_itself, &runs, &workers, &started, &err),
			&err);
		ll_workers_join(workers);

		assert_in_range(started, 1, LL_WORKERS_MAX);
		assert_int_equal(runs, started);
	}
}

static void there_is_at_least_one_processor(void **state)
{
	(void)state;
	assert_in_range(ll_workers_available(), 1, 4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number_is_drawn_once),
		cmocka_unit_test(each_worker_runs_once_under_its_own_index),
		cmocka_unit_test(more_workers_than_memory_can_hold_are_as_many_as_allowed),
		cmocka_unit_test(there_is_at_least_one_processor),
	};

	return cmocka_run_group_tests_name("base.threads", tests, NULL, NULL);
}
