/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/threads.h>

#include <pthread.h>
#include <stdatomic.h>

enum {
	ITEMS = 5000,
	MAKERS = 4,
};

struct factory {
	struct ll_queue *queue;
	struct ll_ticket *ticket;
	atomic_size_t refused;
	char things[ITEMS];
};

static void make(void *self, size_t index)
{
	struct factory *const factory = self;

	(void)index;
	for (;;) {
		const size_t next = ll_ticket_next(factory->ticket);

		if (next >= ITEMS)
			return;
		if (!ll_queue_put(factory->queue, &factory->things[next]))
			atomic_fetch_add(&factory->refused, 1);
	}
}

static void close_after_all(void *self, size_t index)
{
	struct factory *const factory = self;
	struct ll_workers *makers = NULL;
	size_t started = 0;

	(void)index;
	(void)ll_workers_start(MAKERS, make, factory, &makers, &started, NULL);
	ll_workers_join(makers);
	ll_queue_close(factory->queue);
}

static void everything_made_arrives_exactly_once(void **state)
{
	struct factory factory = {.queue = ll_queue_new(3), .ticket = ll_ticket_new()};
	struct ll_error err = LL_ERROR_INIT;
	struct ll_workers *closer;
	size_t started, seen = 0;
	char *thing;

	(void)state;
	assert_ok(ll_workers_start(1, close_after_all, &factory, &closer, &started, &err), &err);
	while ((thing = ll_queue_get(factory.queue)) != NULL) {
		assert_int_equal(*thing, 0);
		*thing = 1;
		seen++;
	}
	ll_workers_join(closer);

	assert_int_equal(started, 1);
	assert_int_equal(seen, ITEMS);
	assert_int_equal(factory.refused, 0);
	ll_queue_free(factory.queue);
	ll_ticket_free(factory.ticket);
}

static void a_closed_queue_gives_out_what_it_has_and_takes_no_more(void **state)
{
	struct ll_queue *const queue = ll_queue_new(4);
	char a, b;

	(void)state;
	assert_true(ll_queue_put(queue, &a));
	assert_true(ll_queue_put(queue, &b));
	ll_queue_close(queue);

	assert_false(ll_queue_put(queue, &a));
	assert_ptr_equal(ll_queue_get(queue), &a);
	assert_ptr_equal(ll_queue_get(queue), &b);
	assert_null(ll_queue_get(queue));
	ll_queue_free(queue);
	ll_queue_free(NULL);
}

static void closing_wakes_makers_that_wait_for_room(void **state)
{
	struct factory factory = {.queue = ll_queue_new(1), .ticket = ll_ticket_new()};
	struct ll_error err = LL_ERROR_INIT;
	struct ll_workers *makers;
	size_t started;

	(void)state;
	assert_ok(ll_workers_start(2, make, &factory, &makers, &started, &err), &err);
	/* One item proves that a maker runs; both then block or find the queue closed. */
	assert_non_null(ll_queue_get(factory.queue));
	ll_queue_close(factory.queue);
	ll_workers_join(makers);

	assert_true(factory.refused > 0);
	ll_queue_free(factory.queue);
	ll_ticket_free(factory.ticket);
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
		cmocka_unit_test(everything_made_arrives_exactly_once),
		cmocka_unit_test(a_closed_queue_gives_out_what_it_has_and_takes_no_more),
		cmocka_unit_test(closing_wakes_makers_that_wait_for_room),
		cmocka_unit_test(each_worker_runs_once_under_its_own_index),
		cmocka_unit_test(more_workers_than_memory_can_hold_are_as_many_as_allowed),
		cmocka_unit_test(there_is_at_least_one_processor),
	};

	return cmocka_run_group_tests_name("base.threads", tests, NULL, NULL);
}
