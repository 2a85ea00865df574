/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_catalog.c - analyzers are found by their folder and read by their header; tables of words
 * fit them.
 */
#include "ledgers.h"

static const char good_header[] = "-- id:         own.rule\n"
				  "-- title:      A rule of our own\n"
				  "-- layer:      L2\n"
				  "-- term:       context\n"
				  "-- needs:      v_site_growth\n"
				  "--\n"
				  "-- Why: because.\n"
				  "--\n"
				  "-- Blind spot: many.\n";

/* The catalog of the embedded analyzers and one file more. */
static int open_catalog(const char *name, const char *text, struct ll_catalog **ret_catalog,
                        struct ll_resources **ret_resources, struct ll_error *err)
{
	char *const directory = ll_test_scratch();
	struct ll_error open_err = LL_ERROR_INIT;
	int rc;

	free(ll_test_write(directory, name, ll_str(text)));
	assert_ok(ll_resources_open(directory, ret_resources, &open_err), &open_err);
	rc = ll_catalog_open(*ret_resources, ret_catalog, err);
	ll_test_scratch_done(directory);
	return rc;
}

static void assert_refused(const char *name, const char *text, const char *words)
{
	struct ll_catalog *catalog = NULL;
	struct ll_resources *resources = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(open_catalog(name, text, &catalog, &resources, &err), LL_E_USAGE);
	assert_null(catalog);
	if (!strstr(err.text, words) || !strstr(err.text, name))
		fail_msg("'%s' does not say '%s' of '%s'", err.text, words, name);
	ll_resources_close(resources);
}

/* ------------------------------------------------------------------------- headers */

static void a_header_that_lacks_a_line_is_refused_with_the_files_name(void **state)
{
	static const struct {
		const char *line, *words;
	} lines[] = {
		{"-- id:", "its id must be 'own.rule'"},
		{"-- title:", "no title"},
		{"-- layer:", "no layer"},
		{"-- term:", "no term"},
		{"-- needs:", "no needs"},
		{"-- Why:", "'Why:'"},
		{"-- Blind spot:", "'Blind spot:'"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(lines); i++) {
		char text[sizeof good_header];
		char *at;

		memcpy(text, good_header, sizeof text);
		at = strstr(text, lines[i].line);
		assert_non_null(at);
		memset(at + 3, 'x', 2);
		assert_refused("sql/analyzers/own/rule.sql", text, lines[i].words);
	}
}

static void an_id_that_is_not_its_path_is_refused(void **state)
{
	(void)state;
	assert_refused("sql/analyzers/own/other.sql", good_header, "its id must be 'own.other'");
}

static void a_layer_that_does_not_exist_is_refused(void **state)
{
	char text[sizeof good_header];

	(void)state;
	memcpy(text, good_header, sizeof text);
	memcpy(strstr(text, "L2"), "L7", 2);
	assert_refused("sql/analyzers/own/rule.sql", text, "layer (L1 to L5)");
}

static void a_header_is_read_whole(void **state)
{
	static const char text[] = "-- id:         own.rule\n"
				   "-- title:      A rule of our own\n"
				   "-- layer:      L3\n"
				   "-- term:       growth\n"
				   "-- gate:       yes\n"
				   "-- needs:      v_site_growth heap.site_growth\n"
				   "-- params:     low=0.5, high=2\n"
				   "--\n"
				   "-- Why: the first line\n"
				   "-- and the second.\n"
				   "--\n"
				   "-- Blind spot: none.\n"
				   "--\n"
				   "-- Source: a book.\n"
				   "SELECT 1;\n";
	struct ll_catalog *catalog = NULL;
	struct ll_resources *resources = NULL;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_analyzer *analyzer;

	(void)state;
	assert_ok(open_catalog("sql/analyzers/own/rule.sql", text, &catalog, &resources, &err),
	          &err);
	analyzer = ll_catalog_find(catalog, "own.rule");

	assert_non_null(analyzer);
	assert_true(ll_str_equal(analyzer->title, ll_str("A rule of our own")));
	assert_int_equal(analyzer->layer, LL_LAYER_L3);
	assert_true(ll_str_equal(analyzer->term, ll_str("growth")));
	assert_true(analyzer->is_gate);
	assert_true(ll_str_equal(analyzer->params, ll_str("low=0.5, high=2")));
	assert_true(ll_str_equal(analyzer->why, ll_str("the first line and the second.")));
	assert_true(ll_str_equal(analyzer->blind_spot, ll_str("none.")));
	assert_true(ll_str_equal(analyzer->source, ll_str("a book.")));
	assert_true(analyzer->is_override);
	assert_null(ll_catalog_find(catalog, "own.nothing"));
	ll_catalog_close(catalog);
	ll_resources_close(resources);
}

/* -------------------------------------------------------------------------- order */

static size_t position_of(const struct ll_catalog *catalog, const char *id)
{
	size_t count;
	const struct ll_analyzer *const all = ll_catalog_all(catalog, &count);

	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(all[i].id, ll_str(id)))
			return i;
	}
	fail_msg("no analyzer %s", id);
	return SIZE_MAX;
}

