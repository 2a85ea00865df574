/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_stats_slope.c - selected slopes against all slopes, sorted; and what must hold for any data.
 *
 * T, L and I are rules of fn_trend.c, S those of stats_slope.c.
 */
#include "stats.h"
#include "support.h"

#include <float.h>
#include <math.h>

/* --------------------------------------------------------------------- helpers */

static double draw(uint64_t *state)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return (double)(*state >> 11) * 0x1p-53;
}

static void assert_real(double actual, double expected)
{
	if (!(actual >= expected && actual <= expected))
		fail_msg("%.17g is not %.17g", actual, expected);
}

static void assert_near(double actual, double expected, double relative)
{
	if (!(fabs(actual - expected) <= relative * fabs(expected)))
		fail_msg("%.17g is not near %.17g", actual, expected);
}

static int compare_doubles(const void *left, const void *right)
{
	const double a = *(const double *)left;
	const double b = *(const double *)right;

	return (a > b) - (a < b);
}

/* Every slope of arranged points, sorted. */
static double *all_slopes(const struct ll_points *points, size_t *ret_count)
{
	const struct ll_point *const items = ll_points_all(points);
	const size_t n = points->items.count;
	double *const slopes = ll_calloc(n * n / 2 + 1, sizeof *slopes);
	size_t count = 0;

	for (size_t j = 0; j < n; j++) {
		for (size_t i = 0; i < j; i++) {
			if (items[i].stratum == items[j].stratum && items[i].x < items[j].x)
				slopes[count++] =
					(items[j].y - items[i].y) / (items[j].x - items[i].x);
		}
	}
	qsort(slopes, count, sizeof *slopes, compare_doubles);
	*ret_count = count;
	return slopes;
}

/* L2 */
static double at_position(const double *slopes, double position)
{
	const size_t rank = (size_t)position;
	const double share = position - (double)rank;

	return share > 0 ? slopes[rank] * (1 - share) + slopes[rank + 1] * share : slopes[rank];
}

/* Compares the three slopes with those of all pairs; they may differ by `relative`. */
static void check_against_all(struct ll_points *points, double relative)
{
	LL_CLEANUP(ll_freep) double *slopes = NULL;
	struct ll_kendall kendall;
	double slope, low, high, rank;
	int64_t falls;
	size_t count;

	assert_true(ll_points_arrange(points));
	slopes = all_slopes(points, &count);
	ll_stats_kendall(points, &kendall);
	assert_int_equal(kendall.pairs, count);
	if (count == 0) {
		assert_false(ll_stats_slope(points, &slope)); /* T3 */
		return;
	}
	rank = ((double)count - LL_STATS_Z95 * sqrt(kendall.variance)) / 2;
	if (ll_stats_kendall_falls(&kendall, 0.025, &falls))
		rank = (double)falls + 1;

	assert_true(ll_stats_slope(points, &slope));
	assert_near(slope, at_position(slopes, (double)(count - 1) / 2), relative);
	if (rank < 1) {
		assert_false(ll_stats_slope_low(points, &low));
		assert_false(ll_stats_slope_high(points, &high));
		return;
	}
	assert_true(ll_stats_slope_low(points, &low));
	assert_near(low, at_position(slopes, rank - 1), relative);
	assert_true(ll_stats_slope_high(points, &high));
	assert_near(high, at_position(slopes, (double)count - rank), relative);
}

static double slope_of(struct ll_points *points)
{
	double slope;

	assert_true(ll_points_arrange(points));
	assert_true(ll_stats_slope(points, &slope));
	return slope;
}

/* ---------------------------------------------------------- against every slope */

