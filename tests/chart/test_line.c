/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#include <math.h>

#define MIB 1048576.0

enum {
	SAW = 240,
	FLOOR = 20,
};

static const char PATHS_OF_ROLE_1[] = "//*[@class='series-1']/*[local-name()='path']";

/* ---------------------------------------------------------------------- examples */

/* Four hours of a heap that fills to twice its floor and falls back; a restart in the middle. */
static void make_saw(struct ll_chart_point *saw, struct ll_chart_point *next,
                     struct ll_chart_point *floor_points, size_t *ret_floor_count)
{
	double floor_value = 60, heap = 60;
	size_t used = 0;

	for (int i = 0; i < SAW; i++) {
		const int64_t time_ns = DRAW_START + i * LL_NS_PER_MINUTE;

		heap += 9 + i % 5;
		if (heap > 2 * floor_value) {
			floor_value += 9;
			heap = floor_value;
			floor_points[used++] = (struct ll_chart_point){time_ns, heap * MIB};
		}
		if (i == 118) {
			floor_value = 55;
			heap = 55;
			floor_points[used++] = (struct ll_chart_point){time_ns, LL_CHART_GAP};
		}
		saw[i] = (struct ll_chart_point){time_ns, heap * MIB};
		next[i] = (struct ll_chart_point){time_ns, 2 * floor_value * MIB};
		if (i >= 118 && i < 124) {
			saw[i].value = LL_CHART_GAP;
			next[i].value = LL_CHART_GAP;
		}
	}
	*ret_floor_count = used;
}

static struct drawing draw_heap(enum ll_chart_fit fit)
{
	static struct ll_chart_point saw[SAW], next[SAW], floor_points[SAW];
	const struct ll_chart_limit limits[] = {{ll_str("GOMEMLIMIT"), 450 * MIB},
	                                        {ll_str("cgroup limit"), 512 * MIB}};
	const struct ll_chart_mark marks[] = {
		{DRAW_START + 117 * LL_NS_PER_MINUTE, LL_MARK_DEPLOY, ll_str("v1.42.0")},
		{DRAW_START + 118 * LL_NS_PER_MINUTE, LL_MARK_RESTART, ll_str("")},
		{DRAW_START + 241 * LL_NS_PER_MINUTE, LL_MARK_OOM, ll_str("")},
	};
	size_t floor_count;

	make_saw(saw, next, floor_points, &floor_count);
	{
		const struct ll_chart_series series[] = {
			{ll_str("NextGC"), LL_ROLE_2, LL_DRAW_LINE, next, SAW, 0},
			{ll_str("HeapAlloc"), LL_ROLE_1, LL_DRAW_FINE, saw, SAW, 0},
			{ll_str("live after GC"), LL_ROLE_1, LL_DRAW_POINTS, floor_points,
		         floor_count, 0},
		};
		const struct ll_line_chart line = {
			.chart = {.id = "heap",
		                  .title = ll_str("The live heap grows until the kernel ends it"),
		                  .description =
		                          ll_str("HeapAlloc, NextGC and live heap, 4 hours."),
		                  .fit = fit},
			.plane = {.axis = LL_AXIS_BYTES,
		                  .name = ll_str("Heap"),
		                  .limits = limits,
		                  .limit_count = LL_COUNT(limits),
		                  .marks = marks,
		                  .mark_count = LL_COUNT(marks)},
			.series = series,
			.series_count = LL_COUNT(series),
		};

		return draw_line(&line);
	}
}

static struct drawing draw_trend(void)
{
	static struct ll_chart_point points[FLOOR];
	struct ll_chart_band places[8];
	const struct ll_chart_limit limit = {ll_str("cgroup limit"), 2048 * MIB};
	const struct ll_chart_series series = {
		ll_str("live heap"), LL_ROLE_1, LL_DRAW_POINTS, points, FLOOR, LL_NS_PER_DAY};
	const struct ll_chart_trend trend = {ll_str("+38 MiB a day"), LL_ROLE_2, places,
	                                     LL_COUNT(places)};
	const struct ll_line_chart line = {
		.chart = {.id = "trend",
	                  .title = ll_str("The live heap meets its limit around 19 December"),
	                  .description =
	                          ll_str("Live heap after collection, fitted line, 95 % band.")},
		.plane = {.axis = LL_AXIS_BYTES,
	                  .name = ll_str("Live heap"),
	                  .limits = &limit,
	                  .limit_count = 1},
		.series = &series,
		.series_count = 1,
		.trend = &trend,
	};

