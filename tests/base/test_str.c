/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>

#define assert_str(text, expected)                                                                 \
	do {                                                                                       \
		const struct ll_str seen_ = (text);                                                \
		assert_int_equal(seen_.size, strlen(expected));                                    \
		if (seen_.size > 0)                                                                \
			assert_memory_equal(seen_.data, expected, seen_.size);                     \
	} while (0)

static const struct ll_str nothing = {NULL, 0};

static void equality_and_order_go_by_bytes(void **state)
{
	(void)state;
	assert_true(ll_str_equal(ll_str("ab"), ll_str_n("abc", 2)));
	assert_true(ll_str_equal(nothing, ll_str("")));
	assert_true(ll_str_equal(ll_str(NULL), nothing));
	assert_false(ll_str_equal(ll_str("a"), ll_str("b")));
	assert_true(ll_str_compare(ll_str("a"), ll_str("ab")) < 0);
	assert_true(ll_str_compare(ll_str("b"), ll_str("ab")) > 0);
	assert_int_equal(ll_str_compare(ll_str("ab"), ll_str("ab")), 0);
	assert_true(ll_str_compare(nothing, ll_str("a")) < 0);
	assert_true(ll_str_compare(ll_str("\x7f"), ll_str("\xff")) < 0);
}

static void beginnings_and_ends_are_recognised(void **state)
{
	struct ll_str text = ll_str("goroutine 7");

	(void)state;
	assert_true(ll_str_starts(text, ""));
	assert_true(ll_str_ends(text, "7"));
	assert_true(ll_str_ends(nothing, ""));
	assert_false(ll_str_starts(ll_str("go"), "gor"));
	assert_false(ll_str_ends(ll_str("go"), "ego"));
	assert_false(ll_str_skip(&text, "heap"));
	assert_true(ll_str_skip(&text, "goroutine "));
	assert_str(text, "7");
}

static void bytes_and_words_are_found_or_not(void **state)
{
	(void)state;
	assert_int_equal(ll_str_index(ll_str("a.b.c"), '.'), 1);
	assert_int_equal(ll_str_rindex(ll_str("a.b.c"), '.'), 3);
	assert_true(ll_str_index(nothing, '.') == SIZE_MAX);
	assert_true(ll_str_rindex(ll_str("abc"), '.') == SIZE_MAX);
	assert_int_equal(ll_str_find(ll_str("aab"), "ab"), 1);
	assert_int_equal(ll_str_find(nothing, ""), 0);
	assert_true(ll_str_find(ll_str("aa"), "aaa") == SIZE_MAX);
	assert_true(ll_str_find(ll_str("aaba"), "abb") == SIZE_MAX);
	assert_true(ll_str_find(ll_str_n("abc", 2), "bc") == SIZE_MAX);
}

static size_t find_plainly(struct ll_str text, struct ll_str word)
{
	for (size_t i = 0; i + word.size <= text.size; i++) {
		if (memcmp(text.data + i, word.data, word.size) == 0)
			return i;
	}
	return SIZE_MAX;
}

/* Common and rare bytes, at every place of the word and of the text. */
static void a_word_is_found_wherever_its_rarest_byte_is(void **state)
{
	static const char *const words[] = {"K",   "aK",  "Ka",     "aKa",   "\"K\"",
	                                    "aaa", " aa", "K\xffK", "a\xff", "aaKaa"};
	static const char bytes[] = "aaK a\xff\"";
	char text[24];
	uint32_t random = 1;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		const struct ll_str part = ll_str_n(text, round % (sizeof text + 1));

		for (size_t i = 0; i < part.size; i++) {
			random = random * 1664525 + 1013904223;
			text[i] = bytes[(random >> 24) % (sizeof bytes - 1)];
		}
		for (size_t i = 0; i < LL_COUNT(words); i++)
			assert_true(ll_str_find(part, words[i]) ==
			            find_plainly(part, ll_str(words[i])));
	}
}

static void parts_stay_inside_the_whole(void **state)
{
	(void)state;
	assert_str(ll_str_from(ll_str("abc"), 1), "bc");
	assert_str(ll_str_from(ll_str("abc"), 9), "");
	assert_str(ll_str_from(nothing, 3), "");
	assert_str(ll_str_first(ll_str("abc"), 2), "ab");
	assert_str(ll_str_first(ll_str("abc"), SIZE_MAX), "abc");
	assert_str(ll_str_trim(ll_str(" \t a b\r\n")), "a b");
	assert_str(ll_str_trim(ll_str(" \n")), "");
}