static void add_whole_series(struct ll_points *points, size_t count, int shape, uint64_t *chance)
{
	for (size_t i = 0; i < count; i++) {
		const double noise = draw(chance);
		const int64_t whole = (int64_t)i;
		const int64_t time = INT64_C(1795223187000000000) + whole * INT64_C(300000000000);
		const int64_t shapes[][3] = {
			/* x, y, stratum */
			{time + (int64_t)(noise * 1e9), (int64_t)(draw(chance) * 1e9), 0},
			{whole / 3, (int64_t)(noise * 5), 0},
			{(int64_t)(noise * 4), (int64_t)(draw(chance) * 4), 0},
			{whole, whole / 50, 0},
			{whole, whole % 6 * 1000 + whole, 0},
			{time, (int64_t)(noise * 1e6) + whole * 300, whole % 5},
			{time, (int64_t)(noise * 50), (int64_t)(draw(chance) * 40) - 20},
			{whole, whole < (int64_t)count / 2 ? 0 : 1, 0},
			{whole, whole * whole, 0},
		};

		ll_points_add_whole(points, shapes[shape][0], (double)shapes[shape][1],
		                    shapes[shape][2]);
	}
}

static void selected_slopes_are_those_of_all_pairs_to_the_last_bit(void **state)
{
	static const size_t counts[] = {8, 40, 129, 300, 700};
	uint64_t chance = 11;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(counts); i++) {
		for (int shape = 0; shape < 9; shape++) {
			LL_CLEANUP(ll_points_done)
			struct ll_points points = {.has_real_x = false};

			add_whole_series(&points, counts[i], shape, &chance);
			check_against_all(&points, 0);
		}
	}
}

static double real_y(int shape, size_t i, uint64_t *chance)
{
	switch (shape) {
	case 0: return draw(chance) - 0.5;
	case 1: return tan(3.1 * (draw(chance) - 0.5));
	case 2: return exp(draw(chance) * 600 - 300);
	case 3: return sin((double)i / 20);
	case 4: return (double)i / 3;
	default: return (double)i / 3 + (double)(i % 3) * 1e-15;
	}
}

static void check_real_series(size_t count, int shape, uint64_t *chance)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	for (size_t i = 0; i < count; i++) {
		const double x = shape < 3 ? draw(chance) : (double)i;

		ll_points_add_real(&points, x, real_y(shape, i, chance), 0);
	}
	/* Lines of thirds: the computed slopes are themselves rounded (S5). */
	check_against_all(&points, shape < 4 ? 0 : 1e-12);
}

static void slopes_of_real_numbers_are_those_of_all_pairs(void **state)
{
	static const size_t counts[] = {9, 150, 500};
	uint64_t chance = 13;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(counts); i++) {
		for (int shape = 0; shape < 6; shape++)
			check_real_series(counts[i], shape, &chance);
	}
}

static void few_different_x_leave_no_sample_and_are_found_all_the_same(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	uint64_t chance = 17;

	(void)state;
	for (int i = 0; i < 6000; i++)
		ll_points_add_whole(&points, i < 6, floor(draw(&chance) * 1e6), 0);

	check_against_all(&points, 0);
}

/* ------------------------------------------------------------------ many points */

enum {
	MANY = 100000,
};

static void a_fifth_of_outliers_does_not_move_the_slope(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	uint64_t chance = 19;

	(void)state;
	for (int i = 0; i < MANY; i++)
		ll_points_add_whole(&points, i, i % 5 ? 3.0 * i : draw(&chance) * 1e9, 0);

	assert_real(slope_of(&points), 3);
}

static void a_slope_that_is_no_double_is_rounded_to_the_nearest(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	(void)state;
	for (int i = 0; i < MANY; i++)
		ll_points_add_whole(&points, INT64_C(3) * i, i, 0);

	assert_real(slope_of(&points), 1.0 / 3);
}

static void stairs_have_the_slope_of_their_steps(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	(void)state;
	for (int i = 0; i < MANY; i++)
		ll_points_add_whole(&points, i, floor(i / 100.0), 0);

	assert_real(slope_of(&points), 0.01);
}

