/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles and what is made of them: sums, differences, trees, and the files of other tools. */
#include "captures.h"
#include "corpus.h"
#include "support.h"

#include <leakledger/json.h>
#include <leakledger/profile.h>

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

/* ------------------------------------------------------------------------ arrange */

static struct test_stack stack_of(const char *text)
{
	static char copies[8][512];
	static size_t used;
	char *const copy = copies[used++ % LL_COUNT(copies)];
	struct test_stack stack;

	(void)snprintf(copy, sizeof copies[0], "%s", text);
	assert_true(test_stack_parse(copy, &stack));
	return stack;
}

/* Puts into a file what main.main and a cache hold, in samples of one MiB, which are not scaled. */
static char *write_heap(const char *name, int64_t put, int64_t get, int64_t other)
{
	const struct test_stack stacks[] = {
		stack_of("shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9"),
		stack_of("bytes.growSlice@/usr/local/go/src/bytes/buffer.go:250 < "
	                 "shop.get@/src/shop/shop.go:55 < main.main@/src/shop/main.go:12"),
		stack_of("runtime.malg@/usr/local/go/src/runtime/proc.go:5000"),
	};
	const struct test_heap_sample samples[] = {
		{.stack = &stacks[0], .size = 1 << 30, .live = put, .born = put},
		{.stack = &stacks[1], .size = 1 << 30, .live = get, .born = get},
		{.stack = &stacks[2], .size = 1 << 30, .live = other, .born = other},
	};
	const struct test_heap heap = {.time_ns = INT64_C(1795223187000000000),
	                               .samples = samples,
	                               .count = LL_COUNT(samples)};
	struct ll_buf bytes LL_CLEANUP(ll_buf_done);

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_heap(&bytes, &heap);
	return ll_test_write(scratch, name, ll_buf_str(&bytes));
}

static char *write_dump(const char *name, const char *labels)
{
	const struct test_stack waiting =
		stack_of("shop.wait@/src/shop/hub.go:75 < shop.serve@/src/shop/hub.go:20");
	const struct test_stack locked =
		stack_of("sync.(*Mutex).Lock@/usr/local/go/src/sync/m.go:8 "
	                 "< shop.serve@/src/shop/hub.go:22");
	const struct test_goroutines groups[] = {
		{.stack = &waiting, .state = "chan receive", .count = 7},
		{.stack = &locked, .state = "sync.Mutex.Lock", .count = 2},
	};
	struct ll_buf bytes LL_CLEANUP(ll_buf_done);

	(void)labels;
	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_dump(&bytes, groups, LL_COUNT(groups));
	return ll_test_write(scratch, name, ll_buf_str(&bytes));
}

static struct ll_profile *read_profile(const char *path)
{
	struct ll_profile *const profile = ll_profile_new();
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_profile_add_file(profile, path, LL_KIND_COUNT, &err), &err);
	return profile;
}

static struct ll_tree *make_tree(const struct ll_profile *newer, const struct ll_profile *older,
                                 const struct ll_tree_options *options)
{
	static const struct ll_tree_options none = {.own_only = false};
	struct ll_tree *tree = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_tree_make(newer, older, options ? options : &none, &tree, &err), &err);
	return tree;
}

static void assert_folded(const struct ll_tree *tree, const char *expected)
{
	struct ll_buf out LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&out, LL_BUF_PAGE);
	assert_ok(ll_write_folded(tree, &out, &err), &err);
	assert_string_equal(out.data, expected);
}

/* What a tree of one file, asked for objects, is in folded form. */
static void assert_folded_of(const char *path, struct ll_tree_options options, const char *expected)
{
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = read_profile(path);
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = NULL;

	if (profile->kind == LL_KIND_HEAP && !options.sample_type)
		options.sample_type = "inuse_objects";
	tree = make_tree(profile, NULL, &options);
	assert_folded(tree, expected);
}

static int64_t total_of(const struct ll_profile *profile, const char *type)
{
	const int64_t *const values = profile->values.items;
	struct ll_error err = LL_ERROR_INIT;
	size_t column;
	int64_t sum = 0;

	assert_ok(ll_profile_type(profile, type, &column, &err), &err);
	for (size_t i = 0; i < profile->samples.count; i++)
		sum += values[i * profile->type_count + column];
	return sum;
}

