/* SPDX-License-Identifier: Apache-2.0 */
#include "palette.h"
#include "support.h"

#include <math.h>

static double channel(const char *hex)
{
	uint64_t value = 0;
	double share;

	assert_true(ll_str_to_hex(ll_str_n(hex, 2), &value));
	share = (double)value / 255;
	return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* Contrast on white by WCAG 2.1. */
static double contrast(const char *color)
{
	assert_int_equal(strlen(color), 7);
	return 1.05 / (0.2126 * channel(color + 1) + 0.7152 * channel(color + 3) +
	               0.0722 * channel(color + 5) + 0.05);
}

static void every_role_has_three_to_one_on_white(void **state)
{
	(void)state;
	for (int role = LL_ROLE_1; role <= LL_ROLE_LIMIT; role++)
		assert_true(contrast(ll_palette_get((enum ll_role)role)->color) >= 3);
}

static void text_colours_have_four_and_a_half_to_one_on_white(void **state)
{
	(void)state;
	assert_true(contrast(LL_COLOR_TEXT) >= 4.5);
	assert_true(contrast(LL_COLOR_MUTED) >= 4.5);
}

static void no_two_series_share_a_colour_or_a_dash(void **state)
{
	(void)state;
	for (int a = LL_ROLE_1; a <= LL_ROLE_7; a++) {
		for (int b = a + 1; b <= LL_ROLE_7; b++) {
			const struct ll_palette_row *const left = ll_palette_get((enum ll_role)a);
			const struct ll_palette_row *const right = ll_palette_get((enum ll_role)b);

			assert_string_not_equal(left->color, right->color);
			assert_string_not_equal(left->class_name, right->class_name);
			assert_string_not_equal(left->dash ? left->dash : "",
			                        right->dash ? right->dash : "");
		}
	}
}

static void an_unknown_role_is_other(void **state)
{
	(void)state;
	assert_string_equal(ll_palette_get((enum ll_role)99)->class_name, "series-other");
	assert_int_equal(ll_role_of(6), LL_ROLE_7);
	assert_int_equal(ll_role_of(7), LL_ROLE_OTHER);
	assert_int_equal(ll_role_of(1000), LL_ROLE_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_three_to_one_on_white),
		cmocka_unit_test(text_colours_have_four_and_a_half_to_one_on_white),
		cmocka_unit_test(no_two_series_share_a_colour_or_a_dash),
		cmocka_unit_test(an_unknown_role_is_other),
	};

	return cmocka_run_group_tests_name("chart.palette", tests, NULL, NULL);
}
