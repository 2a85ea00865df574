/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats_slope.c - the k-th smallest of all pairwise slopes, without computing all of them.
 *
 * n points have n (n - 1) / 2 slopes: 5 * 10^9 for n = 100,000. But how many slopes lie below a
 * number t can be counted in O(n log n). Tilt the plane by t:
 *
 *     slope of (i, j) < t   <=>   y_j - t x_j < y_i - t x_i   for x_i < x_j
 *
 * so with the points in the order of x it is the number of inversions of z = y - t x (Cole, Salowe,
 * Steiger and Szemeredi 1989, "An optimal-time algorithm for slope selection"). Hence:
 *
 *   S1  The wanted rank is kept between two tilts, low and high, by counting. At first they are
 *       minus and plus infinity.
 *   S2  The first two tilts to try are taken from slopes of a sample of pairs, a little to either
 *       side of the wanted rank. Later ones are interpolated between low and high, a little beyond
 *       the rank on the side where more slopes are. When one leaves more than three quarters of
 *       them, the slopes are bunched: then the median of the sample's slopes in between is tried,
 *       as it probably is the bunch, and the double next to it; where the sample has none, the
 *       middle between low and high in the order of doubles. There are fewer than 2^64 doubles, so
 *       the search ends whatever the data. Usually it takes 2 to 8 tilts, on unkind data some 20.
 *   S3  When few slopes are left between low and high they are listed (a pair lies between when its
 *       z change their order from low to high), computed, and the wanted one is selected. For short
 *       series that is so from the start, and the method is the textbook's.
 *   S4  A tilt that itself is the wanted slope ends the search: fewer slopes than the rank are
 *       below it, and enough are not above it. Equal z of different x are slopes equal to t.
 *   S5  When many slopes lie between low and high but no double does (a line with a slope of one
 *       third), counting at the point half-way tells to which of the two the wanted one rounds.
 *   S6  The sample is drawn by a fixed generator. It decides how long the search takes and never
 *       what it finds.
 *
 * Exactness. x and y are scaled by powers of two, which keeps every product in range and changes
 * nothing but x or y below 1e-307 of the largest. z is computed as the unevaluated sum of two
 * doubles (106 bits), so that a pair is counted on the wrong side of t only when its slope differs
 * from t by less than the last bit of a double. The result is therefore the double that sorting all
 * slopes would give, each computed as (y2 - y1) / (x2 - x1) in doubles; after S5, where that
 * computation itself rounds twice, it is the true slope's nearest double, and perhaps not the
 * computed one.
 *
 * Memory: 64 bytes a point and 8 bytes for each of at most LISTED_MIN + 4 n slopes.
 */
#include "stats.h"

#include <math.h>

enum {
	LISTED_MIN = 8192,    /* S3: so many slopes are always listed; 2048 is as fast */
	LISTED_PER_POINT = 4, /* and so many more for each point */
	SAMPLE_MAX = 2048,    /* S2 */
	SAMPLE_MIN = 64,
	SAMPLE_DRAWS = 8 * SAMPLE_MAX,
};

/* Slopes below a tilt, and at or below it. */
struct split {
	int64_t below, not_above;
};

struct search {
	const struct ll_points *points;
	size_t count;
	double *x, *y; /* scaled to at most 1 */
	int exponent;  /* a scaled slope times 2^exponent is a slope */
	int64_t slopes;
	int64_t twins; /* pairs of points with equal x and equal y */
	int64_t listed_max;
	struct ll_key *keys, *scratch;
	double *sample; /* S2: slopes of some pairs */
	size_t sample_count;

	double low, high;   /* S1 */
	int64_t below_high; /* slopes < high */
	int64_t up_to_low;  /* slopes <= low */
	double found;       /* S4: ranks found_from .. found_to - 1 are this slope */
	int64_t found_from, found_to;
	struct ll_vec list; /* S3: double */
	bool is_listed;
};

/* ------------------------------------------------------------------- beginning */

/* The exponent e with |values| <= 2^e, or 0 when all are 0. */
static int exponent_of(double largest)
{
	int exponent = 0;

	(void)frexp(largest, &exponent);
	return exponent;
}