	for (int i = 0; i < FLOOR; i++)
		points[i] = (struct ll_chart_point){DRAW_START + (int64_t)i * 12 * LL_NS_PER_HOUR,
		                                    i == 9 ? LL_CHART_GAP
		                                           : (1000 + 19 * i + i * 7 % 5 * 8) * MIB};
	for (int i = 0; i < 8; i++) {
		const double middle = 1010.0 + 19 * i * 8, spread = 20.0 + 9 * i;

		places[i] = (struct ll_chart_band){DRAW_START + (int64_t)i * 96 * LL_NS_PER_HOUR,
		                                   (middle - spread) * MIB, middle * MIB,
		                                   (middle + spread) * MIB};
	}
	return draw_line(&line);
}

/* ------------------------------------------------------------------------- tests */

static void the_heap_is_drawn_as_agreed(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heap(LL_FIT_WIDE);

	(void)state;
	ll_test_golden("chart/line-heap.svg", ll_buf_str(&drawing.out));
}

static void the_heap_on_a_phone_is_drawn_as_agreed(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heap(LL_FIT_NARROW);

	(void)state;
	ll_test_golden("chart/line-heap-narrow.svg", ll_buf_str(&drawing.out));
}

static void the_trend_is_drawn_as_agreed(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_trend();

	(void)state;
	ll_test_golden("chart/line-trend.svg", ll_buf_str(&drawing.out));
}

/* A chart of one series of role 1, as counts. */
static struct drawing draw_points(const struct ll_chart_point *points, size_t count,
                                  enum ll_series_draw draw)
{
	const struct ll_chart_series series = {
		.label = ll_str("goroutines"), .draw = draw, .points = points, .count = count};
	const struct ll_line_chart line = {.chart = {.id = "c"},
	                                   .plane = {.axis = LL_AXIS_COUNT},
	                                   .series = &series,
	                                   .series_count = 1};

	return draw_line(&line);
}

static void a_gap_is_not_bridged(void **state)
{
	struct ll_chart_point points[20];
	struct drawing drawing LL_CLEANUP(drawing_done);
	const char *path;

	(void)state;
	draw_rising(points, 20);
	points[10].value = LL_CHART_GAP;
	drawing = draw_points(points, 20, LL_DRAW_LINE);

	/* Two moves of the pen in the one path of the series. */
	path = strstr(strstr(drawing.out.data, "class=\"series-1\""), "<path d=\"M");
	assert_non_null(path);
	assert_non_null(strchr(path + 10, 'M'));
	assert_true(strchr(path + 10, 'M') < strchr(path + 10, '"'));
}

static void a_point_between_two_gaps_is_a_dot(void **state)
{
	struct ll_chart_point points[5];
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, 5);
	points[1].value = LL_CHART_GAP;
	points[3].value = LL_CHART_GAP;
	drawing = draw_points(points, 5, LL_DRAW_LINE);

	/* Three points alone, and the dot that ends every series. */
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='circle']"), 4);
}

static void few_floor_points_have_dots_and_many_have_none(void **state)
{
	struct ll_chart_point points[400];
	struct drawing few LL_CLEANUP(drawing_done);
	struct drawing many LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, 400);
	few = draw_points(points, 30, LL_DRAW_POINTS);
	many = draw_points(points, 400, LL_DRAW_POINTS);

	assert_int_equal(svg_count(few.document, "//*[local-name()='circle']"), 31);
	assert_int_equal(svg_count(many.document, "//*[local-name()='circle']"), 1);
}

static void series_differ_in_dash(void **state)
{
	struct ll_chart_point points[10];
	struct ll_chart_series series[5];
	const struct ll_line_chart line = {.chart = {.id = "c"},
	                                   .plane = {.axis = LL_AXIS_COUNT},
	                                   .series = series,
	                                   .series_count = 5};
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, 10);
	for (size_t i = 0; i < 5; i++)
		series[i] = (struct ll_chart_series){
			.label = ll_str("s"), .role = ll_role_of(i), .points = points, .count = 10};
	drawing = draw_line(&line);

	assert_int_equal(svg_count(drawing.document,
	                           "//*[@clip-path]/*/*[local-name()='path'][@stroke-dasharray]"),
	                 4);
}

