/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_run.c - analyzers of the user: they are found and run, may read everything and change
 * nothing, end when their time is over, and when one fails nothing is lost.
 */
#include "captures.h"
#include "ledgers.h"

#include <leakledger/file.h>

#define NOON_NS (INT64_C(1772366400) * LL_NS_PER_S) /* 2026-03-01T12:00:00Z */

static const char header[] = "-- id:         own.rule\n"
			     "-- title:      A rule of our own\n"
			     "-- layer:      L2\n"
			     "-- term:       context\n"
			     "-- needs:      v_site_growth\n"
			     "-- params:     low=0.25, high=7\n"
			     "--\n"
			     "-- Why: because.\n"
			     "--\n"
			     "-- Blind spot: many.\n";

/* One row about the service. */
static const char row[] =
	"SELECT 1 AS service_id, 'service' AS subject, NULL AS class, 0.5 AS strength, "
	"'said' AS detail, '{}' AS evidence, NULL AS same_as";

struct own {
	char *directory; /* of overrides */
	struct test_ledger t;
};

/*
 * A ledger whose resources have the analyzer own.rule with that statement, and one leaking service.
 */
static void open_with(struct own *own, const char *statement)
{
	struct ll_buf text;

	own->directory = ll_test_scratch();
	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, header);
	ll_buf_puts(&text, statement);
	free(ll_test_write(own->directory, "sql/analyzers/own/rule.sql", ll_buf_str(&text)));
	ll_buf_done(&text);
	test_ledger_open(&own->t, own->directory);
	for (int hour = 0; hour < 24; hour++) {
		struct ll_buf bytes;
		char name[64];

		ll_buf_init(&bytes, LL_BUF_PAGE);
		test_put_one_heap(&bytes, NOON_NS + hour * LL_NS_PER_HOUR, NULL, 10 + 5 * hour);
		(void)snprintf(name, sizeof name, "shop/pod-1/heap-%02d.pb", hour);
		test_ledger_write(&own->t, name, ll_buf_str(&bytes));
		ll_buf_done(&bytes);
	}
	(void)test_ledger_ingest(&own->t, 1);
}

static void done(struct own *own)
{
	test_ledger_done(&own->t);
	ll_test_scratch_done(own->directory);
}

static int analyze(struct own *own, int64_t time_limit_ns, struct ll_analyze_result *result,
                   struct ll_error *err)
{
	return ll_analyze(
		own->t.ledger,
		&(struct ll_analyze_options){.all_services = true, .time_limit_ns = time_limit_ns},
		result, err);
}

/* The whole run is refused before anything is judged, with these words. */
static void assert_refused(const char *statement, const char *words)
{
	struct own own;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	open_with(&own, statement);
	assert_int_equal(analyze(&own, 60 * LL_NS_PER_S, &result, &err), LL_E_USAGE);
	if (!strstr(err.text, "own.rule") || !strstr(err.text, words))
		fail_msg("'%s': '%s' does not say '%s'", statement, err.text, words);
	assert_rows(&own.t, "SELECT count(*) FROM finding", "0\n");
	assert_rows(&own.t, "SELECT count(*) FROM capture", "24\n");
	done(&own);
}

/* ------------------------------------------------------------------- found and run */

struct seen {
	size_t rows;
	char detail[128];
};

static void see(void *self, const struct ll_analyzer *analyzer, struct ll_str service,
                struct ll_str subject, struct ll_str class_name, double strength,
                struct ll_str detail)
{
	struct seen *const seen = self;

	(void)subject, (void)class_name, (void)strength;
	if (!ll_str_equal(analyzer->id, ll_str("own.rule")))
		return;
	assert_true(ll_str_equal(service, ll_str("shop")));
	seen->rows++;
	(void)snprintf(seen->detail, sizeof seen->detail, "%.*s", LL_STR_ARG(detail));
}

