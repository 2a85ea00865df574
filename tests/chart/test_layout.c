/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"
#include "support.h"

static void slots_that_do_not_touch_stay(void **state)
{
	struct ll_slot slots[] = {{10, 10, 0}, {50, 10, 0}, {90, 10, 0}};

	(void)state;
	assert_true(ll_layout_spread(slots, 3, 0, 100));

	for (size_t i = 0; i < 3; i++)
		assert_float_equal(slots[i].at, slots[i].wanted, 1e-9);
}

static void touching_slots_move_apart_evenly(void **state)
{
	struct ll_slot slots[] = {{50, 10, 0}, {50, 10, 0}, {50, 10, 0}};

	(void)state;
	assert_true(ll_layout_spread(slots, 3, 0, 100));

	assert_float_equal(slots[0].at, 40, 1e-9);
	assert_float_equal(slots[1].at, 50, 1e-9);
	assert_float_equal(slots[2].at, 60, 1e-9);
}

static void slots_keep_the_order_of_their_wishes(void **state)
{
	struct ll_slot slots[] = {{52, 10, 0}, {48, 10, 0}, {50, 10, 0}};

	(void)state;
	assert_true(ll_layout_spread(slots, 3, 0, 100));

	assert_true(slots[1].at < slots[2].at);
	assert_true(slots[2].at < slots[0].at);
}

static void slots_stay_between_the_edges(void **state)
{
	struct ll_slot slots[] = {{-20, 10, 0}, {1, 10, 0}, {99, 10, 0}, {300, 10, 0}};

	(void)state;
	assert_true(ll_layout_spread(slots, 4, 0, 100));

	assert_float_equal(slots[0].at, 5, 1e-9);
	assert_float_equal(slots[1].at, 15, 1e-9);
	assert_float_equal(slots[2].at, 85, 1e-9);
	assert_float_equal(slots[3].at, 95, 1e-9);
}

static void too_many_slots_are_packed_and_reported(void **state)
{
	struct ll_slot slots[] = {{5, 60, 0}, {5, 60, 0}};

	(void)state;
	assert_false(ll_layout_spread(slots, 2, 0, 100));

	assert_float_equal(slots[0].at, 30, 1e-9);
	assert_float_equal(slots[1].at, 90, 1e-9);
}

static void no_slots_are_no_problem(void **state)
{
	(void)state;
	assert_true(ll_layout_spread(NULL, 0, 0, 10));
}

/* A flag at x whose text is that wide and lies to its right. */
static struct ll_flag flag(double x, double width)
{
	return (struct ll_flag){.from = x - 4,
	                        .to = x + 8 + width,
	                        .text_from = x + 8,
	                        .text_to = x + 8 + width,
	                        .stem = x};
}

static void flags_that_do_not_touch_share_the_lowest_lane(void **state)
{
	struct ll_lanes lanes LL_CLEANUP(ll_lanes_done) = {0};
	const struct ll_flag right = flag(200, 50), left = flag(100, 50);

	(void)state;
	assert_int_equal(ll_lanes_take(&lanes, &right), 0);
	assert_int_equal(ll_lanes_take(&lanes, &left), 0);
	assert_false(ll_lanes_is_free(&lanes, 0, 0, 400));
	assert_true(ll_lanes_is_free(&lanes, 1, 0, 400));
}

static void an_earlier_flag_that_touches_flies_higher(void **state)
{
	struct ll_lanes lanes LL_CLEANUP(ll_lanes_done) = {0};
	const struct ll_flag right = flag(200, 50), left = flag(170, 50);

	(void)state;
	assert_int_equal(ll_lanes_take(&lanes, &right), 0);
	assert_int_equal(ll_lanes_take(&lanes, &left), 1);
}

static void no_stem_runs_through_a_text(void **state)
{
	struct ll_lanes lanes LL_CLEANUP(ll_lanes_done) = {0};
	const struct ll_flag low = flag(300, 50), high = flag(280, 50), earlier = flag(240, 50);

	(void)state;
	assert_int_equal(ll_lanes_take(&lanes, &low), 0);
	assert_int_equal(ll_lanes_take(&lanes, &high), 1);

	/* Lane 0 is free there, but the stem at 280 comes down through 248 ... 298. */
	assert_int_equal(ll_lanes_take(&lanes, &earlier), 2);
}

static void two_flags_at_one_moment_stand_above_each_other(void **state)
{
	struct ll_lanes lanes LL_CLEANUP(ll_lanes_done) = {0};
	const struct ll_flag restart = flag(101, 50), deploy = flag(100, 50);

	(void)state;
	assert_int_equal(ll_lanes_take(&lanes, &restart), 0);
	assert_int_equal(ll_lanes_take(&lanes, &deploy), 1);
}

static void a_flag_without_a_lane_is_told_so(void **state)
{
	struct ll_lanes lanes LL_CLEANUP(ll_lanes_done) = {0};
	const struct ll_flag here = flag(100, 50);

	(void)state;
	for (int lane = 0; lane < LL_LANES; lane++)
		assert_int_equal(ll_lanes_take(&lanes, &here), lane);
	assert_int_equal(ll_lanes_take(&lanes, &here), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slots_that_do_not_touch_stay),
		cmocka_unit_test(touching_slots_move_apart_evenly),
		cmocka_unit_test(slots_keep_the_order_of_their_wishes),
		cmocka_unit_test(slots_stay_between_the_edges),
		cmocka_unit_test(too_many_slots_are_packed_and_reported),
		cmocka_unit_test(no_slots_are_no_problem),
		cmocka_unit_test(flags_that_do_not_touch_share_the_lowest_lane),
		cmocka_unit_test(an_earlier_flag_that_touches_flies_higher),
		cmocka_unit_test(no_stem_runs_through_a_text),
		cmocka_unit_test(two_flags_at_one_moment_stand_above_each_other),
		cmocka_unit_test(a_flag_without_a_lane_is_told_so),
	};

	return cmocka_run_group_tests_name("chart.layout", tests, NULL, NULL);
}
