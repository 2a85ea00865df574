/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_container.c - archives taken apart: tar and zip, compressed or not, whole, cut, damaged and
 * hostile.
 */
#include "archives.h"
#include "captures.h"
#include "support.h"

#include <leakledger/capture.h>

#include <inttypes.h>

enum {
	NOON_S = 1772366400, /* 2026-03-01T12:00:00Z */
};

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)

struct fixture {
	struct ll_limits limits;
	struct ll_buf stored; /* the file */
	struct ll_buf text;   /* "name time: content LF" of what it holds */
	char *directory;      /* where it is put when it is read from a file */
	struct test_archive archive;
};

static int set_up(void **state)
{
	struct fixture *const fixture = ll_calloc(1, sizeof *fixture);

	fixture->limits = ll_limits_default;
	ll_buf_init(&fixture->stored, LL_BUF_PAGE);
	ll_buf_init(&fixture->text, LL_BUF_PAGE);
	fixture->directory = ll_test_scratch();
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *const fixture = *state;

	ll_buf_done(&fixture->stored);
	ll_buf_done(&fixture->text);
	ll_test_scratch_done(fixture->directory);
	free(fixture);
	return 0;
}

/* ------------------------------------------------------------------ what it holds */

/* Short contents as they are, of long ones the size; then the reason why there is no more. */
static void say_content(struct fixture *fixture, struct ll_stream *stream)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_str line;
	size_t size = 0;
	struct ll_str first = ll_stream_peek(stream, 40);

	ll_buf_put_str(&fixture->text, first.size < 40 ? first : ll_str_n(NULL, 0));
	while (ll_stream_line(stream, &line, &err) > 0)
		size += line.size;
	if (size >= 40)
		ll_buf_printf(&fixture->text, "%zu bytes", size);
	if (err.code != LL_OK)
		ll_buf_printf(&fixture->text, " (%s)", err.text);
}

static void say_members(struct fixture *fixture, struct ll_unpacker *unpacker)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stream *stream;
	int rc;

	ll_buf_clear(&fixture->text);
	while ((rc = ll_unpacker_next(unpacker, &stream, &err)) != 0) {
		const struct ll_member *const member = ll_unpacker_member(unpacker);

		ll_buf_put_str(&fixture->text, member->name);
		if (member->modified_ns != LL_TIME_NONE)
			ll_buf_printf(&fixture->text, " +%" PRId64,
			              member->modified_ns / LL_NS_PER_S - NOON_S);
		ll_buf_puts(&fixture->text, rc < 0 ? "! " : ": ");
		if (rc < 0)
			ll_buf_puts(&fixture->text, err.text);
		else
			say_content(fixture, stream);
		ll_buf_putc(&fixture->text, '\n');
	}
	/* What has ended stays so. */
	assert_int_equal(ll_unpacker_next(unpacker, &stream, &err), 0);
}

/* Reads the stored bytes from memory and from a file: both must give the same. */
static const char *members(struct fixture *fixture)
{
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&fixture->limits);
	LL_CLEANUP(ll_freep)
	char *path = ll_test_write(fixture->directory, "file", ll_buf_str(&fixture->stored));
	LL_CLEANUP(ll_freep) char *text = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_hash hash;
	int64_t size;

	ll_unpacker_open_memory(unpacker, ll_buf_str(&fixture->stored));
	say_members(fixture, unpacker);
	text = ll_strdup(fixture->text.data);
	assert_ok(ll_unpacker_open(unpacker, path, &hash, &size, &err), &err);
	assert_int_equal(size, fixture->stored.size);
	assert_true(ll_hash_equal(hash, ll_hash_bytes(fixture->stored.data, fixture->stored.size)));
	say_members(fixture, unpacker);
	assert_string_equal(fixture->text.data, text);
	return fixture->text.data;
}

#define assert_members(fixture, expected) assert_string_equal(members(fixture), (expected))

static void open_archive(struct fixture *fixture, const char *format, const char *filter)
{
	ll_buf_clear(&fixture->stored);
	test_archive_open(&fixture->archive, &fixture->stored, format, filter);
}

static void put(struct fixture *fixture, const char *name, const char *text)
{
	test_archive_put(&fixture->archive, name, ll_str(text), NOON_S);
}

