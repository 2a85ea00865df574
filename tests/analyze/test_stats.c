/* SPDX-License-Identifier: Apache-2.0 */
/* test_stats.c - order statistics of samples, statistics of the order of points, ramps. */
#include "stats.h"
#include "support.h"

#include <float.h>
#include <math.h>

/* --------------------------------------------------------------------- helpers */

/* A fixed generator, so that every run sees the same data. */
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

/* Points with x = 0, 1, 2 ... and these y, given from the last to the first. */
static void add_series(struct ll_points *points, const double *y, size_t count)
{
	for (size_t i = count; i > 0; i--)
		ll_points_add_whole(points, (int64_t)i - 1, y[i - 1], 0);
	assert_true(ll_points_arrange(points));
}

/* ------------------------------------------------------------------- selection */

static void check_every_rank(const double *values, size_t count)
{
	double sorted[300], work[300];

	memcpy(sorted, values, count * sizeof *values);
	qsort(sorted, count, sizeof *sorted, compare_doubles);
	for (size_t rank = 0; rank < count; rank++) {
		memcpy(work, values, count * sizeof *values);
		assert_real(ll_stats_select(work, count, rank), sorted[rank]);
		for (size_t i = rank + 1; i < count; i++)
			assert_true(work[i] >= sorted[rank]);
	}
}

static void selection_finds_what_sorting_would(void **state)
{
	double values[300];
	uint64_t chance = 3;

	(void)state;
	for (size_t count = 1; count <= LL_COUNT(values); count += 13) {
		for (size_t i = 0; i < count; i++)
			values[i] = draw(&chance);
		check_every_rank(values, count);
	}
}

static void selection_stands_ties_and_every_order(void **state)
{
	double values[300];

	(void)state;
	for (int shape = 0; shape < 5; shape++) {
		for (size_t i = 0; i < LL_COUNT(values); i++) {
			const double shapes[] = {1, (double)i, -(double)i, (double)(i % 3),
			                         (double)(i % 100) * (i % 2 ? 1 : -1)};

			values[i] = shapes[shape];
		}
		check_every_rank(values, LL_COUNT(values));
	}
}

/* The selection's own probes and partition, on places whose values are yet to be decided. */
static void probe_nine(const size_t *places, size_t count, double *values, double *next)
{
	for (size_t k = 0; k < 9; k++) {
		double *const value = &values[places[k < 8 ? k * (count / 9) : count - 1]];

		if (*value < 0)
			*value = (*next)--;
	}
}

static double middle_of_three(double a, double b, double c)
{
	return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

static double ninther(const size_t *places, size_t count, const double *values)
{
	double v[9];

	for (size_t k = 0; k < 9; k++)
		v[k] = values[places[k < 8 ? k * (count / 9) : count - 1]];
	return middle_of_three(middle_of_three(v[0], v[1], v[2]), middle_of_three(v[3], v[4], v[5]),
	                       middle_of_three(v[6], v[7], v[8]));
}

static size_t partition_places(size_t *places, size_t count, const double *values, double pivot)
{
	size_t from = 0, at = 0, to = count;

	while (at < to) {
		const size_t place = places[at];

		if (values[place] < pivot) {
			places[at++] = places[from];
			places[from++] = place;
		} else if (values[place] > pivot) {
			places[at] = places[--to];
			places[to] = place;
		} else {
			at++;
		}
	}
	return from;
}

/*
 * A killer after McIlroy 1999, "A killer adversary for quicksort": values are decided when they are
 * looked at, and always to be the largest that are left, so that a pivot cuts off next to nothing.
 */
static void make_killer(double *values, size_t count)
{
	LL_CLEANUP(ll_freep) size_t *places = ll_calloc(count, sizeof *places);
	double next = (double)count;
	size_t left = count;

	for (size_t i = 0; i < count; i++) {
		places[i] = i;
		values[i] = -1;
	}
	for (int round = 0; round < 200; round++) {
		probe_nine(places, left, values, &next);
		left = partition_places(places, left, values, ninther(places, left, values));
	}
	for (size_t i = 0; i < count; i++)
		values[i] = values[i] < 0 ? next-- : values[i];
}

static void selection_gives_up_on_bad_pivots_and_still_finds(void **state)
{
	const size_t count = 20000;
	LL_CLEANUP(ll_freep) double *values = ll_calloc(count, sizeof *values);

	(void)state;
	make_killer(values, count);

	assert_real(ll_stats_select(values, count, 100), 101);
}

/* --------------------------------------------------------------------- samples */

static void empty_samples_have_no_statistics(void **state)
{
	double value = 7;

	(void)state;
	assert_false(ll_stats_percentile(NULL, 0, 50, &value));
	assert_false(ll_stats_median(NULL, 0, &value));
	assert_false(ll_stats_mad(NULL, 0, &value));
	assert_false(ll_stats_iqr(NULL, 0, &value));
	assert_int_equal(ll_stats_elbow(NULL, 0), 0);
	assert_real(value, 7);
}

static void percentiles_never_fall_as_p_rises(void **state)
{
	double values[37], before = -1, value;
	uint64_t chance = 5;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(values); i++)
		values[i] = floor(draw(&chance) * 20);
	for (int p = 0; p <= 1000; p++) {
		assert_true(ll_stats_percentile(values, LL_COUNT(values), p / 10.0, &value));
		assert_true(value >= before);
		before = value;
	}
}

