/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats.h - the statistics that judgments rest on, without SQLite.
 *
 * Words:
 *   sample      an array of numbers whose order means nothing
 *   points      (x, y) pairs whose order is that of x, usually time; each belongs to a stratum
 *   stratum     points that may be compared with each other: the life of one process. Statistics of
 *               points are sums over strata; a pair of points from two strata does not exist.
 *   slope       (y2 - y1) / (x2 - x1) of a pair of points with different x
 *   S           Kendall's score: pairs that rise with x minus pairs that fall
 *
 * Invariants:
 *   - Every number that comes in is finite; the callers (fn_*.c) see to that. What goes out is
 *     never NaN, but it is infinite where the true result is larger than a double can be.
 *   - A function that returns bool returns false when there is too little for an answer, and leaves
 *     its output alone.
 *   - No result depends on the order in which numbers or points were given.
 *   - At most LL_STATS_MAX numbers; then every sum of squares or cubes of counts fits 64 bits.
 *
 * The rules of the SQL functions, with sources, stand above their glue in fn_*.c; a rule that is
 * about an algorithm stands above the algorithm.
 */
#ifndef LL_ANALYZE_STATS_H
#define LL_ANALYZE_STATS_H

#include <leakledger/vec.h>

/** Most numbers of one sample, most points of one series. */
#define LL_STATS_MAX ((size_t)1000 * 1000)

/** The 97.5 % point of the normal distribution: two-sided 95 %. */
#define LL_STATS_Z95 1.9599639845400545

/* --------------------------------------------------------------------- samples */

/** The number that has `rank` (below `count`) smaller ones before it. Reorders `values`. O(n). */
double ll_stats_select(double *values, size_t count, size_t rank);
/** Percentile 0..100 by linear interpolation, type 7. Reorders `values`. False when empty. */
bool ll_stats_percentile(double *values, size_t count, double percent, double *ret_value);
bool ll_stats_median(double *values, size_t count, double *ret_median);
/** 1.4826 times the median distance from the median. Changes `values`. False when empty. */
bool ll_stats_mad(double *values, size_t count, double *ret_sigma);
/** Distance of the 25th and 75th percentile. Reorders `values`. False when empty. */
bool ll_stats_iqr(double *values, size_t count, double *ret_range);
/** Items before the first drop of half or more, largest first; 0 when none is positive. */
int64_t ll_stats_elbow(double *values, size_t count);
/** 0 at `low`, 1 at `high`, a smoothstep between; `low` may lie above `high`. */
double ll_stats_ramp(double value, double low, double high);

/* ---------------------------------------------------------------------- points */

struct ll_point {
	int64_t stratum;
	int64_t whole_x; /* x as given, when all x are integers */
	double x;        /* as given; once arranged, distance from the smallest x */
	double y;
};

/** Cleared memory is an empty set of points. */
struct ll_points {
	struct ll_vec items; /* struct ll_point */
	bool has_real_x;     /* not all x are integers */
};

void ll_points_add_whole(struct ll_points *points, int64_t x, double y, int64_t stratum);
void ll_points_add_real(struct ll_points *points, double x, double y, int64_t stratum);
void ll_points_done(struct ll_points *points);
/**
 * Shifts x to the smallest x and sorts by stratum, x, y. Every function below wants this first.
 * Returns false when the x lie too far apart for a double; of integers they never do.
 */
bool ll_points_arrange(struct ll_points *points);

static inline const struct ll_point *ll_points_all(const struct ll_points *points)
{
	return points->items.items;
}

/** Where the stratum that begins at `from` ends. */
size_t ll_points_stratum_end(const struct ll_points *points, size_t from);

/** Largest fall of y from an earlier maximum, at least 0. Strata are not looked at. */
bool ll_points_drawdown(const struct ll_points *points, double *ret_fall);
/** Rises in a row at the end. False when empty. Strata are not looked at. */
bool ll_points_streak(const struct ll_points *points, int64_t *ret_rises);
/** Share of steps that rise, 0..1. False without a step. Strata are not looked at. */
bool ll_points_share_rising(const struct ll_points *points, double *ret_share);

/* --------------------------------------------------------------------- Kendall */

enum {
	LL_KENDALL_EXACT = 20, /* 20! is the last factorial that fits 64 bits */
};

struct ll_kendall {
	int64_t score;            /* S, summed over strata */
	int64_t pairs;            /* pairs with different x */
	int64_t moving;           /* pairs with different y */
	double variance;          /* of S when there is no trend, summed over strata */
	size_t count, strata;     /* points; strata that have any */
	bool has_x_ties;          /* two points of a stratum share x */
	int64_t discordant_pairs; /* pairs that fall */
	/* Of (1 - q^m) in what generates the numbers of orders; complete up to so many points. */
	int powers[LL_KENDALL_EXACT + 1];
};

