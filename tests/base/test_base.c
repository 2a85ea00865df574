/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_moved_pointer_leaves_null_behind(void **state)
{
	char text[] = "x";
	char *owner = text;

	(void)state;
	assert_ptr_equal(ll_take(&owner), text);
	assert_null(owner);
}

static void sums_and_products_of_sizes_do_not_wrap(void **state)
{
	size_t result = 7;
	int64_t sum = INT64_MAX - 1;

	(void)state;
	assert_false(ll_size_add(SIZE_MAX, 1, &result));
	assert_false(ll_size_mul(SIZE_MAX / 2 + 1, 2, &result));
	assert_int_equal(result, 7);
	assert_true(ll_size_add(SIZE_MAX - 1, 1, &result));
	assert_true(result == SIZE_MAX);
	assert_true(ll_size_mul(3, 5, &result));
	assert_int_equal(result, 15);
	assert_true(ll_i64_add(&sum, 1));
	assert_true(sum == INT64_MAX);
	assert_false(ll_i64_add(&sum, 1));
	assert_true(ll_i64_add(&sum, INT64_MIN));
	assert_int_equal(sum, -1);
}

static void zero_bytes_are_memory_all_the_same(void **state)
{
	LL_CLEANUP(ll_freep) char *a = ll_malloc(0);
	LL_CLEANUP(ll_freep) char *b = ll_calloc(0, 0);
	LL_CLEANUP(ll_freep) char *c = ll_realloc(NULL, 0, 8);
	LL_CLEANUP(ll_freep) char *text = ll_strdup("copied");

	(void)state;
	assert_non_null(a);
	assert_int_equal(b[0], 0);
	assert_non_null(c);
	assert_string_equal(text, "copied");
}

/* Runs `grab` in a child whose stderr is closed. Returns the signal that ended it, 0 for none. */
static int signal_of(void (*grab)(void))
{
	const pid_t child = fork();
	int state = 0;

	assert_true(child >= 0);
	if (child == 0) {
		(void)signal(SIGABRT, SIG_DFL);
		(void)close(STDERR_FILENO);
		grab();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &state, 0), child);
	return WIFSIGNALED(state) ? WTERMSIG(state) : 0;
}

static void grab_an_overflowing_product(void)
{
	free(ll_realloc(NULL, SIZE_MAX / 2, 4));
}

static void a_product_that_overflows_ends_the_program(void **state)
{
	(void)state;
	assert_int_equal(signal_of(grab_an_overflowing_product), SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moved_pointer_leaves_null_behind),
		cmocka_unit_test(sums_and_products_of_sizes_do_not_wrap),
		cmocka_unit_test(zero_bytes_are_memory_all_the_same),
		cmocka_unit_test(a_product_that_overflows_ends_the_program),
	};

	return cmocka_run_group_tests_name("base.base", tests, NULL, NULL);
}
