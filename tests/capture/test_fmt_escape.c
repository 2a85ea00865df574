/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "escape", "build.log", text);
}

static void the_expression_tells_what_is_allocated(void **state)
{
	static const struct {
		const char *message;
		const char *what;
	} rows[] = {
		{"make(map[string]*Item) escapes to heap", "map"},
		{"map[string]int{...} escapes to heap", "map"},
		{"make([]byte, n) escapes to heap", "slice"},
		{"[]int{...} escapes to heap", "slice"},
		{"append escapes to heap", "append"},
		{"func literal escapes to heap", "closure"},
		{"new(Item) escapes to heap", "pointer"},
		{"&Item{...} escapes to heap", "pointer"},
		{"string(b) escapes to heap", "string"},
		{"([]rune)(s) escapes to heap", "string"},
		{"map[string]int literal escapes to heap", "map"},
		{"[]int literal escapes to heap", "slice"},
		{"&Item literal escapes to heap", "pointer"},
		{"&[3]int{...} escapes to heap", "pointer"},
		{"&map[string]int{} escapes to heap", "pointer"},
		{"make([]byte, 1 << 20) escapes to heap", "slice"},
		{"Item{...} escapes to heap", "boxing"},
		{"\"x\" escapes to heap", "boxing"},
		{"([]byte)(s) escapes to heap", "string"},
		{"a + \"x\" escapes to heap", "string"},
		{"... argument escapes to heap", "variadic"},
		{"make(chan int) escapes to heap", "chan"},
		{"make(http.Header) escapes to heap", "map"},
		{"make(sort.IntSlice, n) escapes to heap", "slice"},
		{"s.Close escapes to heap", "method-value"},
		{"n escapes to heap", "boxing"},
		{"f(a + b) escapes to heap", "boxing"},
		{"moved to heap: item", "moved"},
		{"x does not escape", "stays"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		char text[200], expected[200];

		(void)snprintf(text, sizeof text, "./cart/store.go:31:12: %s\n", rows[i].message);
		(void)snprintf(expected, sizeof expected, "fact  cart/store.go:31:12 %s %s",
		               rows[i].what, rows[i].message);
		read_text(*state, text);
		assert_fact(*state, expected);
	}
}

static void headers_name_the_package(void **state)
{
	read_text(*state, "# example.com/shop/cart [example.com/shop/cart.test]\n"
	                  "cart/a.go:1:2: moved to heap: a\r\n"
	                  "# example.com/shop\n"
	                  "b.go:3: moved to heap: b\n");

	assert_facts(*state, "capture escape\n"
	                     "fact example.com/shop/cart cart/a.go:1:2 moved moved to heap: a\n"
	                     "fact example.com/shop b.go:3:0 moved moved to heap: b\n");
}

static void explanations_and_other_remarks_are_no_facts(void **state)
{
	read_text(*state, "a.go:1:2: x escapes to heap:\n"
	                  "a.go:1:2:   flow: y = &x:\n"
	                  "a.go:1:2: x escapes to heap\n"
	                  "a.go:2:2: m escapes to heap in MapMake:\n"
	                  "a.go:2:2:   flow: {heap} \xe2\x86\x90 &{storage for m}:\n"
	                  "a.go:2:2:     from m (spill) at a.go:2:2\n"
	                  "a.go:2:2: \tfrom x (interface-converted) at a.go:2:2\n"
	                  "a.go:2:2: parameter p leaks to {heap} for F with derefs=0:\n"
	                  "a.go:3:6: can inline f with cost 4 as: func() { x escapes to heap: }\n"
	                  "a.go:3:6: zero-copy string->[]byte conversion\n"
	                  "a.go:3:6: can inline f\n"
	                  "a.go:3:6: leaking param: p\n"
	                  "a.go:4:6: &x escapes to heap\n"
	                  "a.go:5:9: inlining call to g\n");

	assert_facts(*state, "capture escape\nfact  a.go:1:2 boxing x escapes to heap\n");
}

static void text_around_the_log_is_passed_over(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_facts *const facts = *state;

	assert_ok(ll_facts_read(facts,
	                        ll_str("Dear reader,\n\nsee what the compiler says:\n\n"
	                               "a.go:1:2: moved to heap: a\n"
	                               "see also my file b.go: it is long\n"
	                               "go: downloading nothing\n"),
	                        "post.md", &err),
	          &err);
	assert_int_equal(facts->captures[0].build_facts, 1);
}

static void results_of_benchmarks_beside_it_are_read_too(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_facts *const facts = *state;

	assert_ok(ll_facts_read(facts,
	                        ll_str("# shop\na.go:1:2: moved to heap: a\n"
	                               "a.go:2:2: moved to heap: b\nBenchmarkPut-8 1 5 ns/op\n"),
	                        "bench.txt", &err),
	          &err);
	assert_int_equal(facts->count, 2);
	assert_int_equal(facts->captures[0].build_facts, 2);
	assert_int_equal(facts->captures[1].kind, LL_KIND_BENCHMARK);
}

static void places_that_do_not_parse_are_no_places(void **state)
{
	static const char *const texts[] = {
		"a.go: moved to heap: a\n",
		"a.go:x:2: moved to heap: a\n",
		"a.go:1:2 moved to heap: a\n",
		"a.go:99999999999:2: moved to heap: a\n",
		"my file.go:1:2: moved to heap: a\n",
		"a.go:1:99999999999: moved to heap: a\n",
		"moved to heap: a\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
	}
}

static void code_that_the_compiler_made_has_a_place(void **state)
{
	read_text(*state, "<autogenerated>:1: .this does not escape\n");

	assert_fact(*state, "fact  <autogenerated>:1:0 stays .this does not escape");
}

static void lines_that_a_page_indents_are_read(void **state)
{
	read_text(*state, "    # example.com/shop\n"
	                  "    cart/store.go:31:12: new(Item) escapes to heap\n"
	                  "\t<autogenerated>:1: moved to heap: x\n");

	assert_fact(*state, "fact  cart/store.go:31:12 pointer new(Item) escapes to heap");
	assert_fact(*state, "fact  <autogenerated>:1:0 moved moved to heap: x");
}

static void paths_of_windows_get_slashes(void **state)
{
	read_text(*state, ".\\store.go:31:12: new(Item) escapes to heap\n"
	                  "cart\\store.go:40:2: moved to heap: item\n");

	assert_fact(*state, "fact  store.go:31:12 pointer new(Item) escapes to heap");
	assert_fact(*state, "fact  cart/store.go:40:2 moved moved to heap: item");
}

static void remarks_in_a_comment_count(void **state)
{
	read_text(*state, "// ./cart.go:3:6: can inline Put\n"
	                  "// ./cart.go:4:9: func literal escapes to heap\n"
	                  "# ./cart.go:5:2: moved to heap: n\n"
	                  "//.\\cart.go:6:2: moved to heap: m\n");

	assert_facts(*state, "capture escape\n"
	                     "fact  cart.go:4:9 closure func literal escapes to heap\n"
	                     "fact  cart.go:5:2 moved moved to heap: n\n"
	                     "fact  cart.go:6:2 moved moved to heap: m\n");
}

static void an_arrow_behind_a_remark_is_none_of_it(void **state)
{
	read_text(*state, "cart.go:5:2: moved to heap: n            <---- why?\n"
	                  "cart.go:6:9: func literal escapes to heap   <--\n");

	assert_facts(*state, "capture escape\n"
	                     "fact  cart.go:5:2 moved moved to heap: n\n"
	                     "fact  cart.go:6:9 closure func literal escapes to heap\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_expression_tells_what_is_allocated),
		test(headers_name_the_package),
		test(explanations_and_other_remarks_are_no_facts),
		test(text_around_the_log_is_passed_over),
		test(results_of_benchmarks_beside_it_are_read_too),
		test(places_that_do_not_parse_are_no_places),
		test(code_that_the_compiler_made_has_a_place),
		test(lines_that_a_page_indents_are_read),
		test(paths_of_windows_get_slashes),
		test(remarks_in_a_comment_count),
		test(an_arrow_behind_a_remark_is_none_of_it),
	};

	return cmocka_run_group_tests_name("capture.fmt_escape", tests, NULL, NULL);
}