static void scale(struct search *search)
{
	const struct ll_point *const items = ll_points_all(search->points);
	double largest_x = 0, largest_y = 0;
	int x_exponent, y_exponent;

	for (size_t i = 0; i < search->count; i++) {
		largest_x = fmax(largest_x, items[i].x);
		largest_y = fmax(largest_y, fabs(items[i].y));
	}
	x_exponent = exponent_of(largest_x);
	y_exponent = exponent_of(largest_y);
	for (size_t i = 0; i < search->count; i++) {
		search->x[i] = ldexp(items[i].x, -x_exponent);
		search->y[i] = ldexp(items[i].y, -y_exponent);
	}
	search->exponent = y_exponent - x_exponent;
}

/* Pairs i < j of a stratum for which the later point is the same in x, or in x and y. */
static void count_pairs(struct search *search)
{
	for (size_t from = 0, end; from < search->count; from = end) {
		int64_t same_x = 0, same = 0;

		end = ll_points_stratum_end(search->points, from);
		for (size_t i = from; i < end; i++) {
			const bool has_x = i > from && !(search->x[i - 1] < search->x[i]);

			same = has_x && !(search->y[i - 1] < search->y[i]) ? same + 1 : 0;
			same_x = has_x ? same_x + 1 : 0;
			search->slopes += (int64_t)(i - from) - same_x;
			search->twins += same;
		}
	}
}

static void search_init(struct search *search, const struct ll_points *points)
{
	const size_t count = points->items.count;

	*search = (struct search){
		.points = points,
		.count = count,
		.x = ll_calloc(count, sizeof *search->x),
		.y = ll_calloc(count, sizeof *search->y),
		.keys = ll_calloc(count, sizeof *search->keys),
		.scratch = ll_calloc(count, sizeof *search->scratch),
		.listed_max = LISTED_MIN + LISTED_PER_POINT * (int64_t)count,
	};
	scale(search);
	count_pairs(search);
}

static void search_done(struct search *search)
{
	free(search->x);
	free(search->y);
	free(search->keys);
	free(search->scratch);
	free(search->sample);
	ll_vec_done(&search->list);
}

/* -------------------------------------------------------------------- tilting */

/*
 * z = y - (tilt + beyond) x as a normalized sum of two doubles: the product and its rounding error
 * by fma, the difference and its rounding error by Knuth's two-sum. `beyond` is 0 or half of the
 * last bit of `tilt` (S5). At an infinite tilt x alone decides, and y between equal x.
 */
static struct ll_key tilted(const struct search *search, size_t point, double tilt, double beyond)
{
	const double x = search->x[point], y = search->y[point];
	const double product = tilt * x;
	const double sum = y - product;
	const double taken = sum - y;
	const double rest =
		(y - (sum - taken)) - (product + taken) - fma(tilt, x, -product) - beyond * x;
	const double high = sum + rest;

	if (isinf(tilt))
		return (struct ll_key){
			.high = tilt < 0 ? x : -x, .low = y, .point = (uint32_t)point};
	return (struct ll_key){.high = high, .low = rest - (high - sum), .point = (uint32_t)point};
}

/* Pairs of equal keys among sorted ones. */
static int64_t equal_pairs(const struct ll_key *keys, size_t count)
{
	int64_t pairs = 0, before = 0;

	for (size_t i = 1; i < count; i++) {
		before = ll_key_is_less(&keys[i - 1], &keys[i]) ? 0 : before + 1;
		pairs += before;
	}
	return pairs;
}

static struct split split_at(const struct search *search, double tilt, double beyond)
{
	int64_t below = 0, equal = 0;

	for (size_t from = 0, end; from < search->count; from = end) {
		struct ll_key *const keys = search->keys + from;

		end = ll_points_stratum_end(search->points, from);
		for (size_t i = from; i < end; i++)
			search->keys[i] = tilted(search, i, tilt, beyond);
		below += ll_stats_inversions(keys, search->scratch, end - from, NULL);
		equal += equal_pairs(keys, end - from);
	}
	return (struct split){.below = below, .not_above = below + equal - search->twins};
}

/* --------------------------------------------------------------------- listing */