/* --------------------------------------------------------------------------- tree */

static void stacks_become_paths_with_the_largest_first(void **state)
{
	LL_CLEANUP(ll_freep) char *path = write_heap("a.pb", 3, 5, 1);

	(void)state;
	assert_folded_of(path, (struct ll_tree_options){.own_only = false},
	                 "runtime.malg 1\n"
	                 "main.main;shop.put 3\n"
	                 "main.main;shop.get;bytes.growSlice 5\n");
}

static void captures_are_added_up_whatever_their_order(void **state)
{
	LL_CLEANUP(ll_freep) char *first = write_heap("b1.pb", 3, 5, 1);
	LL_CLEANUP(ll_freep) char *second = write_heap("b2.pb", 10, 0, 4);
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		LL_CLEANUP(ll_profile_freep)
		struct ll_profile *profile = read_profile(turn == 0 ? first : second);
		const struct ll_tree_options options = {.sample_type = "inuse_objects"};
		LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = NULL;

		assert_ok(ll_profile_add_file(profile, turn == 0 ? second : first, LL_KIND_COUNT,
		                              &err),
		          &err);
		tree = make_tree(profile, NULL, &options);

		assert_folded(tree, "runtime.malg 5\n"
		                    "main.main;shop.put 13\n"
		                    "main.main;shop.get;bytes.growSlice 5\n");
	}
}

static void a_difference_has_both_sides(void **state)
{
	LL_CLEANUP(ll_freep) char *first = write_heap("c1.pb", 3, 5, 1);
	LL_CLEANUP(ll_freep) char *second = write_heap("c2.pb", 10, 0, 4);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const struct ll_tree_options options = {.sample_type = "inuse_objects"};
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = make_tree(newer, older, &options);
	const struct ll_tree_node *const root = tree->nodes.items;

	(void)state;
	assert_int_equal(root->value, 14);
	assert_int_equal(root->older, 9);
	assert_folded(tree, "runtime.malg 1 4\n"
	                    "main.main;shop.put 3 10\n"
	                    "main.main;shop.get;bytes.growSlice 5 0\n");
	assert_string_equal(ll_tree_sentence(tree, &arena).data,
	                    "Objects in use went from 9 to 14; shop.put gained 7");
}

static void functions_own_what_libraries_do_for_them(void **state)
{
	LL_CLEANUP(ll_freep) char *path = write_heap("d.pb", 3, 5, 1);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = read_profile(path);
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const struct ll_tree_options options = {.sample_type = "inuse_objects"};
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = make_tree(profile, NULL, &options);
	const struct ll_tree_name *const names = tree->names.items;
	struct ll_vec functions;
	const struct ll_tree_function *items;

	(void)state;
	ll_tree_functions(tree, &functions);
	items = functions.items;

	for (size_t i = 0; i < functions.count; i++) {
		if (ll_str_equal(names[i].text, ll_str("shop.get"))) {
			assert_int_equal(items[i].value, 5);
			assert_int_equal(items[i].self, 0);
			assert_int_equal(items[i].owned, 5);
		}
	}
	assert_string_equal(ll_tree_sentence(tree, &arena).data,
	                    "shop.get has 56 % of 9 objects in use");
	ll_vec_done(&functions);
}

static void a_function_that_calls_itself_counts_once(void **state)
{
	static const char dump[] =
		"goroutine 1 [running]:\nmain.f()\n\t/src/main.go:3 +0x1\n"
		"main.g()\n\t/src/main.go:9 +0x1\nmain.f()\n\t/src/main.go:4 +0x1\n"
		"main.main()\n\t/src/main.go:5 +0x1\n\n";
	LL_CLEANUP(ll_freep) char *path = ll_test_write(scratch, "again.txt", ll_str(dump));
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = read_profile(path);
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = make_tree(profile, NULL, NULL);
	const struct ll_tree_name *const names = tree->names.items;
	struct ll_vec functions;
	size_t seen = 0;

	(void)state;
	ll_tree_functions(tree, &functions);

	for (size_t i = 0; i < functions.count; i++) {
		if (ll_str_equal(names[i].text, ll_str("main.f"))) {
			assert_int_equal(((struct ll_tree_function *)functions.items)[i].value, 1);
			seen++;
		}
	}
	assert_int_equal(seen, 1);
	ll_vec_done(&functions);
}

