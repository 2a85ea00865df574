/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_stats_steady.c - rises that a steady coming and going explains, and those that it does not.
 */
#include "stats.h"
#include "support.h"

#include <math.h>

enum {
	MOST = 24,
};

/* A course of up to MOST numbers, a step of x apart, and how many came until then. */
struct course {
	double there[MOST], made[MOST];
	size_t count;
};

static struct ll_points points_of(const double *values, size_t count, int64_t stratum)
{
	struct ll_points points = {.has_real_x = false};

	for (size_t i = 0; i < count; i++)
		ll_points_add_whole(&points, (int64_t)i * 3600, values[i], stratum);
	return points;
}

static double chance_of(const struct course *course)
{
	LL_CLEANUP(ll_points_done)
	struct ll_points points = points_of(course->there, course->count, 1);
	double p = -1;

	assert_true(ll_points_arrange(&points));
	assert_true(ll_stats_steady_p(&points, &p));
	return p;
}

static double load_chance_of(const struct course *course)
{
	LL_CLEANUP(ll_points_done)
	struct ll_points there = points_of(course->there, course->count, 1);
	LL_CLEANUP(ll_points_done)
	struct ll_points made = points_of(course->made, course->count, 1);
	double p = -1;

	assert_true(ll_points_arrange(&there));
	assert_true(ll_points_arrange(&made));
	assert_true(ll_stats_steady_load_p(&there, &made, &p));
	return p;
}

/* ----------------------------------------------------------------- simulation */

/* Knuth's MMIX generator: the same numbers on every machine. */
static double next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005U + 1442695040888963407U;
	return ((double)(*seed >> 11) + 0.5) / 9007199254740992.0;
}

static double next_wait(uint64_t *seed, double mean)
{
	return -mean * log(next_random(seed));
}

/*
 * Things that come at `rate` between two captures; nine of ten stay for `shorter` on average, the
 * tenth for `longer`. What came before the first capture has come for ten times as long.
 */
static struct course steady_course(uint64_t *seed, size_t count, double rate, double shorter,
                                   double longer)
{
	struct course course = {.count = count};

	for (double at = -10 * longer; at < (double)count - 1;) {
		const bool is_long = next_random(seed) < 0.1;
		double gone;

		at += next_wait(seed, 1 / rate);
		gone = at + next_wait(seed, is_long ? longer : shorter);
		for (size_t i = 0; i < count; i++) {
			course.made[i] += at <= (double)i;
			course.there[i] += at <= (double)i && (double)i < gone;
		}
	}
	return course;
}

static void check_size(double shorter, double longer, size_t count)
{
	uint64_t seed = 2026 + count;
	int called = 0;

	for (int i = 0; i < 400; i++) {
		const struct course course = steady_course(&seed, count, 5, shorter, longer);

		called += chance_of(&course) <= 0.05;
	}
	/* 20 are expected at most; 33 or more of 400 would have a chance of 0.3 %. */
	assert_in_range(called, 0, 32);
}

static void what_comes_and_goes_is_seldom_called_however_long_it_stays(void **state)
{
	static const double longer[] = {0.5, 3, 10, 30};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(longer); i++) {
		check_size(longer[i], longer[i], 8);
		check_size(longer[i], longer[i], 20);
		check_size(0.2, longer[i], 12);
	}
}

static void a_queue_that_backs_up_is_called_where_most_of_it_has_gone(void **state)
{
	const struct course course = {
		.there = {1, 1, 0, 0, 0, 2, 3, 3, 4, 5, 6, 6, 8, 9, 10, 13, 14, 14, 14, 15},
		.made = {2,  4,  6,  8,  10, 12, 14, 16, 18, 20,
	                 22, 24, 26, 28, 30, 32, 34, 36, 38, 40},
		.count = 20,
	};

	(void)state;
	assert_true(chance_of(&course) < 0.001);
	assert_true(load_chance_of(&course) < 0.001);
}

/* ------------------------------------------------------------------------ rules */

static void three_captures_give_what_is_written_above_the_code(void **state)
{
	const struct course course = {.there = {0, 3, 6}, .count = 3};

	(void)state;
	/* S1: (-1, 0, 1) . (0, 3, 6) = 6; S2: mean 3, times 2, which is what stays shorter than a
	 * step give; longer ones give less, for the ends go together. */
	assert_true(fabs(chance_of(&course) - ll_stats_normal_tail(6 / sqrt(6))) < 1e-12);
}

/* The variance of S2 for m = 1, by the definition. */
static double variance_by_definition(size_t count, double stay)
{
	const double middle = ((double)count - 1) / 2;
	double variance = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			const double apart = fabs((double)i - (double)j);

			variance += ((double)i - middle) * ((double)j - middle) *
			            fmax(0, 1 - apart / stay);
		}
	}
	return variance;
}

