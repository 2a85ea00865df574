/* SPDX-License-Identifier: Apache-2.0 */
/* scale.h - values to places on the vertical axis, with ticks on round numbers. */
#ifndef LL_CHART_SCALE_H
#define LL_CHART_SCALE_H

#include <leakledger/chart.h>
#include <leakledger/units.h>

/** Values beyond this size are no measurements. */
#define LL_SCALE_LARGEST 1e21

struct ll_scale {
	double low, high; /* both are ticks */
	double step;      /* between ticks */
	size_t tick_count;
	double at_low, at_high; /* where low and high lie in the picture */
	double unit_size;       /* tick numbers are divided by it */
	const char *unit; /* "MiB": named once for bytes, behind each number for counts ("k") */
	int decimals;
};

/** True for what can be drawn: finite and not absurd. */
bool ll_scale_can_hold(double value);

/**
 * Makes a scale that holds low ... high and ends on ticks, with at most `most_steps` intervals
 * (at least 2). From zero on unless `may_leave_zero`. Places are set by the caller afterwards.
 */
void ll_scale_init(struct ll_scale *scale, enum ll_axis axis, double low, double high,
                   size_t most_steps, bool may_leave_zero);
/** The place of a value; what lies outside is put a little outside. */
double ll_scale_at(const struct ll_scale *scale, double value);
/** The value of tick 0 ... tick_count - 1. */
double ll_scale_tick(const struct ll_scale *scale, size_t number);
/** The tick's number in the scale's unit: "0", "128", "0.50", "20k". */
const char *ll_scale_tick_text(const struct ll_scale *scale, enum ll_axis axis, size_t number,
                               char out[LL_UNIT_TEXT]);

/** A single value in words: "412 MiB", "12,345". */
const char *ll_scale_text(enum ll_axis axis, double value, char out[LL_UNIT_TEXT]);

#endif
