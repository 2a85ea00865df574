/* SPDX-License-Identifier: Apache-2.0 */
/* test_stats_ranks.c - Mann and Whitney's test against tables and against counting by hand. */
#include "stats.h"
#include "support.h"

#include <math.h>

static void assert_near(double actual, double expected)
{
	if (!(fabs(actual - expected) <= 1e-9 + 1e-6 * fabs(expected)))
		fail_msg("%.17g is not near %.17g", actual, expected);
}

static double p_of(const double *first, size_t first_count, const double *second,
                   size_t second_count)
{
	double p = -1;

	assert_true(ll_stats_mann_whitney(first, first_count, second, second_count, &p));
	return p;
}

static void samples_that_do_not_overlap_are_as_rare_as_their_order(void **state)
{
	static const double low[] = {1, 2, 3, 4, 5}, high[] = {11, 12, 13, 14, 15};

	(void)state;
	assert_near(p_of(low, 4, high, 4), 2.0 / 70);
	assert_near(p_of(high, 4, low, 4), 2.0 / 70);
	assert_near(p_of(low, 5, high, 5), 2.0 / 252);
	assert_near(p_of(low, 3, high, 3), 2.0 / 20);
}

/* U = 1 of 3 and 4: the choices with U 0 or 1 are 2 of 35. */
static void a_small_overlap_counts_the_choices_below_it(void **state)
{
	static const double first[] = {1, 2, 4}, second[] = {3, 5, 6, 7};

	(void)state;
	assert_near(p_of(first, 3, second, 4), 2 * 2.0 / 35);
}

/* Of {1, 1, 2, 2} two are chosen: both ones in 1 of 6 ways, one of each in 4. */
static void ties_are_counted_as_they_are(void **state)
{
	static const double ones[] = {1, 1}, twos[] = {2, 2}, mixed[] = {1, 2};

	(void)state;
	assert_near(p_of(ones, 2, twos, 2), 2.0 / 6);
	assert_near(p_of(mixed, 2, mixed, 2), 1);
}

static void equal_samples_are_no_evidence(void **state)
{
	static const double same[60] = {0};

	(void)state;
	assert_near(p_of(same, 10, same, 10), 1);
	assert_near(p_of(same, 60, same, 60), 1);
}

/* Where both can be computed they agree, so that no gate jumps at the seam. */
static void the_approximation_meets_the_exact_test_at_the_seam(void **state)
{
	double first[26], second[26];
	double exact, approximate;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(first); i++) {
		first[i] = (double)(3 * i);
		second[i] = (double)(3 * i + 14);
	}
	exact = p_of(first, 25, second, 25);
	approximate = p_of(first, 26, second, 26);
	assert_true(exact > 0.01 && exact < 0.2);
	assert_true(fabs(exact - approximate) < 0.01);
}

static void an_empty_sample_has_no_answer(void **state)
{
	static const double one[] = {1};
	double p = 7;

	(void)state;
	assert_false(ll_stats_mann_whitney(one, 0, one, 1, &p));
	assert_false(ll_stats_mann_whitney(one, 1, one, 0, &p));
	assert_true(p > 6);
}

/* Hahn and Meeker 1991, table A.15: for n = 6 the extremes, for n = 10 the 2nd and 9th. */
static void an_interval_of_the_median_needs_six_values(void **state)
{
	double values[] = {9, 3, 1, 7, 5, 2, 8, 4, 6, 10};
	double low = -1, high = -1;

	(void)state;
	assert_false(ll_stats_median_interval(values, 5, &low, &high));
	assert_true(ll_stats_median_interval(values, 6, &low, &high));
	assert_near(low, 1);
	assert_near(high, 9);
	assert_true(ll_stats_median_interval(values, 10, &low, &high));
	assert_near(low, 2);
	assert_near(high, 9);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_that_do_not_overlap_are_as_rare_as_their_order),
		cmocka_unit_test(a_small_overlap_counts_the_choices_below_it),
		cmocka_unit_test(ties_are_counted_as_they_are),
		cmocka_unit_test(equal_samples_are_no_evidence),
		cmocka_unit_test(the_approximation_meets_the_exact_test_at_the_seam),
		cmocka_unit_test(an_empty_sample_has_no_answer),
		cmocka_unit_test(an_interval_of_the_median_needs_six_values),
	};

	return cmocka_run_group_tests_name("analyze.stats_ranks", tests, NULL, NULL);
}