static void close_archive(struct fixture *fixture)
{
	test_archive_close(&fixture->archive);
}

/* Lines of text that compress ten times or so, of `size` bytes. */
static struct ll_str prose(struct ll_buf *to, size_t size)
{
	ll_buf_clear(to);
	for (uint32_t i = 0; to->size < size; i++)
		ll_buf_printf(to, "%08x the same words again, only the number differs\n",
		              i * 2654435761U);
	return ll_str_first(ll_buf_str(to), size);
}

/* ---------------------------------------------------------------------- kinds */

static void archives_of_every_kind_give_the_same_members(void **state)
{
	static const struct {
		const char *format, *filter;
	} kinds[] = {
		{"ustar", NULL},   {"pax", NULL},   {"gnutar", NULL}, {"zip", NULL},
		{"ustar", "gzip"}, {"pax", "zstd"}, {"gnutar", "xz"}, {"ustar", "bzip2"},
		{"zip", "gzip"},   {"zip", "zstd"},
	};
	struct fixture *const fixture = *state;

	for (size_t i = 0; i < LL_COUNT(kinds); i++) {
		open_archive(fixture, kinds[i].format, kinds[i].filter);
		put(fixture, "shop/pod-1/a.txt", "first");
		put(fixture, "shop/pod-2/b.txt", "second");
		put(fixture, "empty.txt", "");
		close_archive(fixture);

		assert_members(fixture, "shop/pod-1/a.txt +0: first\nshop/pod-2/b.txt +0: second\n"
		                        "empty.txt +0: \n");
	}
}

static void a_tar_of_the_oldest_form_is_known_by_its_checksum(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "v7tar", NULL);
	put(fixture, "a.txt", "first");
	close_archive(fixture);
	assert_int_equal(ll_str_find(ll_buf_str(&fixture->stored), "ustar"), SIZE_MAX);

	assert_members(fixture, "a.txt +0: first\n");
}

static void a_compressed_file_is_one_content_without_a_name(void **state)
{
	static const char *const filters[] = {"zstd", "xz", "bzip2", "gzip"};
	struct fixture *const fixture = *state;

	for (size_t i = 0; i < LL_COUNT(filters); i++) {
		ll_buf_clear(&fixture->stored);
		test_put_packed(&fixture->stored, filters[i], ll_str("content"));
		assert_members(fixture, ": content\n");

		ll_buf_clear(&fixture->stored);
		test_put_packed(&fixture->stored, filters[i], ll_str(""));
		assert_members(fixture, ": \n");
	}
}

static void frames_of_zstd_that_follow_each_other_are_one_content(void **state)
{
	struct fixture *const fixture = *state;

	/* As parallel compressors write them, the first one with words for each other. */
	ll_buf_put(&fixture->stored, "\x50\x2a\x4d\x18\x04\x00\x00\x00note", 12);
	test_put_packed(&fixture->stored, "zstd", ll_str("one "));
	test_put_packed(&fixture->stored, "zstd", ll_str("two"));

	assert_members(fixture, ": one two\n");
}

static void members_may_be_compressed_themselves(void **state)
{
	static const char *const filters[] = {"zstd", "xz", "bzip2", "gzip"};
	static const char *const around[] = {NULL, "zstd", "gzip"};
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf packed;

	ll_buf_init(&packed, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(filters) * LL_COUNT(around); i++) {
		ll_buf_clear(&packed);
		test_put_packed(&packed, filters[i % LL_COUNT(filters)], ll_str("content"));
		open_archive(fixture, i % 2 ? "zip" : "pax", around[i / LL_COUNT(filters)]);
		put(fixture, "a.txt", "plain");
		test_archive_put(&fixture->archive, "b.pb", ll_buf_str(&packed), NOON_S + 1);
		put(fixture, "c.txt", "plain");
		close_archive(fixture);

		assert_members(fixture, "a.txt +0: plain\nb.pb +1: content\nc.txt +0: plain\n");
	}
}

