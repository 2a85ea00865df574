/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats.c - statistics of samples: order statistics and what is made of them.
 *
 * Nothing here sorts unless it must: the k-th smallest number is found by partitioning, O(n).
 * Partitioning is in three parts, because samples of a process are full of equal numbers, and gives
 * up in favour of sorting when its pivots turn out to be bad, so that no input makes it quadratic.
 */
#include "stats.h"

#include <math.h>

/* ------------------------------------------------------------------- selection */

static int compare_doubles(const void *left, const void *right)
{
	const double a = *(const double *)left;
	const double b = *(const double *)right;

	return (a > b) - (a < b);
}

static double middle_of_three(double a, double b, double c)
{
	if (a > b) {
		const double swapped = a;

		a = b;
		b = swapped;
	}
	if (c < a)
		return a;
	return c < b ? c : b;
}

/* Tukey's ninther: the median of the medians of three times three. */
static double pivot_of(const double *values, size_t count)
{
	const size_t step = count / 9;
	const double *const v = values;

	if (count < 64)
		return middle_of_three(v[0], v[count / 2], v[count - 1]);
	return middle_of_three(middle_of_three(v[0], v[step], v[2 * step]),
	                       middle_of_three(v[3 * step], v[4 * step], v[5 * step]),
	                       middle_of_three(v[6 * step], v[7 * step], v[count - 1]));
}

/* Puts smaller numbers first and larger ones last; returns where the equal ones begin and end. */
static void partition(double *values, size_t count, double pivot, size_t *ret_from, size_t *ret_to)
{
	size_t from = 0, at = 0, to = count;

	while (at < to) {
		const double value = values[at];

		if (value < pivot) {
			values[at++] = values[from];
			values[from++] = value;
		} else if (value > pivot) {
			values[at] = values[--to];
			values[to] = value;
		} else {
			at++;
		}
	}
	*ret_from = from;
	*ret_to = to;
}

double ll_stats_select(double *values, size_t count, size_t rank)
{
	/*
	 * Good pivots leave at most 3/4; twice that many rounds mean that somebody chose the data.
	 */
	size_t rounds = 16;

	for (size_t n = count; n > 1; n /= 2)
		rounds += 4;
	while (count > 1 && rounds-- > 0) {
		size_t from, to;

		partition(values, count, pivot_of(values, count), &from, &to);
		if (rank < from) {
			count = from;
		} else if (rank < to) {
			return values[rank];
		} else {
			values += to;
			count -= to;
			rank -= to;
		}
	}
	if (count > 1)
		qsort(values, count, sizeof *values, compare_doubles);
	return values[rank];
}

/* The smallest of `count` numbers, of which there is at least one. */
static double smallest(const double *values, size_t count)
{
	double least = values[0];

	for (size_t i = 1; i < count; i++)
		least = values[i] < least ? values[i] : least;
	return least;
}

/* a + share * (b - a) for a <= b, also where b - a is larger than a double can be. */
static double between(double a, double b, double share)
{
	const double distance = b - a;

	if (!(a < b))
		return a;
	return isfinite(distance) ? a + share * distance : a * (1 - share) + b * share;
}

/*
 * Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (1996), the default of R
 * and NumPy: with ranks from 0, the percentile lies at rank (n - 1) * percent / 100, and between
 * two ranks it is interpolated.
 */
bool ll_stats_percentile(double *values, size_t count, double percent, double *ret_value)
{
	const double position = count > 0 ? (double)(count - 1) * (percent / 100) : 0;
	const size_t rank = (size_t)position;
	double value;

	if (count == 0)
		return false;
	value = ll_stats_select(values, count, rank);
	/* Selecting left everything behind `rank` at least as large. */
	if (rank + 1 < count)
		value = between(value, smallest(values + rank + 1, count - rank - 1),
		                position - (double)rank);
	*ret_value = value;
	return true;
}

bool ll_stats_median(double *values, size_t count, double *ret_median)
{
	return ll_stats_percentile(values, count, 50, ret_median);
}

/* 1.4826 is 1 / the 75 % point of the normal distribution, as R's mad rounds it. */
bool ll_stats_mad(double *values, size_t count, double *ret_sigma)
{
	double median, distance;

	if (!ll_stats_median(values, count, &median))
		return false;
	for (size_t i = 0; i < count; i++)
		values[i] = fabs(values[i] - median);
	(void)ll_stats_median(values, count, &distance);
	*ret_sigma = 1.4826 * distance;
	return true;
}

bool ll_stats_iqr(double *values, size_t count, double *ret_range)
{
	double low, high;

	if (!ll_stats_percentile(values, count, 25, &low))
		return false;
	(void)ll_stats_percentile(values, count, 75, &high);
	*ret_range = high - low;
	return true;
}

int64_t ll_stats_elbow(double *values, size_t count)
{
	size_t suspects = 0;

	if (count > 1)
		qsort(values, count, sizeof *values, compare_doubles);
	while (suspects < count) {
		const double value = values[count - 1 - suspects];

		if (value <= 0 || (suspects > 0 && value <= values[count - suspects] / 2))
			break;
		suspects++;
	}
	return (int64_t)suspects;
}

double ll_stats_ramp(double value, double low, double high)
{
	/* Halves, so that no difference of finite numbers overflows. */
	const double width = high / 2 - low / 2;
	const double above = value / 2 - low / 2;
	double share;

	if (!(width > 0) && !(width < 0))
		return value < low ? 0 : 1;
	share = above / width;
	if (!(share > 0))
		return 0;
	return share < 1 ? share * share * (3 - 2 * share) : 1;
}
