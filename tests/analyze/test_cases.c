/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cases.c - every analyzer has a small made-up fleet on which it fires and one on which it is
 * silent.
 *
 * tests/analyze/cases/<analyzer>/<what it shows>.case is written as captures, read and judged; then
 * its expectations are compared (case_file.h tells the format):
 *
 *     fires                            the analyzer of the folder has a row
 *     fires at FILE:LINE [as CLASS]    ... about that place, and says that class
 *     fires ... saying WORDS           ... and its detail has these words, up to the line's end
 *     silent                           it has none
 *     silent at FILE:LINE              ... about that place
 *     finding CLASS FILE:LINE          there is that finding, and no other that is not listed;
 *                                      FILE:LINE is :0 for one about a whole process
 *     finding none
 *     stage LAYER STATUS [WORDS]       the layer ended so, and its reason has these words
 */
#include "case_ledger.h"

#include <leakledger/file.h>

/* A row of an analyzer, with its subject as a place. */
struct row {
	struct ll_str analyzer, place, class_name, detail;
};

struct run {
	struct test_ledger t;
	struct test_case test_case;
	struct ll_vec rows;   /* struct row */
	const char *analyzer; /* of the folder */
	const char *file;     /* of the case, to name it */
	size_t wrong;
	bool expects_fire, expects_silence;
};

/* -------------------------------------------------------------------- collecting */

/* "site:7" and "goroutines:7" become "shop/shop.go:31"; "service" stays. */
static struct ll_str place_of(struct run *run, struct ll_str subject)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_str rest = subject;
	int64_t site_id;

	(void)ll_str_split(&rest, ':');
	if (!ll_str_to_i64(rest, &site_id))
		return ll_arena_str(&run->test_case.arena, subject);
	assert_ok(ll_stmt_prepare(run->t.ledger,
	                          ll_str("SELECT file || ':' || line FROM v_site"
	                                 " WHERE site_id = :site_id"),
	                          &stmt, &err),
	          &err);
	ll_stmt_bind_i64(stmt, ":site_id", site_id);
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	return ll_arena_str(&run->test_case.arena, ll_stmt_text(stmt, 0));
}

static void collect(void *self, const struct ll_analyzer *analyzer, struct ll_str service,
                    struct ll_str subject, struct ll_str class_name, double strength,
                    struct ll_str detail)
{
	struct run *const run = self;
	struct row *const row = ll_vec_push(&run->rows, sizeof *row);

	(void)service, (void)strength;
	*row = (struct row){
		.analyzer = ll_arena_str(&run->test_case.arena, analyzer->id),
		.place = place_of(run, subject),
		.class_name = ll_arena_str(&run->test_case.arena, class_name),
		.detail = ll_arena_str(&run->test_case.arena, detail),
	};
}

/* --------------------------------------------------------------------- comparing */

static void complain(struct run *run, const struct test_expectation *expectation, const char *words)
{
	print_error("%s:%d: '%s': %s\n", run->file, expectation->line, expectation->text, words);
	run->wrong++;
}

static void list_rows(const struct run *run)
{
	const struct row *const rows = run->rows.items;

	for (size_t i = 0; i < run->rows.count; i++)
		print_error("    %.*s at %.*s as %.*s\n", LL_STR_ARG(rows[i].analyzer),
		            LL_STR_ARG(rows[i].place), LL_STR_ARG(rows[i].class_name));
}

/* Is there a row of the folder's analyzer, with the place, class and words that are given? */
static bool has_row(const struct run *run, struct ll_str place, struct ll_str class_name,
                    struct ll_str words)
{
	const struct row *const rows = run->rows.items;

	for (size_t i = 0; i < run->rows.count; i++) {
		if (ll_str_equal(rows[i].analyzer, ll_str(run->analyzer)) &&
		    (place.size == 0 || ll_str_equal(rows[i].place, place)) &&
		    (class_name.size == 0 || ll_str_equal(rows[i].class_name, class_name)) &&
		    (words.size == 0 || ll_str_find(rows[i].detail, words.data) != SIZE_MAX))
			return true;
	}
	return false;
}

static struct ll_str next_word(struct ll_str *rest)
{
	*rest = ll_str_trim(*rest);
	return ll_str_split(rest, ' ');
}

static void check_rows(struct run *run, const struct test_expectation *expectation, bool fires)
{
	struct ll_str rest = ll_str(expectation->text), place = {NULL, 0}, class_name = {NULL, 0};
	struct ll_str words = {NULL, 0};

	(void)next_word(&rest);
	while (rest.size > 0) {
		const struct ll_str word = next_word(&rest);

		if (ll_str_equal(word, ll_str("at"))) {
			place = next_word(&rest);
		} else if (ll_str_equal(word, ll_str("as"))) {
			class_name = next_word(&rest);
		} else if (ll_str_equal(word, ll_str("saying"))) {
			words = ll_str_trim(rest);
			break;
		} else {
			complain(run, expectation, "unknown word");
		}
	}
	if (has_row(run, place, class_name, words) != fires)
		complain(run, expectation, fires ? "is silent" : "fires");
	run->expects_fire |= fires;
	run->expects_silence |= !fires && place.size == 0;
}

