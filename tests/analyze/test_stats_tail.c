/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_stats_tail.c - what must hold for tails; their values are in test_sqlfn_reference.c.
 */
#include "stats.h"
#include "support.h"

#include <math.h>

static void assert_near(double actual, double expected, double relative)
{
	if (!(fabs(actual - expected) <= relative * fabs(expected)))
		fail_msg("%.17g is not near %.17g", actual, expected);
}

static void check_sum_of_terms(int n, double p)
{
	double sum = 0, term = pow(p, n);

	for (int k = n; k > 0; k--) {
		sum += term;
		assert_near(ll_stats_binom_tail(k, n, p), sum, 1e-12);
		term *= k * (1 - p) / ((n - k + 1) * p);
	}
}

static void binomial_tails_are_sums_of_terms(void **state)
{
	(void)state;
	for (int n = 1; n <= 40; n++) {
		for (int tenth = 1; tenth < 10; tenth++)
			check_sum_of_terms(n, tenth / 10.0);
	}
}

static void successes_and_failures_are_certain_together(void **state)
{
	static const int64_t trials[] = {1, 7, 100, 12345, 1000000};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(trials); i++) {
		const int64_t n = trials[i];

		for (int part = 1; part < 20; part++) {
			const int64_t k = 1 + (n - 1) * part / 20;
			const double up = ll_stats_binom_tail(k, n, 0.375);

			/* k or more successes, or n - k + 1 or more failures. */
			assert_near(up + ll_stats_binom_tail(n - k + 1, n, 0.625), 1, 1e-12);
		}
	}
}

static void binomial_tails_fall_with_k_and_stay_between_zero_and_one(void **state)
{
	static const double chances[] = {1e-300, 1e-9, 0.01, 0.5, 0.999, 1 - 1e-16};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(chances); i++) {
		double before = 1;

		for (int64_t k = 0; k <= 3001; k++) {
			const double tail = ll_stats_binom_tail(k, 3000, chances[i]);

			assert_true(tail >= 0 && tail <= before);
			before = tail;
		}
		assert_near(before, 0, 0);
	}
}

static void one_success_or_more_is_what_none_leaves(void **state)
{
	static const double chances[] = {1e-300, 1e-20, 1e-5, 0.3};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(chances); i++)
		assert_near(ll_stats_binom_tail(1, 500, chances[i]),
		            -expm1(500 * log1p(-chances[i])), 1e-12);
}

static void rare_successes_of_many_trials_are_poisson(void **state)
{
	(void)state;
	for (int64_t k = 1; k < 60; k++)
		assert_near(ll_stats_binom_tail(k, INT64_C(1000000000000), 1e-11),
		            ll_stats_poisson_tail(k, 10), 1e-8);
}

static void tails_of_the_largest_counts_are_nearly_normal(void **state)
{
	const int64_t n = INT64_C(1000000000000);
	const double sigma = sqrt((double)n) / 2;

	(void)state;
	for (int far = -6; far <= 6; far++) {
		const double k = (double)n / 2 + far * sigma;

		assert_near(ll_stats_binom_tail((int64_t)k, n, 0.5),
		            ll_stats_normal_tail((k - 0.5 - (double)n / 2) / sigma), 1e-5);
		assert_near(ll_stats_poisson_tail((int64_t)(1e12 + far * 1e6), 1e12),
		            ll_stats_normal_tail(far - 0.5e-6), 1e-4);
	}
}

static void poisson_tails_are_sums_of_terms(void **state)
{
	static const double means[] = {1e-3, 0.5, 3, 40};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(means); i++) {
		double term = exp(-means[i]), rest = 1;

		for (int64_t k = 0; k < 30; k++) {
			assert_true(fabs(ll_stats_poisson_tail(k, means[i]) - rest) < 1e-14);
			rest -= term;
			term *= means[i] / (double)(k + 1);
		}
	}
}

static void certain_and_impossible_are_exact(void **state)
{
	(void)state;
	assert_near(ll_stats_binom_tail(0, 9, 0.5), 1, 0);
	assert_near(ll_stats_binom_tail(INT64_MIN, 9, 0.5), 1, 0);
	assert_near(ll_stats_binom_tail(10, 9, 0.5), 0, 0);
	assert_near(ll_stats_binom_tail(INT64_MAX, 9, 0.5), 0, 0);
	assert_near(ll_stats_binom_tail(9, 9, 1), 1, 0);
	assert_near(ll_stats_binom_tail(1, 9, 0), 0, 0);
	assert_near(ll_stats_poisson_tail(0, 0), 1, 0);
	assert_near(ll_stats_poisson_tail(1, 0), 0, 0);
	assert_near(ll_stats_normal_tail(HUGE_VAL), 0, 0);
	assert_near(ll_stats_normal_tail(-HUGE_VAL), 1, 0);
	assert_near(ll_stats_normal_tail(0), 0.5, 0);
}

static void normal_tails_of_both_signs_add_to_one(void **state)
{
	(void)state;
	for (int i = 0; i <= 100; i++)
		assert_near(ll_stats_normal_tail(i / 10.0) + ll_stats_normal_tail(-i / 10.0), 1,
		            1e-15);
	assert_near(ll_stats_normal_tail(LL_STATS_Z95), 0.025, 1e-14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(binomial_tails_are_sums_of_terms),
		cmocka_unit_test(successes_and_failures_are_certain_together),
		cmocka_unit_test(binomial_tails_fall_with_k_and_stay_between_zero_and_one),
		cmocka_unit_test(one_success_or_more_is_what_none_leaves),
		cmocka_unit_test(rare_successes_of_many_trials_are_poisson),
		cmocka_unit_test(tails_of_the_largest_counts_are_nearly_normal),
		cmocka_unit_test(poisson_tails_are_sums_of_terms),
		cmocka_unit_test(certain_and_impossible_are_exact),
		cmocka_unit_test(normal_tails_of_both_signs_add_to_one),
	};

	return cmocka_run_group_tests_name("analyze.stats_tail", tests, NULL, NULL);
}