/* A profile is gzip already when something that rotates files compresses it once more. */
static void what_was_compressed_twice_is_undone_twice(void **state)
{
	static const char *const filters[] = {"gzip", "zstd", "xz", "bzip2"};
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf packed;

	ll_buf_init(&packed, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(filters); i++) {
		ll_buf_clear(&packed);
		ll_buf_clear(&fixture->stored);
		test_put_packed(&packed, filters[i], ll_str("content"));
		test_put_gzip(&fixture->stored, ll_buf_str(&packed));

		assert_members(fixture, ": content\n");
	}
}

static void what_was_compressed_three_times_is_handed_out_compressed(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf once, twice;
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&fixture->limits);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stream *stream;

	ll_buf_init(&once, LL_BUF_PAGE);
	ll_buf_init(&twice, LL_BUF_PAGE);
	test_put_gzip(&once, ll_str("content"));
	test_put_gzip(&twice, ll_buf_str(&once));
	ll_buf_clear(&fixture->stored);
	test_put_gzip(&fixture->stored, ll_buf_str(&twice));

	ll_unpacker_open_memory(unpacker, ll_buf_str(&fixture->stored));
	assert_int_equal(ll_unpacker_next(unpacker, &stream, &err), 1);
	assert_true(ll_str_equal(ll_stream_peek(stream, once.size), ll_buf_str(&once)));
	assert_int_equal(ll_unpacker_next(unpacker, &stream, &err), 0);
}

static void each_member_of_gzip_within_a_member_is_a_content(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf packed;

	ll_buf_init(&packed, LL_BUF_PAGE);
	test_put_gzip(&packed, ll_str("one"));
	test_put_gzip(&packed, ll_str("two"));
	open_archive(fixture, "pax", NULL);
	test_archive_put(&fixture->archive, "a.gz", ll_buf_str(&packed), NOON_S);
	put(fixture, "b", "three");
	close_archive(fixture);

	assert_members(fixture, "a.gz +0: one\na.gz +0: two\nb +0: three\n");
}

static void an_archive_that_gzip_cut_into_members_is_one_archive(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text, blocks;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_init(&blocks, LL_BUF_PAGE);
	open_archive(fixture, "pax", NULL);
	put(fixture, "a", "first");
	test_archive_put(&fixture->archive, "b", prose(&text, 3 * MIB), NOON_S);
	put(fixture, "c", "third");
	close_archive(fixture);
	for (size_t at = 0; at < fixture->stored.size; at += 65280)
		test_put_gzip(&blocks,
		              ll_str_first(ll_str_from(ll_buf_str(&fixture->stored), at), 65280));
	ll_buf_clear(&fixture->stored);
	ll_buf_put_str(&fixture->stored, ll_buf_str(&blocks));

	(void)members(fixture);

	assert_non_null(strstr(fixture->text.data, "a +0: first\nb +0: "));
	assert_non_null(strstr(fixture->text.data, "c +0: third\n"));
}

static void archives_behind_each_other_are_all_read(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "ustar", NULL);
	put(fixture, "a", "first");
	close_archive(fixture);
	test_archive_open(&fixture->archive, &fixture->stored, "ustar", NULL);
	put(fixture, "b", "second");
	close_archive(fixture);

	assert_members(fixture, "a +0: first\nb +0: second\n");
}

/* ------------------------------------------------------------------- large ones */

static void what_is_larger_than_memory_is_read_piece_by_piece(void **state)
{
	static const char *const filters[] = {NULL, "zstd", "gzip"};
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text, packed;

	fixture->limits.memory_bytes = 64 * KIB;
	fixture->limits.whole_bytes = 16 * KIB;
	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_init(&packed, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(filters) * 2; i++) {
		open_archive(fixture, i % 2 ? "zip" : "pax", filters[i / 2]);
		put(fixture, "a", "first");
		test_archive_put(&fixture->archive, "b", prose(&text, 9 * MIB), NOON_S);
		ll_buf_clear(&packed);
		test_put_packed(&packed, "gzip", prose(&text, 2 * MIB));
		test_archive_put(&fixture->archive, "c.gz", ll_buf_str(&packed), NOON_S);
		ll_buf_clear(&packed);
		test_put_packed(&packed, "zstd", prose(&text, 2 * MIB));
		test_archive_put(&fixture->archive, "d.zst", ll_buf_str(&packed), NOON_S);
		put(fixture, "e", "last");
		close_archive(fixture);
		assert_true((int64_t)fixture->stored.size > fixture->limits.memory_bytes);

		assert_members(fixture, "a +0: first\nb +0: 9265599 bytes\nc.gz +0: 2059022 bytes\n"
		                        "d.zst +0: 2059022 bytes\ne +0: last\n");
	}
}

