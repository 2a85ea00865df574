/* SPDX-License-Identifier: Apache-2.0 */
/* test_bar.c - one bar of parts. */
#include "draw.h"

#define MIB 1048576.0
/* What ll_str says, for a table. */
#define TEXT(text)                                                                                 \
	{                                                                                          \
		.data = (text), .size = sizeof(text) - 1                                           \
	}

static struct drawing draw_bar(const struct ll_bar_part *parts, size_t count, double limit)
{
	const struct ll_bar_chart bar = {
		.chart = {.id = "parts", .title = ll_str("Where 90 MiB were")},
		.axis = LL_AXIS_BYTES,
		.parts = parts,
		.count = count,
		.has_limit = limit > 0,
		.limit = limit,
	};
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_bar(&bar, &drawing.out, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), "parts");
	return drawing;
}

static const struct ll_bar_part parts[] = {
	{TEXT("live heap"), LL_ROLE_1, 60 * MIB},
	{TEXT("floating garbage"), LL_ROLE_2, 29 * MIB},
	{TEXT("stacks"), LL_ROLE_3, 1024},
};

static void parts_are_drawn_as_they_were(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) =
		draw_bar(parts, LL_COUNT(parts), 96 * MIB);
	(void)state;

	ll_test_golden("chart/bar.svg", ll_buf_str(&drawing.out));
}

static void every_part_is_named_with_its_size(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) =
		draw_bar(parts, LL_COUNT(parts), 96 * MIB);
	(void)state;

	assert_true(svg_says(drawing.document, "live heap 60 MiB"));
	assert_true(svg_says(drawing.document, "stacks 1 KiB"));
	assert_true(svg_says(drawing.document, "limit 96 MiB"));
}

static void a_part_too_small_to_be_seen_is_one_unit_wide(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_bar(parts, LL_COUNT(parts), 0);
	(void)state;

	assert_int_equal(
		svg_count(drawing.document,
	                  "//*[@class='series-3']/*[local-name()='rect'][@width='1'][@y='18']"),
		1);
}

static void the_limit_crosses_no_digit(void **state)
{
	const struct ll_bar_part halves[] = {
		{ll_str("live heap"), LL_ROLE_1, 60 * MIB},
		{ll_str("stacks"), LL_ROLE_2, 2 * MIB},
		{ll_str("not Go"), LL_ROLE_3, 28 * MIB},
	};
	const char *const crossed = "//*[local-name()='text'][@class='chart-hollow'][@x > 230]"
				    "[@x < 250]";
	struct drawing middle LL_CLEANUP(drawing_done) =
		draw_bar(halves, LL_COUNT(halves), 30 * MIB);
	struct drawing narrow LL_CLEANUP(drawing_done) =
		draw_bar(halves, LL_COUNT(halves), 61 * MIB);
	(void)state;

	/* 30 of 90 MiB are the middle of the first part, at 240 of 720. */
	assert_int_equal(svg_count(middle.document, crossed), 0);
	assert_int_equal(svg_count(middle.document,
	                           "//*[local-name()='text'][.='1'][@class='chart-hollow']"),
	                 1);
	/* The second part is too narrow for a digit beside the line. */
	assert_int_equal(svg_count(narrow.document,
	                           "//*[local-name()='text'][.='2'][@class='chart-hollow']"),
	                 0);
}

static void what_is_no_size_has_no_part(void **state)
{
	const struct ll_bar_part odd[] = {
		{ll_str("live heap"), LL_ROLE_1, 60 * MIB},
		{ll_str("less"), LL_ROLE_2, -MIB},
		{ll_str("unknown"), LL_ROLE_3, LL_CHART_GAP},
		{ll_str("absurd"), LL_ROLE_4, 1e300},
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_bar(odd, LL_COUNT(odd), 0);
	(void)state;

	assert_true(svg_says(drawing.document, "live heap"));
	assert_false(svg_says(drawing.document, "less"));
	assert_false(svg_says(drawing.document, "absurd"));
}

static void a_bar_without_parts_says_so(void **state)
{
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_bar(NULL, 0, 0);
	(void)state;

	assert_true(svg_says(drawing.document, "No data"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_drawn_as_they_were),
		cmocka_unit_test(every_part_is_named_with_its_size),
		cmocka_unit_test(a_part_too_small_to_be_seen_is_one_unit_wide),
		cmocka_unit_test(the_limit_crosses_no_digit),
		cmocka_unit_test(what_is_no_size_has_no_part),
		cmocka_unit_test(a_bar_without_parts_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
