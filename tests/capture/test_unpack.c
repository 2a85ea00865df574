/* SPDX-License-Identifier: Apache-2.0 */
#include "captures.h"
#include "facts.h"
#include "support.h"

#include <leakledger/file.h>

#include <unistd.h>

#define TRACE                                                                                      \
	"gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, 4->5->2 MB, "      \
	"5 MB goal, 2 P\n"

struct fixture {
	struct ll_facts facts;
	struct ll_error err;
	struct ll_buf stored;
	struct ll_limits limits;
	size_t members;
};

static int set_up(void **state)
{
	struct fixture *const fixture = ll_calloc(1, sizeof *fixture);

	ll_facts_init(&fixture->facts);
	ll_buf_init(&fixture->stored, LL_BUF_PAGE);
	fixture->limits = ll_limits_default;
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *const fixture = *state;

	ll_facts_done(&fixture->facts);
	ll_buf_done(&fixture->stored);
	free(fixture);
	return 0;
}

static int unpack(struct fixture *fixture)
{
	return ll_facts_unpack(&fixture->facts, ll_buf_str(&fixture->stored), "x", &fixture->limits,
	                       &fixture->members, &fixture->err);
}

static void gzip(struct fixture *fixture, struct ll_str content)
{
	test_put_gzip(&fixture->stored, content);
}

/* Content of `size` bytes that deflate cannot make much smaller. */
static char *noise(size_t size)
{
	char *const bytes = ll_malloc(size);
	uint32_t random = 1;

	for (size_t i = 0; i < size; i++) {
		random = random * 1664525 + 1013904223;
		bytes[i] = (char)('!' + (random >> 24) % 64);
	}
	return bytes;
}

static void bytes_that_are_no_gzip_are_read_as_they_are(void **state)
{
	struct fixture *const fixture = *state;

	ll_buf_puts(&fixture->stored, TRACE);

	assert_int_equal(unpack(fixture), LL_OK);
	assert_int_equal(fixture->members, 1);
	assert_int_equal(fixture->facts.captures[0].cycles, 1);
}

static void each_member_is_a_content_of_its_own(void **state)
{
	struct fixture *const fixture = *state;

	gzip(fixture, ll_str(TRACE));
	gzip(fixture, ll_str("goroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n"));
	gzip(fixture, ll_str(TRACE));

	assert_int_equal(unpack(fixture), LL_OK);
	assert_int_equal(fixture->members, 3);
	assert_int_equal(fixture->facts.count, 3);
	assert_int_equal(fixture->facts.captures[1].kind, LL_KIND_GOROUTINE);
}

static void headers_that_curl_saved_before_gzip_are_passed_over(void **state)
{
	struct fixture *const fixture = *state;

	ll_buf_puts(&fixture->stored,
	            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
	            "Date: Sat, 21 Nov 2026 01:06:27 GMT\r\n\r\n");
	gzip(fixture, ll_str(TRACE));

	assert_int_equal(unpack(fixture), LL_OK);
	assert_int_equal(fixture->members, 1);
	assert_int_equal(fixture->facts.captures[0].cycles, 1);
}

static void compressed_text_behind_headers_has_their_date(void **state)
{
	struct fixture *const fixture = *state;

	ll_buf_puts(&fixture->stored, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
	                              "Date: Sat, 21 Nov 2026 01:06:27 GMT\r\n\r\n");
	gzip(fixture, ll_str(TRACE));

	assert_int_equal(unpack(fixture), LL_OK);
	assert_true(fixture->facts.captures[0].time_ns == INT64_C(1795223187) * LL_NS_PER_S);
}

static void members_of_any_size_follow_each_other(void **state)
{
	struct fixture *const fixture = *state;
	const size_t size = (size_t)3 * 1024 * 1024;
	LL_CLEANUP(ll_freep) char *large = noise(size);

	/* The middle one is larger than may be inflated in one go, and than the window. */
	fixture->limits.whole_bytes = INT64_C(1) << 20;
	gzip(fixture, ll_str(TRACE));
	gzip(fixture, ll_str_n(large, size));
	gzip(fixture, ll_str(TRACE));

	assert_int_equal(unpack(fixture), LL_E_FORMAT);
	assert_string_equal(fixture->err.text, "no known capture format");
	assert_int_equal(fixture->members, 3);
	assert_int_equal(fixture->facts.count, 2);
}