static void splitting_ends_with_a_rest_that_is_no_more(void **state)
{
	struct ll_str rest = ll_str("a,,b");

	(void)state;
	assert_str(ll_str_split(&rest, ','), "a");
	assert_str(ll_str_split(&rest, ','), "");
	assert_non_null(rest.data);
	assert_str(ll_str_split(&rest, ','), "b");
	assert_null(rest.data);
	assert_str(ll_str_split(&rest, ','), "");
}

static void whole_numbers_must_be_whole_and_fit(void **state)
{
	static const char *const bad[] = {
		"", "+1", "-1", " 1", "1 ", "1x", "x", "0x1", "18446744073709551616"};
	uint64_t value = 77;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++)
		assert_false(ll_str_to_u64(ll_str(bad[i]), &value));
	assert_int_equal(value, 77);
	assert_true(ll_str_to_u64(ll_str("18446744073709551615"), &value));
	assert_true(value == UINT64_MAX);
	assert_true(ll_str_to_u64(ll_str("007"), &value));
	assert_int_equal(value, 7);
	assert_int_equal(ll_str_lead_u64(ll_str("42 apples"), &value), 2);
	assert_int_equal(value, 42);
	assert_int_equal(ll_str_lead_u64(ll_str("apples"), &value), 0);
	assert_int_equal(value, 42);
	assert_true(ll_str_is_digits(ll_str("0123")));
	assert_false(ll_str_is_digits(nothing));
	assert_false(ll_str_is_digits(ll_str("12a")));
}

static void signed_numbers_reach_both_ends(void **state)
{
	static const char *const bad[] = {
		"", "-", "--1", "+1", "9223372036854775808", "-9223372036854775809"};
	int64_t value = 77;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++)
		assert_false(ll_str_to_i64(ll_str(bad[i]), &value));
	assert_int_equal(value, 77);
	assert_true(ll_str_to_i64(ll_str("-9223372036854775808"), &value));
	assert_true(value == INT64_MIN);
	assert_true(ll_str_to_i64(ll_str("9223372036854775807"), &value));
	assert_true(value == INT64_MAX);
	assert_true(ll_str_to_i64(ll_str("-0"), &value));
	assert_int_equal(value, 0);
}

static void hexadecimal_numbers_have_up_to_sixteen_digits(void **state)
{
	static const char *const bad[] = {"", "g", "0x1", "-1", "10000000000000000"};
	uint64_t value = 77;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++)
		assert_false(ll_str_to_hex(ll_str(bad[i]), &value));
	assert_int_equal(value, 77);
	assert_true(ll_str_to_hex(ll_str("fFfFfFfFfFfFfFfF"), &value));
	assert_true(value == UINT64_MAX);
	assert_true(ll_str_to_hex(ll_str("0a9"), &value));
	assert_int_equal(value, 0xa9);
}

static void real_numbers_are_decimal_or_named(void **state)
{
	static const char *const bad[] = {"",   ".",      "1e",  "0x1p3", " 1",
	                                  "1 ", "nan(1)", "1,5", "1-2"};
	double value = 77;
	char long_text[80];

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++)
		assert_false(ll_str_to_f64(ll_str(bad[i]), &value));
	memset(long_text, '1', sizeof long_text);
	assert_false(ll_str_to_f64(ll_str_n(long_text, sizeof long_text), &value));
	assert_float_equal(value, 77, 0);
	assert_true(ll_str_to_f64(ll_str("-1.5e3"), &value));
	assert_float_equal(value, -1500, 0);
	assert_true(ll_str_to_f64(ll_str("NaN"), &value) && isnan(value));
	assert_true(ll_str_to_f64(ll_str("+Inf"), &value) && isinf(value) && value > 0);
	assert_true(ll_str_to_f64(ll_str("-inf"), &value) && isinf(value) && value < 0);
	assert_true(ll_str_to_f64(ll_str("Infinity"), &value) && isinf(value) && value > 0);
	assert_true(ll_str_to_f64(ll_str("-Infinity"), &value) && isinf(value) && value < 0);
}

static void only_well_formed_utf8_is_valid(void **state)
{
	static const char *const good[] = {
		"", "abc", "\xc2\x80", "\xe2\x82\xac", "\xef\xbf\xbd", "\xf4\x8f\xbf\xbf"};
	static const char *const bad[] = {"\x80",
	                                  "\xc0\x80",
	                                  "\xc1\xbf",
	                                  "\xe0\x9f\xbf",
	                                  "\xed\xa0\x80",
	                                  "\xf0\x8f\xbf\xbf",
	                                  "\xf4\x90\x80\x80",
	                                  "\xf5\x80\x80\x80",
	                                  "\xe2\x82",
	                                  "a\xc3",
	                                  "\xc3(",
	                                  "\xff"};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(good); i++)
		assert_true(ll_utf8_is_valid(ll_str(good[i])));
	for (size_t i = 0; i < LL_COUNT(bad); i++)
		assert_false(ll_utf8_is_valid(ll_str(bad[i])));
}