static void goroutines_stand_below_what_they_wait_for(void **state)
{
	LL_CLEANUP(ll_freep) char *path = write_dump("dump.txt", NULL);

	(void)state;
	assert_folded_of(path, (struct ll_tree_options){.own_only = false},
	                 "[chan receive];shop.serve;shop.wait 7\n"
	                 "[sync.Mutex.Lock];shop.serve;sync.(*Mutex).Lock 2\n");
}

/* ------------------------------------------------------------------------ options */

static void texts_choose_stacks_and_frames(void **state)
{
	LL_CLEANUP(ll_freep) char *path = write_heap("e.pb", 3, 5, 1);

	(void)state;
	assert_folded_of(path, (struct ll_tree_options){.focus = "growSlice"},
	                 "main.main;shop.get;bytes.growSlice 5\n");
	assert_folded_of(path, (struct ll_tree_options){.ignore = "shop.get"},
	                 "runtime.malg 1\nmain.main;shop.put 3\n");
	assert_folded_of(path, (struct ll_tree_options){.hide = "main.main"},
	                 "shop.put 3\nruntime.malg 1\nshop.get;bytes.growSlice 5\n");
	assert_folded_of(path, (struct ll_tree_options){.own_only = true},
	                 "(other code) 1\nmain.main;shop.get 5\nmain.main;shop.put 3\n");
}

static void a_type_that_is_not_there_is_named_with_those_that_are(void **state)
{
	LL_CLEANUP(ll_freep) char *path = write_heap("f.pb", 1, 1, 1);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = read_profile(path);
	const struct ll_tree_options options = {.sample_type = "delay"};
	struct ll_tree *tree = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_tree_make(profile, NULL, &options, &tree, &err), LL_E_USAGE);
	assert_string_equal(err.text, "the profile has no 'delay', but alloc_objects, alloc_space, "
	                              "inuse_objects, inuse_space");
}

static void a_file_without_a_profile_is_an_error(void **state)
{
	LL_CLEANUP(ll_freep)
	char *path = ll_test_write(scratch, "words.txt", ll_str("neither this nor that\n"));
	LL_CLEANUP(ll_freep) char *heap = write_heap("g.pb", 1, 1, 1);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = ll_profile_new();
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_profile_add_file(profile, path, LL_KIND_COUNT, &err), LL_E_FORMAT);
	assert_non_null(strstr(err.text, "words.txt"));
	ll_error_clear(&err);
	assert_int_equal(ll_profile_add_file(profile, heap, LL_KIND_CPU, &err), LL_E_FORMAT);
	assert_non_null(strstr(err.text, "holds no CPU profile"));
	ll_error_clear(&err);
	assert_int_equal(ll_profile_add_file(profile, "/no/such/file", LL_KIND_COUNT, &err),
	                 LL_E_IO);
}

/* ------------------------------------------------------------------------- writers */

static void names_cannot_break_a_folded_line(void **state)
{
	static const char dump[] =
		"goroutine 1 [select]:\nmain.a;b\x01()\n\t/src/main.go:3 +0x1\n\n";
	LL_CLEANUP(ll_freep) char *path = ll_test_write(scratch, "odd.txt", ll_str(dump));
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = read_profile(path);
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = make_tree(profile, NULL, NULL);
	struct ll_buf out LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	ll_buf_init(&out, LL_BUF_PAGE);
	assert_ok(ll_write_folded(tree, &out, &err), &err);

	assert_string_equal(out.data, "[select];main.a:b\xef\xbf\xbd 1\n");
}

/* Reads a JSON text to its end and counts its keys; fails the test when it is none. */
static size_t count_keys(struct ll_str text, const char *wanted)
{
	struct ll_json json;
	struct ll_json_token token;
	size_t found = 0;

	ll_json_init(&json, text);
	while ((token = ll_json_next(&json)).kind != LL_JSON_END) {
		assert_int_not_equal(token.kind, LL_JSON_BAD);
		found += token.kind == LL_JSON_KEY && ll_str_equal(token.text, ll_str(wanted));
	}
	return found;
}