static void zeros_behind_the_last_member_are_padding(void **state)
{
	struct fixture *const fixture = *state;

	gzip(fixture, ll_str(TRACE));
	for (size_t i = 0; i < 100; i++)
		ll_buf_putc(&fixture->stored, '\0');

	assert_int_equal(unpack(fixture), LL_OK);
	assert_int_equal(fixture->members, 1);
}

static void garbage_behind_a_member_is_reported_with_its_position(void **state)
{
	struct fixture *const fixture = *state;
	char expected[80];

	gzip(fixture, ll_str(TRACE));
	(void)snprintf(expected, sizeof expected, "byte %zu: garbage after the gzip member",
	               fixture->stored.size);
	ll_buf_puts(&fixture->stored, "garbage");

	assert_int_equal(unpack(fixture), LL_E_FORMAT);
	assert_string_equal(fixture->err.text, expected);
	assert_int_equal(fixture->facts.captures[0].cycles, 1);
}

static void a_gzip_cut_anywhere_ends_once_and_says_so(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf whole;

	ll_buf_init(&whole, LL_BUF_PAGE);
	/* A profile, because text before a cut is kept on purpose. */
	test_put_gzip(&whole, ll_str_n("\x0a\x04\x08\x01\x10\x02\x32\x00\x32\x01"
	                               "a\x32\x01"
	                               "b",
	                               14));
	for (size_t size = 2; size < whole.size; size++) {
		ll_buf_clear(&fixture->stored);
		ll_facts_clear(&fixture->facts);
		ll_buf_put(&fixture->stored, whole.data, size);

		assert_int_equal(unpack(fixture), LL_E_FORMAT);
		assert_int_equal(fixture->members, 1);
		assert_true(ll_str_starts(ll_str(fixture->err.text), "truncated gzip: byte "));
		assert_int_equal(fixture->facts.count, 0);
	}
}

static void a_damaged_gzip_says_where(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_freep) char *content = noise(5000);

	gzip(fixture, ll_str_n(content, 5000));
	fixture->stored.data[2000] ^= 0x55;

	assert_int_equal(unpack(fixture), LL_E_FORMAT);
	assert_true(ll_str_starts(ll_str(fixture->err.text), "damaged gzip: byte "));
}

static void a_wrong_checksum_rejects_a_profile(void **state)
{
	struct fixture *const fixture = *state;

	gzip(fixture, ll_str_n("\x0a\x04\x08\x01\x10\x02\x32\x00\x32\x01"
	                       "a\x32\x01"
	                       "b",
	                       14));
	fixture->stored.data[fixture->stored.size - 8] ^= 1;

	assert_int_equal(unpack(fixture), LL_E_FORMAT);
	assert_non_null(strstr(fixture->err.text, "incorrect data check"));
	assert_int_equal(fixture->facts.count, 0);
}

/* The trailer's size only decides how the member is inflated; a lie must not be believed. */
static void a_trailer_that_lies_about_the_size_is_found_out(void **state)
{
	static const unsigned char lies[][4] = {
		{0, 0, 0, 0}, {1, 0, 0, 0}, {0xff, 0xff, 0xff, 0xff}, {0, 0, 0x10, 0}};
	struct fixture *const fixture = *state;

	for (size_t i = 0; i < LL_COUNT(lies); i++) {
		ll_buf_clear(&fixture->stored);
		ll_facts_clear(&fixture->facts);
		gzip(fixture, ll_str_n("\x0a\x04\x08\x01\x10\x02\x32\x00\x32\x01"
		                       "a\x32\x01"
		                       "b",
		                       14));
		memcpy(fixture->stored.data + fixture->stored.size - 4, lies[i], 4);

		assert_int_equal(unpack(fixture), LL_E_FORMAT);
		assert_non_null(strstr(fixture->err.text, "incorrect length check"));
	}
}

