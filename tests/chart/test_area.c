/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#include <math.h>

#define MIB 1048576.0

enum {
	COUNT = 56,
	MOST_LAYERS = 12,
};

static int64_t times[COUNT];
static double values[MOST_LAYERS][COUNT];
static struct ll_area_layer layers[MOST_LAYERS];

static const char LAYERS[] = "//*[@clip-path]/*[starts-with(@class, 'series-')]";

/* A week of eight call sites, the first of which grows; captures are missing on the third day. */
static struct ll_area_chart call_sites(enum ll_chart_fit fit)
{
	static const char *const names[] = {
		"ledger.(*Store).Put",        "cache.(*LRU).Add",   "json.(*decodeState).object",
		"http.(*Transport).dialConn", "bytes.growSlice",    "bufio.NewReaderSize",
		"syntax.(*compiler).inst",    "57 other call sites"};

	for (int i = 0; i < COUNT; i++) {
		times[i] = DRAW_START + (int64_t)i * 3 * LL_NS_PER_HOUR;
		for (int k = 0; k < 8; k++)
			values[k][i] = (90 - 10 * k + (k == 0 ? 6 * i : i * (k + 3) % 7)) * MIB;
		if (i > 18 && i < 23)
			values[2][i] = LL_CHART_GAP;
	}
	for (size_t k = 0; k < 8; k++)
		layers[k] = (struct ll_area_layer){ll_str(names[k]), ll_role_of(k), values[k]};
	return (struct ll_area_chart){
		.chart = {.id = "sites",
	                  .title = ll_str("ledger.(*Store).Put owns the growth"),
	                  .description = ll_str("In-use space by call site, one week."),
	                  .fit = fit},
		.plane = {.axis = LL_AXIS_BYTES, .name = ll_str("In-use space")},
		.times_ns = times,
		.count = COUNT,
		.layers = layers,
		.layer_count = 8,
	};
}

/* Layers of equal values 1, 2, 3 ... */
static struct ll_area_chart plain(size_t layer_count)
{
	for (int i = 0; i < COUNT; i++) {
		times[i] = DRAW_START + i * LL_NS_PER_HOUR;
		for (size_t k = 0; k < layer_count; k++)
			values[k][i] = (double)k + 1;
	}
	for (size_t k = 0; k < layer_count; k++)
		layers[k] = (struct ll_area_layer){ll_str("layer"), ll_role_of(k), values[k]};
	return (struct ll_area_chart){
		.chart = {.id = "a"},
		.plane = {.axis = LL_AXIS_COUNT},
		.times_ns = times,
		.count = COUNT,
		.layers = layers,
		.layer_count = layer_count,
	};
}

