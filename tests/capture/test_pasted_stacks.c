/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_pasted_stacks.c - dumps as people paste them into issues and pages: wrapped, cut, moved, in
 * comments and between prose. test_fmt_goroutines.c has those of files and logs.
 */
#include "facts.h"
#include "support.h"

#define DUMP  "capture goroutine (debug=2) period=1 types=goroutine/count\n"
#define PANIC "capture goroutine (panic) period=1 types=goroutine/count\n"
#define STACK "capture goroutine (stack) period=1 types=goroutine/count\n"
#define CUT   "note 0 the dump ends inside a goroutine; its counts are lower bounds"

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "issue.md", &err), &err);
	assert_string_equal(facts->format->id, "log");
}

static void a_header_may_stand_deeper_than_its_stack(void **state)
{
	read_text(*state, "\t\tStack trace:\n\t\t\tgoroutine 7 [running]:\n"
	                  "\tmain.(*T).f(0x1)\n\t\t/src/f.go:1 +0x1\n"
	                  "\tmain.main()\n\t\t/src/main.go:2 +0x1\n"
	                  "\tcreated by main.g\n\t\t/src/g.go:3 +0x1\n\n"
	                  "\tgoroutine 8 [select]:\n\tmain.h(0x1)\n\t\t/src/h.go:4 +0x1\n"
	                  "\tcreated by main.g\n\t\t/src/g.go:5 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 running: main.(*T).f f.go:1 < main.main main.go:2; "
	                          "by main.g g.go:3\n"
	                          "goroutines 1 select: main.h h.go:4; by main.g g.go:5\n");
}

static void numbers_of_a_place_may_be_wrapped_anywhere(void **state)
{
	read_text(*state, "goroutine 7 [select]:\n"
	                  "main.f(0x19dce6f, 0x26)\n"
	                  "/src/f.go:617 +0x72 fp=0xc0014018f0 sp=0xc0014018c0 pc\n=0x42ce72\n"
	                  "main.g(0xc0014019c8)\n"
	                  "/src/g.go:860 +0x597 fp=0xc001401978 sp=0xc0014018f0 pc=\n0x40ec47\n"
	                  "main.h(0xc0014019c8, 0xc001\n401e18)\n"
	                  "/src/h.go:785 +0x13e fp=0xc001401a38 sp=0xc0014019\n78 pc=0x40ec47\n"
	                  "main.i()\n"
	                  "/src/i.go:9 +0x1 fp=0xc001401a38 s\np=0xc00140 pc=0x40ec47\n"
	                  "main.j()\n"
	                  "/src/j.go:8 +0x1 fp=0xc001401a38 sp=0xc00140 pc=0x40\nec47\n"
	                  "created by main.run\n/src/run.go:348 +0x182a\n");

	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:617 < main.g g.go:860 < "
	                          "main.h h.go:785 < main.i i.go:9 < main.j j.go:8; "
	                          "by main.run run.go:348\n");
}

/* Package testing/synctest: who panics has nothing to do with it. */
static void a_bubble_that_sleeps_is_a_deadlock(void **state)
{
	read_text(*state,
	          "panic: deadlock: main bubble goroutine has exited but blocked goroutines remain "
	          "[recovered, repanicked]\n\n"
	          "goroutine 7 [running]:\nmain.a()\n\t/a.go:1 +0x1\n\n"
	          "goroutine 10 [chan send (durable), synctest bubble 1]:\n"
	          "main.b()\n\t/b.go:1 +0x1\n");

	assert_facts(*state, "capture goroutine (test deadlock) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.a a.go:1\n"
	                     "goroutines 1 chan send: main.b b.go:1\n");
}