void ll_stats_kendall(const struct ll_points *points, struct ll_kendall *ret_kendall);
/** tau-b, -1..1. False when all x or all y are equal. */
bool ll_stats_kendall_tau(const struct ll_kendall *kendall, double *ret_tau);
/** Standard scores of S. False without a pair; 0 when no y ever moves. */
bool ll_stats_kendall_z(const struct ll_kendall *kendall, double *ret_z);
/** P(S at least this large without a trend), 0..1. False without a pair. */
bool ll_stats_kendall_p(const struct ll_kendall *kendall, double *ret_p);
/**
 * The most pairs that may fall so that so few fall with a chance of at most `p` without a trend; -1
 * when even none falling is likelier. False when the chance is not known exactly, or y are equal.
 */
bool ll_stats_kendall_falls(const struct ll_kendall *kendall, double p, int64_t *ret_falls);
/** The same with a variance that allows for autocorrelation. False without a pair. */
bool ll_stats_kendall_p_corrected(const struct ll_points *points, double *ret_p);

/* ---------------------------------------------------------------------- steady */

/**
 * P(a steady coming and going makes the number y of things rise at least as much), 0..1, however
 * long each of them stays; stats_steady.c. False without three points and a y above 0.
 */
bool ll_stats_steady_p(const struct ll_points *points, double *ret_p);
/**
 * The same, with what follows from a rising rate taken off. `made` has the same x and strata; its y
 * is how many things came until then, in all.
 */
bool ll_stats_steady_load_p(const struct ll_points *points, const struct ll_points *made,
                            double *ret_p);

/* ---------------------------------------------------------------------- slopes */

/** Theil-Sen: median of all slopes. False without a pair of different x. */
bool ll_stats_slope(const struct ll_points *points, double *ret_slope);
/** Limits between which the slope lies with 95 % confidence. False when there are none. */
bool ll_stats_slope_low(const struct ll_points *points, double *ret_low);
bool ll_stats_slope_high(const struct ll_points *points, double *ret_high);
/** Median of y - slope * (x - smallest x). False when there is no slope. */
bool ll_stats_intercept(const struct ll_points *points, double *ret_intercept);

/* ----------------------------------------------------------------------- tails */

/** P(Z >= z) of the standard normal distribution; z may be infinite. */
double ll_stats_normal_tail(double z);

/** Largest n, k and mu of the tails below; their cost grows with its square root. */
#define LL_STATS_TAIL_MAX 1e12

/** P(X >= k), X binomial: `n` trials (0..1e12) that succeed with `p` (0..1) each. */
double ll_stats_binom_tail(int64_t k, int64_t n, double p);
/** P(X >= k), X Poisson with mean `mu` (0..1e12). */
double ll_stats_poisson_tail(int64_t k, double mu);

/* ----------------------------------------------------------------------- ranks */

/**
 * Mann and Whitney's test: the chance, 0..1, that two samples of one distribution differ in rank by
 * as much, two-sided. False when one is empty.
 */
bool ll_stats_mann_whitney(const double *first, size_t first_count, const double *second,
                           size_t second_count, double *ret_p);
/**
 * Limits between which the median lies with at least 95 % confidence, from order statistics. Sorts
 * `values`. False with fewer than six.
 */
bool ll_stats_median_interval(double *values, size_t count, double *ret_low, double *ret_high);

/* ------------------------------------------------------------------ inversions */

/**
 * What is sorted to count: ordered by `high`, then `low`; `point` is carried along. Two doubles
 * because a sum of a product and a double needs more than 53 bits (stats_slope.c).
 */
struct ll_key {
	double high, low;
	uint32_t point;
};

static inline bool ll_key_is_less(const struct ll_key *a, const struct ll_key *b)
{
	return a->high < b->high || (!(b->high < a->high) && a->low < b->low);
}

/** Told of each inversion: `before` stood before `behind` and belongs after it. */
struct ll_inversion_sink {
	void *self;
	void (*take)(void *self, uint32_t before, uint32_t behind);
};

/**
 * Sorts keys (stable) and returns how many pairs stood in the wrong order. `scratch` has room for
 * `count` keys too. `sink` may be NULL. O(n log n), plus one call per inversion when there is one.
 */
int64_t ll_stats_inversions(struct ll_key *keys, struct ll_key *scratch, size_t count,
                            const struct ll_inversion_sink *sink);

#endif
