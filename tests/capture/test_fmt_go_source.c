/* SPDX-License-Identifier: Apache-2.0 */
/* Source code that shows dumps is none; a program and what it printed is. */
#include "facts.h"
#include "support.h"

#define DUMP "goroutine 99 [chan receive (leaked)]:\nmain.f()\n\t/f.go:20 +0x30\n"
#define CODE "package cart\n\nimport \"testing\"\n\nfunc f() {\n\t_ = `" DUMP "`\n}\n"

static void assert_source(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_int_equal(ll_facts_read(facts, ll_str(text), "heap.pb.gz", &err), LL_E_FORMAT);
	assert_non_null(facts->format);
	assert_string_equal(facts->format->id, "go-source");
	assert_string_equal(err.text, facts->format->refusal);
}

static void assert_read(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "cart_test.go", &err), &err);
	assert_fact(facts, "goroutines 1 chan receive: main.f f.go:20; leaked");
}

static void dumps_in_strings_and_comments_are_no_captures(void **state)
{
	assert_source(*state, CODE);
	assert_source(*state, "\n// Copyright\n\n//go:build linux\n/* Package\ncart. */\n" CODE);
	assert_source(*state, "package cart // import \"example.com/cart\"\n\nvar x = `\n" DUMP
	                      "`\n\n// " DUMP "// end\n");
	assert_source(*state, "package a_1\r\n\r\nconst (\r\n\tx = `" DUMP "`\r\n)\r\n");
	assert_source(*state, "package a\ntype t int\n/*\n" DUMP "*/\n");
}

static void a_program_with_what_it_printed_is_read(void **state)
{
	assert_read(*state, CODE "\n$ go run .\n" DUMP);
	assert_read(*state, CODE "```\n" DUMP "```\n}\n");
	assert_read(*state, "package cart is broken:\n" DUMP "}\n");
	assert_read(*state, "package cart\n" DUMP "}\n");
	assert_read(*state, "// a comment\n" DUMP);
	assert_read(*state, "/* an open comment\npackage a\nvar x\n" DUMP "}\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(dumps_in_strings_and_comments_are_no_captures),
		test(a_program_with_what_it_printed_is_read),
	};

	return cmocka_run_group_tests_name("capture.fmt_go_source", tests, NULL, NULL);
}