static void interpolation_does_not_overflow(void **state)
{
	double values[] = {-DBL_MAX, DBL_MAX};
	double value;

	(void)state;
	assert_true(ll_stats_percentile(values, 2, 75, &value));
	assert_near(value, DBL_MAX / 2, 1e-15);
	assert_true(ll_stats_median(values, 2, &value));
	assert_real(value, 0);
}

static void mad_ignores_up_to_half_of_the_values(void **state)
{
	double calm[] = {9, 10, 11, 10, 9, 11, 10};
	double wild[] = {9, 10, 11, 10, 9, 1e300, -1e300};
	double sigma, wild_sigma;

	(void)state;
	assert_true(ll_stats_mad(calm, LL_COUNT(calm), &sigma));
	assert_true(ll_stats_mad(wild, LL_COUNT(wild), &wild_sigma));

	assert_near(sigma, 1.4826, 1e-15);
	assert_near(wild_sigma, 1.4826, 1e-15);
}

static void spread_does_not_change_with_level_and_follows_scale(void **state)
{
	double values[51], shifted[51], scaled[51], a, b, c;
	uint64_t chance = 9;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(values); i++) {
		values[i] = floor(draw(&chance) * 1000);
		shifted[i] = values[i] + 65536;
		scaled[i] = values[i] * -8;
	}
	assert_true(ll_stats_iqr(values, LL_COUNT(values), &a));
	assert_true(ll_stats_iqr(shifted, LL_COUNT(shifted), &b));
	assert_true(ll_stats_iqr(scaled, LL_COUNT(scaled), &c));

	assert_real(b, a);
	assert_real(c, 8 * a);
}

static void elbow_separates_what_stands_out(void **state)
{
	double drop[] = {7, 900, 300, 850};
	double half[] = {4, 8};
	double almost[] = {4.1, 8};
	double none[] = {-1, 0};

	(void)state;
	assert_int_equal(ll_stats_elbow(drop, 4), 2);
	assert_int_equal(ll_stats_elbow(half, 2), 1);
	assert_int_equal(ll_stats_elbow(almost, 2), 2);
	assert_int_equal(ll_stats_elbow(none, 2), 0);
}

/* ----------------------------------------------------------------------- ramps */

static void ramp_is_zero_at_low_one_at_high_and_half_between(void **state)
{
	(void)state;
	assert_real(ll_stats_ramp(10, 10, 30), 0);
	assert_real(ll_stats_ramp(30, 10, 30), 1);
	assert_real(ll_stats_ramp(20, 10, 30), 0.5);
	assert_real(ll_stats_ramp(15, 10, 30), 0.15625);
	assert_real(ll_stats_ramp(-1e300, 10, 30), 0);
	assert_real(ll_stats_ramp(1e300, 10, 30), 1);
}

static void ramp_may_fall_and_may_be_a_step(void **state)
{
	(void)state;
	assert_real(ll_stats_ramp(30, 30, 10), 0);
	assert_real(ll_stats_ramp(10, 30, 10), 1);
	assert_real(ll_stats_ramp(9, 10, 10), 0);
	assert_real(ll_stats_ramp(10, 10, 10), 1);
	assert_real(ll_stats_ramp(0, -DBL_MAX, DBL_MAX), 0.5);
}

/* ---------------------------------------------------------------------- points */

static void points_are_put_in_the_order_of_x(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	const struct ll_point *items;

	(void)state;
	ll_points_add_whole(&points, 5, 1, 2);
	ll_points_add_whole(&points, 9, 2, 1);
	ll_points_add_whole(&points, 5, 0, 2);
	ll_points_add_whole(&points, 3, 7, 2);
	assert_true(ll_points_arrange(&points));

	items = ll_points_all(&points);
	assert_real(items[0].y, 2);
	assert_real(items[1].y, 7);
	assert_real(items[2].y, 0);
	assert_real(items[3].y, 1);
	assert_real(items[0].x, 6);
	assert_real(items[1].x, 0);
	assert_int_equal(ll_points_stratum_end(&points, 0), 1);
	assert_int_equal(ll_points_stratum_end(&points, 1), 4);
}

static void nanoseconds_since_1970_keep_every_digit(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	const int64_t first = INT64_C(1795223187000000001);

	(void)state;
	for (int i = 0; i < 5; i++)
		ll_points_add_whole(&points, first + i, i, 0);
	assert_true(ll_points_arrange(&points));

	for (size_t i = 0; i < 5; i++)
		assert_real(ll_points_all(&points)[i].x, (double)i);
}

static void the_whole_range_of_integers_fits(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	(void)state;
	ll_points_add_whole(&points, INT64_MAX, 1, 0);
	ll_points_add_whole(&points, INT64_MIN, 0, 0);
	assert_true(ll_points_arrange(&points));

	assert_real(ll_points_all(&points)[1].x, 0x1p64);
}

