/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats_ranks.c - do two samples come from one distribution? Mann and Whitney's test of ranks.
 *
 * Rules:
 *   R1  Equal values share the mean of their ranks. Ranks are kept doubled, so that they are whole.
 *   R2  Small samples: the exact distribution of the rank sum, over all ways to choose which
 *       values are of the first sample, ties as they are (Streitberg and Roehmel 1986, "Exact
 *       distributions for permutation and rank tests"). Counts stay below C(50, 25), which a double
 *       holds exactly.
 *   R3  Larger ones: the normal approximation with the variance corrected for ties and a continuity
 *       correction of one half (Lehmann 1975, "Nonparametrics", 1.4).
 *   R4  Two-sided: twice the smaller tail, at most 1.
 */
#include "stats.h"

#include <math.h>

enum {
	EXACT_MAX = 50, /* values of both samples together: 25 * 50 * 51 sums at most */
};

struct ranks {
	const int64_t *doubled; /* of all values, sorted */
	size_t count;
	double tied; /* sum of t^3 - t over groups of equal values */
};

static int compare_doubles(const void *left, const void *right)
{
	const double a = *(const double *)left, b = *(const double *)right;

	return (b < a) - (a < b);
}

/* R1: doubled ranks of `values`, which are sorted. */
static double rank_sorted(const double *values, size_t count, int64_t *doubled)
{
	double tied = 0;
	size_t end;

	for (size_t from = 0; from < count; from = end) {
		double size;

		for (end = from + 1; end < count && !(values[from] < values[end]); end++)
			continue;
		size = (double)(end - from);
		tied += size * size * size - size;
		for (size_t i = from; i < end; i++)
			doubled[i] = (int64_t)(from + end + 1);
	}
	return tied;
}

/* Doubled rank of a value that is among the sorted ones. */
static int64_t rank_of(const double *sorted, const int64_t *doubled, size_t count, double value)
{
	size_t low = 0, high = count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (sorted[middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	return doubled[low];
}

/* R2: share of choices of `chosen` ranks whose sum is at most, and at least, `sum`. */
static double exact_p(const struct ranks *ranks, size_t chosen, int64_t sum)
{
	const size_t width = ranks->count * (ranks->count + 1) + 1;
	double *const ways = ll_calloc((chosen + 1) * width, sizeof *ways);
	double below = 0, above = 0, all = 0;

	ways[0] = 1;
	for (size_t i = 0; i < ranks->count; i++) {
		const size_t rank = (size_t)ranks->doubled[i];

		for (size_t k = i + 1 < chosen ? i + 1 : chosen; k > 0; k--) {
			double *const to = ways + k * width;
			const double *const from = ways + (k - 1) * width;

			for (size_t s = rank; s < width; s++)
				to[s] += from[s - rank];
		}
	}
	for (size_t s = 0; s < width; s++) {
		const double count = ways[chosen * width + s];

		all += count;
		below += (int64_t)s <= sum ? count : 0;
		above += (int64_t)s >= sum ? count : 0;
	}
	free(ways);
	return fmin(1, 2 * fmin(below, above) / all);
}

/* R3 */
static double normal_p(const struct ranks *ranks, size_t chosen, int64_t sum)
{
	const double n = (double)ranks->count, m = (double)chosen;
	const double mean = m * (n + 1) / 2;
	const double variance = m * (n - m) / 12 * ((n + 1) - ranks->tied / (n * (n - 1)));
	const double distance = fabs((double)sum / 2 - mean) - 0.5;

	if (!(variance > 0) || !(distance > 0))
		return 1;
	return fmin(1, 2 * ll_stats_normal_tail(distance / sqrt(variance)));
}

bool ll_stats_mann_whitney(const double *first, size_t first_count, const double *second,
                           size_t second_count, double *ret_p)
{
	const size_t count = first_count + second_count;
	double *sorted;
	int64_t *doubled, sum = 0;
	struct ranks ranks = {.count = count};

	if (first_count == 0 || second_count == 0 || count > LL_STATS_MAX)
		return false;
	sorted = ll_calloc(count, sizeof *sorted);
	doubled = ll_calloc(count, sizeof *doubled);
	memcpy(sorted, first, first_count * sizeof *sorted);
	memcpy(sorted + first_count, second, second_count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, compare_doubles);
	ranks.tied = rank_sorted(sorted, count, doubled);
	ranks.doubled = doubled;
	for (size_t i = 0; i < first_count; i++)
		sum += rank_of(sorted, doubled, count, first[i]);
	*ret_p = count <= EXACT_MAX ? exact_p(&ranks, first_count, sum)
	                            : normal_p(&ranks, first_count, sum);
	free(doubled);
	free(sorted);
	return true;
}

bool ll_stats_median_interval(double *values, size_t count, double *ret_low, double *ret_high)
{
	size_t outside = 0; /* values cut off at each end */

	qsort(values, count, sizeof *values, compare_doubles);
	while (outside < count / 2 &&
	       1 - ll_stats_binom_tail((int64_t)outside + 1, (int64_t)count, 0.5) <= 0.025)
		outside++;
	if (outside == 0)
		return false;
	*ret_low = values[outside - 1];
	*ret_high = values[count - outside];
	return true;
}
