/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

/* A chart of two hours with these marks. */
static struct drawing draw_marks(const struct ll_chart_mark *marks, size_t count)
{
	struct ll_chart_point points[121];
	const struct ll_chart_series series = {
		.label = ll_str("n"), .points = points, .count = LL_COUNT(points)};
	const struct ll_line_chart line = {
		.chart = {.id = "c"},
		.plane = {.axis = LL_AXIS_COUNT, .marks = marks, .mark_count = count},
		.series = &series,
		.series_count = 1,
	};

	draw_rising(points, LL_COUNT(points));
	return draw_line(&line);
}

static void every_kind_has_its_word_and_its_symbol(void **state)
{
	const struct ll_chart_mark marks[] = {
		{DRAW_START + 10 * LL_NS_PER_MINUTE, LL_MARK_RESTART, ll_str("")},
		{DRAW_START + 40 * LL_NS_PER_MINUTE, LL_MARK_DEPLOY, ll_str("")},
		{DRAW_START + 70 * LL_NS_PER_MINUTE, LL_MARK_OOM, ll_str("")},
		{DRAW_START + 100 * LL_NS_PER_MINUTE, LL_MARK_NOTE, ll_str("")},
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_marks(marks, LL_COUNT(marks));

	(void)state;
	assert_true(svg_says(drawing.document, "restart"));
	assert_true(svg_says(drawing.document, "deploy"));
	assert_true(svg_says(drawing.document, "OOM kill"));
	assert_true(svg_says(drawing.document, "note"));
	assert_int_equal(svg_count(drawing.document, "//*[@class='chart-hollow']"), 1);
}

static void a_mark_tells_its_time_to_the_pointer(void **state)
{
	const struct ll_chart_mark mark = {DRAW_START + LL_NS_PER_HOUR, LL_MARK_DEPLOY,
	                                   ll_str("v1.42")};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_marks(&mark, 1);

	(void)state;
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='title']"
	                                             "[. = 'v1.42, 2026-11-21T11:00:00Z']"),
	                 1);
}

static void a_mark_just_after_the_data_widens_the_times(void **state)
{
	const struct ll_chart_mark mark = {DRAW_START + 125 * LL_NS_PER_MINUTE, LL_MARK_OOM,
	                                   ll_str("")};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_marks(&mark, 1);

	(void)state;
	assert_true(svg_says(drawing.document, "OOM kill"));
	assert_false(svg_says(drawing.document, "outside"));
}

static void marks_far_outside_are_counted(void **state)
{
	const struct ll_chart_mark marks[] = {
		{DRAW_START + LL_NS_PER_DAY, LL_MARK_OOM, ll_str("")},
		{DRAW_START - LL_NS_PER_DAY, LL_MARK_DEPLOY, ll_str("")},
		{LL_TIME_NONE, LL_MARK_DEPLOY, ll_str("")},
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_marks(marks, LL_COUNT(marks));

	(void)state;
	assert_true(svg_says(drawing.document, "3 marks lie outside these times."));
	assert_false(svg_says(drawing.document, "OOM kill"));
}

static void crowded_marks_lose_words_but_not_symbols_and_are_counted(void **state)
{
	struct ll_chart_mark marks[60];
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	for (size_t i = 0; i < LL_COUNT(marks); i++)
		marks[i] = (struct ll_chart_mark){DRAW_START + (int64_t)i * 2 * LL_NS_PER_MINUTE,
		                                  LL_MARK_RESTART, ll_str("")};
	drawing = draw_marks(marks, LL_COUNT(marks));

	assert_int_equal(svg_count(drawing.document, "//*[@class='chart-hollow']"), 60);
	assert_true(svg_says(drawing.document, "of 60 marks without room for a word"));
}

static void an_unknown_kind_is_a_note(void **state)
{
	const struct ll_chart_mark mark = {DRAW_START, (enum ll_mark_kind)77, ll_str("")};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_marks(&mark, 1);

	(void)state;
	assert_true(svg_says(drawing.document, "note"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_its_word_and_its_symbol),
		cmocka_unit_test(a_mark_tells_its_time_to_the_pointer),
		cmocka_unit_test(a_mark_just_after_the_data_widens_the_times),
		cmocka_unit_test(marks_far_outside_are_counted),
		cmocka_unit_test(crowded_marks_lose_words_but_not_symbols_and_are_counted),
		cmocka_unit_test(an_unknown_kind_is_a_note),
	};

	return cmocka_run_group_tests_name("chart.marks", tests, NULL, NULL);
}
