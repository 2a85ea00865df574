/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"
#include "text.h"

static char shown[4096];

/* The text as it is shown when it has that much room. */
static const char *fitted(const char *text, double room)
{
	struct ll_buf out LL_CLEANUP(ll_buf_done);

	ll_buf_init(&out, sizeof shown - 1);
	(void)ll_text_fit(ll_str(text), 12, room, &out);
	memcpy(shown, out.data, out.size + 1);
	return shown;
}

static void short_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(fitted("HeapAlloc", 100), "HeapAlloc");
	assert_string_equal(fitted("", 0), "");
	assert_string_equal(fitted("caf\xc3\xa9", 100), "caf\xc3\xa9");
}

static void long_text_keeps_both_ends_and_more_of_the_second(void **state)
{
	const char *const cut = fitted("github.com/acme/ledger/internal/store.(*Store).Put", 150);

	(void)state;
	assert_non_null(strstr(cut, "\xe2\x80\xa6"));
	assert_int_equal(strncmp(cut, "github", 6), 0);
	assert_string_equal(cut + strlen(cut) - 12, "(*Store).Put");
}

static void cut_text_fits_its_room(void **state)
{
	char text[2001];

	(void)state;
	for (size_t i = 0; i < sizeof text - 1; i++)
		text[i] = (char)('!' + i % 94);
	text[sizeof text - 1] = '\0';

	for (int room = 20; room < 400; room += 13)
		assert_true(ll_text_width(ll_str(fitted(text, room)), 12) <= room);
}

static void no_room_gives_an_ellipsis(void **state)
{
	(void)state;
	assert_string_equal(fitted("anything", 1), "\xe2\x80\xa6");
	assert_string_equal(fitted("anything", -50), "\xe2\x80\xa6");
}

static void line_ends_become_blanks(void **state)
{
	(void)state;
	assert_string_equal(fitted("a\tb\nc\rd\xe2\x80\xa8"
	                           "e",
	                           200),
	                    "a b c d e");
}

/* How a character is shown between two letters. */
static const char *fitted_code(uint32_t code)
{
	char text[8] = {'a'};
	const size_t size = ll_utf8_put(code, text + 1);

	text[1 + size] = 'z';
	return fitted(text, 200);
}

static void control_characters_and_bidi_marks_are_made_visible(void **state)
{
	static const uint32_t codes[] = {0x01,   0x7f,   0x90,   0xad,   0x61c,  0x200b, 0x200e,
	                                 0x202e, 0x2066, 0xfeff, 0xfff9, 0xffff, 0xe0041};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(codes); i++)
		assert_string_equal(fitted_code(codes[i]), "a\xef\xbf\xbdz");
}

static void joiners_and_letters_of_all_scripts_stay(void **state)
{
	(void)state;
	assert_string_equal(fitted_code(0x200d), "a\xe2\x80\x8dz");
	assert_string_equal(fitted_code(0x5d0), "a\xd7\x90z");
	assert_string_equal(fitted_code(0x1f600), "a\xf0\x9f\x98\x80z");
}

static void malformed_bytes_are_replaced_one_by_one(void **state)
{
	(void)state;
	assert_string_equal(fitted("a\xff\xc0z", 200), "a\xef\xbf\xbd\xef\xbf\xbdz");
}

static void piles_of_combining_marks_are_cut_to_two(void **state)
{
	(void)state;
	assert_string_equal(fitted("a\xcc\x81\xcc\x82\xcc\x83\xcc\x84z", 200),
	                    "a\xcc\x81\xcc\x82z");
}

static void wide_letters_count_as_wide(void **state)
{
	(void)state;
	assert_true(ll_text_width(ll_str("iii"), 12) < ll_text_width(ll_str("WWW"), 12) / 2);
	/* Two Chinese characters are about as wide as three digits. */
	assert_true(ll_text_width(ll_str("\xe4\xb8\xad\xe6\x96\x87"), 12) > 24);
}

static void lines_break_at_blanks_within_the_room(void **state)
{
	struct ll_str rest = ll_str("the quick brown fox jumps");
	size_t lines = 0;

	(void)state;
	while (rest.size > 0) {
		const struct ll_str line = ll_text_line(&rest, 12, 70);

		assert_true(line.size > 0);
		assert_true(ll_text_width(line, 12) <= 70);
		lines++;
	}
	assert_int_equal(lines, 3);
}

static void a_word_wider_than_the_room_is_a_line(void **state)
{
	struct ll_str rest = ll_str("incomprehensibilities and more");

	(void)state;
	assert_true(ll_str_equal(ll_text_line(&rest, 12, 20), ll_str("incomprehensibilities")));
	assert_true(ll_str_equal(rest, ll_str("and more")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_text_stays_as_it_is),
		cmocka_unit_test(long_text_keeps_both_ends_and_more_of_the_second),
		cmocka_unit_test(cut_text_fits_its_room),
		cmocka_unit_test(no_room_gives_an_ellipsis),
		cmocka_unit_test(line_ends_become_blanks),
		cmocka_unit_test(control_characters_and_bidi_marks_are_made_visible),
		cmocka_unit_test(joiners_and_letters_of_all_scripts_stay),
		cmocka_unit_test(malformed_bytes_are_replaced_one_by_one),
		cmocka_unit_test(piles_of_combining_marks_are_cut_to_two),
		cmocka_unit_test(wide_letters_count_as_wide),
		cmocka_unit_test(lines_break_at_blanks_within_the_room),
		cmocka_unit_test(a_word_wider_than_the_room_is_a_line),
	};

	return cmocka_run_group_tests_name("chart.text", tests, NULL, NULL);
}