/* The fields that the published schema (file-format-schema.json) requires of a sampled profile. */
static void a_speedscope_file_has_what_its_schema_asks_for(void **state)
{
	LL_CLEANUP(ll_freep) char *path = write_heap("h.pb", 3, 5, 1);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = read_profile(path);
	const struct ll_tree_options options = {.sample_type = "inuse_objects"};
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = make_tree(profile, NULL, &options);
	static const char *const required[] = {"$schema",  "shared",     "frames",   "profiles",
	                                       "type",     "unit",       "samples",  "weights",
	                                       "endValue", "startValue", "exporter", "name"};
	struct ll_buf out LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	ll_buf_init(&out, LL_BUF_PAGE);
	assert_ok(ll_write_speedscope(tree, ll_str("a \"title\""), "1.0", &out, &err), &err);

	for (size_t i = 0; i < LL_COUNT(required); i++)
		assert_true(count_keys(ll_buf_str(&out), required[i]) > 0);
	assert_non_null(strstr(out.data, "\"unit\":\"none\",\n\"samples\":[[2],\n[1,4],\n[1,3,0]"));
	assert_non_null(strstr(out.data, "\"weights\":[1,3,5],\n\"startValue\":0,\"endValue\":9"));
}

static struct ll_profile *write_and_read(const struct ll_profile *newer,
                                         const struct ll_profile *older, const char *name)
{
	static const struct ll_tree_options none = {.own_only = false};
	struct ll_buf out LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;
	LL_CLEANUP(ll_freep) char *path = NULL;

	ll_buf_init(&out, LL_BUF_PAGE);
	assert_ok(ll_write_pprof(newer, older, &none, &out, &err), &err);
	path = ll_test_write(scratch, name, ll_buf_str(&out));
	return read_profile(path);
}

static void what_pprof_gets_reads_back_the_same(void **state)
{
	static const char *const types[] = {"alloc_objects", "alloc_space", "inuse_objects",
	                                    "inuse_space"};
	LL_CLEANUP(ll_freep) char *path = write_heap("i.pb", 3, 5, 1);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *before = read_profile(path);
	LL_CLEANUP(ll_profile_freep)
	struct ll_profile *after = write_and_read(before, NULL, "i2.pb.gz");

	(void)state;
	assert_int_equal(after->kind, LL_KIND_HEAP);
	assert_int_equal(after->period, TEST_PERIOD);
	assert_int_equal(after->time_ns, INT64_C(1795223187000000000));
	assert_int_equal(after->samples.count, before->samples.count);
	for (size_t i = 0; i < LL_COUNT(types); i++)
		assert_int_equal(total_of(after, types[i]), total_of(before, types[i]));
	for (size_t i = 0; i < before->samples.count; i++)
		assert_int_equal(
			((const struct ll_profile_sample *)after->samples.items)[i].block_size,
			((const struct ll_profile_sample *)before->samples.items)[i].block_size);
}

static void a_difference_for_pprof_subtracts(void **state)
{
	LL_CLEANUP(ll_freep) char *first = write_heap("j1.pb", 3, 5, 1);
	LL_CLEANUP(ll_freep) char *second = write_heap("j2.pb", 10, 0, 4);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *older = read_profile(first);
	LL_CLEANUP(ll_profile_freep) struct ll_profile *newer = read_profile(second);
	LL_CLEANUP(ll_profile_freep)
	struct ll_profile *after = write_and_read(newer, older, "j3.pb.gz");

	(void)state;
	assert_int_equal(total_of(after, "inuse_objects"), 14 - 9);
}

/* -------------------------------------------------------------------------- corpus */

/* The n-th of what stands between semicolons. */
static struct ll_str nth(struct ll_str list, size_t n)
{
	while (n-- > 0)
		(void)ll_str_split(&list, ';');
	return ll_str_split(&list, ';');
}

static void assert_totals(const struct ll_profile *profile, struct ll_str totals,
                          struct ll_str path)
{
	for (size_t i = 0; i < profile->type_count; i++) {
		int64_t expected = 0;

		assert_true(ll_str_to_i64(nth(totals, i), &expected));
		if (total_of(profile, profile->types[i].type.data) != expected)
			fail_msg("%.*s: another total of %s", LL_STR_ARG(path),
			         profile->types[i].type.data);
	}
}