static void a_spike_among_200000_points_is_seen(void **state)
{
	enum { COUNT = 200000 };
	struct ll_chart_point *points LL_CLEANUP(ll_freep) = ll_calloc(COUNT, sizeof *points);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	for (int i = 0; i < COUNT; i++)
		points[i] = (struct ll_chart_point){DRAW_START + i * LL_NS_PER_S, i % 7};
	points[131071].value = 1000;
	drawing = draw_points(points, COUNT, LL_DRAW_FINE);

	/* The axis reaches up to the spike, and the picture stays small. */
	assert_true(svg_says(drawing.document, "1,000"));
	assert_true(drawing.out.size < 30000);
}

static void a_series_without_points_is_named_in_a_note(void **state)
{
	struct ll_chart_point points[10];
	const struct ll_chart_series series[] = {
		{.label = ll_str("HeapAlloc"), .points = points, .count = 10},
		{.label = ll_str("NextGC"), .role = LL_ROLE_2},
	};
	const struct ll_line_chart line = {.chart = {.id = "c"},
	                                   .plane = {.axis = LL_AXIS_BYTES},
	                                   .series = series,
	                                   .series_count = 2};
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, 10);
	drawing = draw_line(&line);

	assert_true(svg_says(drawing.document, "No data for NextGC."));
}

static void a_band_without_bounds_is_a_line_alone(void **state)
{
	struct ll_chart_point points[10];
	const struct ll_chart_series series = {.label = ll_str("n"), .points = points, .count = 10};
	const struct ll_chart_band places[] = {
		{DRAW_START, LL_CHART_GAP, 0, LL_CHART_GAP},
		{DRAW_START + LL_NS_PER_HOUR, LL_CHART_GAP, 60, (double)INFINITY},
	};
	const struct ll_chart_trend trend = {ll_str("+1 a minute"), LL_ROLE_2, places, 2};
	const struct ll_line_chart line = {.chart = {.id = "c"},
	                                   .plane = {.axis = LL_AXIS_COUNT},
	                                   .series = &series,
	                                   .series_count = 1,
	                                   .trend = &trend};
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	draw_rising(points, 10);
	drawing = draw_line(&line);

	assert_int_equal(
		svg_count(drawing.document,
	                  "//*[@clip-path]/*[@class='series-2']/*[@fill-opacity][@d != '']"),
		0);
	assert_true(svg_says(drawing.document, "+1 a minute"));
}

/* U+202E: what follows is shown from right to left. */
static const char REVERSER[] = {(char)0xe2, (char)0x80, (char)0xae, 'd', 'e', 'r', '\0'};
/* An odd byte, an over-long one, a surrogate. */
static const char MALFORMED[] = {(char)0xff, (char)0xc0, (char)0x80, (char)0xed,
                                 (char)0xa0, (char)0x80, '\0'};

static bool holds_bytes(struct ll_str text, const char *bytes, size_t size)
{
	for (size_t i = 0; i + size <= text.size; i++) {
		if (memcmp(text.data + i, bytes, size) == 0)
			return true;
	}
	return false;
}

static void hostile_labels_do_no_harm(void **state)
{
	static char long_label[10001];
	struct ll_chart_point points[10];
	const char *const labels[] = {
		"</text><script>alert(1)</script>",
		"a\x01\x02\x1b[31m\x7f",
		REVERSER,
		MALFORMED,
		"",
		"]]>&amp;<!--",
		long_label,
	};

	(void)state;
	memset(long_label, 'W', sizeof long_label - 1);
	draw_rising(points, 10);
	for (size_t i = 0; i < LL_COUNT(labels); i++) {
		const struct ll_str label = ll_str(labels[i]);
		const struct ll_chart_series series[] = {
			{.label = label, .points = points, .count = 10},
			{.label = label, .role = LL_ROLE_2}};
		const struct ll_chart_limit limit = {label, 5};
		const struct ll_chart_mark mark = {DRAW_START + LL_NS_PER_MINUTE, LL_MARK_NOTE,
		                                   label};
		const struct ll_chart_band places[] = {{DRAW_START, 0, 0, 0},
		                                       {DRAW_START + LL_NS_PER_HOUR, 5, 9, 12}};
		const struct ll_chart_trend trend = {label, LL_ROLE_3, places, 2};

		for (int fit = LL_FIT_ANY; fit <= LL_FIT_NARROW; fit++) {
			const struct ll_line_chart line = {
				.chart = {.id = "c",
			                  .title = label,
			                  .description = label,
			                  .fit = (enum ll_chart_fit)fit},
				.plane = {.axis = LL_AXIS_BYTES,
			                  .name = label,
			                  .limits = &limit,
			                  .limit_count = 1,
			                  .marks = &mark,
			                  .mark_count = 1},
				.series = series,
				.series_count = 2,
				.trend = &trend,
			};
			struct drawing drawing LL_CLEANUP(drawing_done) = draw_line(&line);

			assert_null(strstr(drawing.out.data, "<script"));
			assert_false(holds_bytes(ll_buf_str(&drawing.out), REVERSER, 3));
		}
	}
}

