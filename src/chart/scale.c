/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scale.c - see scale.h.
 *
 * Rules:
 *   1. Steps are powers of two for bytes (64 MiB, 128 MiB: a machine's round numbers) and 1, 2, 5
 *      times a power of ten for counts; the smallest that gives few enough intervals is taken.
 *      Counts have fractional steps only when all values are below one, percents below five.
 *   2. The scale begins and ends on a tick, so the highest value is never above the last number.
 *   3. A span too small for a double to divide is widened (only an axis without zero can have one).
 *   4. All numbers of an axis share a unit and have the same decimals.
 *
 * Powers are made by multiplying, which is exact for these; log and pow differ between C libraries.
 */
#include "scale.h"

#include <math.h>

enum {
	MOST_DECIMALS = 6,
};

/* Rule 3: the span of an axis is at least this part of its largest value. */
static const double SMALLEST_SPAN = 1e-6;

bool ll_scale_can_hold(double value)
{
	return isfinite(value) && fabs(value) <= LL_SCALE_LARGEST;
}

/* The whole numbers of steps at or outside the two ends. */
static void set_ends(struct ll_scale *scale, double low, double high, double step)
{
	const double first = floor(low / step), last = ceil(high / step);

	scale->step = step;
	scale->low = first * step;
	scale->high = last * step;
	scale->tick_count = (size_t)(last - first) + 1;
}

/* Takes the step when it gives few enough intervals. */
static bool try_step(struct ll_scale *scale, double low, double high, double step, size_t most)
{
	if (ceil(high / step) - floor(low / step) > (double)most)
		return false;
	set_ends(scale, low, high, step);
	return true;
}

static void choose_binary(struct ll_scale *scale, double low, double high, size_t most)
{
	double step = 1;

	while (!try_step(scale, low, high, step, most))
		step *= 2;
}

/* 10 to the power of 0 ... 22, all exact. */
static double power_of_ten(int exponent)
{
	double power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

static void choose_decimal(struct ll_scale *scale, double low, double high, size_t most,
                           bool may_divide)
{
	static const double digits[] = {1, 2, 5};
	const bool is_small = high < (may_divide ? 5 : 1) && low > -1;

	/* Below one the power divides: 1 / 1000 is nearer to 0.001 than any product. */
	for (int power = is_small ? -MOST_DECIMALS : 0;; power++) {
		for (size_t i = 0; i < LL_COUNT(digits); i++) {
			const double step = power < 0 ? digits[i] / power_of_ten(-power)
			                              : digits[i] * power_of_ten(power);

			if (try_step(scale, low, high, step, most))
				return;
		}
	}
}

/* Used for axes that reach above `from`. */
struct unit {
	double from, size;
	const char *name;
};

static bool is_whole(double value)
{
	return round(value) >= 1 && fabs(value - round(value)) < 1e-6;
}

/* Rule 4: the largest unit in which the steps are still simple numbers. */
static void choose_unit(struct ll_scale *scale, const struct unit *units, size_t count,
                        double smallest_step)
{
	const double size = fmax(fabs(scale->low), fabs(scale->high));
	size_t chosen = 0;
	double scaled;

	while (chosen + 1 < count && size > units[chosen + 1].from &&
	       scale->step >= smallest_step * units[chosen + 1].size)
		chosen++;
	scale->unit_size = units[chosen].size;
	scale->unit = units[chosen].name;
	scale->decimals = 0;
	scaled = scale->step / scale->unit_size;
	while (scale->decimals < MOST_DECIMALS && !is_whole(scaled)) {
		scaled *= 10;
		scale->decimals++;
	}
}

void ll_scale_init(struct ll_scale *scale, enum ll_axis axis, double low, double high,
                   size_t most_steps, bool may_leave_zero)
{
	static const struct unit bytes[] = {
		{0, 1, "B"},
		{0x1p10, 0x1p10, "KiB"},
		{0x1p20, 0x1p20, "MiB"},
		{0x1p30, 0x1p30, "GiB"},
		{0x1p40, 0x1p40, "TiB"},
		{0x1p50, 0x1p50, "PiB"},
		{0x1p60, 0x1p60, "EiB"},
	};
	/* 2,500 reads better than 2.5k, and 25k better than 25,000. */
	static const struct unit counts[] = {
		{0, 1, ""},      {1e4, 1e3, "k"},   {1e6, 1e6, "M"},
		{1e9, 1e9, "G"}, {1e12, 1e12, "T"}, {1e15, 1e15, "P"},
	};
	double least;

	*scale = (struct ll_scale){.at_high = 1};
	if (!may_leave_zero) {
		low = fmin(low, 0);
		high = fmax(high, 0);
	}
	least = fmax(fabs(low), fabs(high)) * SMALLEST_SPAN;
	if (!(high - low > least)) {
		low -= may_leave_zero ? least : 0;
		high = low + fmax(2 * least, axis == LL_AXIS_BYTES ? 1024 : 1);
	}
	if (axis == LL_AXIS_BYTES) {
		choose_binary(scale, low, high, most_steps < 2 ? 2 : most_steps);
		choose_unit(scale, bytes, LL_COUNT(bytes), 0.25);
	} else {
		choose_decimal(scale, low, high, most_steps < 2 ? 2 : most_steps,
		               axis == LL_AXIS_PERCENT);
		choose_unit(scale, counts, LL_COUNT(counts), 0.1);
	}
}

double ll_scale_at(const struct ll_scale *scale, double value)
{
	const double share = (value - scale->low) / (scale->high - scale->low);

	return scale->at_low + fmax(-1, fmin(2, share)) * (scale->at_high - scale->at_low);
}

double ll_scale_tick(const struct ll_scale *scale, size_t number)
{
	return scale->low + (double)number * scale->step;
}

/* The nearest int64_t. */
static int64_t whole(double value)
{
	if (value >= 9.2e18)
		return INT64_MAX;
	if (value <= -9.2e18)
		return INT64_MIN;
	return llround(value);
}

/* "0.5" with two decimals becomes "0.50": numbers below each other have their points in line. */
static void pad_decimals(char text[LL_UNIT_TEXT], int decimals)
{
	const char *const dot = strchr(text, '.');
	size_t length = strlen(text);
	int missing = dot ? decimals - (int)strlen(dot + 1) : decimals;

	if (!dot && decimals > 0)
		text[length++] = '.';
	while (missing-- > 0 && length + 1 < LL_UNIT_TEXT)
		text[length++] = '0';
	text[length] = '\0';
}

const char *ll_scale_tick_text(const struct ll_scale *scale, enum ll_axis axis, size_t number,
                               char out[LL_UNIT_TEXT])
{
	const double value = ll_scale_tick(scale, number);
	const double scaled = value / scale->unit_size;

	if (fabs(value) < scale->step / 2) {
		(void)snprintf(out, LL_UNIT_TEXT, "0");
		return out;
	}
	if (scale->decimals == 0) {
		(void)ll_format_count(whole(scaled), out);
	} else {
		(void)ll_format_real(scaled, scale->decimals, out);
		pad_decimals(out, scale->decimals);
	}
	if (axis == LL_AXIS_COUNT)
		(void)snprintf(out + strlen(out), LL_UNIT_TEXT - strlen(out), "%s", scale->unit);
	return out;
}

const char *ll_scale_text(enum ll_axis axis, double value, char out[LL_UNIT_TEXT])
{
	if (axis == LL_AXIS_BYTES)
		return ll_format_bytes(whole(value), out);
	if (axis == LL_AXIS_PERCENT) {
		/* Little is not nothing. */
		if (value > 0 && value < 0.005) {
			(void)snprintf(out, LL_UNIT_TEXT, "< 0.01 %%");
			return out;
		}
		(void)ll_format_real(value, fabs(value) < 10 ? 2 : 1, out);
		(void)snprintf(out + strlen(out), LL_UNIT_TEXT - strlen(out), " %%");
		return out;
	}
	if (fabs(value) >= 1e6)
		return ll_format_short(value, out);
	if (fabs(value) < 100 && fabs(value - round(value)) > 0.005)
		return ll_format_real(value, fabs(value) < 10 ? 2 : 1, out);
	return ll_format_count(whole(value), out);
}