static void links_to_lines_of_a_build_are_taken_out(void **state)
{
	read_text(
		*state,
		"panic: test timed out after 5s\n\n"
		"goroutine [13](https://ci.example/run#step:4:13)7 [running]:\n"
		"main.f(0xc0000d[208](https://ci.example/run#step:4:208)0, {0x85f640, 0x9, 0x9})\n"
		"\t/src/f.go:[178](https://ci.example/run#step:4:178)8 +0xbb\n"
		"main.g(0x1)\n"
		"\t/go/1.[23](https://ci.example/run#step:6:24).3/g.go:21 "
		"+0x[22](https://ci.example/run#step:6:23)7\n"
		"created by main.h\n"
		"\t/src/h.go:[180](https://ci.example/run#step:4:180) +0x4a\n");

	assert_facts(*state, "capture goroutine (test timeout) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.f f.go:1788 < main.g g.go:21; "
	                     "by main.h h.go:180\n");
}

static void a_dump_behind_links_in_prose_is_read(void **state)
{
	read_text(*state, "See [the run](https://ci.example/run) and [1](https://ci.example/2\n"
	                  "goroutine 7 [select]:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n");
}

static void a_dump_whose_last_word_is_torn_is_partial(void **state)
{
	static const char *const rests[] = {"r",    "runt", "runtime", "git", "github.com/a/b",
	                                    "main", "sysca"};

	for (size_t i = 0; i < LL_COUNT(rests); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(&text, "goroutine 7 [select]:\nmain.f()\n\t/f.go:1 +0x1\n%s\n",
		              rests[i]);
		read_text(*state, text.data);
		assert_fact(*state, CUT);
	}
	read_text(*state, "goroutine 7 [select]:\nmain.f()\n\t/f.go:1 +0x1\n"
	                  "created by main.g\n\t/g.go:1 +0x1\n\ngorout\n");
	assert_fact(*state, CUT);
}

static void a_word_or_an_address_behind_a_dump_cuts_nothing(void **state)
{
	static const char *const rests[] = {"PASS", "Killed", "https://go.dev/doc/go1.8#mapiter",
	                                    "exit status 2"};

	for (size_t i = 0; i < LL_COUNT(rests); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(&text, "goroutine 7 [select]:\nmain.f()\n\t/f.go:1 +0x1\n\n%s\n",
		              rests[i]);
		read_text(*state, text.data);
		assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n");
	}
}

static void the_end_of_a_code_block_keeps_a_function_without_its_place(void **state)
{
	read_text(*state, "- the bubble names it:\n\n  ```\n"
	                  "  panic: deadlock: blocked goroutines remain\n  ...\n"
	                  "  goroutine 8 [select (durable), synctest bubble 1]:\n"
	                  "  cache.(*Cache).janitor(...)\n  ```\n\n  and no more.\n");
	assert_facts(*state, PANIC "goroutines 1 select: cache.(*Cache).janitor\n");
	read_text(*state, "<pre>\ngoroutine 8 [select]:\ncache.(*Cache).janitor(...)\n</pre>\n");
	assert_facts(*state, DUMP "goroutines 1 select: cache.(*Cache).janitor\n");
}

static void a_stack_may_stand_in_a_comment(void **state)
{
	read_text(*state, "// Output: goroutine 7 [chan send (leaked)]:\n"
	                  "//   main.work.func1()\n//     /app/main.go:42 +0x1e\n"
	                  "// created by main.work\n//     /app/main.go:40 +0x1e\n");

	assert_facts(*state, DUMP "goroutines 1 chan send: main.work.func1 main.go:42; "
	                          "by main.work main.go:40; leaked\n");
}

static void a_dump_in_a_string_without_any_place_is_an_example(void **state)
{
	static const char example[] =
		"{\"goroutine 7 [sync.Mutex.Lock]:\\nsync.(*Mutex).Lock(...)\\nmain.f(0x1)\", true},\n";
	static const char real[] =
		"{\"stack\":\"goroutine 7 [select]:\\nmain.f(0x1)\\n\\t/f.go:1 +0x1\\n\"}\n";
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_facts_read(*state, ll_str(example), "x", &err), LL_E_FORMAT);
	read_text(*state, real);
	assert_fact(*state, "goroutines 1 select: main.f f.go:1");
}

