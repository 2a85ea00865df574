/* SPDX-License-Identifier: Apache-2.0 */
#include "scale.h"
#include "support.h"

#include <float.h>
#include <math.h>

static char joined[1024];

/* All tick texts, and the unit of bytes: "0 128 256 MiB". */
static const char *ticks(enum ll_axis axis, double low, double high, size_t steps, bool leaves_zero)
{
	struct ll_scale scale;
	struct ll_buf out LL_CLEANUP(ll_buf_done);

	ll_buf_init(&out, sizeof joined - 1);
	ll_scale_init(&scale, axis, low, high, steps, leaves_zero);
	for (size_t i = 0; i < scale.tick_count; i++) {
		char text[LL_UNIT_TEXT];

		ll_buf_printf(&out, "%s%s", i > 0 ? " " : "",
		              ll_scale_tick_text(&scale, axis, i, text));
	}
	if (axis == LL_AXIS_BYTES)
		ll_buf_printf(&out, " %s", scale.unit);
	memcpy(joined, out.data, out.size + 1);
	return joined;
}

static void ticks_end_on_round_numbers(void **state)
{
	(void)state;
	assert_string_equal(ticks(LL_AXIS_COUNT, 3, 37, 5, false), "0 10 20 30 40");
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 41, 4, false), "0 20 40 60");
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 1, 5, false), "0 1");
}

static void byte_ticks_are_powers_of_two_and_name_the_unit_once(void **state)
{
	(void)state;
	assert_string_equal(ticks(LL_AXIS_BYTES, 0, 400 * 0x1p20, 5, false),
	                    "0 128 256 384 512 MiB");
	assert_string_equal(ticks(LL_AXIS_BYTES, 0, 1.4 * 0x1p30, 5, false), "0 0.5 1.0 1.5 GiB");
	assert_string_equal(ticks(LL_AXIS_BYTES, 0, 0x1p30, 4, false), "0 256 512 768 1,024 MiB");
	assert_string_equal(ticks(LL_AXIS_BYTES, 0, 3, 4, false), "0 1 2 3 B");
}

static void large_counts_are_shortened_alike(void **state)
{
	(void)state;
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 9700, 5, false),
	                    "0 2,000 4,000 6,000 8,000 10,000");
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 41000, 5, false), "0 10k 20k 30k 40k 50k");
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 1.9e6, 4, false), "0 0.5M 1.0M 1.5M 2.0M");
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 1e21, 2, false), "0 500,000P 1,000,000P");
}

static void counts_have_fractions_only_below_one(void **state)
{
	(void)state;
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 0.4, 4, false), "0 0.1 0.2 0.3 0.4");
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 1e-6, 4, false), "0 0.000001");
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 1.5, 5, false), "0 1 2");
}

static void axes_begin_at_zero_unless_told_otherwise(void **state)
{
	(void)state;
	assert_string_equal(ticks(LL_AXIS_COUNT, 430, 548, 4, false), "0 200 400 600");
	assert_string_equal(ticks(LL_AXIS_COUNT, 430, 548, 4, true), "400 450 500 550");
	assert_string_equal(ticks(LL_AXIS_COUNT, 1000001, 1000004, 4, true),
	                    "1,000,001 1,000,002 1,000,003 1,000,004");
}

static void negative_values_have_their_place(void **state)
{
	(void)state;
	assert_string_equal(ticks(LL_AXIS_COUNT, -12, 30, 5, false), "-20 -10 0 10 20 30");
	assert_string_equal(ticks(LL_AXIS_COUNT, -12, -3, 5, false), "-15 -10 -5 0");
}

static void equal_values_still_give_an_axis(void **state)
{
	(void)state;
	assert_string_equal(ticks(LL_AXIS_COUNT, 0, 0, 5, false), "0 1");
	assert_string_equal(ticks(LL_AXIS_BYTES, 0, 0, 2, false), "0 512 1,024 B");
	assert_string_equal(ticks(LL_AXIS_COUNT, 1000, 1000, 5, true), "999 1,000 1,001");
}

