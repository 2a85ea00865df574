/* SPDX-License-Identifier: Apache-2.0 */
/* test_blank.c - a new ledger is a copy of a blank one, and the same as the schema files make. */
#include "blank.h"
#include "ledgers.h"

#include <leakledger/file.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char everything[] =
	"SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY type, name";

/* An override directory with a schema file in the place of ours: its own words and `more`. */
static char *replace_schema(const struct ll_resources *resources, const char *more)
{
	char *const overrides = ll_test_scratch();
	const struct ll_resource *const first =
		ll_resource_find(resources, "sql/schema/0001_ledger.sql");
	struct ll_buf text;

	assert_non_null(first);
	ll_buf_init(&text, LL_BUF_SQL);
	ll_buf_put_str(&text, first->bytes);
	ll_buf_puts(&text, more);
	free(ll_test_write(overrides, first->name, ll_buf_str(&text)));
	ll_buf_done(&text);
	return overrides;
}

static void every_table_is_as_the_schema_files_leave_it(void **state)
{
	struct test_ledger *const copied = *state;
	char *const overrides = replace_schema(copied->resources, "");
	struct test_ledger migrated;
	struct ll_buf expected, actual;

	test_ledger_open(&migrated, overrides);
	ll_buf_init(&expected, LL_BUF_PAGE);
	ll_buf_init(&actual, LL_BUF_PAGE);
	test_ledger_rows(&migrated, everything, &expected);
	test_ledger_rows(copied, everything, &actual);

	assert_true(ll_blank_size > 0);
	test_assert_same_text(ll_buf_str(&expected), ll_buf_str(&actual));
	assert_int_equal(test_ledger_i64(copied, "PRAGMA user_version"),
	                 test_ledger_i64(&migrated, "PRAGMA user_version"));
	assert_int_equal(test_ledger_i64(copied, "PRAGMA page_size"),
	                 test_ledger_i64(&migrated, "PRAGMA page_size"));
	assert_rows(copied, "PRAGMA integrity_check", "ok\n");

	ll_buf_done(&expected);
	ll_buf_done(&actual);
	test_ledger_done(&migrated);
	ll_test_scratch_done(overrides);
}

static void every_table_begins_empty(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf names;
	struct ll_str rest;

	ll_buf_init(&names, LL_BUF_PAGE);
	test_ledger_rows(t, "SELECT name FROM main.sqlite_schema WHERE type = 'table'", &names);
	rest = ll_buf_str(&names);
	while (rest.size > 0) {
		const struct ll_str name = ll_str_split(&rest, '\n');
		char sql[256];

		if (name.size == 0)
			continue;
		(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%.*s\"", LL_STR_ARG(name));
		assert_int_equal(test_ledger_i64(t, sql), 0);
	}
	ll_buf_done(&names);
}

static void a_schema_file_in_the_place_of_ours_is_run(void **state)
{
	const struct test_ledger *const t = *state;
	char *const overrides = replace_schema(
		t->resources, "CREATE TABLE mine (id INTEGER PRIMARY KEY) STRICT;\n");
	struct test_ledger other;

	test_ledger_open(&other, overrides);

	assert_rows(&other, "SELECT count(*) FROM mine", "0\n");
	test_ledger_done(&other);
	ll_test_scratch_done(overrides);
}

/* In the child: a ledger where files cannot grow beyond a part of its bytes. */
static void open_without_room(const char *path, const struct ll_resources *resources)
{
	const struct rlimit limit = {.rlim_cur = ll_blank_size / 2, .rlim_max = ll_blank_size / 2};
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)signal(SIGXFSZ, SIG_IGN);
	_exit(setrlimit(RLIMIT_FSIZE, &limit) == 0 &&
	                      ll_ledger_open(path, LL_LEDGER_WRITE, resources, &ledger, &err) < 0 &&
	                      strstr(err.text, "new ledger")
	              ? 0
	              : 1);
}

static void a_copy_that_had_no_room_leaves_nothing_behind(void **state)
{
	const struct test_ledger *const t = *state;
	char *const directory = ll_test_scratch();
	char path[512];
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;
	int status;
	pid_t child;

	(void)snprintf(path, sizeof path, "%s/ledger.db", directory);
	child = fork();
	if (child == 0)
		open_without_room(path, t->resources);
	assert_int_equal(waitpid(child, &status, 0), child);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_ok(ll_ledger_open(path, LL_LEDGER_WRITE, t->resources, &ledger, &err), &err);
	ll_ledger_close(ledger);
	ll_test_scratch_done(directory);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_table_is_as_the_schema_files_leave_it),
		TEST(every_table_begins_empty),
		TEST(a_schema_file_in_the_place_of_ours_is_run),
		TEST(a_copy_that_had_no_room_leaves_nothing_behind),
	};

	return cmocka_run_group_tests_name("ledger.blank", tests, NULL, NULL);
}