static double slope_of(const struct search *search, size_t i, size_t j)
{
	return (search->y[j] - search->y[i]) / (search->x[j] - search->x[i]);
}

static void take_slope(void *self, uint32_t before, uint32_t behind)
{
	struct search *const search = self;
	double *const slopes = search->list.items;

	/* Room was made for as many as were counted; rounding of z might find one more. */
	if (search->list.count < search->list.capacity)
		slopes[search->list.count++] = slope_of(search, before, behind);
}

/*
 * S3. Ordered by z at low, where pairs with a slope of low or less stand reversed (equal z in
 * falling order of x), exactly the pairs with a slope between are out of order by z at high.
 */
static void list_between(struct search *search)
{
	const struct ll_inversion_sink sink = {.self = search, .take = take_slope};

	ll_vec_reserve(&search->list, (size_t)(search->below_high - search->up_to_low),
	               sizeof(double));
	for (size_t from = 0, end; from < search->count; from = end) {
		struct ll_key *const keys = search->keys + from;
		size_t size;

		end = ll_points_stratum_end(search->points, from);
		size = end - from;
		for (size_t i = 0; i < size; i++)
			keys[i] = tilted(search, end - 1 - i, search->low, 0);
		(void)ll_stats_inversions(keys, search->scratch, size, NULL);
		for (size_t i = 0; i < size; i++)
			keys[i] = tilted(search, keys[i].point, search->high, 0);
		(void)ll_stats_inversions(keys, search->scratch, size, &sink);
	}
	search->is_listed = true;
}

/* ------------------------------------------------------------------- narrowing */

static bool is_between(const struct search *search, double tilt)
{
	return tilt > search->low && tilt < search->high;
}

static bool is_found(const struct search *search, int64_t rank)
{
	return rank >= search->found_from && rank < search->found_to;
}

/* Counts at one tilt and moves low or high there, or finds (S4). */
static void try_tilt(struct search *search, int64_t rank, double tilt)
{
	const struct split split = split_at(search, tilt, 0);

	if (rank < split.below) {
		search->high = tilt;
		search->below_high = split.below;
		return;
	}
	search->low = tilt;
	search->up_to_low = split.not_above;
	if (rank < split.not_above) {
		search->found = tilt;
		search->found_from = split.below;
		search->found_to = split.not_above;
	}
}

/* A number below `count`; Knuth's generator (MMIX). */
static size_t draw(uint64_t *state, size_t count)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return (size_t)((*state >> 32) * count >> 32);
}

