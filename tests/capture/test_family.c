/* SPDX-License-Identifier: Apache-2.0 */
/* test_family.c - what the names of one piece of code in two builds have in common. */
#include "support.h"

#include <leakledger/capture.h>

static void assert_family(const char *name, const char *expected)
{
	struct ll_arena arena = LL_ARENA_INIT;

	assert_string_equal(ll_frame_family(ll_str(name), &arena).data, expected);
	ll_arena_done(&arena);
}

static void closures_lose_the_number_of_their_position(void **state)
{
	(void)state;
	assert_family("main.serve.func2", "main.serve.func#");
	assert_family("main.serve.func2.1", "main.serve.func#.#");
	assert_family("main.serve.func12.func3", "main.serve.func#.func#");
	assert_family("main.serve-range1", "main.serve-range#");
	assert_family("main.serve.func2-range10", "main.serve.func#-range#");
	assert_family("a.example/shop.init.0", "a.example/shop.init.#");
	assert_family("a.example/shop.init.func4", "a.example/shop.init.func#");
}

static void numbers_that_people_gave_stay(void **state)
{
	(void)state;
	assert_family("main.func2go", "main.func2go");
	assert_family("main.(*T2).Put3", "main.(*T2).Put3");
	assert_family("a.example/shop2.Put", "a.example/shop2.Put");
	assert_family("main.myfunc2", "main.myfunc2");
	assert_family("main.Get[...]", "main.Get[...]");
}

static void packages_lose_their_version_and_vendor_directory(void **state)
{
	(void)state;
	assert_family("a.example/lib/v2.Put", "a.example/lib.Put");
	assert_family("a.example/lib/v10/deep.Put", "a.example/lib/deep.Put");
	assert_family("gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml.Unmarshal");
	assert_family("a.example/app/vendor/b.example/lib.Put", "b.example/lib.Put");
	assert_family("vendor/golang.org/x/net/http2.f", "golang.org/x/net/http2.f");
	assert_family("v2.Put", "v2.Put");
	assert_family("a.example/version.Put", "a.example/version.Put");
}

static void damaged_names_are_kept(void **state)
{
	(void)state;
	assert_family("", "");
	assert_family("no dot", "no dot");
	assert_family("/", "");
	assert_family(".", ".");
	assert_family("vendor/", "");
	assert_family("main.func", "main.func");
	assert_family("9", "9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closures_lose_the_number_of_their_position),
		cmocka_unit_test(numbers_that_people_gave_stay),
		cmocka_unit_test(packages_lose_their_version_and_vendor_directory),
		cmocka_unit_test(damaged_names_are_kept),
	};

	return cmocka_run_group_tests_name("capture.family", tests, NULL, NULL);
}
