/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_source.c - the line of a finding out of directories of source: found under any prefix, never
 * a wrong one, and nothing outside of the directories.
 */
#include "case_file.h"
#include "ledgers.h"

#include <leakledger/file.h>

#include <unistd.h>

struct setting {
	struct test_ledger t;
	char *directory; /* of source */
};

static int set_up(void **state)
{
	struct setting *const setting = ll_calloc(1, sizeof *setting);

	test_ledger_open(&setting->t, NULL);
	setting->directory = ll_test_scratch();
	*state = setting;
	return 0;
}

static int tear_down(void **state)
{
	struct setting *const setting = *state;

	test_ledger_done(&setting->t);
	ll_test_scratch_done(setting->directory);
	free(setting);
	return 0;
}

static void put_source(const struct setting *setting, const char *name, const char *text)
{
	free(ll_test_write(setting->directory, name, ll_str(text)));
}

/* Judges a slice that grows at line 5 of a function in a file. */
static void judge(struct setting *setting, const char *function, const char *file)
{
	const char *const directory = setting->directory;
	const struct ll_analyze_options options = {
		.time_limit_ns = 60 * LL_NS_PER_S,
		.sources = &directory,
		.source_count = 1,
	};
	struct ll_analyze_result result;
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;
	char text[512];

	(void)snprintf(text, sizeof text,
	               "service shop\nprocess pod-1 captures=24\n"
	               "heap %s@%s:5 | size=16384; live=10+5\n",
	               function, file);
	assert_ok(test_case_parse(ll_str(text), &test_case, &err), &err);
	test_case_write(&test_case, setting->t.root);
	test_case_done(&test_case);
	(void)test_ledger_ingest(&setting->t, 1);
	assert_ok(ll_analyze(setting->t.ledger, &options, &result, &err), &err);
}

#define PUT         "a.example/shop/cart.(*Store).Put"
#define FILE_OF_PUT "/build/shop/cart/store.go"
#define TEXT(code)  "package cart\n\nfunc (s *Store) Put(k string) {\n\n\t" code "\n}\n"

static const char shown[] = "SELECT status, path, first_line, lines ->> (5 - first_line) FROM"
			    " v_finding_source";
static const char missing[] = "SELECT status, note, lines FROM v_finding_source";

static void a_line_is_shown_under_any_prefix(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "cart/store.go", TEXT("s.all = append(s.all, k)"));
	judge(setting, PUT, "a.example/shop/cart/store.go");

	assert_rows(&setting->t, shown, "shown|cart/store.go|2|    s.all = append(s.all, k)\n");
	assert_rows(&setting->t,
	            "SELECT json_array_length(source, '$.lines'), json_extract(source, '$.status')"
	            " FROM v_finding",
	            "5|shown\n");
}

static void what_was_vendored_is_found_in_the_module_cache(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "mod/a.example/!shop@v1.2.3/cart/store.go", TEXT("s.all = nil"));
	put_source(setting, "mod/a.example/other@v1.2.3/cart/store.go", TEXT("s.all = 1"));
	judge(setting, "a.example/Shop/cart.(*Store).Put",
	      "/build/vendor/a.example/Shop/cart/store.go");

	assert_rows(&setting->t, shown,
	            "shown|mod/a.example/!shop@v1.2.3/cart/store.go|2|    s.all = nil\n");
}

static void the_source_adds_to_the_class(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "cart/store.go", TEXT("s.all = make(chan string, 64)"));
	judge(setting, PUT, FILE_OF_PUT);

	assert_rows(&setting->t, "SELECT class FROM v_finding", "channel\n");
	assert_rows(&setting->t,
	            "SELECT detail FROM v_evidence WHERE analyzer = 'class.source_line'",
	            "the source says that the line makes a channel\n");
}

static void a_file_of_another_version_is_not_shown(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "cart/store.go",
	           "package cart\n\nfunc Get() {\n\n\tx := 1\n}\n\nfunc (s *Store) Put() {\n}\n");
	judge(setting, PUT, FILE_OF_PUT);

	assert_rows(&setting->t, missing,
	            "other-function|cart/store.go has the function on lines 8 to 9|[]\n");
	assert_rows(&setting->t,
	            "SELECT count(*) FROM v_finding_keyword WHERE keyword = 'source-mismatch'",
	            "1\n");
}