static void text_before_the_damage_is_kept_and_noted(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 1; i <= 2000; i++)
		ll_buf_printf(&text, "gc %d%s", i, strchr(TRACE, ' ') + 2);
	gzip(fixture, ll_buf_str(&text));
	fixture->stored.size -= fixture->stored.size / 3;

	assert_int_equal(unpack(fixture), LL_OK);
	assert_int_equal(fixture->facts.count, 1);
	assert_in_range(fixture->facts.captures[0].cycles, 1, 1999);
	assert_int_equal(fixture->facts.captures[0].notes, 1);
}

static void a_bomb_is_stopped_early(void **state)
{
	struct fixture *const fixture = *state;
	const size_t size = (size_t)32 * 1024 * 1024;
	LL_CLEANUP(ll_freep) char *blanks = ll_malloc(size);

	/* Not all zeros, which are refused as such: blanks, 1000 times as many as bytes stored. */
	memset(blanks, ' ', size);
	gzip(fixture, ll_str_n(blanks, size));
	assert_true(fixture->stored.size < size / 500);

	assert_int_equal(unpack(fixture), LL_E_LIMIT);
	assert_string_equal(fixture->err.text, "expands more than 200 times: a gzip bomb?");
	assert_int_equal(fixture->members, 1);
}

static void content_and_members_have_ceilings(void **state)
{
	struct fixture *const fixture = *state;
	const size_t size = (size_t)4 * 1024 * 1024;
	LL_CLEANUP(ll_freep) char *large = noise(size);

	fixture->limits.whole_bytes = 1024;
	fixture->limits.stream_bytes = INT64_C(1) << 20;
	gzip(fixture, ll_str_n(large, size));
	assert_int_equal(unpack(fixture), LL_E_LIMIT);
	assert_string_equal(fixture->err.text, "content is larger than 1048576 bytes");

	ll_buf_clear(&fixture->stored);
	fixture->limits = ll_limits_default;
	fixture->limits.members = 3;
	for (size_t i = 0; i < 5; i++)
		gzip(fixture, ll_str(TRACE));
	assert_int_equal(unpack(fixture), LL_E_LIMIT);
	assert_string_equal(fixture->err.text, "more than 3 gzip members");
	assert_int_equal(fixture->members, 3);
}

static void a_windowed_profile_larger_than_memory_is_refused(void **state)
{
	struct fixture *const fixture = *state;
	const size_t size = (size_t)6 * 1024 * 1024;
	LL_CLEANUP(ll_freep) char *large = noise(size);

	/* Starts like a profile, so its reader asks for everything at once. */
	memcpy(large, "\x0a\x04\x08\x01\x10\x02\x32\x00\x32\xff\xff\xff\x02", 13);
	fixture->limits.whole_bytes = 1024;
	fixture->limits.memory_bytes = INT64_C(4) << 20;
	gzip(fixture, ll_str_n(large, size));
	assert_true(fixture->stored.size > 1000);

	assert_int_equal(unpack(fixture), LL_E_LIMIT);
	assert_string_equal(fixture->err.text, "content is larger than 4194304 bytes");
}

/* ------------------------------------------------------------------------ files */

struct opened {
	struct ll_unpacker *unpacker;
	struct ll_hash stored;
	int64_t size;
	char *directory, *path;
};

static void open_file(struct opened *opened, const struct ll_limits *limits, struct ll_str bytes)
{
	opened->directory = ll_test_scratch();
	opened->path = ll_test_write(opened->directory, "file", bytes);
	opened->unpacker = ll_unpacker_new(limits);
}

static void close_file(struct opened *opened)
{
	ll_unpacker_free(opened->unpacker);
	free(opened->path);
	ll_test_scratch_done(opened->directory);
}