static void check_stage(struct run *run, const struct test_expectation *expectation)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_str rest = ll_str(expectation->text);
	struct ll_str layer, status;
	int rc;

	(void)next_word(&rest);
	layer = next_word(&rest);
	status = next_word(&rest);
	assert_ok(ll_stmt_prepare(run->t.ledger,
	                          ll_str("SELECT status, reason FROM v_stage WHERE layer = :layer"),
	                          &stmt, &err),
	          &err);
	ll_stmt_bind_text(stmt, ":layer", layer);
	rc = ll_stmt_step(stmt, &err);
	if (rc != 1)
		complain(run, expectation, "no such stage");
	else if (!ll_str_equal(ll_stmt_text(stmt, 0), status))
		complain(run, expectation, ll_stmt_text(stmt, 0).data);
	else if (ll_str_find(ll_stmt_text(stmt, 1), rest.size > 0 ? rest.data : "") == SIZE_MAX)
		complain(run, expectation, ll_stmt_text(stmt, 1).data);
}

/* Every "finding" line of the case, against all open findings. */
static void check_findings(struct run *run, const struct test_expectation *first)
{
	const struct test_expectation *const all = run->test_case.expectations.items;
	struct ll_buf found, expected;

	ll_buf_init(&found, LL_BUF_MESSAGE);
	ll_buf_init(&expected, LL_BUF_MESSAGE);
	test_ledger_rows(&run->t,
	                 "SELECT class || ' ' || file || ':' || line FROM v_finding"
	                 " WHERE state <> 'fixed' ORDER BY 1",
	                 &found);
	for (size_t i = 0; i < run->test_case.expectations.count; i++) {
		struct ll_str text = ll_str(all[i].text);

		if (ll_str_skip(&text, "finding ") && !ll_str_equal(text, ll_str("none")))
			ll_buf_printf(&expected, "%.*s\n", LL_STR_ARG(text));
	}
	if (!ll_str_equal(ll_buf_str(&found), ll_buf_str(&expected))) {
		complain(run, first, "the findings are");
		print_error("%s", found.data);
	}
	ll_buf_done(&found);
	ll_buf_done(&expected);
}

static void check(struct run *run)
{
	const struct test_expectation *const all = run->test_case.expectations.items;
	bool has_findings = false;

	for (size_t i = 0; i < run->test_case.expectations.count; i++) {
		const struct ll_str text = ll_str(all[i].text);

		if (ll_str_starts(text, "fires") || ll_str_starts(text, "silent"))
			check_rows(run, &all[i], ll_str_starts(text, "fires"));
		else if (ll_str_starts(text, "stage "))
			check_stage(run, &all[i]);
		else if (!has_findings)
			check_findings(run, &all[i]);
		has_findings |= ll_str_starts(text, "finding ");
	}
	if (run->wrong > 0)
		list_rows(run);
}

/* ----------------------------------------------------------------------- running */

static void judge(struct run *run)
{
	const char *const directory =
		ll_arena_printf(&run->test_case.arena, "%s/source", run->t.directory);
	const struct ll_analyze_options options = {
		.all_services = true,
		.sources = &directory,
		.source_count = run->test_case.sources.count > 0,
		.time_limit_ns = 60 * LL_NS_PER_S,
		.explain = collect,
		.explain_self = run,
	};
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	test_case_store(&run->test_case, &run->t);
	test_case_write_sources(&run->test_case, directory);
	assert_ok(ll_analyze(run->t.ledger, &options, &result, &err), &err);
	if (result.failed > 0)
		fail_msg("%s: %s", run->file, result.failure.text);
}

/* Adds to *ret_fires and *ret_silences what the case is; returns what was wrong. */
static size_t run_case(const char *analyzer, const struct ll_file *file, size_t *ret_fires,
                       size_t *ret_silences)
{
	struct run run = {.analyzer = analyzer, .file = file->relative};
	struct ll_buf text;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&text, LL_BUF_PAGE);
	assert_ok(ll_file_read(file->path, &text, &err), &err);
	if (test_case_parse(ll_buf_str(&text), &run.test_case, &err) < 0) {
		print_error("%s: %s\n", file->relative, err.text);
		run.wrong++;
	} else {
		test_ledger_open(&run.t, NULL);
		judge(&run);
		check(&run);
		test_ledger_done(&run.t);
	}
	*ret_fires += run.expects_fire;
	*ret_silences += run.expects_silence;
	ll_vec_done(&run.rows);
	test_case_done(&run.test_case);
	ll_buf_done(&text);
	return run.wrong;
}

/* The folder of a case, which is the analyzer's id. */
static bool is_of(const struct ll_file *file, struct ll_str id)
{
	struct ll_str rest = ll_str(file->relative);

	return ll_str_equal(ll_str_split(&rest, '/'), id) && ll_str_ends(rest, ".case");
}