static void an_analyzer_of_the_users_directory_is_found_and_its_rows_are_shown(void **state)
{
	struct own own;
	struct seen seen = {0};
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	open_with(&own,
	          "SELECT sg.service_id, 'site:' || sg.site_id AS subject, NULL AS class,"
	          " 0.5 AS strength, format('%s:%d', sg.file, sg.line) AS detail,"
	          " '{\"captures\": []}' AS evidence, NULL AS same_as FROM v_site_growth AS sg"
	          " ORDER BY sg.site_id");
	assert_ok(ll_analyze(own.t.ledger,
	                     &(struct ll_analyze_options){.rule = "own.rule",
	                                                  .time_limit_ns = 60 * LL_NS_PER_S,
	                                                  .explain = see,
	                                                  .explain_self = &seen},
	                     &result, &err),
	          &err);

	assert_int_equal(seen.rows, 1);
	assert_string_equal(seen.detail, "shop/cart/store.go:31");
	/* A single rule is a look, not a judgment. */
	assert_rows(&own.t, "SELECT count(*) FROM finding", "0\n");
	assert_rows(&own.t, "SELECT count(*) FROM stage", "0\n");
	done(&own);
}

static void a_rule_that_does_not_exist_is_refused_by_name(void **state)
{
	struct own own;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	open_with(&own, row);

	assert_int_equal(ll_analyze(own.t.ledger,
	                            &(struct ll_analyze_options){.rule = "own.nothing"}, &result,
	                            &err),
	                 LL_E_USAGE);

	assert_non_null(strstr(err.text, "own.nothing"));
	done(&own);
}

static void parameters_of_the_header_are_bound(void **state)
{
	struct own own;
	struct seen seen = {0};
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	open_with(&own,
	          "SELECT 1 AS service_id, 'service' AS subject, NULL AS class, :low AS strength,"
	          " format('%.2f to %.2f', :low, :high) AS detail, '{}' AS evidence,"
	          " NULL AS same_as");
	assert_ok(ll_analyze(own.t.ledger,
	                     &(struct ll_analyze_options){.rule = "own.rule",
	                                                  .time_limit_ns = 60 * LL_NS_PER_S,
	                                                  .explain = see,
	                                                  .explain_self = &seen},
	                     &result, &err),
	          &err);

	assert_string_equal(seen.detail, "0.25 to 7.00");
	done(&own);
}

/* own.rule with the row above, and a header that names a table of the ledger. */
static void open_only_with(struct own *own, const char *table)
{
	struct ll_buf statement;

	ll_buf_init(&statement, LL_BUF_PAGE);
	ll_buf_printf(&statement, "-- only-with:  %s\n%s", table, row);
	open_with(own, statement.data);
	ll_buf_done(&statement);
}

static size_t rows_only_with(const char *table)
{
	struct own own;
	struct seen seen = {0};
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	open_only_with(&own, table);
	assert_ok(ll_analyze(own.t.ledger,
	                     &(struct ll_analyze_options){.rule = "own.rule",
	                                                  .time_limit_ns = 60 * LL_NS_PER_S,
	                                                  .explain = see,
	                                                  .explain_self = &seen},
	                     &result, &err),
	          &err);
	done(&own);
	return seen.rows;
}

static void an_analyzer_is_run_only_with_rows_of_the_table_that_it_names(void **state)
{
	(void)state;
	assert_int_equal(rows_only_with("series"), 1);
	assert_int_equal(rows_only_with("goroutine_group"), 0);
}

static void an_analyzer_that_names_no_table_of_the_ledger_is_refused(void **state)
{
	struct own own;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	open_only_with(&own, "gorotine_group");

	assert_int_equal(analyze(&own, 60 * LL_NS_PER_S, &result, &err), LL_E_USAGE);

	assert_non_null(strstr(err.text, "own.rule"));
	assert_non_null(strstr(err.text, "no table 'gorotine_group'"));
	done(&own);
}

static void its_rows_become_evidence_of_a_finding_that_a_gate_made(void **state)
{
	struct own own;

	(void)state;
	open_with(&own,
	          "SELECT sg.service_id, 'site:' || sg.site_id AS subject, NULL AS class,"
	          " 0.5 AS strength, 'said by our own' AS detail, '{\"captures\": []}' AS evidence,"
	          " NULL AS same_as FROM v_site_growth AS sg ORDER BY sg.site_id");
	(void)test_ledger_analyze(&own.t);

	assert_rows(&own.t,
	            "SELECT term, strength, detail FROM v_evidence WHERE analyzer = 'own.rule'",
	            "context|0.5|said by our own\n");
	done(&own);
}

