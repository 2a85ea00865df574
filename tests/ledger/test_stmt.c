/* SPDX-License-Identifier: Apache-2.0 */
/* Statements that are resources wait for the next who asks, and nobody can tell. */
#include "ledgers.h"

#include <leakledger/sqlite.h>

static const char services[] = "sql/replay/services.sql";

static struct ll_stmt *ask(struct test_ledger *t)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stmt *stmt = NULL;

	assert_ok(ll_stmt_resource(t->ledger, services, &stmt, &err), &err);
	return stmt;
}

static size_t count_rows(struct ll_stmt *stmt)
{
	struct ll_error err = LL_ERROR_INIT;
	size_t rows = 0;
	int state;

	while ((state = ll_stmt_step(stmt, &err)) > 0)
		rows++;
	assert_ok(state, &err);
	return rows;
}

static int set_up(void **state)
{
	struct test_ledger *const t = ll_calloc(1, sizeof *t);

	test_ledger_open(t, NULL);
	test_ledger_write(t, "shop/pod-0/a.json", ll_str("{\"HeapAlloc\": 5, \"NextGC\": 7}"));
	test_ledger_write(t, "till/pod-0/b.json", ll_str("{\"HeapAlloc\": 6, \"NextGC\": 8}"));
	(void)test_ledger_ingest(t, 1);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	test_ledger_done(*state);
	free(*state);
	return 0;
}

static void the_next_who_asks_finds_no_bindings_and_no_place(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stmt *stmt = ask(*state);

	ll_stmt_bind_text(stmt, ":service", ll_str("sh*"));
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	ll_stmt_free(stmt);

	stmt = ask(*state);
	assert_int_equal(count_rows(stmt), 2);
	ll_stmt_free(stmt);
}

static void two_at_a_time_do_not_share_one(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stmt *const first = ask(*state);
	struct ll_stmt *const second = ask(*state);

	assert_int_equal(ll_stmt_step(first, &err), 1);
	assert_int_equal(count_rows(second), 2);
	assert_int_equal(ll_stmt_step(first, &err), 1);
	ll_stmt_free(second);
	assert_int_equal(ll_stmt_step(first, &err), 0);
	ll_stmt_free(first);
}

/* A change of the schema makes SQLite prepare it again at the first step. */
static void names_of_columns_last_as_long_as_the_statement(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stmt *stmt = ask(t);
	const char *name;

	ll_stmt_free(stmt);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), "CREATE TEMP TABLE other (a)", &err),
	          &err);
	stmt = ask(t);
	name = ll_stmt_column_name(stmt, 1);
	assert_int_equal(count_rows(stmt), 2);
	assert_string_equal(name, "name");
	ll_stmt_free(stmt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_who_asks_finds_no_bindings_and_no_place),
		cmocka_unit_test(two_at_a_time_do_not_share_one),
		cmocka_unit_test(names_of_columns_last_as_long_as_the_statement),
	};

	return cmocka_run_group_tests_name("ledger.stmt", tests, set_up, tear_down);
}
