/* SPDX-License-Identifier: Apache-2.0 */
/* test_fleet.c - what the pages of the fleet count: of one ledger all must say the same. */
#include "ledgers.h"
#include "support.h"

#include <leakledger/sqlite.h>

/*
 * cart and menu sent captures until the end, hub until two days before, attic a year ago, and of c
 * only a profile of another runtime was read. One capture of cart repeats another, one of hub is
 * damaged.
 */
static const char captures[] =
	"INSERT INTO service (service_id, name, is_dirty) VALUES (1, 'cart', 0), (2, 'menu', 0), "
	"(3, 'hub', 0), (4, 'attic', 0), (5, 'c', 0);"
	"INSERT INTO instance (instance_id, service_id, name) SELECT service_id, service_id, 'pod' "
	"FROM service;"
	"INSERT INTO content (content_id, hash, size, format, reason, reader) SELECT column1, "
	"randomblob(16), 10, 'pprof', NULL, 'test' FROM (VALUES (1), (2), (3), (4), (5), (6));";

static const char rows[] =
	"WITH c (id, service, days_ago, is_foreign) AS (VALUES (1, 1, 0, 0), (2, 1, 0, 0), (3, 2, 0, 0), "
	"(4, 3, 2, 0), (5, 4, 365, 0), (6, 5, 0, 1)) "
	"INSERT INTO capture (capture_id, content_id, part, service_id, instance_id, kind, format, "
	"time_ns, time_source, duration_ns, period, sequence, is_delta, is_foreign, is_partial, build, "
	"program, go_version, identity_rule, samples) SELECT id, id, 0, service, service, 'heap', 'pprof', "
	"1795223187000000000 - days_ago * 86400000000000, 'content', 0, 524288, -1, 0, is_foreign, 0, '', "
	"'', '', '', 1 FROM c;"
	"INSERT INTO audit (capture_id, reason, detail, is_left_out) VALUES (2, 'same-gc-cycle', '', 1), "
	"(4, 'truncated', '', 1), (6, 'foreign', '', 1);";

static int set_up(void **state)
{
	struct test_ledger *const t = ll_calloc(1, sizeof *t);
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_open(t, NULL);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), captures, &err), &err);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), rows, &err), &err);
	assert_ok(ll_scope_open(t->ledger, LL_SCOPE_NOTHING, false, &err), &err);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	test_ledger_done(*state);
	free(*state);
	return 0;
}

static struct ll_stmt *asked(struct test_ledger *t, const char *name)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stmt *stmt = NULL;

	assert_ok(ll_stmt_resource(t->ledger, name, &stmt, &err), &err);
	return stmt;
}

/* The number in the first row's column of that name. */
static int64_t number_of(struct test_ledger *t, const char *name, const char *column)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = asked(t, name);
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	return ll_stmt_i64(stmt, ll_stmt_column_find(stmt, column));
}

static void services_are_those_that_go_captures_came_from(void **state)
{
	struct test_ledger *const t = *state;

	assert_int_equal(number_of(t, "sql/reports/index/head.sql", "services:count"), 4);
	assert_int_equal(number_of(t, "sql/reports/index/counts.sql", "services:count"), 4);
	assert_int_equal(number_of(t, "sql/reports/index/counts.sql", "instances:count"), 4);
	assert_int_equal(number_of(t, "sql/reports/findings/tally.sql", "services:count"), 4);
}

static void what_repeats_is_not_left_out(void **state)
{
	static const char *const names[] = {"sql/reports/captures/head.sql",
	                                    "sql/reports/findings/tally.sql"};
	struct test_ledger *const t = *state;

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		assert_int_equal(number_of(t, names[i], "left_out:count"), 2);
		assert_int_equal(number_of(t, names[i], "repeats:count"), 1);
	}
	assert_int_equal(number_of(t, "sql/reports/index/counts.sql", "repeats:count"), 1);
	assert_int_equal(number_of(t, "sql/reports/doctor/ledger.sql", "left_out"), 2);
}