/* Sums of every type as another implementation has them, read directly and through our own file. */
static void real_profiles_keep_their_totals_also_when_written(void **state)
{
	const char *const corpus = ll_test_corpus();
	struct ll_table table;
	size_t seen = 0;

	(void)state;
	if (!corpus)
		skip();
	ll_table_open(&table, corpus, "ORACLE.tsv");
	while (ll_table_next(&table)) {
		const struct ll_str path = ll_table_cell(&table, "path");
		const struct ll_str totals = ll_table_cell(&table, "totals");
		char file[1024];
		struct ll_profile *before, *after;
		int64_t size = 0;

		/* The few large ones take longer than all others together. */
		if (!ll_str_to_i64(ll_table_cell(&table, "uncompressed_bytes"), &size) ||
		    size > 500000)
			continue;
		if (!ll_str_equal(ll_table_cell(&table, "source"), ll_str("pb")) ||
		    ll_str_equal(ll_table_cell(&table, "agree"), ll_str("reject")))
			continue;
		(void)snprintf(file, sizeof file, "%s/files/%.*s", corpus, LL_STR_ARG(path));
		before = read_profile(file);
		after = write_and_read(before, NULL, "real.pb.gz");
		assert_totals(before, totals, path);
		assert_totals(after, totals, path);
		ll_profile_free(before);
		ll_profile_free(after);
		seen++;
	}
	assert_true(seen > 100);
	ll_table_done(&table);
}

/* ------------------------------------------------------------------ the whole file */

static void a_page_and_a_picture_carry_no_tag_of_a_stranger(void **state)
{
	static const char dump[] = "goroutine 1 [select]:\nmain.<script>alert(1)</script>()\n"
				   "\t/src/main.go:3 +0x1\n\n";
	LL_CLEANUP(ll_freep) char *path = ll_test_write(scratch, "evil.txt", ll_str(dump));
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = read_profile(path);
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = make_tree(profile, NULL, NULL);
	struct ll_resources *resources = NULL;
	struct ll_buf svg LL_CLEANUP(ll_buf_done), html LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_flame_file file = {.tree = tree, .newer = profile, .version = "1.0"};

	(void)state;
	ll_buf_init(&svg, LL_BUF_PAGE);
	ll_buf_init(&html, LL_BUF_PAGE);
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	file.resources = resources;
	assert_ok(ll_write_flame_svg(&file, &svg, &err), &err);
	assert_ok(ll_write_flame_html(&file, &html, &err), &err);

	assert_null(strstr(svg.data, "<script>alert"));
	assert_null(strstr(html.data, "<script>alert"));
	assert_non_null(strstr(html.data, "&lt;script&gt;alert"));
	assert_non_null(strstr(html.data, "default-src 'none'"));
	assert_non_null(strstr(html.data, "script-src 'sha256-"));
	assert_null(strstr(html.data, "ll-slot"));

	ll_resources_close(resources);
}

static void the_script_is_small(void **state)
{
	struct ll_buf script LL_CLEANUP(ll_buf_done);

	(void)state;
	ll_test_read("templates/script/flame.js", &script);

	assert_in_range(script.size, 1000, 6 * 1024);
	/* It stands inside <script> and inside CDATA. */
	assert_null(strstr(script.data, "</"));
	assert_null(strstr(script.data, "]]>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_become_paths_with_the_largest_first),
		cmocka_unit_test(captures_are_added_up_whatever_their_order),
		cmocka_unit_test(a_difference_has_both_sides),
		cmocka_unit_test(functions_own_what_libraries_do_for_them),
		cmocka_unit_test(a_function_that_calls_itself_counts_once),
		cmocka_unit_test(goroutines_stand_below_what_they_wait_for),
		cmocka_unit_test(texts_choose_stacks_and_frames),
		cmocka_unit_test(a_type_that_is_not_there_is_named_with_those_that_are),
		cmocka_unit_test(a_file_without_a_profile_is_an_error),
		cmocka_unit_test(names_cannot_break_a_folded_line),
		cmocka_unit_test(a_speedscope_file_has_what_its_schema_asks_for),
		cmocka_unit_test(what_pprof_gets_reads_back_the_same),
		cmocka_unit_test(a_difference_for_pprof_subtracts),
		cmocka_unit_test(real_profiles_keep_their_totals_also_when_written),
		cmocka_unit_test(a_page_and_a_picture_carry_no_tag_of_a_stranger),
		cmocka_unit_test(the_script_is_small),
	};

	return cmocka_run_group_tests_name("report.profile", tests, open_scratch, close_scratch);
}