static void check_range(enum ll_axis axis, double low, double high, bool leaves_zero)
{
	struct ll_scale scale;

	ll_scale_init(&scale, axis, low, high, 5, leaves_zero);

	assert_in_range(scale.tick_count, 2, 6);
	assert_true(isfinite(scale.low) && isfinite(scale.high));
	assert_true(scale.low <= low && scale.high >= high);
	for (size_t i = 1; i < scale.tick_count; i++)
		assert_true(ll_scale_tick(&scale, i) > ll_scale_tick(&scale, i - 1));
}

static void any_range_has_few_finite_ticks_that_differ(void **state)
{
	static const double ends[] = {-1e21, -9.3e18, -1, 0,   1e-300, 1e-9,
	                              0.3,   1,       7,  1e6, 9.2e18, 1e21};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(ends); i++) {
		for (size_t k = i; k < LL_COUNT(ends); k++) {
			check_range(LL_AXIS_COUNT, ends[i], ends[k], false);
			check_range(LL_AXIS_COUNT, ends[i], ends[k], true);
			check_range(LL_AXIS_BYTES, ends[i], ends[k], false);
			check_range(LL_AXIS_BYTES, ends[i], ends[k], true);
		}
	}
}

static void places_run_from_low_to_high_and_not_far_beyond(void **state)
{
	struct ll_scale scale;

	(void)state;
	ll_scale_init(&scale, LL_AXIS_COUNT, 0, 100, 5, false);
	scale.at_low = 200;
	scale.at_high = 0;

	assert_float_equal(ll_scale_at(&scale, 0), 200, 1e-9);
	assert_float_equal(ll_scale_at(&scale, 50), 100, 1e-9);
	assert_float_equal(ll_scale_at(&scale, 100), 0, 1e-9);
	assert_float_equal(ll_scale_at(&scale, 1e300), -200, 1e-9);
	assert_float_equal(ll_scale_at(&scale, -1e300), 400, 1e-9);
}

static void values_in_words_keep_three_figures(void **state)
{
	char text[LL_UNIT_TEXT];

	(void)state;
	assert_string_equal(ll_scale_text(LL_AXIS_BYTES, 412 * 0x1p20, text), "412 MiB");
	assert_string_equal(ll_scale_text(LL_AXIS_BYTES, 1e21, text), "8 EiB");
	assert_string_equal(ll_scale_text(LL_AXIS_COUNT, 12345, text), "12,345");
	assert_string_equal(ll_scale_text(LL_AXIS_COUNT, 12345678, text), "12.3M");
	assert_string_equal(ll_scale_text(LL_AXIS_COUNT, 88.06, text), "88.1");
	assert_string_equal(ll_scale_text(LL_AXIS_PERCENT, 0.0007, text), "< 0.01 %");
	assert_string_equal(ll_scale_text(LL_AXIS_PERCENT, 0, text), "0 %");
	assert_string_equal(ll_scale_text(LL_AXIS_COUNT, 0.25, text), "0.25");
}

static void what_is_no_measurement_cannot_be_held(void **state)
{
	(void)state;
	assert_true(ll_scale_can_hold(0));
	assert_true(ll_scale_can_hold((double)INT64_MIN));
	assert_false(ll_scale_can_hold(DBL_MAX));
	assert_false(ll_scale_can_hold((double)NAN));
	assert_false(ll_scale_can_hold(-(double)INFINITY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ticks_end_on_round_numbers),
		cmocka_unit_test(byte_ticks_are_powers_of_two_and_name_the_unit_once),
		cmocka_unit_test(large_counts_are_shortened_alike),
		cmocka_unit_test(counts_have_fractions_only_below_one),
		cmocka_unit_test(axes_begin_at_zero_unless_told_otherwise),
		cmocka_unit_test(negative_values_have_their_place),
		cmocka_unit_test(equal_values_still_give_an_axis),
		cmocka_unit_test(any_range_has_few_finite_ticks_that_differ),
		cmocka_unit_test(places_run_from_low_to_high_and_not_far_beyond),
		cmocka_unit_test(values_in_words_keep_three_figures),
		cmocka_unit_test(what_is_no_measurement_cannot_be_held),
	};

	return cmocka_run_group_tests_name("chart.scale", tests, NULL, NULL);
}