static void a_cut_label_is_whole_in_its_title(void **state)
{
	static const char name[] =
		"github.com/acme/checkout/internal/ledger/store/cache.(*ShardedStore).PutIfAbsent";
	struct ll_chart_point points[10];
	const struct ll_chart_series series = {
		.label = ll_str(name), .points = points, .count = 10};
	const struct ll_line_chart line = {.chart = {.id = "c", .fit = LL_FIT_NARROW},
	                                   .plane = {.axis = LL_AXIS_COUNT},
	                                   .series = &series,
	                                   .series_count = 1};
	struct drawing drawing LL_CLEANUP(drawing_done);
	char path[256];

	(void)state;
	draw_rising(points, 10);
	drawing = draw_line(&line);

	(void)snprintf(path, sizeof path, "//*[local-name()='text']/*[. = '%s']", name);
	assert_int_equal(svg_count(drawing.document, path), 1);
}

static void any_numbers_give_a_picture(void **state)
{
	static const int64_t times[] = {LL_TIME_NONE, INT64_MIN + 1, -1, 0, 1,
	                                DRAW_START,   INT64_MAX};
	const double values[] = {(double)NAN,
	                         -(double)INFINITY,
	                         (double)INFINITY,
	                         -1e308,
	                         (double)INT64_MIN,
	                         -1,
	                         -1e-300,
	                         0,
	                         1e-9,
	                         0.5,
	                         1,
	                         (double)INT64_MAX,
	                         1e21};

	(void)state;
	for (size_t a = 0; a < LL_COUNT(times) * LL_COUNT(values); a++) {
		for (size_t b = a; b < LL_COUNT(times) * LL_COUNT(values); b += 5) {
			const struct ll_chart_point points[] = {
				{times[a % LL_COUNT(times)], values[a / LL_COUNT(times)]},
				{times[b % LL_COUNT(times)], values[b / LL_COUNT(times)]},
			};
			const struct ll_chart_series series = {.points = points, .count = 2};
			const struct ll_line_chart line = {
				.chart = {.id = "c"},
				.plane = {.axis = a % 2 ? LL_AXIS_BYTES : LL_AXIS_COUNT,
			                  .may_leave_zero = b % 3 == 0},
				.series = &series,
				.series_count = 1,
			};
			struct drawing drawing LL_CLEANUP(drawing_done) = draw_line(&line);

			assert_true(drawing.out.size > 0);
		}
	}
}

static void nothing_to_draw_says_so(void **state)
{
	const struct ll_line_chart line = {.chart = {.id = "c"}, .plane = {.axis = LL_AXIS_COUNT}};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_line(&line);

	(void)state;
	assert_true(svg_says(drawing.document, "No data"));
	assert_int_equal(svg_count(drawing.document, PATHS_OF_ROLE_1), 0);
}

static void the_same_chart_gives_the_same_bytes(void **state)
{
	struct drawing first LL_CLEANUP(drawing_done) = draw_heap(LL_FIT_WIDE);
	struct drawing second LL_CLEANUP(drawing_done) = draw_heap(LL_FIT_WIDE);

	(void)state;
	assert_string_equal(first.out.data, second.out.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heap_is_drawn_as_agreed),
		cmocka_unit_test(the_heap_on_a_phone_is_drawn_as_agreed),
		cmocka_unit_test(the_trend_is_drawn_as_agreed),
		cmocka_unit_test(a_gap_is_not_bridged),
		cmocka_unit_test(a_point_between_two_gaps_is_a_dot),
		cmocka_unit_test(few_floor_points_have_dots_and_many_have_none),
		cmocka_unit_test(series_differ_in_dash),
		cmocka_unit_test(a_spike_among_200000_points_is_seen),
		cmocka_unit_test(a_series_without_points_is_named_in_a_note),
		cmocka_unit_test(a_band_without_bounds_is_a_line_alone),
		cmocka_unit_test(hostile_labels_do_no_harm),
		cmocka_unit_test(a_cut_label_is_whole_in_its_title),
		cmocka_unit_test(any_numbers_give_a_picture),
		cmocka_unit_test(nothing_to_draw_says_so),
		cmocka_unit_test(the_same_chart_gives_the_same_bytes),
	};

	return cmocka_run_group_tests_name("chart.line", tests, NULL, NULL);
}
