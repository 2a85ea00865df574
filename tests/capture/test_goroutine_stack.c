/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of a stack that terminals wrapped, and frames that are taken many at a time: those are the
 * ones that are taken line by line, as lines that end with CR LF are. test_fmt_goroutines.c has the
 * others.
 */
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

/* A path that stands behind one function says nothing of the next one. */
static void half_a_place_is_of_one_function(void **state)
{
	assert_stack(*state,
	             "main.f(0x1)\n\t/src/half/of\n\t/src/f.go:1 +0x1\n"
	             "main.g(0x1)\n  g.go:2 +0x1\n",
	             "goroutines 1 select: main.f f.go:1 < main.g g.go:2");
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

/* Named as a literal is; a literal's frame tells where it called a function of another package. */
static void what_old_toolchains_wrap_a_go_statement_in_is_no_frame(void **state)
{
	static const struct {
		const char *stack, *expected;
	} cases[] = {
		{"net/http.(*persistConn).readLoop(0xc1)\n\t/t.go:2213 +0xd85 fp=0xc1 sp=0xc1 pc=0x1\n"
	         "net/http.(*Transport).dialConn.func5()\n\t/t.go:1751 +0x26 fp=0xc1 sp=0xc1 pc=0x1\n"
	         "runtime.goexit()\n\t/asm.s:1594 +0x1\n"
	         "created by net/http.(*Transport).dialConn\n\t/t.go:1751 +0x173e\n",
	         "goroutines 1 select: net/http.(*persistConn).readLoop t.go:2213; by "
	         "net/http.(*Transport).dialConn t.go:1751"},
		{"sync.(*WaitGroup).Wait(0xc1)\n\t/wg.go:1 +0x1\nmain.main.func1()\n\t/m.go:9 +0x26\n"
	         "runtime.goexit()\n\t/asm.s:1594 +0x1\ncreated by main.main\n\t/m.go:9 +0x17\n",
	         "goroutines 1 select: sync.(*WaitGroup).Wait wg.go:1 < main.main.func1 m.go:9; by "
	         "main.main m.go:9"},
		{"main.rest(0xc1)\n\t/rest.go:1 +0x1\nmain.main.func2()\n\t/m.go:12 +0x26\n"
	         "runtime.goexit()\n\t/asm.s:1594 +0x1\ncreated by main.main\n\t/m.go:11 +0x17\n",
	         "goroutines 1 select: main.rest rest.go:1 < main.main.func2 m.go:12; by main.main "
	         "m.go:11"},
		{"main.rest(0xc1)\n\t/rest.go:1 +0x1\nmain.main.func2()\n\t/m.go:11 +0x26\n"
	         "created by main.main\n\t/m.go:11 +0x17\n",
	         "goroutines 1 select: main.rest rest.go:1 < main.main.func2 m.go:11; by main.main "
	         "m.go:11"},
	};
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < LL_COUNT(cases); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(&text, "goroutine 7 [select]:\n%s", cases[i].stack);
		ll_facts_clear(facts);
		ll_facts_read_as(facts, "log", "x", text.data);
		assert_fact(facts, cases[i].expected);
	}
}

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "dump.txt", &err), &err);
	assert_string_equal(facts->format->id, "log");
}

/* Frames, of which the usual ones are taken many at a time, and those that need a rule. */
static void put_frames(struct ll_buf *text, size_t name)
{
	ll_buf_printf(text, "runtime.gopark(0x%zx)\n\t/go/proc.go:%zu +0xce\n", name, name + 1);
	ll_buf_puts(text, "main.(*T).");
	for (size_t i = 0; i < name; i++)
		ll_buf_putc(text, "abcdefg7"[i % 8]);
	ll_buf_puts(text, "(0xc0000b6000, {0x1, 0x2})\n\t/src/a.go:31 +0x8a\n"
	                  "main.f.func1(...)\n\t/src/f(x).go:7\n"
	                  "main.f[go.shape.int](0xc0000b6000, 0xc0000b6001, 0xc0000b6002, "
	                  "0xc0000b6003, 0xc0000b6004, 0xc0000b6005, 0xc0000b6006)\n\t/src/");
	for (size_t i = 0; i < name; i++)
		ll_buf_putc(text, 'd');
	ll_buf_puts(text, "/g.go:12345 +0xabcdef01\n"
	                  "runtime.call16(0x1)\n\t/go/asm.s:1 +0x1\n"
	                  "main.main.gowrap12()\n\t/src/main.go:9 +0x1\n"
	                  "main.gowrap12x5()\n\t/src/main.go:9 +0x1\n"
	                  "...23 frames elided...\n"
	                  "c_function\n\t/src/c.c:9 +0x1\n"
	                  "main.last(0x1)\n\t/src/no line +0x1\n"
	                  "runtime.goexit({})\n\t/go/asm_amd64.s:1695 +0x1\n"
	                  "created by main.newHub in goroutine 1\n\t/src/hub.go:20 +0x57\n\n");
}

/* What ends with CR LF is read line by line. */
static void frames_taken_at_once_are_those_of_their_lines(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text, lines, expected;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_init(&lines, LL_BUF_PAGE);
	ll_buf_init(&expected, LL_BUF_PAGE);
	for (size_t i = 1; i <= 200; i++) {
		ll_buf_printf(&text, "goroutine %zu [%s]:\n", i, i % 50 ? "select" : "chan send");
		put_frames(&text, i < 150 ? i : 40 * i);
	}
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] == '\n')
			ll_buf_putc(&lines, '\r');
		ll_buf_putc(&lines, text.data[i]);
	}

	read_text(facts, lines.data);
	ll_buf_put_str(&expected, ll_buf_str(&facts->text));
	read_text(facts, text.data);

	assert_string_equal(facts->text.data, expected.data);
	assert_non_null(strstr(expected.data, "main.gowrap12x5"));
	assert_null(strstr(expected.data, "main.main.gowrap12"));
}

/* A dump may end in any byte of a frame; nothing behind it is looked at. */
static void a_dump_that_ends_anywhere_is_the_same_by_lines(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	LL_CLEANUP(ll_buf_done) struct ll_buf lines;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_init(&lines, LL_BUF_PAGE);
	ll_buf_puts(&text, "goroutine 1 [select]:\nmain.a()\n\t/a.go:1 +0x1\n");
	put_frames(&text, 60);
	for (size_t size = 60; size < text.size; size++) {
		LL_CLEANUP(ll_freep) char *part = ll_malloc(size + 1);
		LL_CLEANUP(ll_freep) char *expected = NULL;

		memcpy(part, text.data, size);
		part[size] = '\0';
		ll_buf_clear(&lines);
		for (size_t i = 0; i < size; i++) {
			if (part[i] == '\n')
				ll_buf_putc(&lines, '\r');
			ll_buf_putc(&lines, part[i]);
		}
		read_text(facts, lines.data);
		expected = ll_strdup(facts->text.data);
		read_text(facts, part);
		assert_string_equal(facts->text.data, expected);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(arguments_may_go_on_in_the_next_line),
		test(a_place_may_go_on_in_the_next_line),
		test(half_a_place_is_of_one_function),
		test(what_only_begins_like_a_call_is_none),
		test(what_old_toolchains_wrap_a_go_statement_in_is_no_frame),
		test(frames_taken_at_once_are_those_of_their_lines),
		test(a_dump_that_ends_anywhere_is_the_same_by_lines),
	};

	return cmocka_run_group_tests_name("capture.goroutine_stack", tests, NULL, NULL);
}