static void call_sites_are_drawn_as_agreed(void **state)
{
	const struct ll_area_chart area = call_sites(LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_area(&area);

	(void)state;
	ll_test_golden("chart/area-sites.svg", ll_buf_str(&drawing.out));
}

static void call_sites_on_a_phone_are_drawn_as_agreed(void **state)
{
	const struct ll_area_chart area = call_sites(LL_FIT_NARROW);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_area(&area);

	(void)state;
	ll_test_golden("chart/area-sites-narrow.svg", ll_buf_str(&drawing.out));
}

static void a_layer_is_named_with_its_last_value_and_the_total_is_told(void **state)
{
	const struct ll_area_chart area = plain(3);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_area(&area);

	(void)state;
	assert_true(svg_says(drawing.document, "Total 6"));
	assert_true(svg_says(drawing.document, "layer 3"));
	assert_int_equal(svg_count(drawing.document, LAYERS), 3);
}

static void one_layer_has_no_total(void **state)
{
	const struct ll_area_chart area = plain(1);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_area(&area);

	(void)state;
	assert_false(svg_says(drawing.document, "Total"));
}

static void a_moment_with_an_unknown_layer_is_a_gap_in_all(void **state)
{
	const struct ll_area_chart area = plain(3);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	values[1][20] = LL_CHART_GAP;
	drawing = draw_area(&area);

	assert_int_equal(svg_count(drawing.document, "//*[@clip-path]/*/*[local-name()='path']"
	                                             "[contains(substring(@d, 2), 'M')]"),
	                 3);
	assert_int_equal(
		svg_count(drawing.document, "//*[@class='chart-gap']/*[local-name()='rect']"), 1);
}

static void moments_too_far_apart_have_a_gap_between_them(void **state)
{
	struct ll_area_chart area = plain(2);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	for (int i = 30; i < COUNT; i++)
		times[i] += LL_NS_PER_DAY;
	area.most_apart_ns = 2 * LL_NS_PER_HOUR;
	drawing = draw_area(&area);

	assert_int_equal(
		svg_count(drawing.document, "//*[@class='chart-gap']/*[local-name()='rect']"), 1);
}

static void layers_beyond_the_eighth_are_added_up(void **state)
{
	const struct ll_area_chart area = plain(12);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_area(&area);

	(void)state;
	assert_int_equal(svg_count(drawing.document, LAYERS), LL_AREA_LAYERS);
	assert_true(svg_says(drawing.document, "5 others 50")); /* 8 + 9 + 10 + 11 + 12 */
	assert_true(svg_says(drawing.document, "Total 78"));
}

static void negative_values_are_drawn_as_zero_and_that_is_said(void **state)
{
	const struct ll_area_chart area = plain(2);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	values[0][COUNT - 1] = -5;
	drawing = draw_area(&area);

	assert_true(svg_says(drawing.document, "Negative values are drawn as zero."));
	assert_true(svg_says(drawing.document, "Total 2"));
}

static void a_single_moment_is_a_bar(void **state)
{
	struct ll_area_chart area = plain(2);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	area.count = 1;
	drawing = draw_area(&area);

	assert_int_equal(svg_count(drawing.document, LAYERS), 2);
}

static void thinned_layers_still_add_up(void **state)
{
	enum { MANY = 100000 };
	int64_t *many_times LL_CLEANUP(ll_freep) = ll_calloc(MANY, sizeof *many_times);
	double *many_values LL_CLEANUP(ll_freep) = ll_calloc(MANY, sizeof *many_values);
	struct ll_area_chart area = plain(2);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	for (int i = 0; i < MANY; i++) {
		many_times[i] = DRAW_START + i * LL_NS_PER_S;
		many_values[i] = i == 54321 ? 5000 : i % 9;
	}
	layers[0].values = many_values;
	layers[1].values = many_values;
	area.times_ns = many_times;
	area.count = MANY;
	drawing = draw_area(&area);

	assert_true(svg_says(drawing.document, "10,000"));
	assert_true(drawing.out.size < 120000);
}

/* Ten moments at times out of order, with two numbers in turn. */
static void draw_numbers(double a, double b, size_t turn)
{
	static const int64_t extremes[] = {LL_TIME_NONE, INT64_MIN + 1, 0, 1, INT64_MAX};
	struct ll_area_chart area = plain(2);
	struct drawing drawing LL_CLEANUP(drawing_done);

	for (size_t i = 0; i < 10; i++) {
		times[i] = extremes[(i + turn) % LL_COUNT(extremes)];
		values[0][i] = i % 3 ? a : b;
		values[1][i] = i % 2 ? b : 1;
	}
	area.count = 10;
	drawing = draw_area(&area);

	assert_true(drawing.out.size > 0);
}

static void any_numbers_give_a_picture(void **state)
{
	const double numbers[] = {(double)NAN, -(double)INFINITY, 1e308, -1e21, 0, 1e-9,
	                          1,           (double)INT64_MAX, 1e21};

	(void)state;
	for (size_t a = 0; a < LL_COUNT(numbers); a++) {
		for (size_t b = 0; b < LL_COUNT(numbers); b++)
			draw_numbers(numbers[a], numbers[b], a);
	}
}

static void nothing_to_draw_says_so(void **state)
{
	struct ll_area_chart no_layers = plain(0), no_times = plain(3);
	struct drawing first LL_CLEANUP(drawing_done);
	struct drawing second LL_CLEANUP(drawing_done);

	(void)state;
	no_times.count = 0;
	first = draw_area(&no_layers);
	second = draw_area(&no_times);

	assert_true(svg_says(first.document, "No data"));
	assert_true(svg_says(second.document, "No data"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(call_sites_are_drawn_as_agreed),
		cmocka_unit_test(call_sites_on_a_phone_are_drawn_as_agreed),
		cmocka_unit_test(a_layer_is_named_with_its_last_value_and_the_total_is_told),
		cmocka_unit_test(one_layer_has_no_total),
		cmocka_unit_test(a_moment_with_an_unknown_layer_is_a_gap_in_all),
		cmocka_unit_test(moments_too_far_apart_have_a_gap_between_them),
		cmocka_unit_test(layers_beyond_the_eighth_are_added_up),
		cmocka_unit_test(negative_values_are_drawn_as_zero_and_that_is_said),
		cmocka_unit_test(a_single_moment_is_a_bar),
		cmocka_unit_test(thinned_layers_still_add_up),
		cmocka_unit_test(any_numbers_give_a_picture),
		cmocka_unit_test(nothing_to_draw_says_so),
	};

	return cmocka_run_group_tests_name("chart.area", tests, NULL, NULL);
}