/* ------------------------------------------------------------------------ the fences */

static void nothing_but_one_select_is_accepted(void **state)
{
	static const char *const statements[] = {
		"DELETE FROM capture",
		"INSERT INTO service (name) VALUES ('x')",
		"UPDATE service SET is_dirty = 0",
		"DROP TABLE capture",
		"CREATE TABLE t (x)",
		"CREATE TEMP TABLE t (x)",
		"ATTACH DATABASE ':memory:' AS other",
		"DETACH DATABASE main",
		"PRAGMA user_version = 7",
		"PRAGMA journal_mode = DELETE",
		"VACUUM",
		"REINDEX",
		"ANALYZE",
		"BEGIN",
		"COMMIT",
		"SAVEPOINT s",
		"SELECT load_extension('x')",
		"SELECT 1 WHERE load_extension('x')",
		"SELECT * FROM pragma_optimize",
		"SELECT * FROM pragma_table_info('capture')",
		"WITH gone AS (SELECT 1) DELETE FROM capture",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(statements); i++)
		assert_refused(statements[i], "");
}

static void a_second_statement_is_refused(void **state)
{
	(void)state;
	assert_refused("SELECT 1; DELETE FROM capture", "exactly one SELECT");
	assert_refused("SELECT 1; SELECT 2", "exactly one SELECT");
}

static void a_header_without_a_statement_is_refused(void **state)
{
	(void)state;
	assert_refused("", "exactly one SELECT");
}

static void a_missing_column_is_named(void **state)
{
	(void)state;
	assert_refused("SELECT 1 AS service_id, 'service' AS subject, NULL AS class, 1 AS strength,"
	               " 'x' AS detail, '{}' AS evidence",
	               "same_as");
}

static void a_mistake_in_the_statement_is_told_in_sqlites_words(void **state)
{
	(void)state;
	assert_refused("SELECT nonsense FROM nowhere", "nowhere");
}

static void judging_changes_no_fact(void **state)
{
	struct own own;
	struct ll_buf before, after;

	(void)state;
	open_with(&own, row);
	ll_buf_init(&before, LL_BUF_PAGE);
	ll_buf_init(&after, LL_BUF_PAGE);
	test_ledger_export(&own.t, &before);

	(void)test_ledger_analyze(&own.t);

	test_ledger_export(&own.t, &after);
	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	ll_buf_done(&before);
	ll_buf_done(&after);
	done(&own);
}

/* ---------------------------------------------------------------------- when it fails */

#define ENDLESS                                                                                    \
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "                        \
	"SELECT 1 AS service_id, 'service' AS subject, NULL AS class, max(i) AS strength, "        \
	"'never' AS detail, '{}' AS evidence, NULL AS same_as FROM n"

static void an_endless_statement_is_stopped_when_its_time_is_over(void **state)
{
	struct own own;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	open_with(&own, ENDLESS);

	assert_ok(analyze(&own, LL_NS_PER_S / 5, &result, &err), &err);

	assert_int_equal(result.failed, 1);
	assert_non_null(strstr(result.failure.text, "'own.rule' took too long"));
	assert_rows(
		&own.t,
		"SELECT layer, status, reason FROM v_stage WHERE status = 'failed' ORDER BY layer",
		"L2|failed|analyzer 'own.rule' took too long\n"
		"L3|failed|L2 did not run\n"
		"L4|failed|L2 did not run\n"
		"L5|failed|L2 did not run\n"
		"summary|failed|L2 did not run\n");
	done(&own);
}

