/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of a profile, place by place: sums, changes, and what sampling alone explains. */
#include "captures.h"
#include "support.h"

#include <leakledger/profile.h>
#include <leakledger/series.h>

#include <math.h>

static char *scratch;

static int open_scratch(void **state)
{
	(void)state;
	scratch = ll_test_scratch();
	return 0;
}

static int close_scratch(void **state)
{
	(void)state;
	ll_test_scratch_done(scratch);
	return 0;
}

/* A file in which shop.put:31, through bytes.growSlice, and shop.get:55 hold sampled objects. */
static char *write_heap(const char *name, int64_t size, int64_t put, int64_t get)
{
	char put_text[] = "bytes.growSlice@/usr/local/go/src/bytes/buffer.go:250 < "
			  "shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9";
	char get_text[] = "shop.get@/src/shop/shop.go:55 < main.main@/src/shop/main.go:12";
	struct test_stack stacks[2];
	const struct test_heap_sample samples[] = {
		{.stack = &stacks[0], .size = size, .live = put, .born = put},
		{.stack = &stacks[1], .size = size, .live = get, .born = get},
	};
	const struct test_heap heap = {.samples = samples, .count = LL_COUNT(samples)};
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	assert_true(test_stack_parse(put_text, &stacks[0]));
	assert_true(test_stack_parse(get_text, &stacks[1]));
	test_put_heap(&bytes, &heap);
	return ll_test_write(scratch, name, ll_buf_str(&bytes));
}

static struct ll_profile *read_profile(const char *path)
{
	struct ll_profile *const profile = ll_profile_new();
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_profile_add_file(profile, path, LL_KIND_COUNT, &err), &err);
	return profile;
}

static struct ll_compare *compare(const struct ll_profile *const *versions, size_t count,
                                  const char *sample_type)
{
	const struct ll_tree_options options = {.sample_type = sample_type};
	struct ll_compare *made = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_compare_make(versions, count, &options, &made, &err), &err);
	return made;
}

static void assert_written(const struct ll_compare *made, const struct ll_compare_options *options,
                           const char *expected)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf out;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&out, LL_BUF_PAGE);
	assert_ok(ll_write_compare(made, options, &out, &err), &err);
	if (!strstr(out.data, expected))
		fail_msg("no '%s' in:\n%s", expected, out.data);
}

static void a_place_is_the_nearest_line_of_own_code(void **state)
{
	LL_CLEANUP(ll_freep) char *first = write_heap("a1.pb", 1 << 30, 1, 4);
	LL_CLEANUP(ll_freep) char *second = write_heap("a2.pb", 1 << 30, 9, 4);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	const struct ll_profile *const versions[] = {older, newer};
	LL_CLEANUP(ll_compare_freep)
	struct ll_compare *made = compare(versions, 2, "inuse_objects");
	const struct ll_compare_row *const row = made->lines.items;

	(void)state;
	assert_int_equal(made->lines.count, 2);
	assert_int_equal(made->versions[0].total, 5);
	assert_int_equal(made->versions[1].total, 13);
	assert_true(ll_str_equal(row->function, ll_str("shop.put")));
	assert_int_equal(row->line, 31);
	assert_int_equal(row->values[0], 1);
	assert_int_equal(row->values[1], 9);
	assert_int_equal(ll_compare_change(made, row), 8);
	/* Objects of a GiB are all sampled. */
	assert_true(ll_compare_error(made, row) < 0.001);
}

/*
 * 100 samples of 64 KiB at one in 512 KiB: f = 1 / (1 - exp(-1/8)) = 8.5104, so the variance is
 * 100 f (f - 1) = 6391.7 objects and half the interval 1.96 * 79.95 * 64 KiB.
 */
static void the_error_is_that_of_sampling(void **state)
{
	LL_CLEANUP(ll_freep) char *first = write_heap("b1.pb", 65536, 0, 1);
	LL_CLEANUP(ll_freep) char *second = write_heap("b2.pb", 65536, 100, 1);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	const struct ll_profile *const versions[] = {older, newer};
	LL_CLEANUP(ll_compare_freep)
	struct ll_compare *made = compare(versions, 2, "inuse_space");
	const struct ll_compare_row *const row = made->lines.items;

	(void)state;
	assert_true(fabs(ll_compare_error(made, row) / (1.96 * sqrt(6391.7) * 65536) - 1) < 0.001);
}