static void lives_that_fall_back_at_each_restart_show_the_slope_within(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	LL_CLEANUP(ll_points_done) struct ll_points joined = {.has_real_x = false};

	(void)state;
	for (int i = 0; i < MANY; i++) {
		const double y = 1e6 + 250.0 * (i % 1000);

		ll_points_add_whole(&points, i, y, i / 1000);
		ll_points_add_whole(&joined, i, y, 0);
	}

	assert_real(slope_of(&points), 250);
	assert_true(slope_of(&joined) < 1);
}

/* ------------------------------------------------------------------- invariance */

static void the_order_of_points_does_not_matter(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points forward = {.has_real_x = false};
	LL_CLEANUP(ll_points_done) struct ll_points mixed = {.has_real_x = false};
	double y[400];
	uint64_t chance = 23;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(y); i++) {
		y[i] = floor(draw(&chance) * 1000);
		ll_points_add_whole(&forward, (int64_t)i / 2, y[i], (int64_t)i % 3);
	}
	for (size_t i = 0; i < LL_COUNT(y); i++) {
		const size_t k = (i * 147 + 31) % LL_COUNT(y); /* 147 and 400 share no factor */

		ll_points_add_whole(&mixed, (int64_t)k / 2, y[k], (int64_t)k % 3);
	}

	assert_real(slope_of(&mixed), slope_of(&forward));
}

/* Adds y_scale * y + y_shift at x_scale * x + x_shift. */
static void add_moved(struct ll_points *points, int64_t x_scale, int64_t x_shift, double y_scale,
                      double y_shift)
{
	uint64_t chance = 29;

	for (int i = 0; i < 300; i++)
		ll_points_add_whole(points, i * x_scale + x_shift,
		                    floor(draw(&chance) * 4096 + 3 * i) * y_scale + y_shift, 0);
}

static void slopes_follow_shift_and_scale(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points plain = {.has_real_x = false};
	LL_CLEANUP(ll_points_done) struct ll_points shifted = {.has_real_x = false};
	LL_CLEANUP(ll_points_done) struct ll_points scaled = {.has_real_x = false};
	LL_CLEANUP(ll_points_done) struct ll_points mirrored = {.has_real_x = false};
	double slope, low = 0, high = 0, mirrored_low, mirrored_high;

	(void)state;
	add_moved(&plain, 1, 0, 1, 0);
	add_moved(&shifted, 1, INT64_C(1795223187000000000), 1, 1048576);
	add_moved(&scaled, 8, -5, 0.25, 0);
	add_moved(&mirrored, 1, 0, -1, 0);
	slope = slope_of(&plain);

	assert_real(slope_of(&shifted), slope);
	assert_real(slope_of(&scaled), slope / 32);
	assert_real(slope_of(&mirrored), -slope);
	assert_true(ll_stats_slope_low(&plain, &low));
	assert_true(ll_stats_slope_high(&plain, &high));
	assert_true(ll_stats_slope_low(&mirrored, &mirrored_low));
	assert_true(ll_stats_slope_high(&mirrored, &mirrored_high));
	assert_real(mirrored_low, -high);
	assert_near(mirrored_high, -low, 1e-15);
	assert_true(low < slope && slope < high); /* L4 */
}

/* ------------------------------------------------------------------------ edges */

static void four_points_have_no_limits_and_five_have(void **state)
{
	double low = 0, high = 0;

	(void)state;
	for (int count = 2; count <= 6; count++) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

		for (int i = 0; i < count; i++)
			ll_points_add_whole(&points, i, i * i, 0);
		assert_true(ll_points_arrange(&points));
		assert_int_equal(ll_stats_slope_low(&points, &low), count > 4); /* L3 */
		assert_int_equal(ll_stats_slope_high(&points, &high), count > 4);
	}
	/*
	 * The slopes are 1, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7, 7, 8, 9. At most one fall has a chance
	 * of 6 in 720, at most two have one of 20.
	 */
	assert_real(low, 2);
	assert_real(high, 8);
}