static void a_gzip_file_larger_than_memory_is_read_through_a_window(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	fixture->limits.memory_bytes = 16 * KIB;
	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 0; i < 3; i++)
		test_put_gzip(&fixture->stored, prose(&text, MIB));
	for (size_t i = 0; i < 1000000; i++)
		ll_buf_putc(&fixture->stored, '\0');

	(void)members(fixture);

	assert_string_equal(fixture->text.data, ": 1029511 bytes\n: 1029511 bytes\n"
	                                        ": 1029511 bytes\n");
}

/* ------------------------------------------------------------------------ names */

static void names_lose_what_leads_out_of_the_archive(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "ustar", NULL);
	put(fixture, "../../etc/passwd", "1");
	put(fixture, "/var/heap", "2");
	put(fixture, "./a/./b//c", "3");
	put(fixture, "..", "4");
	close_archive(fixture);

	assert_members(fixture, "etc/passwd +0: 1\nvar/heap +0: 2\na/b/c +0: 3\n");
}

static void hidden_members_leftovers_links_and_directories_are_passed_over(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "pax", NULL);
	put(fixture, ".DS_Store", "x");
	put(fixture, "a/.git/config", "x");
	put(fixture, "__MACOSX/._heap.pb", "x");
	put(fixture, "a/heap.pb~", "x");
	put(fixture, "a/heap.pb.swp", "x");
	put(fixture, "a/heap.pb", "seen");
	test_archive_link(&fixture->archive, "a/link", "heap.pb");
	test_archive_link(&fixture->archive, "a/out", "/etc/passwd");
	close_archive(fixture);

	assert_members(fixture, "a/heap.pb +0: seen\n");
}

static void names_that_are_no_ascii_survive(void **state)
{
	static const char *const formats[] = {"gnutar", "ustar", "zip"};
	struct fixture *const fixture = *state;

	for (size_t i = 0; i < LL_COUNT(formats); i++) {
		open_archive(fixture, formats[i], NULL);
		put(fixture, "caf\xc3\xa9/h\xc3\xa9p", "x");
		close_archive(fixture);

		assert_members(fixture, "caf\xc3\xa9/h\xc3\xa9p +0: x\n");
	}
	ll_buf_clear(&fixture->stored);
	test_put_pax_tar(&fixture->stored, "caf\xc3\xa9/h\xc3\xa9p", "x");
	assert_members(fixture, "caf\xc3\xa9/h\xc3\xa9p: x\n");
}

static void a_member_without_a_time_has_none(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "ustar", NULL);
	test_archive_put(&fixture->archive, "a", ll_str("x"), 0);
	close_archive(fixture);

	assert_members(fixture, "a: x\n");
}

/* ------------------------------------------------------------------------ damage */

static void what_stands_before_a_cut_is_kept(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	open_archive(fixture, "pax", NULL);
	put(fixture, "a", "first");
	test_archive_put(&fixture->archive, "b", prose(&text, 100000), NOON_S);
	put(fixture, "c", "third");
	close_archive(fixture);
	fixture->stored.size = 50000;

	(void)members(fixture);

	assert_true(ll_str_starts(ll_buf_str(&fixture->text), "a +0: first\nb +0: "));
	assert_non_null(strstr(fixture->text.data, "(truncated tar: it breaks off at byte "));
	assert_non_null(strstr(fixture->text.data, "\n! truncated tar: it breaks off at byte "));
	assert_null(strstr(fixture->text.data, "third"));
}

/* Cuts the stored bytes everywhere; whatever is said, it ends, and says something. */
static void cut_everywhere(struct fixture *fixture, const char *format, const char *filter)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf whole;

	open_archive(fixture, format, filter);
	put(fixture, "a", "first");
	put(fixture, "b/c", "a second one that is longer than a line of words");
	close_archive(fixture);
	ll_buf_init(&whole, LL_BUF_PAGE);
	ll_buf_put_str(&whole, ll_buf_str(&fixture->stored));
	for (size_t size = 0; size < whole.size; size += 29) {
		ll_buf_clear(&fixture->stored);
		ll_buf_put(&fixture->stored, whole.data, size);
		(void)members(fixture);
		assert_true(fixture->text.size > 0);
	}
}