static void a_file_that_is_too_short_or_lacks_the_function_is_not_shown(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "cart/store.go", "package cart\n");
	judge(setting, PUT, FILE_OF_PUT);
	assert_rows(&setting->t, missing, "no-line|cart/store.go has 1 lines only|[]\n");
}

static void no_file_is_said(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "cart/other.go", TEXT("s.all = nil"));
	judge(setting, PUT, FILE_OF_PUT);

	assert_rows(&setting->t, missing,
	            "no-file|no file of that name lies below the directories of --source|[]\n");
}

static void of_two_files_that_fit_as_well_none_is_shown(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "one/cart/store.go", TEXT("s.all = append(s.all, k)"));
	put_source(setting, "two/cart/store.go", TEXT("s.all = nil"));
	judge(setting, PUT, FILE_OF_PUT);

	assert_rows(&setting->t, missing,
	            "several|several files fit as well, and differ in that line|[]\n");
}

static void a_link_out_of_the_directory_is_not_followed(void **state)
{
	struct setting *const setting = *state;
	char *const outside = ll_test_scratch();
	LL_CLEANUP(ll_freep)
	char *file = ll_test_write(outside, "cart/store.go", ll_str(TEXT("secret()")));
	char name[512];

	put_source(setting, "shop/readme.go", "package shop\n");
	(void)snprintf(name, sizeof name, "%s/shop/store.go", setting->directory);
	assert_int_equal(symlink(file, name), 0);
	(void)snprintf(name, sizeof name, "%s/cart", setting->directory);
	assert_int_equal(symlink(outside, name), 0);
	judge(setting, PUT, FILE_OF_PUT);

	assert_rows(&setting->t, "SELECT status FROM v_finding_source", "no-file\n");
	ll_test_scratch_done(outside);
}

static void what_is_no_text_becomes_harmless(void **state)
{
	struct setting *const setting = *state;

	put_source(setting, "cart/store.go",
	           TEXT("s.x(\"\xff\x1b[31m\xe2\x80\xae</pre><script>\")"));
	judge(setting, PUT, FILE_OF_PUT);

	assert_rows(&setting->t, "SELECT lines ->> 3 FROM v_finding_source",
	            "    s.x(\"\xef\xbf\xbd\xef\xbf\xbd[31m\xef\xbf\xbd</pre><script>\")\n");
}

static void without_a_directory_nothing_is_said(void **state)
{
	struct setting *const setting = *state;
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(
		test_case_parse(ll_str("service shop\nprocess pod-1 captures=24\n"
	                               "heap " PUT "@" FILE_OF_PUT ":5 | size=16384; live=10+5\n"),
	                        &test_case, &err),
		&err);
	test_case_write(&test_case, setting->t.root);
	test_case_done(&test_case);
	(void)test_ledger_ingest(&setting->t, 1);
	(void)test_ledger_analyze(&setting->t);

	assert_rows(&setting->t, "SELECT source IS NULL FROM v_finding", "1\n");
}

static void a_directory_that_is_none_is_an_error(void **state)
{
	struct setting *const setting = *state;
	const char *const directories[] = {"/nonexistent/source"};
	const struct ll_analyze_options options = {.sources = directories, .source_count = 1};
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_analyze(setting->t.ledger, &options, &result, &err), LL_E_USAGE);
	assert_string_equal(err.text, "source '/nonexistent/source' is no directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(a_line_is_shown_under_any_prefix),
		TEST(what_was_vendored_is_found_in_the_module_cache),
		TEST(the_source_adds_to_the_class),
		TEST(a_file_of_another_version_is_not_shown),
		TEST(a_file_that_is_too_short_or_lacks_the_function_is_not_shown),
		TEST(no_file_is_said),
		TEST(of_two_files_that_fit_as_well_none_is_shown),
		TEST(a_link_out_of_the_directory_is_not_followed),
		TEST(what_is_no_text_becomes_harmless),
		TEST(without_a_directory_nothing_is_said),
		TEST(a_directory_that_is_none_is_an_error),
#undef TEST
	};

	return cmocka_run_group_tests_name("analyze source", tests, NULL, NULL);
}