static void who_fell_silent_comes_before_who_is_long_gone(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_stmt_freep)
	struct ll_stmt *stmt = asked(t, "sql/reports/index/coverage.sql");
	struct ll_error err = LL_ERROR_INIT;
	bool has_attic = false;
	struct ll_buf note;
	int rc;

	ll_stmt_bind_i64(stmt, ":most_rows", 2);
	ll_buf_init(&note, LL_BUF_MESSAGE);
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	assert_string_equal(ll_stmt_text(stmt, 1).data, "hub");
	ll_buf_put_str(&note, ll_stmt_text(stmt, 5));
	while ((rc = ll_stmt_step(stmt, &err)) > 0)
		has_attic = has_attic || ll_str_equal(ll_stmt_text(stmt, 1), ll_str("attic"));

	assert_int_equal(rc, 0);
	assert_false(has_attic);
	assert_non_null(strstr(note.data,
	                       "Shown are 2 of 3 services, those with least captures lately "
	                       "first. One more sent nothing in all this time."));
	ll_buf_done(&note);
}

/* What the mail of the day up to so many hours after the last capture says of the limit. */
static void assert_limit(struct test_ledger *t, int64_t hours, const char *verdict,
                         const char *words)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = asked(t, "sql/reports/mail/head.sql");
	const int64_t until_ns = INT64_C(1795223187000000000) + hours * 3600 * LL_NS_PER_S;
	struct ll_error err = LL_ERROR_INIT;

	ll_stmt_bind_i64(stmt, ":since_ns", until_ns - LL_NS_PER_DAY);
	ll_stmt_bind_i64(stmt, ":until_ns", until_ns);
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	assert_string_equal(ll_stmt_text(stmt, ll_stmt_column_find(stmt, "verdict")).data, verdict);
	assert_true(ll_str_equal(ll_stmt_text(stmt, ll_stmt_column_find(stmt, "limit_words")),
	                         ll_str(words)));
}

static void a_mail_tells_the_time_to_a_limit_from_when_it_is_sent(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(
		ll_sqlite_exec(
			ll_ledger_handle(t->ledger),
			"INSERT INTO finding (finding_id, service_id, kind, class, function, file, "
			"line, severity, score, uncapped_score, cap_reason, time_to_limit_ns, "
			"time_to_limit_reason, state, first_seen_ns, last_seen_ns, watched_ns, "
			"captures, lives, first_bad_build, summary, explanation, remedy, input) "
			"VALUES ('0123456789ab', 1, 'heap', 'map', 'f', 'f.go', 1, 'error', 90, 90, "
			"'', 8 * 3600000000000, '', 'same', 1, 1795223187000000000, 1, 1, 1, '', "
			"'x', 'y', 'z', x'00')",
			&err),
		&err);

	assert_limit(t, 1, "1 open, next limit in 7 h",
	             "The next limit is that of cart, about 2026-11-21 09:06 UTC, if it goes on as "
	             "it was last captured.");
	assert_limit(t, 10, "1 open, a limit is due",
	             "A limit is due: that of cart, about 2026-11-21 09:06 UTC, if it went on as "
	             "it was last captured.");
	assert_limit(t, 40, "no captures, 1 open", "");
}

static void a_team_counts_leaks_as_the_fleet_does(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = asked(t, "sql/reports/team/head.sql");

	assert_ok(
		ll_sqlite_exec(
			ll_ledger_handle(t->ledger),
			"INSERT INTO configured_owner (ordinal, service, team) VALUES (1, '*', 'shop');"
			"INSERT INTO finding (finding_id, service_id, kind, class, function, file, "
			"line, severity, score, uncapped_score, cap_reason, time_to_limit_reason, "
			"state, first_seen_ns, last_seen_ns, watched_ns, captures, lives, "
			"first_bad_build, summary, explanation, remedy, input) SELECT "
			"printf('%012x', column1), column1, 'heap', 'map', 'f', 'f.go', 1, column2, "
			"90, 90, '', '', 'same', 1, 2, 1, 1, 1, '', 'x', 'y', 'z', x'00' FROM "
			"(VALUES (1, 'error'), (2, 'warning'), (3, 'info'))",
			&err),
		&err);
	ll_stmt_bind_text(stmt, ":team", ll_str("shop"));

	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	assert_string_equal(ll_stmt_text(stmt, ll_stmt_column_find(stmt, "title")).data,
	                    "2 of 4 services of shop leak and 1 more needs attention");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(services_are_those_that_go_captures_came_from),
		TEST(what_repeats_is_not_left_out),
		TEST(a_mail_tells_the_time_to_a_limit_from_when_it_is_sent),
		TEST(a_team_counts_leaks_as_the_fleet_does),
		TEST(who_fell_silent_comes_before_who_is_long_gone),
	};

	return cmocka_run_group_tests_name("report.fleet", tests, NULL, NULL);
}