static void an_archive_cut_anywhere_ends_and_says_something(void **state)
{
	cut_everywhere(*state, "ustar", NULL);
	cut_everywhere(*state, "pax", "gzip");
	cut_everywhere(*state, "pax", "zstd");
	cut_everywhere(*state, "ustar", "xz");
	cut_everywhere(*state, "zip", NULL);
}

/* Turns every byte in turn; whatever is said, it ends. */
static void damage_everywhere(struct fixture *fixture, const char *format, const char *filter)
{
	open_archive(fixture, format, filter);
	put(fixture, "a", "first");
	put(fixture, "b/c", "second");
	close_archive(fixture);
	for (size_t at = 0; at < fixture->stored.size; at += 13) {
		fixture->stored.data[at] ^= 0x55;
		(void)members(fixture);
		fixture->stored.data[at] ^= 0x55;
	}
}

static void an_archive_damaged_anywhere_ends(void **state)
{
	damage_everywhere(*state, "ustar", NULL);
	damage_everywhere(*state, "pax", "zstd");
	damage_everywhere(*state, "ustar", "bzip2");
	damage_everywhere(*state, "zip", NULL);
}

static void a_damaged_member_costs_no_other(void **state)
{
	struct fixture *const fixture = *state;
	size_t at;

	open_archive(fixture, "zip", NULL);
	put(fixture, "a", "first");
	put(fixture, "b", "second second second second second second second second");
	put(fixture, "c", "third");
	close_archive(fixture);
	at = ll_str_find(ll_buf_str(&fixture->stored), "b");
	assert_true(at < fixture->stored.size);
	fixture->stored.data[at + 30] ^= 0x55;

	(void)members(fixture);

	assert_non_null(strstr(fixture->text.data, "a +0: first\n"));
	assert_non_null(strstr(fixture->text.data, "damaged zip"));
	assert_non_null(strstr(fixture->text.data, "c +0: third\n"));
}

static void an_encrypted_member_is_refused_by_name(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "encrypted zip", NULL);
	put(fixture, "a", "first");
	put(fixture, "b", "second");
	close_archive(fixture);

	assert_members(fixture, "a +0! encrypted\nb +0! encrypted\n");
}

static void an_archive_within_an_archive_is_handed_out_as_it_is(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf inner;
	struct test_archive archive;

	ll_buf_init(&inner, LL_BUF_PAGE);
	test_archive_open(&archive, &inner, "zip", NULL);
	test_archive_put(&archive, "deep", ll_str("x"), 0);
	test_archive_close(&archive);
	open_archive(fixture, "pax", "zstd");
	test_archive_put(&fixture->archive, "inner.zip", ll_buf_str(&inner), NOON_S);
	put(fixture, "b", "second");
	close_archive(fixture);

	(void)members(fixture);

	assert_true(ll_str_starts(ll_buf_str(&fixture->text), "inner.zip +0: "));
	assert_non_null(strstr(fixture->text.data, "b +0: second\n"));
	assert_null(strstr(fixture->text.data, "deep: x"));
}

static void an_archive_of_nothing_says_so(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "zip", NULL);
	close_archive(fixture);
	assert_members(fixture, "! no files in this archive, or only zero bytes\n");

	open_archive(fixture, "pax", "zstd");
	put(fixture, ".hidden", "x");
	close_archive(fixture);
	assert_members(fixture, "! no files in this archive, or only zero bytes\n");
}

/* ---------------------------------------------------------------------- ceilings */

