/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <errno.h>

static void texts_grow_from_the_inside_out(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_fail(&err, LL_E_FORMAT, "line %d: no goroutine header", 7),
	                 LL_E_FORMAT);
	assert_int_equal(ll_within(&err, "reading '%s'", "g1.txt"), LL_E_FORMAT);
	assert_int_equal(ll_within(&err, "shard %d", 2), LL_E_FORMAT);

	assert_string_equal(err.text, "shard 2: reading 'g1.txt': line 7: no goroutine header");
	assert_int_equal(err.code, LL_E_FORMAT);
}

static void whoever_does_not_ask_still_gets_the_code(void **state)
{
	(void)state;
	assert_int_equal(ll_fail(NULL, LL_E_LIMIT, "too much"), LL_E_LIMIT);
	assert_int_equal(ll_within(NULL, "here"), LL_E_INTERNAL);
	assert_int_equal(ll_fail_errno(NULL, LL_E_IO, ENOENT, "gone"), LL_E_IO);
}

static void context_without_a_failure_is_a_mistake_of_ours(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_within(&err, "reading"), LL_E_INTERNAL);
	assert_string_equal(err.text, "reading");
}

static void hostile_bytes_are_shown_and_not_sent_to_the_terminal(void **state)
{
	static const char hostile[] = {'x', '\xe2', '\x80', '\xae', 'y', '\xc2', '\x85', '\0'};
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	(void)ll_fail(&err, LL_E_FORMAT, "name '%s'", "a\x1b[2J\n\xff\xc3\xa9");
	assert_string_equal(err.text, "name 'a\\x1b[2J\\x0a\\xff\xc3\xa9'");

	/* A right-to-left override and a C1 control are shown byte by byte. */
	(void)ll_fail(&err, LL_E_FORMAT, "%s", hostile);
	assert_string_equal(err.text, "x\\xe2\\x80\\xaey\\xc2\\x85");

	(void)ll_within(&err, "in '%s'", "\r");
	assert_string_equal(err.text, "in '\\x0d': x\\xe2\\x80\\xaey\\xc2\\x85");
}

static void long_texts_are_cut_and_stay_valid_utf8(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	char path[2000];

	(void)state;
	for (size_t i = 0; i + 2 < sizeof path; i += 2)
		memcpy(path + i, "\xc3\xa4", 2);
	path[sizeof path - 2] = '\0';
	(void)ll_fail(&err, LL_E_IO, "'%s'", path);
	for (size_t i = 0; i < 20; i++)
		(void)ll_within(&err, "context %zu: %s", i, path);

	assert_true(strlen(err.text) < sizeof err.text);
	assert_true(ll_str_starts(ll_str(err.text), "context 19: \xc3\xa4"));
	assert_true(ll_utf8_is_valid(ll_str(err.text)));
}

/* Wherever the cut is: between two characters and never within one. */
static void what_is_within_is_cut_between_characters(void **state)
{
	char path[400];

	(void)state;
	for (size_t i = 0; i + 3 < sizeof path; i += 3)
		memcpy(path + i, "\xe2\x82\xac", 3);
	path[sizeof path - 1] = '\0';
	for (int size = 100; size < 140; size++) {
		struct ll_error err = LL_ERROR_INIT;

		(void)ll_fail(&err, LL_E_IO, "%s", path);
		(void)ll_within(&err, "%*s", size, "x");
		assert_true(ll_utf8_is_valid(ll_str(err.text)));
		assert_true(strlen(err.text) + 4 > sizeof err.text || size < 111);
	}
}

static void the_systems_reason_is_part_of_the_text(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_fail_errno(&err, LL_E_IO, EACCES, "cannot open '%s'", "x"), LL_E_IO);
	assert_string_equal(err.text, "cannot open 'x': Permission denied");
}

static void a_full_disk_means_try_again(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_fail_errno(&err, LL_E_IO, ENOSPC, "writing"), LL_E_BUSY);
	assert_int_equal(err.code, LL_E_BUSY);
	assert_int_equal(ll_fail_errno(&err, LL_E_CREATE, EDQUOT, "writing"), LL_E_BUSY);
}

static void a_cleared_error_starts_afresh(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	(void)ll_fail(&err, LL_E_IO, "first");
	ll_error_clear(&err);

	assert_int_equal(err.code, LL_OK);
	assert_string_equal(err.text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_grow_from_the_inside_out),
		cmocka_unit_test(whoever_does_not_ask_still_gets_the_code),
		cmocka_unit_test(context_without_a_failure_is_a_mistake_of_ours),
		cmocka_unit_test(hostile_bytes_are_shown_and_not_sent_to_the_terminal),
		cmocka_unit_test(long_texts_are_cut_and_stay_valid_utf8),
		cmocka_unit_test(what_is_within_is_cut_between_characters),
		cmocka_unit_test(the_systems_reason_is_part_of_the_text),
		cmocka_unit_test(a_full_disk_means_try_again),
		cmocka_unit_test(a_cleared_error_starts_afresh),
	};

	return cmocka_run_group_tests_name("base.error", tests, NULL, NULL);
}