static void a_line_has_its_slope_as_both_limits(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	double low, high, intercept;

	(void)state;
	for (int i = 0; i < 30; i++)
		ll_points_add_whole(&points, 1000 + i, 17 - 0.5 * i, 0);

	assert_real(slope_of(&points), -0.5);
	assert_true(ll_stats_slope_low(&points, &low));
	assert_true(ll_stats_slope_high(&points, &high));
	assert_real(low, -0.5);
	assert_real(high, -0.5);
	assert_true(ll_stats_intercept(&points, &intercept)); /* I1 */
	assert_real(intercept, 17);
}

static void the_ends_of_double_range_are_no_obstacle(void **state)
{
	static const double scales[] = {1e-300, 1e-150, 1e150, 1e300};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(scales); i++) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
		uint64_t chance = 31;

		for (int k = 0; k < 400; k++)
			ll_points_add_real(&points, k * scales[i],
			                   (k + 100 * draw(&chance)) * scales[i], 0);
		check_against_all(&points, 1e-14);
	}
}

static void a_slope_too_large_for_a_double_is_infinite(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	double intercept;

	(void)state;
	ll_points_add_real(&points, 0, -DBL_MAX, 0);
	ll_points_add_real(&points, 1e-10, DBL_MAX, 0);

	assert_real(slope_of(&points), HUGE_VAL);
	assert_true(ll_stats_intercept(&points, &intercept));
	assert_real(intercept, HUGE_VAL);
}

static void slopes_that_are_all_too_large_end_the_search_as_well(void **state)
{
	for (int sign = -1; sign <= 1; sign += 2) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

		(void)state;
		/* Denormal distances, and one point at 1 so that scaling does not help. */
		for (int i = 0; i < 400; i++)
			ll_points_add_real(&points, i * DBL_TRUE_MIN, sign * (i + 1) * 1e-3, 0);
		ll_points_add_real(&points, 1, 0, 0);
		assert_real(slope_of(&points), sign * HUGE_VAL);
	}
}

static void opposite_infinite_slopes_are_no_nan(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	(void)state;
	ll_points_add_real(&points, 0, -DBL_MAX, 0);
	ll_points_add_real(&points, 4 * DBL_TRUE_MIN, DBL_MAX, 0);
	ll_points_add_real(&points, 0, DBL_MAX, 1);
	ll_points_add_real(&points, 4 * DBL_TRUE_MIN, -DBL_MAX, 1);
	ll_points_add_real(&points, 1, 0, 2); /* so that scaling does not help */

	assert_real(slope_of(&points), HUGE_VAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selected_slopes_are_those_of_all_pairs_to_the_last_bit),
		cmocka_unit_test(slopes_of_real_numbers_are_those_of_all_pairs),
		cmocka_unit_test(few_different_x_leave_no_sample_and_are_found_all_the_same),
		cmocka_unit_test(a_fifth_of_outliers_does_not_move_the_slope),
		cmocka_unit_test(a_slope_that_is_no_double_is_rounded_to_the_nearest),
		cmocka_unit_test(stairs_have_the_slope_of_their_steps),
		cmocka_unit_test(lives_that_fall_back_at_each_restart_show_the_slope_within),
		cmocka_unit_test(the_order_of_points_does_not_matter),
		cmocka_unit_test(slopes_follow_shift_and_scale),
		cmocka_unit_test(four_points_have_no_limits_and_five_have),
		cmocka_unit_test(a_line_has_its_slope_as_both_limits),
		cmocka_unit_test(the_ends_of_double_range_are_no_obstacle),
		cmocka_unit_test(a_slope_too_large_for_a_double_is_infinite),
		cmocka_unit_test(slopes_that_are_all_too_large_end_the_search_as_well),
		cmocka_unit_test(opposite_infinite_slopes_are_no_nan),
	};

	return cmocka_run_group_tests_name("analyze.stats_slope", tests, NULL, NULL);
}
