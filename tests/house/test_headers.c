/* SPDX-License-Identifier: Apache-2.0 */
/* Each contract header compiles alone: whoever includes it needs to know nothing else. */
#include "tree.h"

/* The compiler that builds the project; -fsyntax-only writes nothing. */
static void compile(const char *path, struct ll_offences *offences)
{
	struct ll_buf output;
	char command[4096];

	ll_buf_init(&output, LL_BUF_MESSAGE);
	(void)snprintf(
		command, sizeof command,
		"%s -std=c17 -pedantic -Wall -Wextra -Werror -D_XOPEN_SOURCE=700 -I '%s/include' "
		"-x c -fsyntax-only - <'%s'",
		LL_COMPILER, LL_SOURCE_DIR, path);
	if (ll_test_run(command, &output) != 0)
		ll_offend(offences, path, 0, "%s", output.data);
	ll_buf_done(&output);
}

static void check_alone(const struct ll_test_file *file, struct ll_offences *offences)
{
	compile(ll_test_source(file->path), offences);
}

static void every_contract_header_compiles_alone(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "include/leakledger", ".h");

	ll_test_tree_assert(&tree, check_alone);

	ll_test_tree_done(&tree);
}

static void a_header_that_needs_another_one_is_found_out(void **state)
{
	struct ll_offences offences = {.is_quiet = true};
	char *const directory = ll_test_scratch();
	char *const path = ll_test_write(directory, "needy.h", ll_str("size_t ll_needy(void);\n"));

	(void)state;
	compile(path, &offences);

	assert_int_equal(offences.count, 1);

	free(path);
	ll_test_scratch_done(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_contract_header_compiles_alone),
		cmocka_unit_test(a_header_that_needs_another_one_is_found_out),
	};

	return cmocka_run_group_tests_name("house.headers", tests, NULL, NULL);
}