static void what_sampling_explains_is_marked(void **state)
{
	static const struct ll_compare_options text = {.format = "text"};
	LL_CLEANUP(ll_freep) char *first = write_heap("c1.pb", 65536, 10, 100);
	LL_CLEANUP(ll_freep) char *second = write_heap("c2.pb", 65536, 12, 300);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	const struct ll_profile *const versions[] = {older, newer};
	LL_CLEANUP(ll_compare_freep)
	struct ll_compare *made = compare(versions, 2, "inuse_objects");

	(void)state;
	assert_written(made, &text,
	               "  851  2,553  +1,702  +200 %   \xc2\xb1"
	               "313  shop.get\n");
	assert_written(made, &text,
	               "   85    102     +17       ~    \xc2\xb1"
	               "73  shop.put shop.go:31\n");
}

static void many_versions_stand_side_by_side_or_as_increments(void **state)
{
	const struct ll_compare_options values = {.format = "text"};
	const struct ll_compare_options increments = {.format = "text", .increments = true};
	struct ll_profile *versions[4];
	struct ll_compare *made;

	(void)state;
	for (int i = 0; i < 4; i++) {
		char name[16];
		char *path;

		(void)snprintf(name, sizeof name, "d%d.pb", i);
		path = write_heap(name, 1 << 30, 1 + i * i, 5);
		versions[i] = read_profile(path);
		free(path);
	}
	made = compare((const struct ll_profile *const[]){versions[0], versions[1], versions[2],
	                                                  versions[3]},
	               4, "inuse_objects");

	assert_written(made, &values, "1  2  5  10      +9  +900 %         shop.put\n");
	assert_written(made, &increments, "1  +1  +3  +5      +9  +900 %         shop.put\n");
	assert_written(made, &values, "1 did not change\n");

	ll_compare_free(made);
	for (int i = 0; i < 4; i++)
		ll_profile_free(versions[i]);
}

static void goroutines_are_told_apart_by_what_they_wait_for(void **state)
{
	static const char older_dump[] =
		"goroutine 1 [chan receive]:\nshop.wait()\n\t/src/shop/hub.go:75 +0x1\n\n";
	static const char newer_dump[] =
		"goroutine 1 [chan receive]:\nshop.wait()\n\t/src/shop/hub.go:75 +0x1\n\n"
		"goroutine 2 [select]:\nshop.wait()\n\t/src/shop/hub.go:75 +0x1\n\n"
		"goroutine 3 [select]:\nshop.wait()\n\t/src/shop/hub.go:75 +0x1\n\n";
	static const struct ll_compare_options json = {.format = "json", .version = "1.0"};
	static const struct ll_compare_options text = {.format = "text"};
	LL_CLEANUP(ll_freep) char *first = ll_test_write(scratch, "g1.txt", ll_str(older_dump));
	LL_CLEANUP(ll_freep) char *second = ll_test_write(scratch, "g2.txt", ll_str(newer_dump));
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	const struct ll_profile *const versions[] = {older, newer};
	LL_CLEANUP(ll_compare_freep) struct ll_compare *made = compare(versions, 2, NULL);

	(void)state;
	assert_int_equal(made->functions.count, 1);
	assert_int_equal(made->lines.count, 2);
	assert_written(made, &text, "new         shop.wait hub.go:75 [select]\n");
	assert_written(made, &json,
	               "\"state\":\"select\",\"values\":[0,2],\"change\":2,"
	               "\"percent\":null,\"error\":0");
}

static void kinds_cannot_be_mixed(void **state)
{
	LL_CLEANUP(ll_freep) char *first = write_heap("k.pb", 1 << 30, 1, 1);
	LL_CLEANUP(ll_freep)
	char *second = ll_test_write(scratch, "k.txt",
	                             ll_str("goroutine 1 [select]:\nmain.f()\n\t/m.go:1 +0x1\n\n"));
	LL_CLEANUP(ll_profile_freep) struct ll_profile *heap = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *dump = read_profile(second);
	const struct ll_profile *const versions[] = {heap, dump};
	const struct ll_tree_options options = {.own_only = false};
	struct ll_compare *made = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_compare_make(versions, 2, &options, &made, &err), LL_E_USAGE);
}

