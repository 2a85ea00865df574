/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"
#include "svg.h"

#include <math.h>

struct page {
	struct ll_buf out;
	struct ll_svg svg;
};

static struct page *page_new(void)
{
	struct page *const page = ll_calloc(1, sizeof *page);

	ll_buf_init(&page->out, LL_BUF_PAGE);
	ll_svg_init(&page->svg, &page->out, "chart", "");
	return page;
}

static void page_freep(struct page **page)
{
	ll_buf_done(&(*page)->out);
	free(*page);
}

static void elements_nest_and_close_themselves(void **state)
{
	struct page *page LL_CLEANUP(page_freep) = page_new();

	(void)state;
	ll_svg_open(&page->svg, "g");
	ll_svg_open_line(&page->svg, 0, 1.5, 2.25, -3);
	ll_svg_close(&page->svg);
	ll_svg_close(&page->svg);

	assert_string_equal(page->out.data,
	                    "<g>\n<line x1=\"0\" y1=\"1.5\" x2=\"2.25\" y2=\"-3\"/></g>");
}

static void text_and_attributes_are_escaped(void **state)
{
	struct page *page LL_CLEANUP(page_freep) = page_new();

	(void)state;
	ll_svg_open(&page->svg, "text");
	ll_svg_attr(&page->svg, "class", "a\"b<c");
	ll_svg_text(&page->svg, ll_str("</text><script>&\x02"));
	ll_svg_close(&page->svg);

	assert_string_equal(page->out.data, "<text class=\"a&quot;b&lt;c\">"
	                                    "&lt;/text&gt;&lt;script&gt;&amp;\xef\xbf\xbd</text>");
}

static void nothing_comes_between_a_text_and_its_parts(void **state)
{
	struct page *page LL_CLEANUP(page_freep) = page_new();

	(void)state;
	ll_svg_open(&page->svg, "text");
	ll_svg_title(&page->svg, ll_str("whole"));
	ll_svg_text(&page->svg, ll_str("cut"));
	ll_svg_close(&page->svg);

	assert_string_equal(page->out.data, "<text><title>whole</title>cut</text>");
}

static void numbers_have_two_decimals_at_most_and_no_negative_zero(void **state)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = {
		{1.0 / 3, " a=\"0.33\""},       {2.5, " a=\"2.5\""},
		{-0.001, " a=\"0\""},           {-0.5, " a=\"-0.5\""},
		{0.05, " a=\"0.05\""},          {1e300, " a=\"100000\""},
		{-1e300, " a=\"-100000\""},     {(double)NAN, " a=\"0\""},
		{(double)INFINITY, " a=\"0\""}, {1234567, " a=\"100000\""},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct page *page LL_CLEANUP(page_freep) = page_new();

		ll_svg_number(&page->svg, "a", rows[i].value);

		assert_string_equal(page->out.data, rows[i].text);
	}
}

static void paths_are_relative_and_errors_do_not_add_up(void **state)
{
	struct page *page LL_CLEANUP(page_freep) = page_new();

	(void)state;
	ll_svg_path_open(&page->svg);
	ll_svg_path_move(&page->svg, 10.04, 5);
	ll_svg_path_line(&page->svg, 10.08, 6);
	ll_svg_path_line(&page->svg, 10.12, 4);
	ll_svg_path_line(&page->svg, 10.16, 6.5);
	ll_svg_path_shut(&page->svg);
	ll_svg_path_end(&page->svg);
	ll_svg_close(&page->svg);

	/* 10.16 rounds to 10.2, and 10 + 0.1 + 0 + 0.1 is that. */
	assert_string_equal(page->out.data, "<path d=\"M10 5l0.1 1 0-2 0.1 2.5z\"/>");
}

static void level_lines_are_joined(void **state)
{
	struct page *page LL_CLEANUP(page_freep) = page_new();

	(void)state;
	ll_svg_path_open(&page->svg);
	ll_svg_path_move(&page->svg, 0, 5);
	for (int i = 1; i <= 100; i++)
		ll_svg_path_line(&page->svg, i, 5);
	ll_svg_path_line(&page->svg, 100, 9);
	ll_svg_path_line(&page->svg, 100, 7);
	ll_svg_path_end(&page->svg);
	ll_svg_close(&page->svg);

	/* Up and down again are two lines: the spike between them is seen. */
	assert_string_equal(page->out.data, "<path d=\"M0 5l100 0 0 4 0-2\"/>");
}

static void ids_of_different_charts_differ(void **state)
{
	static const char *const ids[] = {"a", "a_", "a-",   "a b", "a_20b",
	                                  "9", "c9", "c_39", "",    "c"};
	struct page *pages[LL_COUNT(ids)];

	(void)state;
	for (size_t i = 0; i < LL_COUNT(ids); i++) {
		pages[i] = page_new();
		pages[i]->svg.id = ids[i];
		ll_svg_id(&pages[i]->svg, "title");
	}

	for (size_t i = 0; i < LL_COUNT(ids); i++) {
		assert_null(strpbrk(pages[i]->out.data + 4, " <>&'"));
		/* No id and "c" are the one pair that a caller could not mean differently. */
		for (size_t k = i + 1; k < LL_COUNT(ids) - 2; k++)
			assert_string_not_equal(pages[i]->out.data, pages[k]->out.data);
	}
	for (size_t i = 0; i < LL_COUNT(ids); i++)
		page_freep(&pages[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_nest_and_close_themselves),
		cmocka_unit_test(text_and_attributes_are_escaped),
		cmocka_unit_test(nothing_comes_between_a_text_and_its_parts),
		cmocka_unit_test(numbers_have_two_decimals_at_most_and_no_negative_zero),
		cmocka_unit_test(paths_are_relative_and_errors_do_not_add_up),
		cmocka_unit_test(level_lines_are_joined),
		cmocka_unit_test(ids_of_different_charts_differ),
	};

	return cmocka_run_group_tests_name("chart.svg", tests, NULL, NULL);
}
