/* SPDX-License-Identifier: Apache-2.0 */
/* test_go_scan.c - whether a line of a Go file lies in a function, and what stands on it. */
#include "go_scan.h"
#include "ledgers.h"

static const char store[] = "package cart\n"                                         /* 1 */
			    "\n"                                                     /* 2 */
			    "import \"fmt\"\n"                                       /* 3 */
			    "\n"                                                     /* 4 */
			    "var hooks = map[string]func(){\n"                       /* 5 */
			    "\t\"a\": func() { fmt.Println(\"}\") },\n"              /* 6 */
			    "}\n"                                                    /* 7 */
			    "\n"                                                     /* 8 */
			    "func (s *Store[K, V]) Put(k K,\n"                       /* 9 */
			    "\tv V) (err interface{}) {\n"                           /* 10 */
			    "\t// func Get() {\n"                                    /* 11 */
			    "\ts.m[k] = append(s.m[k], `\n"                          /* 12 */
			    "} func Raw() {\n"                                       /* 13 */
			    "`, '}', \"\\\"}\") /* { */\n"                           /* 14 */
			    "\n"                                                     /* 15 */
			    "\treturn nil\n"                                         /* 16 */
			    "}\n"                                                    /* 17 */
			    "\n"                                                     /* 18 */
			    "func Get[K comparable](k K) *Item { return &Item{} }\n" /* 19 */
			    "\n"                                                     /* 20 */
			    "func (Store) Len() int {\n"                             /* 21 */
			    "\treturn 0\n"                                           /* 22 */
			    "}\n";                                                   /* 23 */

/* "fits 9 17", "no-line" ... */
static void assert_place(const char *function, int64_t line, const char *expected)
{
	static const char *const fits[] = {"fits", "no-line", "no-function", "other-function",
	                                   "no-code"};
	struct ll_go_place place;
	struct ll_buf code;
	char text[64];

	ll_buf_init(&code, LL_BUF_MESSAGE);
	place = ll_go_find(ll_str(store), ll_str(function), line, &code);
	(void)snprintf(text, sizeof text, "%s %d %d", fits[place.fit], (int)place.first,
	               (int)place.last);
	assert_string_equal(text, expected);
	ll_buf_done(&code);
}

static void a_method_encloses_its_lines(void **state)
{
	(void)state;
	assert_place("a.example/cart.(*Store[...]).Put", 16, "fits 9 17");
	assert_place("a.example/cart.(*Store).Put", 9, "fits 9 17");
	assert_place("a.example/cart.(*Store).Put.func1", 12, "fits 9 17");
	assert_place("a.example/cart.Store.Len", 22, "fits 21 23");
	assert_place("a.example/cart.Get[...]", 19, "fits 19 19");
}

static void a_line_of_another_function_is_told(void **state)
{
	(void)state;
	assert_place("a.example/cart.(*Store).Put", 19, "other-function 9 17");
	assert_place("a.example/cart.(*Other).Put", 12, "no-function 0 0");
	assert_place("a.example/cart.Put", 12, "no-function 0 0");
	assert_place("a.example/cart.Raw", 13, "no-function 0 0");
	assert_place("a.example/cart.(*Store).Get", 19, "no-function 0 0");
	assert_place("a.example/cart.Get", 24, "no-line 19 19");
}

static void a_line_without_code_is_none(void **state)
{
	(void)state;
	assert_place("a.example/cart.(*Store).Put", 11, "no-code 9 17");
	assert_place("a.example/cart.(*Store).Put", 15, "no-code 9 17");
	assert_place("a.example/cart.(*Store).Put", 17, "no-code 9 17");
}

static void closures_of_the_package_lie_outside_functions(void **state)
{
	(void)state;
	assert_place("a.example/cart.init.func1", 6, "fits 5 7");
	assert_place("a.example/cart.init", 5, "fits 5 7");
	assert_place("a.example/cart.init.func1", 16, "no-function 0 0");
}

static void the_code_of_a_line_has_no_comments_and_no_texts(void **state)
{
	struct ll_buf code;

	(void)state;
	ll_buf_init(&code, LL_BUF_MESSAGE);
	(void)ll_go_find(
		ll_str("package p\nfunc f() {\n\tx  =\tappend(x, \"make(chan int)\", 'c') // new(T)\n}"),
		ll_str("p.f"), 3, &code);
	test_assert_same_text(ll_buf_str(&code), ll_str("x = append(x, \"\", '') "));
	ll_buf_done(&code);
}

static void damaged_files_end(void **state)
{
	static const char *const texts[] = {
		"",     "func",       "func (",     "func f() { \"",      "func f() { `\n\n",
		"/*\n", "func f() {", "}}}}\nfunc", "func f() { '\\",     "\xff\xfe\x00func f() {",
		"\n",   "))((",       "func ()",    "func (s []) f( {\n", "func f() {\r\n\r\n}\r\n",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		for (int64_t line = 1; line < 4; line++) {
			struct ll_buf code;

			ll_buf_init(&code, LL_BUF_MESSAGE);
			assert_true(
				ll_go_find(ll_str(texts[i]), ll_str("f.f"), line, &code).lines >=
				0);
			ll_buf_done(&code);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_method_encloses_its_lines),
		cmocka_unit_test(a_line_of_another_function_is_told),
		cmocka_unit_test(a_line_without_code_is_none),
		cmocka_unit_test(closures_of_the_package_lie_outside_functions),
		cmocka_unit_test(the_code_of_a_line_has_no_comments_and_no_texts),
		cmocka_unit_test(damaged_files_end),
	};

	return cmocka_run_group_tests_name("analyze go_scan", tests, NULL, NULL);
}
