/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_style.c - the style sheets: their size, and the contrast of every colour that they name,
 * light and dark, as WCAG 2.2 computes it.
 */
#include "support.h"

#include <leakledger/file.h>

#include <math.h>

enum {
	LINES_MAX = 400,
	THEMES = 2, /* the first :root is light, the second dark */
};

struct sheet {
	struct ll_buf text;
	struct ll_str themes[THEMES];
};

static int read_sheet(void **state)
{
	struct sheet *const sheet = ll_calloc(1, sizeof *sheet);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_str rest;

	ll_buf_init(&sheet->text, LL_BUF_PAGE);
	assert_ok(ll_file_read(ll_test_source("templates/style/site.css"), &sheet->text, &err),
	          &err);
	rest = ll_buf_str(&sheet->text);
	for (size_t i = 0; i < THEMES; i++) {
		const size_t begin = ll_str_find(rest, ":root {");

		assert_true(begin != SIZE_MAX);
		rest = ll_str_from(rest, begin);
		sheet->themes[i] = ll_str_first(rest, ll_str_index(rest, '}'));
		rest = ll_str_from(rest, sheet->themes[i].size);
	}
	*state = sheet;
	return 0;
}

static int drop_sheet(void **state)
{
	struct sheet *const sheet = *state;

	ll_buf_done(&sheet->text);
	free(sheet);
	return 0;
}

/* Red, green and blue of "--NAME: #rgb;" or "#rrggbb;", each 0 to 1. */
static void color_of(struct ll_str theme, const char *name, double ret_parts[3])
{
	struct ll_str digits;
	char words[64];
	size_t at;

	(void)snprintf(words, sizeof words, "--%s: #", name);
	at = ll_str_find(theme, words);
	if (at == SIZE_MAX)
		fail_msg("no %s", words);
	digits = ll_str_from(theme, at + strlen(words));
	digits = ll_str_first(digits, ll_str_index(digits, ';'));
	assert_true(digits.size == 3 || digits.size == 6);
	for (size_t i = 0; i < 3; i++) {
		const size_t width = digits.size / 3;
		const char pair[] = {digits.data[i * width], digits.data[i * width + width - 1]};
		uint64_t part;

		assert_true(ll_str_to_hex(ll_str_n(pair, sizeof pair), &part));
		ret_parts[i] = (double)part / 255;
	}
}

static double luminance_of(struct ll_str theme, const char *name)
{
	static const double weights[] = {0.2126, 0.7152, 0.0722};
	double parts[3], sum = 0;

	color_of(theme, name, parts);
	for (size_t i = 0; i < 3; i++)
		sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92
		                                         : pow((parts[i] + 0.055) / 1.055, 2.4));
	return sum;
}

static void assert_contrast(const struct sheet *sheet, const char *name, const char *ground,
                            double least)
{
	for (size_t i = 0; i < THEMES; i++) {
		const double one = luminance_of(sheet->themes[i], name);
		const double other = luminance_of(sheet->themes[i], ground);
		const double contrast = (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);

		if (contrast < least)
			fail_msg("%s on %s, %s: %.2f, less than %.1f", name, ground,
			         i == 0 ? "light" : "dark", contrast, least);
	}
}

static void texts_have_four_and_a_half_to_one(void **state)
{
	static const char *const texts[] = {"text",    "muted", "link", "error",
	                                    "warning", "info",  "good"};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		assert_contrast(*state, texts[i], "surface", 4.5);
		assert_contrast(*state, texts[i], "raised", 4.5);
	}
	assert_contrast(*state, "error", "error-ground", 4.5);
	assert_contrast(*state, "text", "warning-ground", 4.5);
	assert_contrast(*state, "text", "info-ground", 4.5);
}

static void lines_that_carry_meaning_have_three_to_one(void **state)
{
	static const char *const series[] = {"series-1", "series-2", "series-3", "series-4",
	                                     "series-5", "series-6", "series-7", "series-other"};

	for (size_t i = 0; i < LL_COUNT(series); i++)
		assert_contrast(*state, series[i], "surface", 3);
	assert_contrast(*state, "strong", "surface", 3);
}

static void numbers_in_cells_can_be_read_on_every_shade(void **state)
{
	assert_contrast(*state, "on-low", "heat-1", 4.5);
	assert_contrast(*state, "on-low", "heat-2", 4.5);
	assert_contrast(*state, "on-low", "heat-3", 4.5);
	assert_contrast(*state, "on-4", "heat-4", 4.5);
	assert_contrast(*state, "on-high", "heat-5", 4.5);
}

static void the_sheets_are_short_and_do_not_shout(void **state)
{
	static const char *const paths[] = {"templates/style/site.css",
	                                    "templates/style/flame.css"};
	size_t lines = 0;
	(void)state;

	for (size_t i = 0; i < LL_COUNT(paths); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;
		struct ll_error err = LL_ERROR_INIT;

		ll_buf_init(&text, LL_BUF_PAGE);
		assert_ok(ll_file_read(ll_test_source(paths[i]), &text, &err), &err);
		for (size_t k = 0; k < text.size; k++)
			lines += text.data[k] == '\n';
		assert_true(ll_str_find(ll_buf_str(&text), "!important") == SIZE_MAX);
		assert_true(ll_str_find(ll_buf_str(&text), "url(") == SIZE_MAX);
		assert_true(ll_str_find(ll_buf_str(&text), "@import") == SIZE_MAX);
	}
	assert_in_range(lines, 1, LINES_MAX - 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_have_four_and_a_half_to_one),
		cmocka_unit_test(lines_that_carry_meaning_have_three_to_one),
		cmocka_unit_test(numbers_in_cells_can_be_read_on_every_shade),
		cmocka_unit_test(the_sheets_are_short_and_do_not_shout),
	};

	return cmocka_run_group_tests_name("report style", tests, read_sheet, drop_sheet);
}