static void real_x_too_far_apart_are_refused(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	(void)state;
	ll_points_add_real(&points, -DBL_MAX, 1, 0);
	ll_points_add_whole(&points, 0, 1, 0);
	ll_points_add_real(&points, DBL_MAX, 1, 0);

	assert_false(ll_points_arrange(&points));
}

static void drawdown_is_the_most_that_was_given_back(void **state)
{
	static const double sawtooth[] = {1, 5, 2, 6, 4, 9, 3, 8};
	static const double rising[] = {1, 2, 2, 3};
	LL_CLEANUP(ll_points_done) struct ll_points falls = {.has_real_x = false};
	LL_CLEANUP(ll_points_done) struct ll_points rises = {.has_real_x = false};
	double fall;

	(void)state;
	add_series(&falls, sawtooth, LL_COUNT(sawtooth));
	add_series(&rises, rising, LL_COUNT(rising));

	assert_true(ll_points_drawdown(&falls, &fall));
	assert_real(fall, 6);
	assert_true(ll_points_drawdown(&rises, &fall));
	assert_real(fall, 0);
}

static void streak_counts_rises_back_from_the_end(void **state)
{
	static const struct {
		double y[5];
		int64_t rises;
	} cases[] = {
		{{1, 2, 3, 4, 5}, 4}, {{5, 1, 2, 3, 4}, 3}, {{1, 2, 3, 3, 4}, 1},
		{{1, 2, 3, 4, 4}, 0}, {{5, 4, 3, 2, 1}, 0},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(cases); i++) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
		int64_t rises;

		add_series(&points, cases[i].y, LL_COUNT(cases[i].y));
		assert_true(ll_points_streak(&points, &rises));
		assert_int_equal(rises, cases[i].rises);
	}
}

static void of_equal_x_the_largest_y_counts(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	double fall, share;
	int64_t rises;

	(void)state;
	ll_points_add_whole(&points, 1, 5, 0);
	ll_points_add_whole(&points, 2, 1, 0);
	ll_points_add_whole(&points, 2, 6, 0);
	ll_points_add_whole(&points, 3, 6, 0);
	assert_true(ll_points_arrange(&points));

	assert_true(ll_points_drawdown(&points, &fall));
	assert_real(fall, 0);
	assert_true(ll_points_share_rising(&points, &share));
	assert_real(share, 0.5);
	assert_true(ll_points_streak(&points, &rises));
	assert_int_equal(rises, 0);
}

static void no_points_have_no_statistics(void **state)
{
	struct ll_points points = {.has_real_x = false};
	struct ll_kendall kendall;
	double value = 7;
	int64_t rises;

	(void)state;
	assert_true(ll_points_arrange(&points));
	assert_false(ll_points_drawdown(&points, &value));
	assert_false(ll_points_streak(&points, &rises));
	assert_false(ll_points_share_rising(&points, &value));
	assert_false(ll_stats_slope(&points, &value));
	assert_false(ll_stats_slope_low(&points, &value));
	assert_false(ll_stats_slope_high(&points, &value));
	assert_false(ll_stats_intercept(&points, &value));
	assert_false(ll_stats_kendall_p_corrected(&points, &value));
	ll_stats_kendall(&points, &kendall);
	assert_false(ll_stats_kendall_tau(&kendall, &value));
	assert_false(ll_stats_kendall_z(&kendall, &value));
	assert_false(ll_stats_kendall_p(&kendall, &value));
	assert_real(value, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selection_finds_what_sorting_would),
		cmocka_unit_test(selection_stands_ties_and_every_order),
		cmocka_unit_test(selection_gives_up_on_bad_pivots_and_still_finds),
		cmocka_unit_test(empty_samples_have_no_statistics),
		cmocka_unit_test(percentiles_never_fall_as_p_rises),
		cmocka_unit_test(interpolation_does_not_overflow),
		cmocka_unit_test(mad_ignores_up_to_half_of_the_values),
		cmocka_unit_test(spread_does_not_change_with_level_and_follows_scale),
		cmocka_unit_test(elbow_separates_what_stands_out),
		cmocka_unit_test(ramp_is_zero_at_low_one_at_high_and_half_between),
		cmocka_unit_test(ramp_may_fall_and_may_be_a_step),
		cmocka_unit_test(points_are_put_in_the_order_of_x),
		cmocka_unit_test(nanoseconds_since_1970_keep_every_digit),
		cmocka_unit_test(the_whole_range_of_integers_fits),
		cmocka_unit_test(real_x_too_far_apart_are_refused),
		cmocka_unit_test(drawdown_is_the_most_that_was_given_back),
		cmocka_unit_test(streak_counts_rises_back_from_the_end),
		cmocka_unit_test(of_equal_x_the_largest_y_counts),
		cmocka_unit_test(no_points_have_no_statistics),
	};

	return cmocka_run_group_tests_name("analyze.stats", tests, NULL, NULL);
}
