/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#define MIB 1048576.0

/* Call sites of a service: one leaks, two wobble, one gave memory back. */
static const struct ll_slope_line sites[] = {
	{{"ledger.(*Store).Put:31", 22}, 21.7 * MIB, 66.7 * MIB},
	{{"render.(*Renderer).draw:75", 26}, 10.1 * MIB, 12.6 * MIB},
	{{"bufio.NewReaderSize:57", 22}, 1.2 * MIB, 1.1 * MIB},
	{{"flate.NewWriter:663", 19}, 1.1 * MIB, 1.2 * MIB},
	{{"cache.(*LRU).Add:90", 19}, 40 * MIB, 12 * MIB},
};

static struct ll_slope_chart slope_of(const struct ll_slope_line *lines, size_t count,
                                      enum ll_chart_fit fit)
{
	return (struct ll_slope_chart){
		.chart = {.id = "slope", .title = ll_str("Put tripled"), .fit = fit},
		.axis = LL_AXIS_BYTES,
		.first_name = ll_str("21 Nov, 16:11 UTC"),
		.last_name = ll_str("21 Nov, 16:52 UTC"),
		.lines = lines,
		.line_count = count,
	};
}

static void sites_are_drawn_as_agreed(void **state)
{
	const struct ll_slope_chart slope = slope_of(sites, LL_COUNT(sites), LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_slope(&slope);

	(void)state;
	ll_test_golden("chart/slope-sites.svg", ll_buf_str(&drawing.out));
}

static void sites_on_a_phone_are_drawn_as_agreed(void **state)
{
	const struct ll_slope_chart slope = slope_of(sites, LL_COUNT(sites), LL_FIT_NARROW);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_slope(&slope);

	(void)state;
	ll_test_golden("chart/slope-sites-narrow.svg", ll_buf_str(&drawing.out));
}

static void the_description_has_both_ends_of_every_line(void **state)
{
	const struct ll_slope_chart slope = slope_of(sites, LL_COUNT(sites), LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_slope(&slope);

	(void)state;
	assert_true(svg_says(drawing.document, "ledger.(*Store).Put:31: 21.7 MiB to 66.7 MiB"));
	assert_true(svg_says(drawing.document, "cache.(*LRU).Add:90: 40 MiB to 12 MiB."));
}

static void what_fell_is_dashed(void **state)
{
	const struct ll_slope_chart slope = slope_of(sites, LL_COUNT(sites), LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_slope(&slope);

	(void)state;
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='line'][@stroke-dasharray]"),
	                 2);
}

static void labels_of_equal_values_do_not_lie_on_each_other(void **state)
{
	static const struct ll_slope_line same[] = {
		{{"a", 1}, MIB, MIB}, {{"b", 1}, MIB, MIB}, {{"c", 1}, MIB, MIB}};
	const struct ll_slope_chart slope = slope_of(same, LL_COUNT(same), LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_slope(&slope);

	(void)state;
	/* Three labels, three heights. */
	assert_int_equal(svg_count(drawing.document,
	                           "//*[local-name()='text'][.='a' or .='b' or .='c']"
	                           "[not(@y = following::*[local-name()='text'][.='b' or "
	                           ".='c']/@y)]"),
	                 3);
}

static void lines_without_an_end_are_left_out_and_counted(void **state)
{
	static const struct ll_slope_line odd[] = {
		{{"a", 1}, LL_CHART_GAP, MIB}, {{"b", 1}, MIB, 1e300}, {{"c", 1}, 0, MIB}};
	const struct ll_slope_chart slope = slope_of(odd, LL_COUNT(odd), LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_slope(&slope);

	(void)state;
	assert_true(svg_says(drawing.document, "2 more are not shown."));
	assert_true(svg_says(drawing.document, "c: 0 B to 1 MiB."));
}

static void nothing_to_compare_is_said(void **state)
{
	const struct ll_slope_chart slope = slope_of(NULL, 0, LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_slope(&slope);

	(void)state;
	assert_true(svg_says(drawing.document, "No data"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sites_are_drawn_as_agreed),
		cmocka_unit_test(sites_on_a_phone_are_drawn_as_agreed),
		cmocka_unit_test(the_description_has_both_ends_of_every_line),
		cmocka_unit_test(what_fell_is_dashed),
		cmocka_unit_test(labels_of_equal_values_do_not_lie_on_each_other),
		cmocka_unit_test(lines_without_an_end_are_left_out_and_counted),
		cmocka_unit_test(nothing_to_compare_is_said),
	};

	return cmocka_run_group_tests_name("chart.slope", tests, NULL, NULL);
}
