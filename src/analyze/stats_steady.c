/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats_steady.c - does a number of things rise more than a steady coming and going can explain?
 *
 * Where things come at random at an even rate, and each stays for a while of its own, their number
 * N is that of an M/G/infinity queue. It has the mean m = rate * mean stay (Little's law), is
 * Poisson, and
 *
 *     Cov(N(t), N(t + d)) = rate * integral from d on of P(stay > s) ds
 *
 * (Eick, Massey, Whitt 1993, "The physics of the M_t/G/infinity queue"). How long things stay is
 * not known here: what comes and goes at one line of code is a mixture of what dies at once and
 * what lives for hours, and a mean of both, which is all that Little's law gives, would make the
 * number seem to forget far sooner than it does. But whatever the stays, the covariance is m at
 * d = 0, and falls convexly to 0. Each such function is a mixture of triangles m max(0, 1 - d / r),
 * those of things that all stay for the same r. The variance of a weighted sum of N is linear in
 * the covariance, hence largest for one of the triangles:
 *
 *   S1  The statistic is the sum of (x - mean x) * y, by which least squares tell a slope.
 *   S2  Its variance is m = mean y times the largest that any triangle gives. Of triangles those
 *       are tried whose r is 1.25^-15 to 1.25^8 of what was watched, a quarter apart; between
 *       neighbours the variance hardly moves.
 *   S3  Both are summed over strata; the tail is that of the normal distribution.
 *   S4  A stratum with fewer than three points, with one x, or a mean that is not above 0, says
 *       nothing.
 *
 * So the chance is never too small for a number that is steady, and for that it is too large for
 * most. Random samples of what is there are Poisson, too, so it holds for sampled objects.
 *
 * Where the rate rises, as a load does, the number follows:
 *
 *   S5  What came between two points is the growth of `made`, at the middle between them. Its
 *       relative slope g is that of least squares weighted by time; where g > 0, the slope that m
 *       would then have, m * g, is taken off.
 */
#include "stats.h"

#include <assert.h>
#include <math.h>

enum {
	SHORTEST_STAY = -15, /* powers of STAY_STEP */
	LONGEST_STAY = 8,
};

#define STAY_STEP 1.25

/** One stratum. */
struct span {
	const struct ll_point *items;
	size_t count;
	double scale;  /* of x: all are multiplied by it, so that squares are finite */
	double middle; /* mean x, scaled */
	double level;  /* mean y */
	double square; /* sum of squares of (x - middle) */
};

struct rise {
	double sum, variance;
};

static double weight_of(const struct span *span, size_t at)
{
	return span->items[at].x * span->scale - span->middle;
}

static void measure(struct span *span)
{
	for (size_t i = 0; i < span->count; i++) {
		span->middle += span->items[i].x * span->scale / (double)span->count;
		span->level += span->items[i].y / (double)span->count;
	}
	for (size_t i = 0; i < span->count; i++)
		span->square += weight_of(span, i) * weight_of(span, i);
}

/*
 * Variance of S1 for m = 1 when all stay for `stay`. Only points less than that apart go together;
 * w_j (1 - (w_i - w_j) / stay), summed over those before i, needs only the sums of w_j and of its
 * square.
 */
static double variance_of_stay(const struct span *span, double stay)
{
	double variance = 0, sum = 0, squares = 0;

	for (size_t i = 0, from = 0; i < span->count; i++) {
		const double w = weight_of(span, i);

		for (; w - weight_of(span, from) >= stay; from++) {
			const double gone = weight_of(span, from);

			sum -= gone;
			squares -= gone * gone;
		}
		variance += w * w + 2 * w * (sum * (1 - w / stay) + squares / stay);
		sum += w;
		squares += w * w;
	}
	return variance;
}

/* S2 */
static double largest_variance(const struct span *span)
{
	const double watched = weight_of(span, span->count - 1) - weight_of(span, 0);
	double largest = span->square;

	for (int power = SHORTEST_STAY; power <= LONGEST_STAY; power++)
		largest = fmax(largest, variance_of_stay(span, watched * pow(STAY_STEP, power)));
	return largest;
}

/* S5: the relative slope of what comes, per scaled x; 0 where it falls or nothing comes. */
static double slope_of_births(const struct span *span, const struct ll_point *made)
{
	const double first = weight_of(span, 0);
	const double watched = weight_of(span, span->count - 1) - first;
	const double middle = first + watched / 2;
	double births = 0, sum = 0, square = 0;

	for (size_t i = 1; i < span->count; i++) {
		const double length = weight_of(span, i) - weight_of(span, i - 1);
		const double at = (weight_of(span, i) + weight_of(span, i - 1)) / 2 - middle;
		const double born = fmax(0, made[i].y - made[i - 1].y);

		births += born;
		sum += at * born;
		square += at * at * length;
	}
	return births > 0 && square > 0 ? fmax(0, sum * watched / (births * square)) : 0;
}

/* S1, S4, S5 */
static void add_stratum(struct span *span, const struct ll_point *made, struct rise *rise)
{
	measure(span);
	if (span->count < 3 || !(span->square > 0) || !(span->level > 0))
		return;
	for (size_t i = 0; i < span->count; i++)
		rise->sum += weight_of(span, i) * span->items[i].y;
	if (made)
		rise->sum -= span->level * slope_of_births(span, made) * span->square;
	rise->variance += span->level * largest_variance(span);
}

/* `made` may be NULL. */
static bool steady_chance(const struct ll_points *points, const struct ll_points *made,
                          double *ret_p)
{
	const struct ll_point *const items = ll_points_all(points);
	struct rise rise = {.sum = 0};
	double farthest = 0, z;

	for (size_t i = 0; i < points->items.count; i++)
		farthest = fmax(farthest, items[i].x);
	for (size_t from = 0, end; from < points->items.count && farthest > 0; from = end) {
		struct span span = {.items = items + from, .scale = 1 / farthest};

		end = ll_points_stratum_end(points, from);
		span.count = end - from;
		add_stratum(&span, made ? ll_points_all(made) + from : NULL, &rise);
	}
	if (!(rise.variance > 0))
		return false;
	z = rise.sum / sqrt(rise.variance);
	if (!isfinite(z))
		return false;
	*ret_p = ll_stats_normal_tail(z);
	return true;
}

bool ll_stats_steady_p(const struct ll_points *points, double *ret_p)
{
	return steady_chance(points, NULL, ret_p);
}

bool ll_stats_steady_load_p(const struct ll_points *points, const struct ll_points *made,
                            double *ret_p)
{
	assert(points->items.count == made->items.count);
	return steady_chance(points, made, ret_p);
}
