/* SPDX-License-Identifier: Apache-2.0 */
#include "check_svg.h"
#include "picture.h"

static const struct ll_picture_size usual = {
	.wide_width = 720, .wide_height = 300, .narrow_width = 340, .narrow_height = 260};

struct result {
	struct ll_buf out;
	xmlDoc *document;
};

static void result_done(struct result *result)
{
	xmlFreeDoc(result->document);
	ll_buf_done(&result->out);
}

/* The picture of a chart without data. */
static struct result absence_of(const struct ll_chart *chart)
{
	struct ll_picture picture LL_CLEANUP(ll_picture_done);
	struct ll_error err = LL_ERROR_INIT;
	struct result result;

	ll_buf_init(&result.out, LL_BUF_PAGE);
	ll_picture_init(&picture, chart, &usual);
	assert_ok(ll_picture_absence(&picture, "chart-line", ll_str("Heap."), &result.out, &err),
	          &err);
	result.document = check_svg(ll_buf_str(&result.out), chart->id);
	return result;
}

static void a_picture_has_the_size_of_its_fit(void **state)
{
	const struct ll_chart wide = {.id = "w", .fit = LL_FIT_WIDE};
	const struct ll_chart narrow = {.id = "n", .fit = LL_FIT_NARROW};
	struct result wide_result LL_CLEANUP(result_done) = absence_of(&wide);
	struct result narrow_result LL_CLEANUP(result_done) = absence_of(&narrow);

	(void)state;
	assert_int_equal(
		svg_count(wide_result.document,
	                  "/*[@viewBox='0 0 720 300'][@class='chart chart-line chart-wide']"
	                  "[not(@display)]"),
		1);
	assert_int_equal(
		svg_count(narrow_result.document,
	                  "/*[@viewBox='0 0 340 260'][@class='chart chart-line chart-narrow']"
	                  "[@display='none']"),
		1);
}

static void the_two_fits_of_a_chart_share_no_id(void **state)
{
	const struct ll_chart wide = {.id = "same", .fit = LL_FIT_WIDE};
	const struct ll_chart narrow = {.id = "same", .fit = LL_FIT_NARROW};
	struct result wide_result LL_CLEANUP(result_done) = absence_of(&wide);
	struct result narrow_result LL_CLEANUP(result_done) = absence_of(&narrow);

	(void)state;
	assert_int_equal(svg_count(wide_result.document, "//*[@id='same_title']"), 1);
	assert_int_equal(svg_count(narrow_result.document, "//*[@id='same_narrow_title']"), 1);
}

static void sizes_have_bounds(void **state)
{
	const struct ll_chart tiny = {.id = "t", .width = 1, .height = 1};
	const struct ll_chart huge = {.id = "h", .width = INT32_MAX, .height = INT32_MAX};
	struct result tiny_result LL_CLEANUP(result_done) = absence_of(&tiny);
	struct result huge_result LL_CLEANUP(result_done) = absence_of(&huge);

	(void)state;
	assert_int_equal(svg_count(tiny_result.document, "/*[@viewBox='0 0 60 20']"), 1);
	assert_int_equal(svg_count(huge_result.document, "/*[@viewBox='0 0 8000 8000']"), 1);
}

static void title_and_description_are_the_callers_words(void **state)
{
	const struct ll_chart chart = {
		.id = "c", .title = ll_str("Grows <b>"), .description = ll_str("From A & B")};
	struct result result LL_CLEANUP(result_done) = absence_of(&chart);

	(void)state;
	assert_int_equal(svg_count(result.document, "//*[@id='c_title'][. = 'Grows <b>']"), 1);
	assert_int_equal(svg_count(result.document, "//*[@id='c_desc'][. = 'From A & B']"), 1);
}

static void a_chart_without_words_still_has_some(void **state)
{
	const struct ll_chart chart = {.id = "c"};
	struct result result LL_CLEANUP(result_done) = absence_of(&chart);

	(void)state;
	assert_int_equal(svg_count(result.document, "//*[@id='c_title'][. = 'Chart']"), 1);
	assert_int_equal(svg_count(result.document, "//*[@id='c_desc'][. = 'Heap.']"), 1);
	assert_true(svg_says(result.document, "No data"));
}

static void absence_says_why_in_the_callers_words(void **state)
{
	const struct ll_chart chart = {.id = "c", .absence = ll_str("No captures in this week")};
	struct result result LL_CLEANUP(result_done) = absence_of(&chart);

	(void)state;
	assert_true(svg_says(result.document, "No captures in this week"));
}

static void a_cut_text_has_the_whole_as_its_title(void **state)
{
	const struct ll_chart chart = {
		.id = "c", .width = 120, .absence = ll_str("no captures of this service at all")};
	struct result result LL_CLEANUP(result_done) = absence_of(&chart);

	(void)state;
	assert_int_equal(svg_count(result.document,
	                           "//*[local-name()='text']/*[local-name()='title']"
	                           "[. = 'no captures of this service at all']"),
	                 1);
}

static void a_full_buffer_gets_no_half_picture(void **state)
{
	const struct ll_chart chart = {.id = "c"};
	struct ll_picture picture LL_CLEANUP(ll_picture_done);
	struct ll_buf out LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	ll_buf_init(&out, 100);
	ll_buf_puts(&out, "before");
	ll_picture_init(&picture, &chart, &usual);

	assert_int_equal(ll_picture_absence(&picture, "chart-line", ll_str("x"), &out, &err),
	                 LL_E_LIMIT);
	assert_string_equal(out.data, "before");
	assert_string_equal(err.text, "page with charts is larger than 100 bytes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_has_the_size_of_its_fit),
		cmocka_unit_test(the_two_fits_of_a_chart_share_no_id),
		cmocka_unit_test(sizes_have_bounds),
		cmocka_unit_test(title_and_description_are_the_callers_words),
		cmocka_unit_test(a_chart_without_words_still_has_some),
		cmocka_unit_test(absence_says_why_in_the_callers_words),
		cmocka_unit_test(a_cut_text_has_the_whole_as_its_title),
		cmocka_unit_test(a_full_buffer_gets_no_half_picture),
	};

	return cmocka_run_group_tests_name("chart.picture", tests, NULL, NULL);
}
