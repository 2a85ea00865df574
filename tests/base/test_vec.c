/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/vec.h>

struct item {
	uint64_t number;
	char text[20];
};

static void pushed_items_are_cleared_and_keep_their_order(void **state)
{
	LL_CLEANUP(ll_vec_done) struct ll_vec vec = LL_VEC_INIT;
	const struct item *items;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		struct item *const item = ll_vec_push(&vec, sizeof *item);

		assert_int_equal(item->number, 0);
		assert_int_equal(item->text[19], 0);
		item->number = i;
		memset(item->text, 'x', sizeof item->text);
	}

	items = vec.items;
	assert_int_equal(vec.count, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(items[i].number, i);
}

static void reserved_room_keeps_items_in_place(void **state)
{
	LL_CLEANUP(ll_vec_done) struct ll_vec vec = LL_VEC_INIT;
	const void *first;

	(void)state;
	ll_vec_reserve(&vec, 500, sizeof(int));
	first = ll_vec_push(&vec, sizeof(int));
	for (size_t i = 1; i < 500; i++)
		(void)ll_vec_push(&vec, sizeof(int));
	ll_vec_reserve(&vec, 3, sizeof(int)); /* less than there is changes nothing */

	assert_ptr_equal(vec.items, first);
	assert_true(vec.capacity >= 500);
}

static void a_vector_that_is_done_can_be_used_again(void **state)
{
	struct ll_vec vec = LL_VEC_INIT;

	(void)state;
	ll_vec_done(&vec);
	*(int *)ll_vec_push(&vec, sizeof(int)) = 3;
	ll_vec_done(&vec);

	assert_int_equal(vec.count, 0);
	assert_null(vec.items);
}

static void the_last_item_of_none_is_null(void **state)
{
	struct ll_vec vec = LL_VEC_INIT;

	(void)state;
	assert_null(ll_vec_last(&vec, sizeof(int)));
	*(int *)ll_vec_push(&vec, sizeof(int)) = 1;
	*(int *)ll_vec_push(&vec, sizeof(int)) = 2;
	assert_int_equal(*(int *)ll_vec_last(&vec, sizeof(int)), 2);
	ll_vec_done(&vec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pushed_items_are_cleared_and_keep_their_order),
		cmocka_unit_test(reserved_room_keeps_items_in_place),
		cmocka_unit_test(a_vector_that_is_done_can_be_used_again),
		cmocka_unit_test(the_last_item_of_none_is_null),
	};

	return cmocka_run_group_tests_name("base.vec", tests, NULL, NULL);
}
