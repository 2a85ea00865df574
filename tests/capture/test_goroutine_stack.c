/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a stack that terminals wrapped; test_fmt_goroutines.c has the others. */
#include "facts.h"
#include "support.h"

static void assert_stack(struct ll_facts *facts, const char *stack, const char *expected)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_printf(
		&text,
		"goroutine 7 [select]:\n%s\ngoroutine 8 [sleep]:\nmain.g(0x1)\n\t/g.go:1 +0x1\n",
		stack);
	ll_facts_clear(facts);
	ll_facts_read_as(facts, "log", "x", text.data);
	assert_fact(facts, expected);
	assert_fact(facts, "goroutines 1 sleep: main.g g.go:1");
	assert_int_equal(facts->count, 1);
}

static void arguments_may_go_on_in_the_next_line(void **state)
{
	assert_stack(*state,
	             "main.(*Hub).run(0xc0000b6000, {0x1,\n0x2?}, ...)\n\t/f.go:1 +0x1\n"
	             "main.main()\n\t/m.go:2 +0x1\n",
	             "goroutines 1 select: main.(*Hub).run f.go:1 < main.main m.go:2");
	assert_stack(*state, "main.f(0x1, 0x2,\n 0x3, 0x4,\n0x5)\n\t/f.go:1 +0x1\n",
	             "goroutines 1 select: main.f f.go:1");
}

static void a_place_may_go_on_in_the_next_line(void **state)
{
	assert_stack(*state,
	             "main.f(0x1)\n        C:/src/example.com/shop/ca\nrt.go:31 +0x1e fp=0x12\n"
	             "main.main()\n        C:/src/m.go:2 +0x1\n",
	             "goroutines 1 select: main.f cart.go:31 < main.main m.go:2");
	assert_stack(*state,
	             "main.f(0x1)\n        C:/src/cart.go:31\n +0x1e fp=0x12da3f84 sp=0x12da3f80\n"
	             "main.main()\n        C:/src/m.go:2 +0x1\n",
	             "goroutines 1 select: main.f cart.go:31 < main.main m.go:2");
}

static void what_only_begins_like_a_call_is_none(void **state)
{
	assert_stack(*state, "main.f(0x1)\n\t/f.go:1 +0x1\nsee shop.cart(and more\n",
	             "goroutines 1 select: main.f f.go:1");
	assert_stack(*state, "main.f(0x1)\n\t/f.go:1 +0x1\nmain.main)(0x1\n\t/m.go:1 +0x1\n",
	             "goroutines 1 select: main.f f.go:1");
	assert_stack(*state, "main.f(0x1)\n\t/f.go:1 +0x1\nshop.cart(with words in it\n",
	             "goroutines 1 select: main.f f.go:1");
	assert_stack(*state, "main.f(0x1)\n\t/a/value\n/f.go:1 +0x1\n",
	             "goroutines 1 select: main.f f.go:1");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(arguments_may_go_on_in_the_next_line),
		test(a_place_may_go_on_in_the_next_line),
		test(what_only_begins_like_a_call_is_none),
	};

	return cmocka_run_group_tests_name("capture.goroutine_stack", tests, NULL, NULL);
}