static size_t run_analyzer(const struct ll_analyzer *analyzer, const struct ll_file_list *files)
{
	char id[128];
	size_t wrong = 0, fires = 0, silences = 0;

	(void)snprintf(id, sizeof id, "%.*s", LL_STR_ARG(analyzer->id));
	for (size_t i = 0; i < files->count; i++) {
		if (is_of(&files->items[i], analyzer->id))
			wrong += run_case(id, &files->items[i], &fires, &silences);
	}
	if (fires == 0)
		print_error("%s: no case in which it fires\n", id);
	if (silences == 0)
		print_error("%s: no case in which it is silent\n", id);
	return wrong + (fires == 0) + (silences == 0);
}

static void every_analyzer_fires_where_it_should_and_is_silent_where_it_should(void **state)
{
	struct ll_resources *resources = NULL;
	struct ll_catalog *catalog = NULL;
	struct ll_arena arena = LL_ARENA_INIT;
	struct ll_file_list files;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_analyzer *analyzers;
	const char *const only = getenv("LEAKLEDGER_CASE"); /* an id, to run its cases alone */
	size_t count, wrong = 0;

	(void)state;
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_catalog_open(resources, &catalog, &err), &err);
	assert_ok(ll_file_walk(ll_test_source("tests/analyze/cases"), &arena, &files, &err), &err);
	analyzers = ll_catalog_all(catalog, &count);
	for (size_t i = 0; i < count; i++) {
		if (!only || ll_str_equal(analyzers[i].id, ll_str(only)))
			wrong += run_analyzer(&analyzers[i], &files);
	}

	assert_int_equal(wrong, 0);
	ll_arena_done(&arena);
	ll_catalog_close(catalog);
	ll_resources_close(resources);
}

static void every_case_belongs_to_an_analyzer(void **state)
{
	struct ll_resources *resources = NULL;
	struct ll_catalog *catalog = NULL;
	struct ll_arena arena = LL_ARENA_INIT;
	struct ll_file_list files;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_catalog_open(resources, &catalog, &err), &err);
	assert_ok(ll_file_walk(ll_test_source("tests/analyze/cases"), &arena, &files, &err), &err);
	for (size_t i = 0; i < files.count; i++) {
		struct ll_str rest = ll_str(files.items[i].relative);
		const char *const id = ll_arena_str(&arena, ll_str_split(&rest, '/')).data;

		if (!ll_catalog_find(catalog, id))
			fail_msg("%s: there is no analyzer %s", files.items[i].relative, id);
	}
	ll_arena_done(&arena);
	ll_catalog_close(catalog);
	ll_resources_close(resources);
}

static void a_case_that_cannot_be_read_names_its_line(void **state)
{
	static const struct {
		const char *text, *problem;
	} cases[] = {
		{"process pod-1\n", "line 1: no service before it"},
		{"service shop\nheap a@b.go:1 | size=1; live=1\n", "line 2: no process before it"},
		{"service shop\n\nprocess pod-1 evry=1h\n", "line 3: a process has"},
		{"service shop\nprocess pod-1\nheap nowhere | size=1; live=1\n",
	         "line 3: no stack"},
		{"service shop\nprocess pod-1\nmemstats live=1+\n", "line 3: no course"},
		{"servce shop\n", "line 1: unknown word"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(cases); i++) {
		struct test_case test_case;
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(test_case_parse(ll_str(cases[i].text), &test_case, &err),
		                 LL_E_FORMAT);
		assert_ptr_equal(strstr(err.text, cases[i].problem), err.text);
		test_case_done(&test_case);
	}
}

static void courses_are_what_they_are_described_to_be(void **state)
{
	static const struct {
		const char *text;
		int64_t values[6];
	} courses[] = {
		{"7", {7, 7, 7, 7, 7, 7}},
		{"7+2", {7, 9, 11, 13, 15, 17}},
		{"7+2<2", {7, 9, 11, 11, 11, 11}},
		{"7+2>3", {7, 7, 7, 7, 9, 11}},
		{"7+2@3+5", {7, 9, 11, 13, 18, 23}},
		{"7*2/2", {7, 7, 14, 14, 28, 28}},
		{"10..30/3", {10, 20, 30, 10, 20, 30}},
		{"0+0.5", {0, 1, 1, 2, 2, 3}},
		{"1k", {1024, 1024, 1024, 1024, 1024, 1024}},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(courses); i++) {
		struct test_case test_case;
		struct ll_error err = LL_ERROR_INIT;
		char text[128];

		(void)snprintf(text, sizeof text, "service s\nprocess p\nmemstats live=%s\n",
		               courses[i].text);
		assert_ok(test_case_parse(ll_str(text), &test_case, &err), &err);
		for (int64_t k = 0; k < 6; k++)
			assert_int_equal(
				test_course_at(&((struct test_process *)test_case.processes.items)
			                                ->memstats.live,
			                       k),
				courses[i].values[k]);
		test_case_done(&test_case);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(courses_are_what_they_are_described_to_be),
		cmocka_unit_test(a_case_that_cannot_be_read_names_its_line),
		cmocka_unit_test(every_case_belongs_to_an_analyzer),
		cmocka_unit_test(
			every_analyzer_fires_where_it_should_and_is_silent_where_it_should),
	};

	return cmocka_run_group_tests_name("analyze cases", tests, NULL, NULL);
}