static void the_hash_of_the_content_does_not_depend_on_how_it_is_stored(void **state)
{
	struct fixture *const fixture = *state;
	const struct ll_hash expected = ll_hash_bytes(TRACE, strlen(TRACE));
	const int64_t whole[] = {1024, 0};
	struct opened opened;
	struct ll_hash content;
	struct ll_stream *stream;
	int64_t size;

	gzip(fixture, ll_str(TRACE));
	for (size_t i = 0; i < LL_COUNT(whole); i++) {
		struct ll_limits limits = ll_limits_default;

		limits.whole_bytes = whole[i];
		open_file(&opened, &limits, ll_buf_str(&fixture->stored));
		assert_ok(ll_unpacker_open(opened.unpacker, opened.path, &opened.stored,
		                           &opened.size, &fixture->err),
		          &fixture->err);
		assert_int_equal(opened.size, fixture->stored.size);
		assert_true(ll_hash_equal(
			opened.stored, ll_hash_bytes(fixture->stored.data, fixture->stored.size)));
		assert_int_equal(ll_unpacker_next(opened.unpacker, &stream, &fixture->err), 1);
		assert_int_equal(ll_unpacker_is_whole(opened.unpacker), whole[i] > 0);
		assert_ok(ll_unpacker_content(opened.unpacker, &content, &size, &fixture->err),
		          &fixture->err);
		assert_true(ll_hash_equal(content, expected));
		assert_int_equal(size, strlen(TRACE));
		assert_int_equal(ll_unpacker_next(opened.unpacker, &stream, &fixture->err), 0);
		close_file(&opened);
	}
}

/* 4 GiB on paper: whoever read them would be busy for a while. */
static void a_large_file_that_is_one_hole_is_refused_unread(void **state)
{
	struct fixture *const fixture = *state;
	struct opened opened;

	open_file(&opened, &ll_limits_default, ll_str(""));
	assert_int_equal(truncate(opened.path, (off_t)INT64_C(4) << 30), 0);

	assert_int_equal(ll_unpacker_open(opened.unpacker, opened.path, &opened.stored,
	                                  &opened.size, &fixture->err),
	                 LL_E_FORMAT);

	assert_string_equal(fixture->err.text, "only zero bytes: the capture failed");
	close_file(&opened);
}

static void a_text_larger_than_memory_is_read_through_a_window(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_limits limits = ll_limits_default;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct opened opened;
	struct ll_stream *stream;
	struct ll_hash content;
	struct ll_str line;
	int64_t size;
	uint64_t lines = 0;

	ll_buf_init(&text, LL_BUF_PAGE);
	while (text.size < (size_t)5 * 1024 * 1024)
		ll_buf_printf(&text, "%0*u\r\n", (int)(lines++ % 700), 7U);
	limits.memory_bytes = INT64_C(1) << 20;
	open_file(&opened, &limits, ll_buf_str(&text));
	assert_ok(ll_unpacker_open(opened.unpacker, opened.path, &opened.stored, &opened.size,
	                           &fixture->err),
	          &fixture->err);
	assert_int_equal(ll_unpacker_next(opened.unpacker, &stream, &fixture->err), 1);
	assert_false(ll_unpacker_is_whole(opened.unpacker));
	for (uint64_t i = 0; i < lines; i++) {
		const size_t length = i % 700 > 1 ? i % 700 : 1;

		assert_int_equal(ll_stream_line(stream, &line, &fixture->err), 1);
		assert_int_equal(line.size, length);
		assert_int_equal(ll_stream_line_number(stream), i + 1);
	}
	assert_int_equal(ll_stream_line(stream, &line, &fixture->err), 0);
	assert_ok(ll_unpacker_content(opened.unpacker, &content, &size, &fixture->err),
	          &fixture->err);
	assert_true(ll_hash_equal(content, opened.stored));
	assert_int_equal(size, text.size);
	close_file(&opened);
}