static void a_bomb_in_an_archive_is_stopped_early(void **state)
{
	static const char *const filters[] = {"zstd", "xz", "bzip2"};
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_freep) char *blanks = ll_malloc(40 * MIB);

	memset(blanks, ' ', 40 * MIB);
	for (size_t i = 0; i < LL_COUNT(filters); i++) {
		open_archive(fixture, "pax", filters[i]);
		put(fixture, "a", "first");
		test_archive_put(&fixture->archive, "b", ll_str_n(blanks, 40 * MIB), NOON_S);
		put(fixture, "c", "third");
		close_archive(fixture);

		(void)members(fixture);

		assert_true(ll_str_starts(ll_buf_str(&fixture->text), "a +0: first\n"));
		assert_non_null(
			strstr(fixture->text.data, "! expands more than 200 times: a bomb?\n"));
		assert_null(strstr(fixture->text.data, "third"));
	}
}

static void a_bomb_that_is_only_passed_over_is_stopped_too(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_freep) char *blanks = ll_malloc(40 * MIB);

	memset(blanks, ' ', 40 * MIB);
	open_archive(fixture, "pax", "zstd");
	test_archive_put(&fixture->archive, ".hidden", ll_str_n(blanks, 40 * MIB), NOON_S);
	put(fixture, "a", "first");
	close_archive(fixture);

	assert_members(fixture, "! expands more than 200 times: a bomb?\n");
}

static void a_file_that_is_all_hole_is_stopped(void **state)
{
	struct fixture *const fixture = *state;

	test_put_sparse_tar(&fixture->stored, "a", INT64_C(1) << 32);

	(void)members(fixture);

	assert_non_null(strstr(fixture->text.data, "expands more than 200 times: a bomb?"));
}

/* A failed capture, all zeros. Behind gzip there is no seeking in the zip. */
static void a_bomb_among_members_is_refused_alone(void **state)
{
	static const struct {
		const char *format, *around;
	} rows[] = {{"zip", NULL}, {"zip", "gzip"}};
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf inner;
	LL_CLEANUP(ll_freep) char *zeros = ll_calloc(1, 20 * MIB);

	ll_buf_init(&inner, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		open_archive(fixture, rows[i].format, NULL);
		put(fixture, "a.txt", "first");
		test_archive_put(&fixture->archive, "zeros", ll_str_n(zeros, 20 * MIB), NOON_S);
		put(fixture, "z.txt", "last");
		close_archive(fixture);
		ll_buf_clear(&inner);
		ll_buf_put_str(&inner, ll_buf_str(&fixture->stored));
		if (rows[i].around) {
			ll_buf_clear(&fixture->stored);
			test_put_packed(&fixture->stored, rows[i].around, ll_buf_str(&inner));
		}

		(void)members(fixture);

		assert_true(ll_str_starts(ll_buf_str(&fixture->text), "a.txt +0: first\nzeros +0"));
		assert_true(
			ll_str_ends(ll_buf_str(&fixture->text),
		                    "(expands more than 200 times: a bomb?)\nz.txt +0: last\n"));
	}
}

/* 30 MiB are less than 200 times the archive, and more than 200 times the member. */
static void a_packed_member_is_measured_by_its_own_size(void **state)
{
	static const char *const filters[] = {"zstd", "xz", "bzip2", "gzip"};
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_freep) char *zeros = ll_calloc(1, 30 * MIB);
	LL_CLEANUP(ll_freep) char *noise = ll_malloc(MIB / 2);
	uint64_t random = 1;

	for (size_t i = 0; i < MIB / 2; i++) {
		random = random * 6364136223846793005U + 1442695040888963407U;
		noise[i] = (char)('a' + (random >> 59) % 16);
	}
	for (size_t i = 0; i < LL_COUNT(filters); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf packed;

		ll_buf_init(&packed, LL_BUF_PAGE);
		test_put_packed(&packed, filters[i], ll_str_n(zeros, 30 * MIB));
		open_archive(fixture, "pax", NULL);
		test_archive_put(&fixture->archive, "noise", ll_str_n(noise, MIB / 2), NOON_S);
		test_archive_put(&fixture->archive, "zeros", ll_buf_str(&packed), NOON_S);
		put(fixture, "z.txt", "last");
		close_archive(fixture);

		(void)members(fixture);

		assert_non_null(strstr(fixture->text.data, "expands more than 200 times: a "));
		assert_true(ll_str_ends(ll_buf_str(&fixture->text), "z.txt +0: last\n"));
	}
}