/* With many more triangles than the code tries. */
static double largest_by_definition(size_t count)
{
	double largest = 0;

	for (int part = 1; part <= 600; part++)
		largest = fmax(largest, variance_by_definition(count, (double)count * part / 100));
	return largest;
}

static void the_stays_that_are_tried_miss_little_of_the_largest_variance(void **state)
{
	(void)state;
	for (size_t count = 4; count <= MOST; count++) {
		struct course course = {.count = count};
		double sum = 0, z;

		for (size_t i = 0; i < count; i++) {
			course.there[i] = (double)i;
			sum += ((double)i - ((double)count - 1) / 2) * (double)i;
		}
		z = sum / sqrt(largest_by_definition(count) * ((double)count - 1) / 2);
		assert_true(chance_of(&course) <= ll_stats_normal_tail(z) * 1.0001);
		assert_true(chance_of(&course) >= ll_stats_normal_tail(z * 1.01));
	}
}

static void a_number_that_never_moves_rises_in_half_of_all_cases(void **state)
{
	const struct course course = {.there = {7, 7, 7, 7, 7}, .count = 5};

	(void)state;
	assert_true(fabs(chance_of(&course) - 0.5) < 1e-12);
}

static void a_number_that_follows_its_load_is_no_rise(void **state)
{
	struct course course = {.count = 20};

	(void)state;
	for (size_t i = 0; i < course.count; i++) {
		course.there[i] = 10 + 2 * (double)i;
		/* What comes in a step rises in the same proportion. */
		course.made[i] = i == 0 ? 0 : course.made[i - 1] + 5 + ((double)i - 0.5);
	}
	assert_true(chance_of(&course) < 0.001);
	assert_true(load_chance_of(&course) > 0.3);
}

static void a_load_that_falls_takes_nothing_off(void **state)
{
	struct course course = {.count = 12};

	(void)state;
	for (size_t i = 0; i < course.count; i++) {
		course.there[i] = (double)i;
		course.made[i] = i == 0 ? 0 : course.made[i - 1] + 20 - (double)i;
	}
	assert_true(fabs(chance_of(&course) - load_chance_of(&course)) < 1e-12);
}

static void a_step_between_two_lives_is_no_rise(void **state)
{
	static const double low[] = {2, 2, 2, 2}, high[] = {90, 90, 90, 90};
	LL_CLEANUP(ll_points_done) struct ll_points points = points_of(low, LL_COUNT(low), 1);
	double p;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(high); i++)
		ll_points_add_whole(&points, 36000 + (int64_t)i * 3600, high[i], 2);
	assert_true(ll_points_arrange(&points));
	assert_true(ll_stats_steady_p(&points, &p));
	assert_true(fabs(p - 0.5) < 1e-9);
}

static void too_little_has_no_chance(void **state)
{
	static const double two[] = {1, 2}, none[] = {0, 0, 0, 0};
	LL_CLEANUP(ll_points_done) struct ll_points few = points_of(two, LL_COUNT(two), 1);
	LL_CLEANUP(ll_points_done) struct ll_points empty = points_of(none, LL_COUNT(none), 1);
	LL_CLEANUP(ll_points_done) struct ll_points at_once = {.has_real_x = false};
	double p = 7;

	(void)state;
	for (int i = 0; i < 5; i++)
		ll_points_add_whole(&at_once, 7, i, 1);
	assert_true(ll_points_arrange(&few) && ll_points_arrange(&empty));
	assert_true(ll_points_arrange(&at_once));

	assert_false(ll_stats_steady_p(&few, &p));
	assert_false(ll_stats_steady_p(&empty, &p));
	assert_false(ll_stats_steady_p(&at_once, &p));
	assert_true(fabs(p - 7) < 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_and_goes_is_seldom_called_however_long_it_stays),
		cmocka_unit_test(a_queue_that_backs_up_is_called_where_most_of_it_has_gone),
		cmocka_unit_test(three_captures_give_what_is_written_above_the_code),
		cmocka_unit_test(the_stays_that_are_tried_miss_little_of_the_largest_variance),
		cmocka_unit_test(a_number_that_never_moves_rises_in_half_of_all_cases),
		cmocka_unit_test(a_number_that_follows_its_load_is_no_rise),
		cmocka_unit_test(a_load_that_falls_takes_nothing_off),
		cmocka_unit_test(a_step_between_two_lives_is_no_rise),
		cmocka_unit_test(too_little_has_no_chance),
	};

	return cmocka_run_group_tests_name("analyze.stats_steady", tests, NULL, NULL);
}
