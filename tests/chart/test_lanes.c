/* SPDX-License-Identifier: Apache-2.0 */
/* test_lanes.c - lanes of values and events on one axis of time. */
#include "draw.h"

#define MIB 1048576.0

enum {
	POINTS = 20,
};

#define MINUTE(n) (DRAW_START + (n)*LL_NS_PER_MINUTE)

static struct drawing draw_lanes(const struct ll_lanes_chart *chart)
{
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_lanes(chart, &drawing.out, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), chart->chart.id);
	return drawing;
}

/* A process that grows by 4 MiB a minute, is captured until minute 19 and killed in minute 22. */
static struct drawing draw_kill(enum ll_chart_fit fit)
{
	static struct ll_chart_point memory[POINTS], goroutines[POINTS];
	static struct ll_chart_mark captures[POINTS];
	const struct ll_chart_series resident = {
		.label = ll_str("resident"), .points = memory, .count = POINTS};
	const struct ll_chart_series count = {
		.label = ll_str("goroutines"), .points = goroutines, .count = POINTS};
	const struct ll_chart_limit limit = {ll_str("limit"), 100 * MIB};
	const struct ll_lane lanes[] = {
		{.name = ll_str("Memory"),
	         .axis = LL_AXIS_BYTES,
	         .series = &resident,
	         .series_count = 1,
	         .limits = &limit,
	         .limit_count = 1},
		{.name = ll_str("Goroutines"),
	         .axis = LL_AXIS_COUNT,
	         .series = &count,
	         .series_count = 1},
	};
	const struct ll_chart_mark starts[] = {
		{MINUTE(0), LL_MARK_DEPLOY, ll_str("1.4.0")},
		{MINUTE(5), LL_MARK_RESTART, ll_str("")},
	};
	const struct ll_lane_events events[] = {
		{.name = ll_str("captures"), .is_ticks = true, .marks = captures, .count = POINTS},
		{.name = ll_str("starts"), .marks = starts, .count = LL_COUNT(starts)},
	};
	const struct ll_lanes_chart chart = {
		.chart = {.id = "kill", .title = ll_str("It grew"), .fit = fit},
		.end_ns = MINUTE(22),
		.unseen_ns = MINUTE(19),
		.end_label = ll_str("killed 10:22:00 UTC"),
		.lanes = lanes,
		.lane_count = LL_COUNT(lanes),
		.events = events,
		.event_count = LL_COUNT(events),
	};

	for (int i = 0; i < POINTS; i++) {
		memory[i] = (struct ll_chart_point){MINUTE(i), (12 + 4 * i) * MIB};
		goroutines[i] = (struct ll_chart_point){MINUTE(i), 40};
		captures[i] = (struct ll_chart_mark){.time_ns = MINUTE(i)};
	}
	return draw_lanes(&chart);
}

static void lanes_are_drawn_as_they_were(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_kill(LL_FIT_WIDE);
	(void)state;

	ll_test_golden("chart/lanes_wide.svg", ll_buf_str(&drawing.out));
}

static void lanes_are_drawn_for_a_phone(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_kill(LL_FIT_NARROW);
	(void)state;

	ll_test_golden("chart/lanes_narrow.svg", ll_buf_str(&drawing.out));
}

static void every_lane_names_its_unit_and_its_last_value(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_kill(LL_FIT_WIDE);
	(void)state;

	assert_true(svg_says(drawing.document, "Memory, MiB"));
	assert_true(svg_says(drawing.document, "Goroutines"));
	assert_true(svg_says(drawing.document, "limit 100 MiB"));
	assert_true(svg_says(drawing.document, "resident 88 MiB"));
	assert_true(svg_says(drawing.document, "goroutines 40"));
}

static void the_end_and_what_was_not_seen_before_it_are_marked(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_kill(LL_FIT_WIDE);
	(void)state;

	assert_true(svg_says(drawing.document, "killed 10:22:00 UTC"));
	assert_int_equal(
		svg_count(drawing.document, "//*[@class='chart-gap'][*[.='not captured']]"), 1);
}

static void events_have_their_names_and_words(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_kill(LL_FIT_WIDE);
	(void)state;

	assert_true(svg_says(drawing.document, "captures"));
	assert_true(svg_says(drawing.document, "starts"));
	assert_true(svg_says(drawing.document, "1.4.0"));
}

static void a_kill_of_which_nothing_was_captured_is_still_a_moment(void **state)
{
	const struct ll_lanes_chart chart = {
		.chart = {.id = "kill", .title = ll_str("Nothing was captured")},
		.end_ns = MINUTE(0),
		.unseen_ns = LL_TIME_NONE,
		.end_label = ll_str("killed"),
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_lanes(&chart);
	(void)state;

	assert_true(svg_says(drawing.document, "killed"));
}

static void nothing_at_all_is_said_to_be_nothing(void **state)
{
	const struct ll_lanes_chart chart = {
		.chart = {.id = "kill", .title = ll_str("Nothing")},
		.end_ns = LL_TIME_NONE,
		.unseen_ns = LL_TIME_NONE,
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_lanes(&chart);
	(void)state;

	assert_true(svg_says(drawing.document, "No data"));
}

static void absurd_values_and_hostile_words_do_no_harm(void **state)
{
	const struct ll_chart_point points[] = {{MINUTE(0), -5},
	                                        {MINUTE(1), LL_CHART_GAP},
	                                        {LL_TIME_NONE, 7},
	                                        {MINUTE(2), 1e300},
	                                        {MINUTE(3), 7}};
	const struct ll_chart_limit limit = {ll_str("<b>"), LL_CHART_GAP};
	const struct ll_chart_series series = {.label = ll_str("\"><script>alert(1)</script>"),
	                                       .points = points,
	                                       .count = LL_COUNT(points)};
	const struct ll_lane lane = {.name = ll_str("<script>"),
	                             .axis = LL_AXIS_COUNT,
	                             .series = &series,
	                             .series_count = 1,
	                             .limits = &limit,
	                             .limit_count = 1};
	const struct ll_chart_mark mark = {INT64_MAX, LL_MARK_DEPLOY, ll_str("]]>")};
	const struct ll_lane_events events = {.name = ll_str("&"), .marks = &mark, .count = 1};
	const struct ll_lanes_chart chart = {
		.chart = {.id = "kill", .title = ll_str("<script>")},
		.from_ns = MINUTE(0),
		.to_ns = MINUTE(4),
		.end_ns = MINUTE(3),
		.unseen_ns = LL_TIME_NONE,
		.end_label = ll_str("</svg>"),
		.lanes = &lane,
		.lane_count = 1,
		.events = &events,
		.event_count = 1,
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_lanes(&chart);
	(void)state;

	assert_int_equal(svg_count(drawing.document, "//*[local-name()='script']"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lanes_are_drawn_as_they_were),
		cmocka_unit_test(lanes_are_drawn_for_a_phone),
		cmocka_unit_test(every_lane_names_its_unit_and_its_last_value),
		cmocka_unit_test(the_end_and_what_was_not_seen_before_it_are_marked),
		cmocka_unit_test(events_have_their_names_and_words),
		cmocka_unit_test(a_kill_of_which_nothing_was_captured_is_still_a_moment),
		cmocka_unit_test(nothing_at_all_is_said_to_be_nothing),
		cmocka_unit_test(absurd_values_and_hostile_words_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
