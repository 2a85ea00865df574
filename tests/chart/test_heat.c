/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#include <math.h>

enum {
	DAYS = 14,
	SERVICES = 6,
};

static struct ll_str days[DAYS];
static double captures[SERVICES][DAYS];
static struct ll_heat_row rows[SERVICES];

/* Two weeks of six services: one fell silent, one had a broken collector, one began late. */
static struct ll_heat_chart coverage(enum ll_chart_fit fit)
{
	static const char *const names[] = {"cart",   "hub",    "checkout-api",
	                                    "ledger", "search", "a-service-with-a-very-long-name"};
	static const char *const labels[DAYS] = {"8 Nov", "9",  "10", "11", "12", "13", "14",
	                                         "15",    "16", "17", "18", "19", "20", "21 Nov"};

	for (size_t k = 0; k < DAYS; k++)
		days[k] = ll_str(labels[k]);
	for (size_t i = 0; i < SERVICES; i++) {
		for (size_t k = 0; k < DAYS; k++)
			captures[i][k] = (double)(24 - (i * 5 + k * 3) % 7);
		rows[i] = (struct ll_heat_row){ll_str(names[i]), captures[i]};
	}
	for (size_t k = 9; k < DAYS; k++)
		captures[1][k] = LL_CHART_GAP;
	for (size_t k = 3; k < 6; k++)
		captures[2][k] = 0;
	for (size_t k = 0; k < 4; k++)
		captures[4][k] = LL_CHART_GAP;
	captures[5][7] = 3;
	return (struct ll_heat_chart){
		.chart = {.id = "coverage", .title = ll_str("hub fell silent"), .fit = fit},
		.axis = LL_AXIS_COUNT,
		.name = ll_str("Captures a day"),
		.context = ll_str("November 2026, UTC"),
		.columns = days,
		.column_count = DAYS,
		.rows = rows,
		.row_count = SERVICES,
	};
}

static void two_weeks_of_captures_are_drawn_as_agreed(void **state)
{
	const struct ll_heat_chart heat = coverage(LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	(void)state;
	ll_test_golden("chart/heat-coverage.svg", ll_buf_str(&drawing.out));
}

static void on_a_phone_they_are_drawn_as_agreed(void **state)
{
	const struct ll_heat_chart heat = coverage(LL_FIT_NARROW);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	(void)state;
	ll_test_golden("chart/heat-coverage-narrow.svg", ll_buf_str(&drawing.out));
}

static void no_data_is_crossed_out_and_zero_is_a_number(void **state)
{
	const struct ll_heat_chart heat = coverage(LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	(void)state;
	assert_true(svg_says(drawing.document, "no data"));
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='text'][.='0']"), 3);
}

static void the_description_says_what_the_shades_say(void **state)
{
	const struct ll_heat_chart heat = coverage(LL_FIT_WIDE);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	(void)state;
	assert_true(
		svg_says(drawing.document,
	                 "Captures a day: 6 rows by 14 columns, highest 24; crossed out where"));
}

static void numbers_that_do_not_all_fit_are_not_written(void **state)
{
	struct ll_heat_chart heat = coverage(LL_FIT_NARROW);

	(void)state;
	captures[3][3] = 123456789;
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	assert_int_equal(svg_count(drawing.document, "//*[local-name()='text'][.='0']"), 0);
}

static void what_is_no_number_is_no_data(void **state)
{
	static const double odd[] = {HUGE_VAL, -HUGE_VAL, 1e300, -4};
	static const struct ll_heat_row row = {{"odd", 3}, odd};
	struct ll_str names[4] = {ll_str("a"), ll_str("b"), ll_str("c"), ll_str("d")};
	const struct ll_heat_chart heat = {.chart = {.id = "h"},
	                                   .columns = names,
	                                   .column_count = 4,
	                                   .rows = &row,
	                                   .row_count = 1,
	                                   .axis = LL_AXIS_COUNT};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	(void)state;
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='text'][.='0']"), 1);
	assert_true(svg_says(drawing.document, "no data"));
}

static void a_map_without_any_number_says_so(void **state)
{
	const struct ll_heat_chart heat = {.chart = {.id = "h"}};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	(void)state;
	assert_true(svg_says(drawing.document, "No data"));
}

static void rows_and_columns_beyond_the_ceiling_are_counted(void **state)
{
	enum { MANY = 300 };
	static double values[MANY];
	static struct ll_str names[MANY];
	static struct ll_heat_row many[MANY];
	const struct ll_heat_chart heat = {.chart = {.id = "h"},
	                                   .axis = LL_AXIS_COUNT,
	                                   .columns = names,
	                                   .column_count = MANY,
	                                   .rows = many,
	                                   .row_count = MANY};

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		values[i] = (double)i;
		names[i] = ll_str("x");
		many[i] = (struct ll_heat_row){ll_str("row"), values};
	}
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	assert_true(svg_says(drawing.document, "Not shown: 200 more rows, 240 earlier columns."));
	assert_true(drawing.out.size < 220 * 1024);
}

static void names_of_strangers_stay_text(void **state)
{
	static const double one[] = {1};
	static const struct ll_heat_row row = {{"<script>&\"\x01", 11}, one};
	struct ll_str names[1] = {ll_str("</svg>")};
	const struct ll_heat_chart heat = {.chart = {.id = "h"},
	                                   .columns = names,
	                                   .column_count = 1,
	                                   .rows = &row,
	                                   .row_count = 1,
	                                   .axis = LL_AXIS_COUNT};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_heat(&heat);

	(void)state;
	assert_true(svg_says(drawing.document, "<script>"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_weeks_of_captures_are_drawn_as_agreed),
		cmocka_unit_test(on_a_phone_they_are_drawn_as_agreed),
		cmocka_unit_test(no_data_is_crossed_out_and_zero_is_a_number),
		cmocka_unit_test(the_description_says_what_the_shades_say),
		cmocka_unit_test(numbers_that_do_not_all_fit_are_not_written),
		cmocka_unit_test(what_is_no_number_is_no_data),
		cmocka_unit_test(a_map_without_any_number_says_so),
		cmocka_unit_test(rows_and_columns_beyond_the_ceiling_are_counted),
		cmocka_unit_test(names_of_strangers_stay_text),
	};

	return cmocka_run_group_tests_name("chart.heat", tests, NULL, NULL);
}