static void hostile_names_stay_in_their_cell(void **state)
{
	static const char dump[] =
		"goroutine 1 [select]:\nmain.a|b\x1b[31m`c()\n\t/src/x|y.go:1 +0x1\n\n";
	static const char none[] = "goroutine 1 [select]:\nmain.f()\n\t/src/m.go:1 +0x1\n\n";
	static const struct ll_compare_options md = {.format = "md"};
	LL_CLEANUP(ll_freep) char *first = ll_test_write(scratch, "h1.txt", ll_str(none));
	LL_CLEANUP(ll_freep) char *second = ll_test_write(scratch, "h2.txt", ll_str(dump));
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	const struct ll_profile *const versions[] = {older, newer};
	LL_CLEANUP(ll_compare_freep) struct ll_compare *made = compare(versions, 2, NULL);
	LL_CLEANUP(ll_buf_done) struct ll_buf out;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	ll_buf_init(&out, LL_BUF_PAGE);
	assert_ok(ll_write_compare(made, &md, &out, &err), &err);

	assert_null(strchr(out.data, '\x1b'));
	assert_null(strstr(out.data, "a|b"));
	assert_non_null(strstr(out.data, "a\\|b"));
}

/* A file in which shop.put holds 4 KiB objects at one line, and 64 byte ones at another. */
static char *write_moved(const char *name, const char *large, const char *small, int64_t count)
{
	char texts[2][128];
	struct test_stack stacks[2];
	const struct test_heap_sample samples[] = {
		{.stack = &stacks[0], .size = 4096, .live = count, .born = count},
		{.stack = &stacks[1], .size = 64, .live = 8, .born = 8},
	};
	const struct test_heap heap = {.samples = samples, .count = LL_COUNT(samples)};
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	(void)snprintf(texts[0], sizeof texts[0], "shop.put@/src/shop/shop.go:%s", large);
	(void)snprintf(texts[1], sizeof texts[1], "shop.put@/src/shop/shop.go:%s", small);
	assert_true(test_stack_parse(texts[0], &stacks[0]));
	assert_true(test_stack_parse(texts[1], &stacks[1]));
	test_put_heap(&bytes, &heap);
	return ll_test_write(scratch, name, ll_buf_str(&bytes));
}

static void a_line_that_moved_is_one_row(void **state)
{
	const struct ll_compare_options options = {.format = "text", .version = "1"};
	const struct ll_compare_options json = {.format = "json", .version = "1"};
	LL_CLEANUP(ll_freep) char *first = write_moved("m1.pb", "31", "35", 10);
	LL_CLEANUP(ll_freep) char *second = write_moved("m2.pb", "35", "39", 30);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	const struct ll_profile *const versions[] = {older, newer};
	LL_CLEANUP(ll_compare_freep)
	struct ll_compare *made = compare(versions, 2, "inuse_space");
	const struct ll_compare_row *const rows = made->lines.items;

	(void)state;
	assert_int_equal(made->lines.count, 2);
	assert_int_equal(rows[0].line, 35);
	assert_int_equal(rows[0].was_line, 31);
	assert_true(rows[0].values[0] > 0 && rows[0].values[1] > 2 * rows[0].values[0]);
	assert_int_equal(rows[1].line, 39);
	assert_int_equal(ll_compare_change(made, &rows[1]), 0);
	assert_written(made, &options, "shop.put shop.go:35 (was :31)");
	assert_written(made, &json, "\"line\":35,\"was_line\":31");
}

static void an_edited_function_keeps_its_places(void **state)
{
	LL_CLEANUP(ll_freep) char *first = write_moved("e1.pb", "31", "35", 10);
	LL_CLEANUP(ll_freep) char *second = write_moved("e2.pb", "31", "36", 10);
	LL_CLEANUP(ll_freep) char *third = write_moved("e3.pb", "36", "31", 10);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *edited = read_profile(second);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *crossed = read_profile(third);
	const struct ll_profile *const edits[] = {older, edited};
	const struct ll_profile *const crosses[] = {edited, crossed};
	LL_CLEANUP(ll_compare_freep)
	struct ll_compare *one = compare(edits, 2, "inuse_space");
	LL_CLEANUP(ll_compare_freep)
	struct ll_compare *other = compare(crosses, 2, "inuse_space");

	(void)state;
	assert_int_equal(one->lines.count, 2);
	/* On the same lines, but of other sizes: lines decide. */
	assert_int_equal(other->lines.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_place_is_the_nearest_line_of_own_code),
		cmocka_unit_test(a_line_that_moved_is_one_row),
		cmocka_unit_test(an_edited_function_keeps_its_places),
		cmocka_unit_test(the_error_is_that_of_sampling),
		cmocka_unit_test(what_sampling_explains_is_marked),
		cmocka_unit_test(many_versions_stand_side_by_side_or_as_increments),
		cmocka_unit_test(goroutines_are_told_apart_by_what_they_wait_for),
		cmocka_unit_test(kinds_cannot_be_mixed),
		cmocka_unit_test(hostile_names_stay_in_their_cell),
	};

	return cmocka_run_group_tests_name("report.compare", tests, open_scratch, close_scratch);
}