static void a_statement_that_returns_too_many_rows_is_stopped(void **state)
{
	struct own own;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	open_with(&own,
	          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
	          "SELECT 1 AS service_id, 'service' AS subject, NULL AS class, 0.1 AS strength, "
	          "'x' AS detail, '{}' AS evidence, NULL AS same_as FROM n");

	assert_ok(analyze(&own, 60 * LL_NS_PER_S, &result, &err), &err);

	assert_int_equal(result.failed, 1);
	assert_non_null(strstr(result.failure.text, "more than"));
	done(&own);
}

static void a_failed_analyzer_leaves_the_findings_as_they_were(void **state)
{
	struct own own;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf before, after;

	(void)state;
	/* It fails as soon as there are more than twenty-four captures: that is no JSON. */
	open_with(&own,
	          "SELECT 1 AS service_id, 'service' AS subject, NULL AS class, 0.5 AS strength,"
	          " 'x' AS detail, '{}' AS evidence, NULL AS same_as FROM"
	          " (SELECT count(*) AS captures FROM capture) AS c"
	          " WHERE json(CASE WHEN c.captures > 24 THEN '{' ELSE '{}' END) IS NOT NULL");
	ll_buf_init(&before, LL_BUF_PAGE);
	ll_buf_init(&after, LL_BUF_PAGE);
	assert_int_equal(test_ledger_analyze(&own.t).findings, 1);
	test_ledger_rows(&own.t, "SELECT * FROM finding ORDER BY finding_id", &before);

	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, NOON_NS + 30 * LL_NS_PER_HOUR, NULL, 300);
	test_ledger_write(&own.t, "shop/pod-1/heap-30.pb", ll_buf_str(&bytes));
	ll_buf_done(&bytes);
	(void)test_ledger_ingest(&own.t, 1);
	assert_ok(analyze(&own, 60 * LL_NS_PER_S, &result, &err), &err);

	assert_int_equal(result.failed, 1);
	assert_int_equal(result.findings, 1);
	assert_int_equal(result.changed, 0);
	test_ledger_rows(&own.t, "SELECT * FROM finding ORDER BY finding_id", &after);
	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	assert_rows(&own.t, "SELECT status FROM v_stage WHERE layer = 'L2'", "failed\n");
	ll_buf_done(&before);
	ll_buf_done(&after);
	done(&own);
}

static void a_service_that_could_not_be_judged_is_tried_again(void **state)
{
	struct own own;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	open_with(&own, ENDLESS);
	assert_ok(analyze(&own, LL_NS_PER_S / 10, &result, &err), &err);

	assert_ok(ll_analyze(own.t.ledger,
	                     &(struct ll_analyze_options){.time_limit_ns = LL_NS_PER_S / 10},
	                     &result, &err),
	          &err);

	assert_int_equal(result.services, 1);
	assert_int_equal(result.failed, 1);
	done(&own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_analyzer_of_the_users_directory_is_found_and_its_rows_are_shown),
		cmocka_unit_test(a_rule_that_does_not_exist_is_refused_by_name),
		cmocka_unit_test(parameters_of_the_header_are_bound),
		cmocka_unit_test(an_analyzer_is_run_only_with_rows_of_the_table_that_it_names),
		cmocka_unit_test(an_analyzer_that_names_no_table_of_the_ledger_is_refused),
		cmocka_unit_test(its_rows_become_evidence_of_a_finding_that_a_gate_made),
		cmocka_unit_test(nothing_but_one_select_is_accepted),
		cmocka_unit_test(a_second_statement_is_refused),
		cmocka_unit_test(a_header_without_a_statement_is_refused),
		cmocka_unit_test(a_missing_column_is_named),
		cmocka_unit_test(a_mistake_in_the_statement_is_told_in_sqlites_words),
		cmocka_unit_test(judging_changes_no_fact),
		cmocka_unit_test(an_endless_statement_is_stopped_when_its_time_is_over),
		cmocka_unit_test(a_statement_that_returns_too_many_rows_is_stopped),
		cmocka_unit_test(a_failed_analyzer_leaves_the_findings_as_they_were),
		cmocka_unit_test(a_service_that_could_not_be_judged_is_tried_again),
	};

	return cmocka_run_group_tests_name("analyze run", tests, NULL, NULL);
}