/* The first point whose stratum is at least `stratum`, or more than it when `beyond`. */
static size_t find_stratum(const struct search *search, int64_t stratum, bool beyond)
{
	const struct ll_point *const items = ll_points_all(search->points);
	size_t from = 0, to = search->count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (items[middle].stratum < stratum || (beyond && items[middle].stratum == stratum))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* S6: slopes of pairs whose second point is drawn from the first one's stratum. */
static void draw_sample(struct search *search)
{
	const struct ll_point *const items = ll_points_all(search->points);
	uint64_t state = 1;

	search->sample = ll_calloc(SAMPLE_MAX, sizeof *search->sample);
	for (size_t i = 0; i < SAMPLE_DRAWS && search->sample_count < SAMPLE_MAX; i++) {
		const size_t a = draw(&state, search->count);
		const size_t from = find_stratum(search, items[a].stratum, false);
		const size_t to = find_stratum(search, items[a].stratum, true);
		const size_t b = from + draw(&state, to - from);

		if (search->x[a] < search->x[b] || search->x[b] < search->x[a])
			search->sample[search->sample_count++] = slope_of(search, a, b);
	}
}

/*
 * S2: one tilt to either side, three standard deviations from where the rank lies in the sample.
 * Returns the last one, or NaN.
 */
static double try_sample(struct search *search, int64_t rank)
{
	const double count = (double)search->sample_count;
	const double at = (double)rank / (double)search->slopes * count;
	const double margin = 1.5 * sqrt(count) + 1;
	double last = (double)NAN;

	if (search->sample_count < SAMPLE_MIN)
		return last;
	for (int side = -1; side <= 1; side += 2) {
		const double wanted = fmax(0, fmin(count - 1, at + side * margin));
		const double tilt =
			ll_stats_select(search->sample, search->sample_count, (size_t)wanted);

		if (is_between(search, tilt) && !is_found(search, rank)) {
			try_tilt(search, rank, tilt);
			last = tilt;
		}
	}
	return last;
}

/* The median of the sample's slopes between low and high, or NaN. */
static double sampled_tilt(const struct search *search)
{
	double between[SAMPLE_MAX];
	size_t count = 0;

	for (size_t i = 0; i < search->sample_count; i++) {
		if (is_between(search, search->sample[i]))
			between[count++] = search->sample[i];
	}
	return count > 0 ? ll_stats_select(between, count, count / 2) : (double)NAN;
}

/* Doubles in their order as integers in theirs, and back. */
static uint64_t order_of(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double double_at(uint64_t order)
{
	const uint64_t bits = order >> 63 ? order & ~(UINT64_C(1) << 63) : ~order;
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

/* The middle of low and high in the order of doubles. */
static double middle_tilt(const struct search *search)
{
	const uint64_t low = order_of(search->low), high = order_of(search->high);

	return double_at(low + (high - low) / 2);
}

/* The double next to `tilt`, which has become low or high, on the side of the other. */
static double next_to(const struct search *search, double tilt)
{
	return nextafter(tilt, tilt > search->low ? search->low : search->high);
}

static bool are_neighbours(const struct search *search)
{
	return order_of(search->high) - order_of(search->low) < 2;
}

/* Where the slope would lie were all between low and high spread evenly, and a bit beyond it. */
static double even_tilt(const struct search *search, int64_t rank)
{
	const double left = (double)(search->below_high - search->up_to_low);
	const double before = (double)(rank - search->up_to_low) + 0.5;
	const double beyond = before < left / 2 ? left / 32 : -left / 32;
	const double share = (before + beyond) / left;

	return search->low + (search->high - search->low) * fmax(0.02, fmin(0.98, share));
}

static void begin_anew(struct search *search)
{
	search->low = -HUGE_VAL;
	search->high = HUGE_VAL;
	search->up_to_low = 0;
	search->below_high = search->slopes;
	search->list.count = 0;
	search->is_listed = false;
}

/* S5. Beyond the largest double, where there is no half-way, the slope is infinite. */
static void choose_neighbour(struct search *search, int64_t rank)
{
	const double low = search->low, high = search->high;
	int64_t below;
	bool is_lower;

	search->found_from = search->up_to_low;
	search->found_to = search->below_high;
	if (isinf(low) || isinf(high)) {
		search->found = isinf(low) ? low : high;
		return;
	}
	below = split_at(search, low, (high - low) / 2).below;
	is_lower = rank < below;
	search->found = is_lower ? low : high;
	*(is_lower ? &search->found_to : &search->found_from) = below;
}

/* S2: the tilt to try. *last_slope is the last one tried if that was a slope, else NaN. */
static double choose_tilt(const struct search *search, int64_t rank, bool is_bunched,
                          double *last_slope)
{
	const double even = even_tilt(search, rank);
	const double last = *last_slope;

	*last_slope = (double)NAN;
	if (!is_bunched && is_between(search, even)) /* not NaN, as with infinite ends */
		return even;
	if (!isnan(last))
		return next_to(search, last);
	*last_slope = sampled_tilt(search);
	return isnan(*last_slope) ? middle_tilt(search) : *last_slope;
}

/* Narrows low and high around the rank until it is found or listed. */
static void narrow(struct search *search, int64_t rank)
{
	double last_slope = (double)NAN;
	bool is_bunched = false;

	if (search->slopes > search->listed_max && isinf(search->low) && isinf(search->high)) {
		if (!search->sample)
			draw_sample(search);
		last_slope = try_sample(search, rank);
	}
	while (!is_found(search, rank)) {
		const int64_t left = search->below_high - search->up_to_low;

		if (left <= search->listed_max) {
			list_between(search);
			return;
		}
		if (are_neighbours(search)) {
			choose_neighbour(search, rank);
			return;
		}
		try_tilt(search, rank, choose_tilt(search, rank, is_bunched, &last_slope));
		is_bunched = search->below_high - search->up_to_low > left / 4 * 3;
	}
}

/* The slope of that rank, from 0, below search->slopes; scaled. */
static double slope_at(struct search *search, int64_t rank)
{
	int64_t index;

	if (!is_found(search, rank)) {
		if (rank < search->up_to_low || rank >= search->below_high)
			begin_anew(search);
		if (!search->is_listed)
			narrow(search, rank);
	}
	if (is_found(search, rank))
		return search->found;
	if (search->list.count == 0)
		return search
		        ->low; /* lost to rounding of z, with low and high next to each other */
	index = rank - search->up_to_low;
	if (index >= (int64_t)search->list.count)
		index = (int64_t)search->list.count - 1;
	return ll_stats_select(search->list.items, search->list.count, (size_t)index);
}

/* The slope at a rank that may lie between two, in units of the points. */
static double slope_between(struct search *search, double position)
{
	const int64_t rank = (int64_t)position;
	const double share = position - (double)rank;
	double slope = slope_at(search, rank);

	if (share > 0)
		slope = slope * (1 - share) + slope_at(search, rank + 1) * share;
	/* Opposite infinities: both slopes are larger than a double can be. */
	return isnan(slope) ? HUGE_VAL : ldexp(slope, search->exponent);
}

bool ll_stats_slope(const struct ll_points *points, double *ret_slope)
{
	LL_CLEANUP(search_done) struct search search;

	search_init(&search, points);
	if (search.slopes > 0)
		*ret_slope = slope_between(&search, (double)(search.slopes - 1) / 2);
	return search.slopes > 0;
}

/*
 * Gilbert 1987, 16.4.2, after Sen 1968: with N slopes and C = 1.96 times the standard deviation of
 * S, the limits are the slopes of ranks (N - C) / 2 and (N + C) / 2 + 1, counted from 1, and
 * interpolated where those are not whole. Of few points the distribution of S is known exactly:
 * where the chance of f falls and fewer is just below 2.5 %, the limits are those of ranks f + 1
 * and N - f (Hollander and Wolfe 1999, "Nonparametric statistical methods", 9.3). Their positions
 * from 0 lie `*ret_inset` from either end. False when the ranks lie outside: so few points have no
 * such limits.
 */
static bool find_inset(const struct search *search, double *ret_inset)
{
	struct ll_kendall kendall;
	int64_t falls;
	double rank;

	ll_stats_kendall(search->points, &kendall);
	if (ll_stats_kendall_falls(&kendall, 0.025, &falls)) {
		*ret_inset = (double)falls;
		return falls >= 0;
	}
	rank = ((double)search->slopes - LL_STATS_Z95 * sqrt(kendall.variance)) / 2;
	if (rank < 1)
		return false;
	*ret_inset = rank - 1;
	return true;
}

bool ll_stats_slope_low(const struct ll_points *points, double *ret_low)
{
	LL_CLEANUP(search_done) struct search search;
	double inset;

	search_init(&search, points);
	if (search.slopes == 0 || !find_inset(&search, &inset))
		return false;
	*ret_low = slope_between(&search, inset);
	return true;
}

bool ll_stats_slope_high(const struct ll_points *points, double *ret_high)
{
	LL_CLEANUP(search_done) struct search search;
	double inset;

	search_init(&search, points);
	if (search.slopes == 0 || !find_inset(&search, &inset))
		return false;
	*ret_high = slope_between(&search, (double)(search.slopes - 1) - inset);
	return true;
}

bool ll_stats_intercept(const struct ll_points *points, double *ret_intercept)
{
	LL_CLEANUP(ll_freep) double *rests = ll_calloc(points->items.count, sizeof *rests);
	const struct ll_point *const items = ll_points_all(points);
	double slope;

	if (!ll_stats_slope(points, &slope))
		return false;
	for (size_t i = 0; i < points->items.count; i++) {
		rests[i] = items[i].y - slope * items[i].x;
		if (!isfinite(rests[i])) {
			*ret_intercept = HUGE_VAL;
			return true;
		}
	}
	return ll_stats_median(rests, points->items.count, ret_intercept);
}
