/* SPDX-License-Identifier: Apache-2.0 */
/* test_mime.c - what leaves as a message is ASCII in short lines, and means what was put in. */
#include "mime.h"
#include "support.h"

static void assert_field(const char *name, const char *text, const char *expected)
{
	struct ll_buf out;

	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_mime_field(&out, name, ll_str(text));
	assert_string_equal(out.data, expected);
	ll_buf_done(&out);
}

static void a_short_plain_field_stays_readable(void **state)
{
	(void)state;
	assert_field("Subject", "[leakledger] cart: 2 new (W47)",
	             "Subject: [leakledger] cart: 2 new (W47)\r\n");
}

static void what_is_not_ascii_becomes_encoded_words(void **state)
{
	(void)state;
	assert_field("Subject", "caf\xc3\xa9", "Subject: =?UTF-8?B?Y2Fmw6k=?=\r\n");
	/* What looks like one is encoded, or it would be decoded. */
	assert_field("Subject", "=?x?=", "Subject: =?UTF-8?B?PT94Pz0=?=\r\n");
}

static void no_text_begins_another_field(void **state)
{
	struct ll_buf out;

	(void)state;
	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_mime_field(&out, "Subject", ll_str("a\r\nBcc: everybody@example.com\r\n\r\nbody"));
	assert_string_equal(out.data, "Subject: a  Bcc: everybody@example.com    body\r\n");
	ll_buf_done(&out);
}

static void a_long_field_is_folded_between_whole_characters(void **state)
{
	struct ll_buf out;
	struct ll_str rest;
	char text[301];

	(void)state;
	for (size_t i = 0; i < 300; i += 3)
		memcpy(text + i, "\xe2\x82\xac", 3);
	text[300] = '\0';
	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_mime_field(&out, "Subject", ll_str(text));
	rest = ll_buf_str(&out);
	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		assert_true(line.size <= 77); /* and the CR */
		/* 36 bytes are 12 of these characters: no word ends inside one. */
		assert_true(line.size == 0 || ll_str_find(line, "?B?4oKs") != SIZE_MAX);
	}
	ll_buf_done(&out);
}

static void assert_quoted(const char *text, const char *expected)
{
	struct ll_buf out;

	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_mime_quoted(&out, ll_str(text));
	assert_string_equal(out.data, expected);
	ll_buf_done(&out);
}

static void quoted_printable_keeps_what_mail_would_change(void **state)
{
	(void)state;
	assert_quoted("a=b\n", "a=3Db\r\n");
	assert_quoted("blank \nFrom here\n.\n", "blank=20\r\n=46rom here\r\n=2E\r\n");
	assert_quoted("\xc3\xa9\x01\n", "=C3=A9=01\r\n");
	assert_quoted("dos\r\n", "dos\r\n");
}

static void quoted_lines_are_at_most_76_bytes_long(void **state)
{
	struct ll_buf text, out;
	struct ll_str rest;

	(void)state;
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_init(&out, LL_BUF_MESSAGE);
	for (int i = 0; i < 500; i++)
		ll_buf_puts(&text, i % 7 ? "x" : "\xc3\xa9");
	ll_mime_quoted(&out, ll_buf_str(&text));
	rest = ll_buf_str(&out);
	while (rest.size > 0)
		assert_true(ll_str_split(&rest, '\n').size <= 77);
	ll_buf_done(&out);
	ll_buf_done(&text);
}

static void base64_is_that_of_the_standard(void **state)
{
	static const char *const pairs[][2] = {
		{"", "\r\n"}, {"f", "Zg==\r\n"}, {"fo", "Zm8=\r\n"}, {"foobar", "Zm9vYmFy\r\n"}};
	struct ll_buf out;

	(void)state;
	ll_buf_init(&out, LL_BUF_MESSAGE);
	for (size_t i = 0; i < LL_COUNT(pairs); i++) {
		ll_buf_clear(&out);
		ll_mime_base64(&out, ll_str(pairs[i][0]));
		assert_string_equal(out.data, pairs[i][1]);
	}
	ll_buf_done(&out);
}

static void text_is_folded_at_blanks_and_keeps_its_indent(void **state)
{
	struct ll_buf out;

	(void)state;
	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_mime_wrap(&out, ll_str("in 7.8 h it is 9\nat 12\n"), 6);
	assert_string_equal(out.data, "in\n7.8 h\nit is\n9\nat 12\n");
	ll_buf_clear(&out);
	ll_mime_wrap(&out, ll_str("- one two three\n  four five six\nunbreakable-word\n\n"), 9);
	assert_string_equal(out.data,
	                    "- one two\n  three\n  four\n  five\n  six\nunbreakable-word\n\n");
	ll_buf_done(&out);
}

static void an_address_cannot_end_its_field(void **state)
{
	(void)state;
	assert_true(ll_mime_is_address(ll_str("a@example.com")));
	assert_true(ll_mime_is_address(ll_str("Team A <a@example.com>, b@example.com")));
	assert_false(ll_mime_is_address(ll_str("")));
	assert_false(ll_mime_is_address(ll_str("nobody")));
	assert_false(ll_mime_is_address(ll_str("a@")));
	assert_false(ll_mime_is_address(ll_str("a@b\r\nBcc: c@d")));
	assert_false(ll_mime_is_address(ll_str("-oQ/tmp@b"))); /* no option of a program */
	assert_true(ll_str_equal(ll_mime_bare(ll_str("A <a@b>")), ll_str("a@b")));
	assert_true(ll_str_equal(ll_mime_bare(ll_str(" a@b ")), ll_str("a@b")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_plain_field_stays_readable),
		cmocka_unit_test(what_is_not_ascii_becomes_encoded_words),
		cmocka_unit_test(no_text_begins_another_field),
		cmocka_unit_test(a_long_field_is_folded_between_whole_characters),
		cmocka_unit_test(quoted_printable_keeps_what_mail_would_change),
		cmocka_unit_test(quoted_lines_are_at_most_76_bytes_long),
		cmocka_unit_test(base64_is_that_of_the_standard),
		cmocka_unit_test(text_is_folded_at_blanks_and_keeps_its_indent),
		cmocka_unit_test(an_address_cannot_end_its_field),
	};

	return cmocka_run_group_tests_name("report mime", tests, NULL, NULL);
}