static void analyzers_come_in_order_of_layer_and_need(void **state)
{
	struct ll_resources *resources = NULL;
	struct ll_catalog *catalog = NULL;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_analyzer *all;
	size_t count;

	(void)state;
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_catalog_open(resources, &catalog, &err), &err);
	all = ll_catalog_all(catalog, &count);

	assert_true(count >= 19);
	for (size_t i = 1; i < count; i++)
		assert_true(all[i - 1].layer <= all[i].layer);
	assert_true(position_of(catalog, "goroutine.cluster_growth") <
	            position_of(catalog, "goroutine.holds_heap"));
	ll_catalog_close(catalog);
	ll_resources_close(resources);
}

static void an_analyzer_runs_behind_the_one_of_its_layer_that_it_needs(void **state)
{
	static const char text[] = "-- id:         a.first\n"
				   "-- title:      By its name the first of all\n"
				   "-- layer:      L2\n"
				   "-- term:       context\n"
				   "-- needs:      heap.with_live_heap\n"
				   "--\n"
				   "-- Why: because.\n"
				   "--\n"
				   "-- Blind spot: many.\n";
	struct ll_catalog *catalog = NULL;
	struct ll_resources *resources = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_ok(open_catalog("sql/analyzers/a/first.sql", text, &catalog, &resources, &err),
	          &err);

	assert_true(position_of(catalog, "heap.with_live_heap") < position_of(catalog, "a.first"));
	ll_catalog_close(catalog);
	ll_resources_close(resources);
}

static void analyzers_that_need_each_other_are_refused_by_name(void **state)
{
	char *const directory = ll_test_scratch();
	struct ll_resources *resources = NULL;
	struct ll_catalog *catalog = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	for (int i = 0; i < 2; i++) {
		char name[64], text[512];

		(void)snprintf(name, sizeof name, "sql/analyzers/own/r%d.sql", i);
		(void)snprintf(text, sizeof text,
		               "-- id: own.r%d\n-- title: t\n-- layer: L2\n-- term: context\n"
		               "-- needs: own.r%d\n--\n-- Why: w\n--\n-- Blind spot: b\n",
		               i, 1 - i);
		free(ll_test_write(directory, name, ll_str(text)));
	}
	assert_ok(ll_resources_open(directory, &resources, &err), &err);

	assert_int_equal(ll_catalog_open(resources, &catalog, &err), LL_E_USAGE);

	assert_non_null(strstr(err.text, "own.r0"));
	assert_non_null(strstr(err.text, "own.r1"));
	ll_resources_close(resources);
	ll_test_scratch_done(directory);
}

/* -------------------------------------------------------------------------- words */

/* Every term is one that some analyzer adds, and every analyzer's term has a weight. */
static void weights_and_analyzers_name_the_same_terms(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_catalog *catalog = NULL;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_analyzer *all;
	struct ll_buf weights;
	size_t count, wrong = 0;

	ll_buf_init(&weights, LL_BUF_MESSAGE);
	ll_buf_putc(&weights, '\n');
	test_ledger_rows(t, "SELECT term FROM weights ORDER BY term", &weights);
	assert_ok(ll_catalog_open(t->resources, &catalog, &err), &err);
	all = ll_catalog_all(catalog, &count);
	for (size_t i = 0; i < count; i++) {
		char line[64];

		(void)snprintf(line, sizeof line, "\n%.*s\n", LL_STR_ARG(all[i].term));
		if (!strstr(weights.data, line)) {
			print_error("%.*s: no weight for its term\n", LL_STR_ARG(all[i].id));
			wrong++;
		}
	}
	for (struct ll_str rest = ll_str_from(ll_buf_str(&weights), 1); rest.size > 0;) {
		const struct ll_str term = ll_str_split(&rest, '\n');
		bool is_used = term.size == 0;

		for (size_t i = 0; i < count; i++)
			is_used |= ll_str_equal(all[i].term, term);
		if (!is_used) {
			print_error("no analyzer adds the term %.*s\n", LL_STR_ARG(term));
			wrong++;
		}
	}

	assert_int_equal(wrong, 0);
	ll_catalog_close(catalog);
	ll_buf_done(&weights);
}

static void weights_are_between_nothing_and_certainty_and_named_once(void **state)
{
	assert_rows(*state, "SELECT term FROM weights WHERE weight < 0 OR weight >= 1", "");
	assert_rows(*state, "SELECT term FROM weights GROUP BY term HAVING count(*) > 1", "");
	assert_rows(*state, "SELECT term FROM weights WHERE meaning = ''", "");
}

