/* SPDX-License-Identifier: Apache-2.0 */
/* test_moves.c - which place of a function in one build is which in another (M1 to M4). */
#include "ledgers.h"

#include <leakledger/moves.h>

enum {
	SPOTS_MAX = 60,
	ONE = 111, /* callers */
	TWO = 222,
};

struct side {
	struct ll_spot spots[SPOTS_MAX];
	int64_t sizes[SPOTS_MAX];
	uint64_t callers[SPOTS_MAX];
	size_t count;
};

static void put(struct side *side, int64_t line, int64_t size, uint64_t caller)
{
	const size_t at = side->count++;

	side->sizes[at] = size;
	side->callers[at] = caller;
	side->spots[at] = (struct ll_spot){
		.line = line,
		.marks = &side->sizes[at],
		.mark_count = size != 0,
		.callers = &side->callers[at],
		.caller_count = 1,
	};
}

/* The line that each newer place had, 0: it is new, -1: in doubt; "28 0 -1". */
static void assert_moves_by(const struct side *older, const struct side *newer, int64_t of_file,
                            const char *expected)
{
	struct ll_partner partners[SPOTS_MAX];
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_moves_find((struct ll_spots){older->spots, older->count},
	              (struct ll_spots){newer->spots, newer->count}, &of_file, of_file != 0,
	              partners);
	for (size_t i = 0; i < newer->count; i++) {
		const int64_t line = partners[i].move == LL_MOVE_SAME
		                             ? older->spots[partners[i].older].line
		                             : -(partners[i].move == LL_MOVE_DOUBTFUL);

		ll_buf_printf(&text, i == 0 ? "%lld" : " %lld", (long long)line);
	}
	test_assert_same_text(ll_buf_str(&text), ll_str(expected));
	ll_buf_done(&text);
}

static void assert_moves(const struct side *older, const struct side *newer, const char *expected)
{
	assert_moves_by(older, newer, 0, expected);
}

static void unchanged_lines_are_the_same_places(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 64, ONE);
	put(&newer, 10, 96, TWO);
	put(&newer, 20, 64, ONE);
	put(&newer, 30, 64, ONE);
	assert_moves(&older, &newer, "10 20 0");
	assert_moves(&newer, &older, "10 20");
}

static void lines_that_move_by_one_distance_are_the_same_places(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 64, ONE);
	put(&newer, 20, 64, ONE);
	put(&newer, 30, 64, ONE);
	assert_moves(&older, &newer, "10 20");
}

static void a_place_that_is_not_seen_any_more_does_not_hide_the_distance(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 17, 64, ONE);
	put(&older, 40, 64, ONE);
	put(&newer, 13, 64, ONE);
	put(&newer, 20, 64, ONE);
	assert_moves(&older, &newer, "10 17");
}

static void the_size_of_objects_tells_which_of_two_is_left(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 1024, ONE);
	put(&newer, 15, 1024, ONE);
	assert_moves(&older, &newer, "20");
}

static void the_caller_tells_which_of_two_is_left(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 64, TWO);
	put(&newer, 15, 64, ONE);
	assert_moves(&older, &newer, "10");
}

static void of_two_that_are_alike_none_is_guessed(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 64, ONE);
	put(&newer, 15, 64, ONE);
	assert_moves(&older, &newer, "-1");
}

static void the_distance_of_the_file_settles_a_doubt(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 64, ONE);
	put(&newer, 15, 64, ONE);
	assert_moves_by(&older, &newer, 5, "10");
	assert_moves_by(&older, &newer, -5, "20");
	assert_moves_by(&older, &newer, 7, "-1");
}

static void places_of_an_edited_function_are_aligned_in_order(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 64, ONE);
	put(&older, 30, 512, ONE);
	put(&newer, 12, 64, ONE);
	put(&newer, 25, 64, ONE);
	put(&newer, 31, 512, ONE);
	put(&newer, 50, 48, ONE);
	assert_moves(&older, &newer, "10 20 30 0");
}

static void places_that_changed_their_order_are_not_crossed(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 20, 512, ONE);
	put(&newer, 11, 512, ONE);
	put(&newer, 25, 64, ONE);
	assert_moves(&older, &newer, "-1 -1");
}

static void an_object_that_got_larger_is_followed_where_the_file_moved(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 24, ONE);
	put(&newer, 11, 48, ONE);
	assert_moves(&older, &newer, "0");
	assert_moves_by(&older, &newer, 1, "10");
}

static void an_object_that_got_larger_on_its_line_is_the_same_place(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 24, ONE);
	put(&older, 20, 64, ONE);
	put(&newer, 10, 48, ONE);
	put(&newer, 22, 64, ONE);
	assert_moves(&older, &newer, "10 20");
}

static void two_closures_on_one_line_stay_two(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&older, 10, 64, ONE);
	put(&older, 10, 64, ONE);
	put(&newer, 14, 64, ONE);
	put(&newer, 14, 64, ONE);
	assert_moves(&older, &newer, "10 10");
}

static void of_too_many_places_only_lines_count(void **state)
{
	struct side older = {0}, newer = {0};
	struct ll_partner partners[SPOTS_MAX];

	(void)state;
	for (int64_t i = 0; i < SPOTS_MAX; i++) {
		put(&older, i * 3, 64, ONE);
		put(&newer, i * 3 + (i >= 30), 64, ONE);
	}
	ll_moves_find((struct ll_spots){older.spots, older.count},
	              (struct ll_spots){newer.spots, newer.count}, NULL, 0, partners);
	assert_int_equal(partners[29].move, LL_MOVE_SAME);
	assert_int_equal(partners[29].older, 29);
	assert_int_equal(partners[30].move, LL_MOVE_NEW);
}

static void a_build_without_places_has_no_partners(void **state)
{
	struct side older = {0}, newer = {0};

	(void)state;
	put(&newer, 10, 64, ONE);
	assert_moves(&older, &newer, "0");
	assert_moves(&newer, &older, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unchanged_lines_are_the_same_places),
		cmocka_unit_test(lines_that_move_by_one_distance_are_the_same_places),
		cmocka_unit_test(a_place_that_is_not_seen_any_more_does_not_hide_the_distance),
		cmocka_unit_test(the_size_of_objects_tells_which_of_two_is_left),
		cmocka_unit_test(the_caller_tells_which_of_two_is_left),
		cmocka_unit_test(of_two_that_are_alike_none_is_guessed),
		cmocka_unit_test(the_distance_of_the_file_settles_a_doubt),
		cmocka_unit_test(places_of_an_edited_function_are_aligned_in_order),
		cmocka_unit_test(places_that_changed_their_order_are_not_crossed),
		cmocka_unit_test(an_object_that_got_larger_is_followed_where_the_file_moved),
		cmocka_unit_test(an_object_that_got_larger_on_its_line_is_the_same_place),
		cmocka_unit_test(two_closures_on_one_line_stay_two),
		cmocka_unit_test(of_too_many_places_only_lines_count),
		cmocka_unit_test(a_build_without_places_has_no_partners),
	};

	return cmocka_run_group_tests_name("analyze moves", tests, NULL, NULL);
}
