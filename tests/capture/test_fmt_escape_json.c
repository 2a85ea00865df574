/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

#define HEADER                                                                                     \
	"{\"version\":0,\"package\":\"shop\",\"goos\":\"linux\",\"goarch\":\"amd64\","             \
	"\"gc_version\":\"go1.27.3\",\"file\":\"/src/shop/cart.go\"}\n"

#define REMARK(line, column, code, message)                                                        \
	"{\"range\":{\"start\":{\"line\":" #line ",\"character\":" #column                         \
	"},\"end\":{\"line\":" #line ",\"character\":" #column                                     \
	"}},\"severity\":3,\"code\":\"" code                                                       \
	"\",\"source\":\"go compiler\",\"message\":\"" message "\",\"relatedInformation\":"        \
	"[{\"location\":{\"uri\":\"file:///x.go\"},\"message\":\"escflow: x\"}]}\n"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "escape-json", "cart.json", text);
}

static void a_text_with_its_empty_remark_is_an_allocation(void **state)
{
	read_text(*state,
	          HEADER                                                                    //
	                  REMARK(26, 35, "escapes", "make(map[string]int) escapes to heap") //
	          REMARK(26, 35, "escape", "")                                              //
	          REMARK(9, 2, "escape", "")                                                //
	          REMARK(9, 2, "escape", "\\u0026T{...} escapes to heap in NewCart"));

	assert_facts(*state, "capture escape (json) go=go1.27.3\n"
	                     "fact shop /src/shop/cart.go:9:2 pointer &T{...} escapes to heap\n"
	                     "fact shop /src/shop/cart.go:26:35 map make(map[string]int) escapes "
	                     "to heap\n");
}

static void a_text_alone_is_a_variable_that_was_moved(void **state)
{
	read_text(*state, HEADER REMARK(20, 2, "escapes", "x escapes to heap"));

	assert_fact(*state, "fact shop /src/shop/cart.go:20:2 moved moved to heap: x");
}

static void an_empty_remark_alone_is_an_allocation_of_unknown_kind(void **state)
{
	read_text(*state, HEADER REMARK(20, 2, "escape", "") REMARK(20, 2, "escape", ""));

	assert_facts(*state, "capture escape (json) go=go1.27.3\n"
	                     "fact shop /src/shop/cart.go:20:2 allocates escapes to heap\n");
}

static void several_ways_of_escaping_are_one_allocation(void **state)
{
	read_text(*state, HEADER                                                              //
	                          REMARK(18, 10, "escapes", "make([]int, n) escapes to heap") //
	          REMARK(18, 10, "escapes", "make([]int, n) escapes to heap in F")            //
	          REMARK(18, 10, "escape", ""));

	assert_facts(*state, "capture escape (json) go=go1.27.3\n"
	                     "fact shop /src/shop/cart.go:18:10 slice make([]int, n) escapes to "
	                     "heap\n");
}

static void other_remarks_are_passed_over(void **state)
{
	read_text(*state, HEADER                                                    //
	                          REMARK(7, 6, "canInlineFunction", "cost: 0")      //
	          REMARK(8, 6, "leak", "parameter v leaks to {heap} with derefs=0") //
	          REMARK(9, 6, "isInBounds", ""));

	assert_facts(*state, "capture escape (json) go=go1.27.3\n");
}

static void several_files_of_one_compiler_are_one_capture(void **state)
{
	read_text(*state, HEADER REMARK(1, 2, "escape", "") //
	          "{\"version\":0,\"file\":\"/src/shop/hub.go\",\"package\":\"hub\",\"gc_version\":"
	          "\"go1.27.3\"}\n" REMARK(1, 2, "escape", "") //
	          "{\"version\":0,\"file\":\"/src/shop/old.go\",\"package\":\"old\",\"gc_version\":"
	          "\"go1.19.8\"}\n" REMARK(1, 2, "escape", ""));

	assert_facts(*state, "capture escape (json) go=go1.27.3\n"
	                     "fact shop /src/shop/cart.go:1:2 allocates escapes to heap\n"
	                     "fact hub /src/shop/hub.go:1:2 allocates escapes to heap\n"
	                     "capture escape (json) go=go1.19.8\n"
	                     "fact old /src/shop/old.go:1:2 allocates escapes to heap\n");
}

static void lines_that_are_no_json_are_noted(void **state)
{
	read_text(*state, HEADER "{\"range\":{\"start\":\nnothing\n" REMARK(1, 2, "escape", ""));

	assert_facts(*state, "capture escape (json) go=go1.27.3\n"
	                     "fact shop /src/shop/cart.go:1:2 allocates escapes to heap\n"
	                     "note 2 2 lines are not JSON\n");
}

static void a_broken_header_is_refused(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_facts_read(*state,
	                               ll_str("{\"version\":0,\"gc_version\":\"go1.27\",\n"), "x",
	                               &err),
	                 LL_E_FORMAT);
	assert_string_equal(err.text, "line 1: malformed JSON");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_text_with_its_empty_remark_is_an_allocation),
		test(a_text_alone_is_a_variable_that_was_moved),
		test(an_empty_remark_alone_is_an_allocation_of_unknown_kind),
		test(several_ways_of_escaping_are_one_allocation),
		test(other_remarks_are_passed_over),
		test(several_files_of_one_compiler_are_one_capture),
		test(lines_that_are_no_json_are_noted),
		test(a_broken_header_is_refused),
	};

	return cmocka_run_group_tests_name("capture.fmt_escape_json", tests, NULL, NULL);
}