static void a_hole_is_refused_alone(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf rest;

	ll_buf_init(&rest, LL_BUF_PAGE);
	test_archive_open(&fixture->archive, &rest, "gnutar", NULL);
	put(fixture, "z.txt", "last");
	close_archive(fixture);
	test_put_sparse_tar(&fixture->stored, "a", INT64_C(1) << 32);
	ll_buf_put_str(&fixture->stored, ll_buf_str(&rest));

	(void)members(fixture);

	assert_non_null(strstr(fixture->text.data, "expands more than 200 times: a bomb?"));
	assert_true(ll_str_ends(ll_buf_str(&fixture->text), "z.txt +0: last\n"));
}

static void an_archive_of_bombs_is_given_up(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_freep) char *zeros = ll_calloc(1, 2 * MIB);
	size_t refused = 0;

	fixture->limits.ratio_free_bytes = MIB;
	open_archive(fixture, "zip", NULL);
	for (int i = 0; i < 100; i++)
		test_archive_put(&fixture->archive, "zeros", ll_str_n(zeros, 2 * MIB), NOON_S);
	put(fixture, "z.txt", "last");
	close_archive(fixture);
	/* A MiB or so for each: all that is stored is too little to allow for one. */
	fixture->limits.ratio = 4;

	(void)members(fixture);

	for (const char *at = fixture->text.data; (at = strstr(at, "bomb?)")) != NULL; at++)
		refused++;
	assert_in_range(refused, 50, 65);
	assert_true(ll_str_ends(ll_buf_str(&fixture->text),
	                        "! members expand more than 4 times, again and again: a bomb?\n"));
}

static void too_many_entries_and_too_many_bytes_are_refused(void **state)
{
	struct fixture *const fixture = *state;

	open_archive(fixture, "pax", NULL);
	for (int i = 0; i < 5; i++)
		put(fixture, "a", "0123456789");
	close_archive(fixture);

	fixture->limits.entries = 2;
	assert_members(fixture, "a +0: 0123456789\na +0: 0123456789\n"
	                        "! more than 2 entries in one archive\n");

	fixture->limits = ll_limits_default;
	fixture->limits.archive_bytes = 25;
	(void)members(fixture);
	assert_non_null(strstr(fixture->text.data, "expands to more than 25 bytes"));
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(archives_of_every_kind_give_the_same_members),
		test(a_tar_of_the_oldest_form_is_known_by_its_checksum),
		test(a_compressed_file_is_one_content_without_a_name),
		test(frames_of_zstd_that_follow_each_other_are_one_content),
		test(members_may_be_compressed_themselves),
		test(what_was_compressed_twice_is_undone_twice),
		test(what_was_compressed_three_times_is_handed_out_compressed),
		test(each_member_of_gzip_within_a_member_is_a_content),
		test(an_archive_that_gzip_cut_into_members_is_one_archive),
		test(archives_behind_each_other_are_all_read),
		test(what_is_larger_than_memory_is_read_piece_by_piece),
		test(a_gzip_file_larger_than_memory_is_read_through_a_window),
		test(names_lose_what_leads_out_of_the_archive),
		test(hidden_members_leftovers_links_and_directories_are_passed_over),
		test(names_that_are_no_ascii_survive),
		test(a_member_without_a_time_has_none),
		test(what_stands_before_a_cut_is_kept),
		test(an_archive_cut_anywhere_ends_and_says_something),
		test(an_archive_damaged_anywhere_ends),
		test(a_damaged_member_costs_no_other),
		test(an_encrypted_member_is_refused_by_name),
		test(an_archive_within_an_archive_is_handed_out_as_it_is),
		test(an_archive_of_nothing_says_so),
		test(a_bomb_in_an_archive_is_stopped_early),
		test(a_bomb_that_is_only_passed_over_is_stopped_too),
		test(a_bomb_among_members_is_refused_alone),
		test(a_packed_member_is_measured_by_its_own_size),
		test(a_hole_is_refused_alone),
		test(an_archive_of_bombs_is_given_up),
		test(a_file_that_is_all_hole_is_stopped),
		test(too_many_entries_and_too_many_bytes_are_refused),
	};

	return cmocka_run_group_tests_name("capture.container", tests, NULL, NULL);
}