static void code_points_come_back_as_they_went(void **state)
{
	static const uint32_t codes[] = {0,      0x7f,   0x80,   0x7ff,   0x800,
	                                 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(codes); i++) {
		char bytes[4];
		const size_t size = ll_utf8_put(codes[i], bytes);
		uint32_t back;

		assert_int_equal(ll_utf8_next(ll_str_n(bytes, size), 0, &back), size);
		assert_int_equal(back, codes[i]);
	}
}

static void what_is_no_code_point_becomes_the_replacement_character(void **state)
{
	char bytes[4];

	(void)state;
	assert_str(ll_str_n(bytes, ll_utf8_put(0xd800, bytes)), "\xef\xbf\xbd");
	assert_str(ll_str_n(bytes, ll_utf8_put(0x110000, bytes)), "\xef\xbf\xbd");
}

static void typing_mistakes_have_small_distances(void **state)
{
	(void)state;
	assert_int_equal(ll_str_distance(ll_str("report"), ll_str("report"), 3), 0);
	assert_int_equal(ll_str_distance(ll_str("reprot"), ll_str("report"), 3), 1);
	assert_int_equal(ll_str_distance(ll_str("repot"), ll_str("report"), 3), 1);
	assert_int_equal(ll_str_distance(ll_str("raport"), ll_str("report"), 3), 1);
	assert_int_equal(ll_str_distance(nothing, ll_str("abc"), 9), 3);
	assert_int_equal(ll_str_distance(ll_str("abcdefgh"), ll_str("zyxwvuts"), 3), 4);
}

/* Digits are read eight at a time; what is beside '0' and '9' must end a number at every place. */
static void numbers_of_every_length_end_where_their_digits_end(void **state)
{
	static const char ends[] = {'/', ':', ' ', '\0', '\x80', '\xb0', '\xff'};
	char text[32];

	(void)state;
	for (size_t digits = 1; digits <= 19; digits++) {
		uint64_t expected = 0, value = 0;

		for (size_t i = 0; i < digits; i++) {
			text[i] = (char)('0' + (i + 1) % 10);
			expected = expected * 10 + (i + 1) % 10;
		}
		for (size_t i = 0; i < LL_COUNT(ends); i++) {
			memset(text + digits, '5', sizeof text - digits);
			text[digits] = ends[i];
			assert_int_equal(ll_str_digits(ll_str_n(text, sizeof text)), digits);
			assert_int_equal(ll_str_lead_u64(ll_str_n(text, sizeof text), &value),
			                 digits);
			assert_true(value == expected);
		}
	}
	assert_int_equal(ll_str_digits(ll_str_n(NULL, 0)), 0);
}

static void control_characters_are_found_wherever_they_are(void **state)
{
	static const char controls[] = {'\0', '\t', '\n', '\x1f'};
	char text[20];

	(void)state;
	assert_true(ll_str_control(ll_str_n(NULL, 0)) == SIZE_MAX);
	for (size_t at = 0; at < sizeof text; at++) {
		for (size_t i = 0; i < LL_COUNT(controls); i++) {
			/* Neither blanks nor bytes above the ASCII are any. */
			memset(text, at % 2 == 0 ? ' ' : '\xff', sizeof text);
			text[at] = controls[i];
			assert_int_equal(ll_str_control(ll_str_n(text, sizeof text)), at);
			assert_true(ll_str_control(ll_str_n(text, at)) == SIZE_MAX);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equality_and_order_go_by_bytes),
		cmocka_unit_test(beginnings_and_ends_are_recognised),
		cmocka_unit_test(bytes_and_words_are_found_or_not),
		cmocka_unit_test(a_word_is_found_wherever_its_rarest_byte_is),
		cmocka_unit_test(parts_stay_inside_the_whole),
		cmocka_unit_test(splitting_ends_with_a_rest_that_is_no_more),
		cmocka_unit_test(whole_numbers_must_be_whole_and_fit),
		cmocka_unit_test(numbers_of_every_length_end_where_their_digits_end),
		cmocka_unit_test(control_characters_are_found_wherever_they_are),
		cmocka_unit_test(signed_numbers_reach_both_ends),
		cmocka_unit_test(hexadecimal_numbers_have_up_to_sixteen_digits),
		cmocka_unit_test(real_numbers_are_decimal_or_named),
		cmocka_unit_test(only_well_formed_utf8_is_valid),
		cmocka_unit_test(code_points_come_back_as_they_went),
		cmocka_unit_test(what_is_no_code_point_becomes_the_replacement_character),
		cmocka_unit_test(typing_mistakes_have_small_distances),
	};

	return cmocka_run_group_tests_name("base.str", tests, NULL, NULL);
}
