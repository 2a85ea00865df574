/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

static struct ll_chart_point points[240];

/* A chart of up to two series with that plane. */
static struct drawing draw_plane(const struct ll_chart_plane *plane,
                                 const struct ll_chart_series *series, size_t count)
{
	const struct ll_line_chart line = {
		.chart = {.id = "c"}, .plane = *plane, .series = series, .series_count = count};

	return draw_line(&line);
}

static struct ll_chart_series rising(size_t from, size_t count)
{
	return (struct ll_chart_series){
		.label = ll_str("n"), .points = points + from, .count = count};
}

static void the_axis_names_its_unit_once(void **state)
{
	const struct ll_chart_plane plane = {.axis = LL_AXIS_BYTES, .name = ll_str("Heap in use")};
	const struct ll_chart_series series = rising(0, 240);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, LL_COUNT(points));
	drawing = draw_plane(&plane, &series, 1);

	assert_true(svg_says(drawing.document, "Heap in use, B"));
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='text'][. = '128']"), 1);
}

static void an_axis_without_zero_says_where_it_begins(void **state)
{
	const struct ll_chart_plane plane = {
		.axis = LL_AXIS_COUNT, .name = ll_str("Goroutines"), .may_leave_zero = true};
	const struct ll_chart_series series = rising(180, 60);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, LL_COUNT(points));
	drawing = draw_plane(&plane, &series, 1);

	assert_true(svg_says(drawing.document, "Goroutines (axis begins at 180)"));
}

static void the_zone_is_named(void **state)
{
	const struct ll_chart_plane plane = {.axis = LL_AXIS_COUNT};
	const struct ll_chart_series series = rising(0, 240);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, LL_COUNT(points));
	drawing = draw_plane(&plane, &series, 1);

	assert_true(svg_says(drawing.document, "Sat 21 Nov 2026, UTC"));
}

static void a_time_without_any_data_is_shaded_and_named(void **state)
{
	const struct ll_chart_plane plane = {.axis = LL_AXIS_COUNT};
	const struct ll_chart_series series[] = {rising(0, 60), rising(160, 80)};
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, LL_COUNT(points));
	drawing = draw_plane(&plane, series, 2);

	assert_int_equal(
		svg_count(drawing.document, "//*[@class='chart-gap']/*[local-name()='rect']"), 1);
	assert_true(svg_says(drawing.document, "no data"));
}

static void a_gap_that_another_series_fills_is_not_shaded(void **state)
{
	const struct ll_chart_plane plane = {.axis = LL_AXIS_COUNT};
	const struct ll_chart_series series[] = {rising(0, 100), rising(90, 150)};
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, LL_COUNT(points));
	drawing = draw_plane(&plane, series, 2);

	assert_int_equal(
		svg_count(drawing.document, "//*[@class='chart-gap']/*[local-name()='rect']"), 0);
}

static void a_window_decides_which_points_count(void **state)
{
	const struct ll_chart_plane plane = {
		.axis = LL_AXIS_COUNT,
		.from_ns = DRAW_START + 24 * LL_NS_PER_HOUR,
		.to_ns = DRAW_START + 48 * LL_NS_PER_HOUR,
	};
	const struct ll_chart_series series = rising(0, 240);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, LL_COUNT(points));
	drawing = draw_plane(&plane, &series, 1);

	assert_true(svg_says(drawing.document, "No data"));
}

static void a_chart_without_description_tells_measure_and_period(void **state)
{
	const struct ll_chart_plane plane = {.axis = LL_AXIS_COUNT, .name = ll_str("Goroutines")};
	const struct ll_chart_series series = rising(0, 240);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, LL_COUNT(points));
	drawing = draw_plane(&plane, &series, 1);

	assert_true(svg_says(drawing.document,
	                     "Goroutines, from 2026-11-21T10:00:00Z to 2026-11-21T13:59:00Z."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_axis_names_its_unit_once),
		cmocka_unit_test(an_axis_without_zero_says_where_it_begins),
		cmocka_unit_test(the_zone_is_named),
		cmocka_unit_test(a_time_without_any_data_is_shaded_and_named),
		cmocka_unit_test(a_gap_that_another_series_fills_is_not_shaded),
		cmocka_unit_test(a_window_decides_which_points_count),
		cmocka_unit_test(a_chart_without_description_tells_measure_and_period),
	};

	return cmocka_run_group_tests_name("chart.plot", tests, NULL, NULL);
}
