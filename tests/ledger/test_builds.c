/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_builds.c - which release brought a build: by its build id, by its version, or by the time at
 * which it was first seen (sql/views/v_build.sql).
 */
#include "internal.h"
#include "ledgers.h"

static int set_up(void **state)
{
	struct test_ledger *const t = ll_calloc(1, sizeof *t);
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_open(t, NULL);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger),
	                         "PRAGMA foreign_keys = OFF;"
	                         "INSERT INTO service (service_id, name) VALUES (1, 'shop');"
	                         "INSERT INTO instance VALUES (1, 1, 'pod-1');"
	                         "INSERT INTO lifetime (service_id, instance_id, ordinal, first_ns,"
	                         " last_ns, build, begun_by) VALUES"
	                         " (1, 1, 1, 100, 190, 'aaaa', 'first'),"
	                         " (1, 1, 2, 200, 290, 'bbbb', 'build changed'),"
	                         " (1, 1, 3, 300, 390, 'v3', 'build changed')",
	                         &err),
	          &err);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	test_ledger_done(*state);
	free(*state);
	return 0;
}

/* A row of a CSV of releases. */
static void declare(struct test_ledger *t, int ordinal, const char *service, int time,
                    const char *name, const char *build)
{
	struct ll_error err = LL_ERROR_INIT;
	char sql[256];

	(void)snprintf(sql, sizeof sql,
	               "INSERT INTO declared VALUES (1, %d, 'release', '%s', '', %d, '%s', '%s', "
	               "'', 0)",
	               ordinal, service, time, name, build);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), sql, &err), &err);
}

#define RELEASES "SELECT build, release, how FROM v_build ORDER BY first_ns"

static void without_releases_a_build_has_no_name(void **state)
{
	assert_rows(*state, RELEASES, "aaaa||\nbbbb||\nv3||\n");
}

static void a_release_is_known_by_its_build_id_whenever_it_says_it_was_made(void **state)
{
	declare(*state, 0, "shop", 500, "1.4.0", "bbbb");

	assert_rows(*state, RELEASES, "aaaa||\nbbbb|1.4.0|build\nv3||\n");
}

static void a_build_that_is_called_like_a_version_is_that_release(void **state)
{
	declare(*state, 0, "shop", 300, "v3", "");

	assert_rows(*state, RELEASES, "aaaa||\nbbbb||\nv3|v3|version\n");
}

static void a_build_first_seen_after_a_release_came_with_it(void **state)
{
	declare(*state, 0, "shop", 50, "1.2.0", "");
	declare(*state, 1, "shop", 195, "1.3.0", "");

	/* Between 1.3.0 and the third build there was another one: it is not 1.3.0. */
	assert_rows(*state, RELEASES, "aaaa|1.2.0|time\nbbbb|1.3.0|time\nv3||\n");
}

static void releases_of_other_services_name_nothing(void **state)
{
	declare(*state, 0, "cart", 50, "1.2.0", "aaaa");

	assert_rows(*state, RELEASES, "aaaa||\nbbbb||\nv3||\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_releases_a_build_has_no_name, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(
			a_release_is_known_by_its_build_id_whenever_it_says_it_was_made, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_build_that_is_called_like_a_version_is_that_release, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_build_first_seen_after_a_release_came_with_it,
	                                        set_up, tear_down),
		cmocka_unit_test_setup_teardown(releases_of_other_services_name_nothing, set_up,
	                                        tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