/* All classes that any table of the catalog can give to a finding. */
static const char all_classes[] = "SELECT class FROM wait_reason WHERE class IS NOT NULL"
				  " UNION SELECT class FROM library_frame WHERE class IS NOT NULL"
				  " UNION SELECT class FROM alloc_entry_class"
				  " UNION SELECT class FROM build_fact_class"
				  " UNION SELECT 'goroutine' UNION SELECT 'object'";

static void every_class_has_words_and_a_remedy(void **state)
{
	char sql[1024];

	(void)snprintf(sql, sizeof sql,
	               "SELECT c.class FROM (%s) AS c WHERE NOT EXISTS"
	               " (SELECT 1 FROM class_word AS w WHERE w.class = c.class AND w.subject <> ''"
	               " AND w.meaning <> '')",
	               all_classes);
	assert_rows(*state, sql, "");
	(void)snprintf(sql, sizeof sql,
	               "SELECT c.class FROM (%s) AS c WHERE NOT EXISTS"
	               " (SELECT 1 FROM remedy AS r WHERE r.class = c.class AND r.wait_reason = ''"
	               " AND r.text <> '')",
	               all_classes);
	assert_rows(*state, sql, "");
}

/* What the compiler can say, in a log of -m and in one of -json: there a text may be missing. */
static void every_remark_of_the_compiler_has_a_class(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/build/m.txt",
	                  ll_str("# shop\na.go:1:2: moved to heap: x\n"
	                         "a.go:2:2: make(map[int]int) escapes to heap\n"
	                         "a.go:3:2: make([]int, n) escapes to heap\n"
	                         "a.go:4:2: append escapes to heap\n"
	                         "a.go:5:2: func literal escapes to heap\n"
	                         "a.go:6:2: x.M escapes to heap\n"
	                         "a.go:7:2: new(T) escapes to heap\n"
	                         "a.go:8:2: a + b escapes to heap\n"
	                         "a.go:9:2: ... argument escapes to heap\n"
	                         "a.go:10:2: make(chan int) escapes to heap\n"
	                         "a.go:11:2: t escapes to heap\n"));
	test_ledger_write(t, "shop/build/a.json",
	                  ll_str("{\"version\":0,\"package\":\"shop\",\"gc_version\":\"go1.27.3\","
	                         "\"file\":\"/src/shop/b.go\"}\n"
	                         "{\"range\":{\"start\":{\"line\":20,\"character\":2}},"
	                         "\"code\":\"escape\",\"message\":\"\"}\n"));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(DISTINCT what) FROM build_fact", "12\n");
	assert_rows(t,
	            "SELECT what FROM build_fact WHERE what NOT IN"
	            " (SELECT what FROM build_fact_class)",
	            "");
}

static void every_remedy_is_for_a_class_and_a_wait_reason_or_course_that_exist(void **state)
{
	assert_rows(*state,
	            "SELECT r.class FROM remedy AS r WHERE NOT EXISTS"
	            " (SELECT 1 FROM class_word AS w WHERE w.class = r.class)",
	            "");
	assert_rows(
		*state,
		"SELECT r.wait_reason FROM remedy AS r WHERE r.wait_reason <> '' AND NOT EXISTS"
		" (SELECT 1 FROM wait_reason AS w WHERE w.reason = r.wait_reason) AND NOT EXISTS"
		" (SELECT 1 FROM process_series AS ps WHERE ps.title = r.wait_reason)",
		"");
	assert_rows(*state,
	            "SELECT class, wait_reason FROM remedy GROUP BY class, wait_reason"
	            " HAVING count(*) > 1",
	            "");
}

int main(void)
{
#define WITH_LEDGER(name)                                                                          \
	cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_that_lacks_a_line_is_refused_with_the_files_name),
		cmocka_unit_test(an_id_that_is_not_its_path_is_refused),
		cmocka_unit_test(a_layer_that_does_not_exist_is_refused),
		cmocka_unit_test(a_header_is_read_whole),
		cmocka_unit_test(analyzers_come_in_order_of_layer_and_need),
		cmocka_unit_test(an_analyzer_runs_behind_the_one_of_its_layer_that_it_needs),
		cmocka_unit_test(analyzers_that_need_each_other_are_refused_by_name),
		WITH_LEDGER(weights_and_analyzers_name_the_same_terms),
		WITH_LEDGER(weights_are_between_nothing_and_certainty_and_named_once),
		WITH_LEDGER(every_class_has_words_and_a_remedy),
		WITH_LEDGER(every_remark_of_the_compiler_has_a_class),
		WITH_LEDGER(every_remedy_is_for_a_class_and_a_wait_reason_or_course_that_exist),
	};

	return cmocka_run_group_tests_name("analyze catalog", tests, NULL, NULL);
}