static void files_over_the_ceilings_are_refused(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_limits limits = ll_limits_default;
	struct opened opened;
	LL_CLEANUP(ll_freep) char *content = noise(5000);

	ll_buf_put(&fixture->stored, content, 5000);
	limits.memory_bytes = 1000;
	limits.stream_bytes = 2000;
	open_file(&opened, &limits, ll_buf_str(&fixture->stored));
	assert_int_equal(ll_unpacker_open(opened.unpacker, opened.path, &opened.stored,
	                                  &opened.size, &fixture->err),
	                 LL_E_LIMIT);
	assert_string_equal(fixture->err.text, "larger than 2000 bytes");
	assert_int_equal(ll_unpacker_open(opened.unpacker, "/nowhere/at all", &opened.stored,
	                                  &opened.size, &fixture->err),
	                 LL_E_IO);
	close_file(&opened);
}

/* The hash of what is opened under that path after `expected` was announced (NULL: nothing). */
static struct ll_hash open_after(struct fixture *fixture, struct opened *opened,
                                 const char *expected, const char *path)
{
	if (expected)
		ll_unpacker_expect(opened->unpacker, expected);
	assert_ok(ll_unpacker_open(opened->unpacker, path, &opened->stored, &opened->size,
	                           &fixture->err),
	          &fixture->err);
	return opened->stored;
}

static void a_file_that_was_expected_is_opened_like_any_other(void **state)
{
	struct fixture *const fixture = *state;
	const struct ll_hash one = ll_hash_bytes("one", 3), two = ll_hash_bytes("two!", 4);
	struct opened opened;
	LL_CLEANUP(ll_freep) char *other = NULL;

	open_file(&opened, &ll_limits_default, ll_str("one"));
	other = ll_test_write(opened.directory, "other", ll_str("two!"));

	assert_true(ll_hash_equal(open_after(fixture, &opened, NULL, opened.path), one));
	assert_true(ll_hash_equal(open_after(fixture, &opened, other, other), two));
	assert_true(ll_hash_equal(open_after(fixture, &opened, other, opened.path), one));
	assert_true(ll_hash_equal(open_after(fixture, &opened, "/nowhere/at all", other), two));
	/* It may never be asked for. */
	ll_unpacker_expect(opened.unpacker, other);
	ll_unpacker_expect(opened.unpacker, opened.path);
	close_file(&opened);
}

static void a_line_without_end_is_cut(void **state)
{
	struct fixture *const fixture = *state;
	const size_t size = (size_t)5 * 512 * 1024 + 3;
	LL_CLEANUP(ll_freep) char *text = noise(size);
	LL_CLEANUP(ll_stream_closep) struct ll_stream *stream = ll_stream_open_memory(text, size);
	struct ll_str line;
	size_t total = 0, lines = 0;

	while (ll_stream_line(stream, &line, &fixture->err) > 0) {
		assert_in_range(line.size, 1, 1024 * 1024);
		total += line.size;
		lines++;
	}

	assert_int_equal(total, size);
	assert_int_equal(lines, 3);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(bytes_that_are_no_gzip_are_read_as_they_are),
		test(each_member_is_a_content_of_its_own),
		test(headers_that_curl_saved_before_gzip_are_passed_over),
		test(compressed_text_behind_headers_has_their_date),
		test(members_of_any_size_follow_each_other),
		test(zeros_behind_the_last_member_are_padding),
		test(garbage_behind_a_member_is_reported_with_its_position),
		test(a_gzip_cut_anywhere_ends_once_and_says_so),
		test(a_damaged_gzip_says_where),
		test(a_wrong_checksum_rejects_a_profile),
		test(a_trailer_that_lies_about_the_size_is_found_out),
		test(text_before_the_damage_is_kept_and_noted),
		test(a_bomb_is_stopped_early),
		test(content_and_members_have_ceilings),
		test(a_windowed_profile_larger_than_memory_is_refused),
		test(the_hash_of_the_content_does_not_depend_on_how_it_is_stored),
		test(a_large_file_that_is_one_hole_is_refused_unread),
		test(a_text_larger_than_memory_is_read_through_a_window),
		test(files_over_the_ceilings_are_refused),
		test(a_file_that_was_expected_is_opened_like_any_other),
		test(a_line_without_end_is_cut),
	};

	return cmocka_run_group_tests_name("capture.unpack", tests, NULL, NULL);
}
