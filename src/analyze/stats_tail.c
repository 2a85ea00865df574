/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats_tail.c - how unlikely is so much? Upper tails of three distributions.
 *
 * P-values are compared on a logarithmic scale, so what counts is the relative error of very small
 * numbers. A tail is therefore never 1 minus something large: it is the probability of its first
 * value times a sum of ratios,
 *
 *     P(X >= k) = f(k) (1 + f(k+1)/f(k) + f(k+2)/f(k) + ...)
 *
 * all of whose terms are positive and which ends when they no longer matter, after some eight
 * standard deviations. Below the mean, where the tail is not small, it is 1 minus the lower one,
 * summed the same way.
 *
 * f itself is computed without large factorials or powers, after Loader 2000, "Fast and accurate
 * computation of binomial probabilities":
 *
 *     f(k) = sqrt(n / (2 pi k (n-k))) exp(e(n) - e(k) - e(n-k) - D(k, np) - D(n-k, nq))
 *
 * where e is the error of Stirling's formula and D(x, m) = x ln(x/m) + m - x, at least 0, says how
 * far x lies from its mean m. Nothing in the exponent is larger than the exponent itself, which for
 * any tail above 1e-300 is below 700: the relative error of a tail is some 1e-13.
 */
#include "stats.h"

#include <math.h>

#define HALF_LOG_2PI 0.9189385332046727
#define TWO_PI       6.283185307179586

/* Terms smaller than this part of the sum end it. */
#define NEGLIGIBLE 1e-17

double ll_stats_normal_tail(double z)
{
	return 0.5 * erfc(z * 0.7071067811865476);
}

/*
 * e(n) = ln n! - (n + 1/2) ln n + n - ln(2 pi) / 2 for n >= 1: exact factorials, then the series.
 */
static double stirling_error(double n)
{
	const double square = n * n;
	double factorial = 1;

	if (n > 15)
		return (1.0 / 12 -
		        (1.0 / 360 -
		         (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) /
		                square) /
		       n;
	for (int i = 2; i <= (int)n; i++)
		factorial *= i;
	return log(factorial) - (n + 0.5) * log(n) + n - HALF_LOG_2PI;
}

/*
 * D(x, mean), given `above` = x - mean with all its digits. Near the mean, where the formula would
 * cancel, the series in v = (x - m) / (x + m): D = (x - m) v + 2 x (v^3/3 + v^5/5 + ...).
 */
static double deviance(double x, double mean, double above)
{
	const double v = above / (x + mean);
	double sum = above * v;
	double power = 2 * x * v;

	if (fabs(above) >= 0.1 * (x + mean))
		return x * log(x / mean) - above;
	for (int i = 3; i < 1000; i += 2) {
		const double before = sum;

		power *= v * v;
		sum += power / i;
		if (!(sum > before) && !(sum < before))
			break;
	}
	return sum;
}

/* P(X = k) for 0 <= k <= n, 0 < p < 1. */
static double binom_density(double k, double n, double p)
{
	const double mean = n * p;
	/* The mean's rounding error counts: np can be 1e12 and k - np 1. */
	const double above = (k - mean) - fma(n, p, -mean);
	double exponent;

	if (k < 1)
		return exp(n * log1p(-p));
	if (k > n - 1)
		return exp(n * log(p));
	exponent = stirling_error(n) - stirling_error(k) - stirling_error(n - k) -
	           deviance(k, mean, above) - deviance(n - k, n - mean, -above);
	return exp(exponent) * sqrt(n / (TWO_PI * k * (n - k)));
}

/* 1 + f(k+1)/f(k) + ... + f(n)/f(k), with odds = p / q. */
static double binom_sum_up(double k, double n, double odds)
{
	double sum = 1, term = 1;

	while (k < n && term > NEGLIGIBLE * sum) {
		term *= (n - k) / (k + 1) * odds;
		sum += term;
		k++;
	}
	return sum;
}

double ll_stats_binom_tail(int64_t k, int64_t n, double p)
{
	const double from = (double)k, trials = (double)n;

	if (k <= 0)
		return 1;
	if (k > n || !(p > 0))
		return 0;
	if (!(p < 1))
		return 1;
	if (from > trials * p)
		return fmin(1, binom_density(from, trials, p) *
		                       binom_sum_up(from, trials, p / (1 - p)));
	/* X < k has k - 1 successes or fewer: n - k + 1 failures or more. */
	return fmax(0, 1 - binom_density(from - 1, trials, p) *
	                               binom_sum_up(trials - from + 1, trials, (1 - p) / p));
}

/* P(X = k) for mu > 0. */
static double poisson_density(double k, double mu)
{
	if (k < 1)
		return exp(-mu);
	return exp(-stirling_error(k) - deviance(k, mu, k - mu)) / sqrt(TWO_PI * k);
}

/* 1 + f(k+1)/f(k) + ... */
static double poisson_sum_up(double k, double mu)
{
	double sum = 1, term = 1;

	while (term > NEGLIGIBLE * sum) {
		term *= mu / (k + 1);
		sum += term;
		k++;
	}
	return sum;
}

/* 1 + f(k-1)/f(k) + ... + f(0)/f(k) */
static double poisson_sum_down(double k, double mu)
{
	double sum = 1, term = 1;

	while (k > 0 && term > NEGLIGIBLE * sum) {
		term *= k / mu;
		sum += term;
		k--;
	}
	return sum;
}

double ll_stats_poisson_tail(int64_t k, double mu)
{
	const double from = (double)k;

	if (k <= 0)
		return 1;
	if (!(mu > 0))
		return 0;
	if (from > mu)
		return fmin(1, poisson_density(from, mu) * poisson_sum_up(from, mu));
	return fmax(0, 1 - poisson_density(from - 1, mu) * poisson_sum_down(from - 1, mu));
}
