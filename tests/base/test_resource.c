/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/resource.h>

#include <sys/stat.h>

#define SCHEMA "sql/schema/0001_ledger.sql"

static void the_binary_carries_the_source_trees_sql_and_templates(void **state)
{
	LL_CLEANUP(ll_resources_closep) struct ll_resources *set = NULL;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_resource *item;
	struct ll_buf on_disk;

	(void)state;
	assert_ok(ll_resources_open(NULL, &set, &err), &err);
	item = ll_resource_find(set, SCHEMA);
	ll_test_read(SCHEMA, &on_disk);

	assert_non_null(item);
	assert_true(ll_str_equal(item->bytes, ll_buf_str(&on_disk)));
	assert_false(item->is_override);
	assert_null(ll_resource_find(set, "sql/schema/none.sql"));
	assert_null(ll_resource_find(set, ""));
	ll_buf_done(&on_disk);
}

static void all_resources_are_listed_by_name(void **state)
{
	LL_CLEANUP(ll_resources_closep) struct ll_resources *set = NULL;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_resource *items;
	size_t count;

	(void)state;
	assert_ok(ll_resources_open(NULL, &set, &err), &err);
	items = ll_resource_all(set, &count);

	assert_true(count > 10);
	for (size_t i = 1; i < count; i++)
		assert_true(strcmp(items[i - 1].name, items[i].name) < 0);
}

static void an_override_directory_stands_before_name_by_name(void **state)
{
	LL_CLEANUP(ll_resources_closep) struct ll_resources *set = NULL;
	char *const directory = ll_test_scratch();
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_resource *item;
	size_t before, after;

	(void)state;
	assert_ok(ll_resources_open(NULL, &set, &err), &err);
	(void)ll_resource_all(set, &before);
	ll_resources_closep(&set);
	free(ll_test_write(directory, SCHEMA, ll_str("-- mine")));
	free(ll_test_write(directory, "sql/analyzers/own/rule.sql", ll_str("-- new")));
	free(ll_test_write(directory, "notes.txt", ll_str("not a resource")));
	assert_ok(ll_resources_open(directory, &set, &err), &err);
	ll_test_scratch_done(directory);
	(void)ll_resource_all(set, &after);

	item = ll_resource_find(set, SCHEMA);
	assert_true(ll_str_equal(item->bytes, ll_str("-- mine")));
	assert_true(item->is_override && !item->is_new);
	item = ll_resource_find(set, "sql/analyzers/own/rule.sql");
	assert_true(ll_str_equal(item->bytes, ll_str("-- new")));
	assert_true(item->is_override && item->is_new);
	assert_null(ll_resource_find(set, "notes.txt"));
	assert_int_equal(after, before + 1);
}

static void an_override_directory_that_is_none_is_an_error(void **state)
{
	char *const directory = ll_test_scratch();
	char *const file = ll_test_write(directory, "file", ll_str("x"));
	struct ll_resources *set = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(ll_resources_open("/nowhere/at all", &set, &err), LL_E_NOTFOUND);
	assert_string_equal(err.text, "resources in '/nowhere/at all': cannot read "
	                              "'/nowhere/at all': No such file or directory");
	assert_int_equal(ll_resources_open(file, &set, &err), LL_E_USAGE);
	assert_non_null(strstr(err.text, "is not a directory"));
	assert_null(set);
	free(file);
	ll_test_scratch_done(directory);
}

static void an_override_that_is_too_large_is_named(void **state)
{
	char *const directory = ll_test_scratch();
	const size_t size = (size_t)5 * 1024 * 1024;
	LL_CLEANUP(ll_freep) char *large = ll_calloc(1, size);
	struct ll_resources *set = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	free(ll_test_write(directory, "templates/big.xsl", ll_str_n(large, size)));

	assert_int_equal(ll_resources_open(directory, &set, &err), LL_E_LIMIT);
	assert_non_null(strstr(err.text, "templates/big.xsl': larger than"));
	ll_test_scratch_done(directory);
}

static void special_files_among_overrides_are_passed_over(void **state)
{
	LL_CLEANUP(ll_resources_closep) struct ll_resources *set = NULL;
	char *const directory = ll_test_scratch();
	char *const file = ll_test_write(directory, "sql/file.sql", ll_str("x"));
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_int_equal(remove(file), 0);
	assert_int_equal(mkfifo(file, 0600), 0);

	assert_ok(ll_resources_open(directory, &set, &err), &err);
	assert_null(ll_resource_find(set, "sql/file.sql"));
	free(file);
	ll_test_scratch_done(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_binary_carries_the_source_trees_sql_and_templates),
		cmocka_unit_test(all_resources_are_listed_by_name),
		cmocka_unit_test(an_override_directory_stands_before_name_by_name),
		cmocka_unit_test(an_override_directory_that_is_none_is_an_error),
		cmocka_unit_test(an_override_that_is_too_large_is_named),
		cmocka_unit_test(special_files_among_overrides_are_passed_over),
	};

	return cmocka_run_group_tests_name("base.resource", tests, NULL, NULL);
}