static void a_string_that_an_editor_wrapped_goes_on_in_the_next_line(void **state)
{
	read_text(*state, "to do:\n"
	                  "{\"time\":\"2025-09-15T12:29:10Z\",\"error\":{\"stack\":\"goroutine 1 "
	                  "[running]:\\nruntime\n/debug.Stack()\\n\\tC:/debug/stack.go:26 +0x5e\\n"
	                  "shop/log.Log({0x7ff7ab514995, 0x5}, {0\nx7ff7ab51e445, 0x17})\\n"
	                  "\\tC:/log.go:59 +0x229\\nmain.main()\\n\\tC:/main.go:91 +0xc95\\n\"}}\n"
	                  ")\nmore to do\n");

	assert_fact(*state, "goroutines 1 running: runtime/debug.Stack stack.go:26 < "
	                    "shop/log.Log log.go:59 < main.main main.go:91");
}

static void texts_about_crashes_are_called_what_they_are(void **state)
{
	static const struct {
		const char *text, *start;
	} rows[] = {
		{"<details>\n\n    fatal error: fault\n    runtime stack:\n", "a Go crash without"},
		{"mar 13 20:18:26 web-1 hubd[19]: fatal error: fault\n", "a Go crash without"},
		{"$ grep panic k.log\nE0303 19:17:52.2 6 r.go:78] Observed a panic: x\n",
	         "a Go crash without"},
		{"main.f(0x1)\n\t/src/f.go:1 +0x1\ncreated by main.g\n\t/src/g.go:1 +0x1\n",
	         "lines of a stack"},
		{"goroutine 7 [running]:main.f(0x1)/src/f.go:1 +0x65main.g()/src/g.go:2 +0x1\n",
	         "a stack whose line ends are lost"},
		{"(gdb) bt\n#0  runtime.futex () at /go/s.s:307\n#1  0x000000000042c473 in f ()\n",
	         "stacks of threads"},
		{"[28455.0] systemd-coredump[1440]: Stack trace of thread 1256:\n",
	         "stacks of threads"},
		{"Fetching profile over HTTP\nSaved profile in /app/pprof/a.pb.gz\n",
	         "what go tool pprof says"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;

		ll_facts_clear(*state);
		assert_int_equal(ll_facts_read(*state, ll_str(rows[i].text), "x", &err),
		                 LL_E_FORMAT);
		if (strncmp(err.text, rows[i].start, strlen(rows[i].start)) != 0)
			fail_msg("'%s' is called: %s", rows[i].text, err.text);
	}
}

#define LOOP(id)                                                                                   \
	"goroutine " id                                                                            \
	" [select]:\nmain.loop()\n\t/l.go:1 +0x1\ncreated by main.main\n\t/m.go:2 +0x1\n\n"
#define MAIN "goroutine 1 [select]:\nmain.main()\n\t/m.go:9 +0x1\n\n"
#define LOCK "goroutine 9 [semacquire, 30 minutes]:\nmain.(*T).put(0x1)\n\t/t.go:4 +0x1\n"

/* Else it would pass for the goroutine that runs finalizers. */
static void a_stack_that_ends_before_its_creator_is_cut(void **state)
{
	static const char *const cut[] = {
		LOOP("7") LOCK,
		"```\n" LOOP("7") LOCK "```\nIt hangs there.\n",
		"```\n" MAIN LOOP("7") LOCK "```\nIt hangs there.\n",
	};
	static const char *const whole[] = {
		LOCK,                                            /* none tells its creator */
		MAIN LOOP("7") LOCK,                             /* the end of a whole dump */
		"```\n" LOOP("7") MAIN LOCK "```\nAll of it.\n", /* the first two, and finalizers */
		"```\n" LOOP("7") LOCK "runtime.goexit()\n\t/a.s:1 +0x1\n```\n",
		"```\n" LOOP("7") LOCK "\n" LOOP("8") "```\n", /* others follow it */
	};
	static const char group[] = "goroutines 1 semacquire, 30-30 min: main.(*T).put t.go:4; cut";

	for (size_t i = 0; i < LL_COUNT(cut); i++) {
		read_text(*state, cut[i]);
		assert_fact(*state, group);
		assert_fact(*state, CUT);
	}
	for (size_t i = 0; i < LL_COUNT(whole); i++) {
		read_text(*state, whole[i]);
		assert_fact(*state, "goroutines 1 semacquire, 30-30 min: main.(*T).put t.go:4");
	}
}

static void before_go_1_5_a_lock_stands_at_the_head_of_a_stack(void **state)
{
	read_text(*state, "goroutine 1 [semacquire, 970 minutes]:\n"
	                  "sync.(*Mutex).Lock(0xc20824e8d8)\n\t/mutex.go:66 +0xd3\n"
	                  "main.f()\n\t/f.go:1 +0x1\n");
	assert_fact(*state,
	            "goroutines 1 sync.Mutex.Lock, 970-970 min: sync.(*Mutex).Lock mutex.go:66 "
	            "< main.f f.go:1");
}

static void a_place_that_is_cut_among_its_pointers_is_torn(void **state)
{
	static const struct {
		const char *end;
		bool is_cut;
	} rows[] = {
		{"", false},
		{" fp=0xc0 sp=0xc1", false},
		{" fp=0xc0 sp=0xc1 pc=0x4a", false},
		{" fp=0xc0", true},
		{" fp=0x", true},
		{" fp=0xc0 sp=0xc1 pc=0x", true},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		char text[160];

		(void)snprintf(text, sizeof text,
		               "goroutine 1 [select]:\nmain.f()\n\t/src/f.go:1 +0x1%s",
		               rows[i].end);
		read_text(*state, text);
		assert_facts(*state, rows[i].is_cut ? DUMP
		                             "goroutines 1 select: main.f f.go:1\n" CUT "\n"
		                                    : DUMP "goroutines 1 select: main.f f.go:1\n");
	}
}

static void arguments_that_stay_open_are_torn(void **state)
{
	read_text(*state, "```\ngoroutine 54 [select]:\nmain.f()\n\t/src/f.go:1 +0x1\n"
	                  "main.g(0x1, 0x2, 0x\n```\nThanks!\n");

	assert_fact(*state, CUT);
}

/* Of a log whose first line was cut, or is dressed as no other. */
static void a_tests_alarm_tells_that_its_time_was_up(void **state)
{
	read_text(*state, "12.5Z panic: test timed out after 40m0s\n"
	                  "2026-11-21T01:06:43.6373617Z goroutine 311 [running]:\n"
	                  "2026-11-21T01:06:43.6377970Z testing.(*M).startAlarm.func1()\n"
	                  "2026-11-21T01:06:43.6380515Z \t/go/src/testing/testing.go:2373 +0x265\n"
	                  "2026-11-21T01:06:43.6386401Z goroutine 1 [chan receive, 39 minutes]:\n"
	                  "2026-11-21T01:06:43.6388806Z main.f(0xc0000dc680)\n"
	                  "2026-11-21T01:06:43.6393296Z \t/src/f.go:1751 +0x851\n");

	assert_fact(*state, "capture goroutine (test timeout) time=2026-11-21T01:06:43.637361700Z "
	                    "period=1 types=goroutine/count");
}

static void a_crash_may_begin_behind_a_backtick(void **state)
{
	read_text(*state, "We see this:\n`fatal error: concurrent map writes\n"
	                  "goroutine 7 [running]:\nmain.f()\n\t/src/f.go:1 +0x1`\n");

	assert_fact(*state, "capture goroutine (fatal error) period=1 types=goroutine/count");
}

static void line_feeds_may_be_escaped_without_quotes(void **state)
{
	static const char stack[] =
		STACK "goroutines 1 running: main.f f.go:10 < main.main f.go:5\n";

	read_text(*state, "[error] recovered from boom, stack: goroutine 1 [running]:\\n"
	                  "main.f()\\n\\t/app/f.go:10 +0x45\\nmain.main()\\n\\t/app/f.go:5 "
	                  "+0x20\\n\n");
	assert_facts(*state, stack);
	read_text(*state, "level=error msg=\"recovered from boom: goroutine 1 [running]:\\n"
	                  "main.f()\\n\\t/app/f.go:10 +0x45\\nmain.main()\\n\\t/app/f.go:5 "
	                  "+0x20\\n\"\n");
	assert_facts(*state, stack);
}

static void each_line_may_be_quoted_alone(void **state)
{
	read_text(*state, "2026-02-23 23:43:56 +0000 [warn]: no match: \" - exit status 1\"\n"
	                  "2026-02-23 23:44:02 +0000 [warn]: no match: \"goroutine 58 [select]:\"\n"
	                  "2026-02-23 23:44:02 +0000 [warn]: no match: \"main.f(0x1f4)\"\n"
	                  "2026-02-23 23:44:02 +0000 [warn]: no match: \"\\t/src/f.go:214 +0xa6\"\n"
	                  "2026-02-23 23:44:02 +0000 [warn]: no match: \"\"\n"
	                  "2026-02-23 23:44:02 +0000 [warn]: no match: \"goroutine 59 [select]:\"\n"
	                  "2026-02-23 23:44:02 +0000 [warn]: no match: \"main.g(0x1f4)\"\n"
	                  "2026-02-23 23:44:02 +0000 [warn]: no match: \"\\t/src/g.go:7 +0xa6\"\n");

	assert_facts(*state, "capture goroutine (debug=2) time=2026-02-23T23:44:02Z "
	                     "period=1 types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:214\n"
	                     "goroutines 1 select: main.g g.go:7\n");
}

/* Mail and collectors fold a line that begins with white space into the one before. */
static void a_place_may_stand_behind_its_function(void **state)
{
	read_text(*state, "goroutine 7 [chan receive, 1406 minutes]: (since Tuesday)\n"
	                  "main.(*T).f(0x1, {0x2, 0x3}) /src/f.go:1 +0x1\n"
	                  "main.g(...) C:/src/g.go:2\n"
	                  "created by main.main in goroutine 1 /src/main.go:3 +0x2\n\n"
	                  "goroutine 8 [select]:\nmain.h() /src/h.go:4 +0x1\n"
	                  "created by main.i /src/i.go:5 +0x2\n");

	assert_facts(*state, DUMP "goroutines 1 chan receive, 1406-1406 min: main.(*T).f f.go:1 < "
	                          "main.g g.go:2; by main.main main.go:3\n"
	                          "goroutines 1 select: main.h h.go:4; by main.i i.go:5\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_stack_that_ends_before_its_creator_is_cut),
		test(before_go_1_5_a_lock_stands_at_the_head_of_a_stack),
		test(a_header_may_stand_deeper_than_its_stack),
		test(numbers_of_a_place_may_be_wrapped_anywhere),
		test(a_bubble_that_sleeps_is_a_deadlock),
		test(links_to_lines_of_a_build_are_taken_out),
		test(a_dump_behind_links_in_prose_is_read),
		test(a_dump_whose_last_word_is_torn_is_partial),
		test(a_place_that_is_cut_among_its_pointers_is_torn),
		test(arguments_that_stay_open_are_torn),
		test(a_tests_alarm_tells_that_its_time_was_up),
		test(a_crash_may_begin_behind_a_backtick),
		test(line_feeds_may_be_escaped_without_quotes),
		test(each_line_may_be_quoted_alone),
		test(a_place_may_stand_behind_its_function),
		test(a_word_or_an_address_behind_a_dump_cuts_nothing),
		test(the_end_of_a_code_block_keeps_a_function_without_its_place),
		test(a_stack_may_stand_in_a_comment),
		test(a_dump_in_a_string_without_any_place_is_an_example),
		test(a_string_that_an_editor_wrapped_goes_on_in_the_next_line),
		test(texts_about_crashes_are_called_what_they_are),
	};

	return cmocka_run_group_tests_name("capture.pasted_stacks", tests, NULL, NULL);
}
