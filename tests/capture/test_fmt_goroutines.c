/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "dump.txt", &err), &err);
	assert_string_equal(facts->format->id, "log");
}

#define DUMP  "capture goroutine (debug=2) period=1 types=goroutine/count\n"
#define STACK "capture goroutine (stack) period=1 types=goroutine/count\n"

static void equal_goroutines_are_counted_and_others_kept_apart(void **state)
{
	read_text(*state, "goroutine 18 [chan receive, 5 minutes]:\n"
	                  "main.(*Hub).run(0xc0000b6000, {0x1, 0x2})\n"
	                  "\t/src/hub.go:31 +0x8a\n"
	                  "created by main.newHub in goroutine 1\n"
	                  "\t/src/hub.go:20 +0x57\n"
	                  "\n"
	                  "goroutine 19 [chan receive, 9 minutes]:\n"
	                  "main.(*Hub).run(0xc0000b7777, {0x3, 0x2})\n"
	                  "\t/src/hub.go:31 +0x8a\n"
	                  "created by main.newHub in goroutine 7\n"
	                  "\t/src/hub.go:20 +0x57\n"
	                  "\n"
	                  "goroutine 20 [chan send]:\n"
	                  "main.push(...)\n"
	                  "\t/src/push.go:3\n"
	                  "main.main()\n"
	                  "\t/src/main.go:9 +0x1\n");

	assert_facts(*state,
	             DUMP "goroutines 2 chan receive, 5-9 min: main.(*Hub).run hub.go:31; "
	                  "by main.newHub hub.go:20\n"
	                  "goroutines 1 chan send: main.push push.go:3 < main.main main.go:9\n");
}

static void ages_of_another_order_are_another_group(void **state)
{
	read_text(*state, "goroutine 1 [select, 3 minutes]:\nmain.f()\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 2 [select, 3000 minutes]:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 select, 3-3 min: main.f f.go:1\n"
	                          "goroutines 1 select, 3000-3000 min: main.f f.go:1\n");
}

static void flags_behind_the_state_are_not_part_of_it(void **state)
{
	read_text(*state,
	          "goroutine 1 [running, locked to thread]:\nmain.a()\n\t/a.go:1 +0x1\n\n"
	          "goroutine 2 [chan receive (nil chan), 2 minutes]:\nmain.b()\n\t/b.go:1 +0x1\n\n"
	          "goroutine 3 [select (no cases) (leaked), 2 minutes, locked to thread]:\n"
	          "main.c()\n\t/c.go:1 +0x1\n\n"
	          "goroutine 4 [runnable (scan)]:\nmain.d()\n\t/d.go:1 +0x1\n\n"
	          "goroutine 5 [chan send (leaked) (scan)]:\nmain.e()\n\t/e.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 running: main.a a.go:1\n"
	                          "goroutines 1 chan receive (nil chan), 2-2 min: main.b b.go:1\n"
	                          "goroutines 1 select (no cases), 2-2 min: main.c c.go:1; leaked\n"
	                          "goroutines 1 runnable: main.d d.go:1\n"
	                          "goroutines 1 chan send: main.e e.go:1; leaked\n");
}

static void pointers_of_a_fatal_dump_are_passed_over(void **state)
{
	read_text(*state, "fatal error: all goroutines are asleep - deadlock!\n\n"
	                  "goroutine 1 gp=0xc000002380 m=0 mp=0x55b5c0 [chan receive]:\n"
	                  "runtime.gopark(0x0?, 0x0?, 0x0?, 0x0?, 0x0?)\n"
	                  "\t/go/src/runtime/proc.go:402 +0xce fp=0xc00 sp=0xc00 pc=0x43\n"
	                  "runtime.chanrecv1(0xc000, 0x0)\n"
	                  "\t/go/src/runtime/chan.go:442 +0x12 fp=0xc00 sp=0xc00 pc=0x43\n"
	                  "main.main()\n"
	                  "\t/src/main.go:9 +0x1 fp=0xc00 sp=0xc00 pc=0x43\n"
	                  "runtime.main()\n"
	                  "\t/go/src/runtime/proc.go:271 +0x29d fp=0xc00 sp=0xc00 pc=0x43\n"
	                  "runtime.goexit({})\n"
	                  "\t/go/src/runtime/asm_amd64.s:1695 +0x1 fp=0xc00 sp=0xc00 pc=0x43\n"
	                  "\n"
	                  "goroutine 2 gp=0xc000002e00 m=nil [force gc (idle)]:\n"
	                  "runtime.gopark(0x0?)\n"
	                  "\t/go/src/runtime/proc.go:402 +0xce\n"
	                  "runtime.forcegchelper()\n"
	                  "\t/go/src/runtime/proc.go:326 +0xb3\n"
	                  "created by runtime.init.6 in goroutine 1\n"
	                  "\t/go/src/runtime/proc.go:314 +0x1a\n");

	assert_facts(*state,
	             "capture goroutine (deadlock) period=1 types=goroutine/count\n"
	             "goroutines 1 chan receive: main.main main.go:9 < runtime.main proc.go:271\n"
	             "goroutines 1 force gc (idle): ; by runtime.init.6 proc.go:314; system\n");
}

static void frames_that_were_elided_or_are_too_many_are_said(void **state)
{
	read_text(*state, "goroutine 1 [running]:\n"
	                  "main.f(0x1)\n\t/f.go:1 +0x1\n"
	                  "...23 frames elided...\n"
	                  "main.g(0x1)\n\t/g.go:1 +0x1\n"
	                  "goroutine 2 [select]:\n"
	                  "main.f(0x1)\n\t/f.go:1 +0x1\n"
	                  "...additional frames elided...\n"
	                  "created by main.h\n\t/h.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 running: main.f f.go:1 < main.g g.go:1; cut\n"
	                          "goroutines 1 select: main.f f.go:1; by main.h h.go:1; cut\n");
}

static void a_stack_deeper_than_any_is_cut(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "goroutine 1 [running]:\n");
	for (int i = 0; i < 5000; i++)
		ll_buf_printf(&text, "main.f%d()\n\t/f.go:%d +0x1\n", i, i);
	read_text(facts, text.data);

	assert_true(ll_str_ends(ll_buf_str(&facts->text), "main.f4095 f.go:4095; cut\n"));
}

static void ancestors_belong_to_another_goroutine(void **state)
{
	read_text(*state, "goroutine 9 [running]:\n"
	                  "main.f()\n\t/f.go:1 +0x1\n"
	                  "created by main.h\n\t/h.go:1 +0x1\n"
	                  "[originating from goroutine 3]:\n"
	                  "main.h()\n\t/h.go:1 +0x1\n"
	                  "created by main.main\n\t/m.go:1 +0x1\n");

	assert_facts(*state, STACK "goroutines 1 running: main.f f.go:1; by main.h h.go:1\n");
}

static void labels_are_read_in_both_places(void **state)
{
	read_text(*state,
	          "goroutine 1 [select labels:{\"job\": \"a } b\", tenant: acme}]:\n"
	          "main.f()\n\t/f.go:1 +0x1\n\n"
	          "goroutine 2 [select] {\"job\": \"in\\\"gest\"}:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_facts(*state, DUMP
	             "goroutines 1 select: main.f f.go:1; {\"job\":\"a } b\",\"tenant\":\"acme\"}\n"
	             "goroutines 1 select: main.f f.go:1; {\"job\":\"in\\\"gest\"}\n");
}

static void a_dump_that_ends_inside_a_frame_is_kept_and_noted(void **state)
{
	read_text(*state, "goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 2 [select]:\nmain.f()\n\t/f.go:1 +0x1\nmain.g(0x1)\n");

	assert_facts(*state,
	             DUMP "goroutines 1 select: main.f f.go:1\n"
	                  "goroutines 1 select: main.f f.go:1 < main.g; cut\n"
	                  "note 0 the dump ends inside a goroutine; its counts are lower bounds\n");
}

static void crashes_in_a_log_are_captures_of_their_own(void **state)
{
	read_text(*state, "starting up\n"
	                  "panic: first\n\ngoroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n"
	                  "exit status 2\n"
	                  "restarted\n"
	                  "SIGQUIT: quit\nPC=0x46 m=0 sigcode=0\n\n"
	                  "goroutine 0 gp=0x5 m=0 mp=0x5 [idle]:\n"
	                  "runtime.futex()\n\t/go/src/runtime/sys.s:5 +0x1\n\n"
	                  "goroutine 7 [select]:\nmain.b()\n\t/b.go:1 +0x1\n"
	                  "rax    0xca\neflags 0x246\n"
	                  "goodbye\n");

	assert_facts(*state, "capture goroutine (panic) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.a a.go:1\n"
	                     "capture goroutine (SIGQUIT) period=1 types=goroutine/count\n"
	                     "goroutines 1 idle: ; system\n"
	                     "goroutines 1 select: main.b b.go:1\n");
}

static void the_first_goroutine_again_is_another_dump(void **state)
{
	read_text(*state, "goroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n\n"
	                  "goroutine 2 [select]:\nmain.b()\n\t/b.go:1 +0x1\n\n"
	                  "goroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 running: main.a a.go:1\n"
	                          "goroutines 1 select: main.b b.go:1\n" STACK
	                          "goroutines 1 running: main.a a.go:1\n");
}

static void a_loggers_prefix_is_learned_and_gives_the_time(void **state)
{
	read_text(*state, "2026-11-21T01:06:27.5Z stderr F goroutine 1 [select]:\n"
	                  "2026-11-21T01:06:27.6Z stderr F main.f(0x1)\n"
	                  "2026-11-21T01:06:27.61Z stderr F \t/f.go:1 +0x1\n"
	                  "2026-11-21T01:06:27.7Z stderr F\n"
	                  "2026-11-21T01:06:27.7Z stderr F goroutine 2 [select]:\n"
	                  "2026-11-21T01:06:27.8Z stderr F main.f(0x1)\n"
	                  "2026-11-21T01:06:27.9Z stderr F \t/f.go:1 +0x1\n");

	assert_facts(*state,
	             "capture goroutine (debug=2) time=2026-11-21T01:06:27.500000000Z period=1 "
	             "types=goroutine/count\n"
	             "goroutines 2 select: main.f f.go:1\n");
}

static void windows_paths_carriage_returns_and_lost_tabs_are_tolerated(void **state)
{
	read_text(*state, "goroutine 1 [select]:\r\n"
	                  "main.f(0x1)\r\n"
	                  "\tC:/src/f.go:12 +0x1\r\n"
	                  "main.g(0x1)\r\n"
	                  "C:/src/g.go:13 +0x1\r\n");

	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:12 < main.g g.go:13\n");
}

static void code_that_is_not_go_has_a_frame_without_arguments(void **state)
{
	read_text(*state, "goroutine 1 [syscall]:\n"
	                  "non-Go function\n\tpc=0x7f\n"
	                  "main._Cfunc_wait(0x1)\n\t_cgo_gotypes.go:45 +0x1\n"
	                  "goroutine running on other thread; stack unavailable\n"
	                  "created by main.h\n\t/h.go:1 +0x1\n");

	assert_fact(*state, "goroutines 1 syscall: main._Cfunc_wait _cgo_gotypes.go:45; "
	                    "by main.h h.go:1");
}

static void sentences_with_the_word_are_no_dump(void **state)
{
	static const char *const texts[] = {
		"goroutine 7 was slow\n",           "goroutine [running]:\n",
		"goroutine 1 [running\n",           "goroutine 1 [running]: and so on\n",
		"goroutine 1 gp=0xc0000 running\n", "goroutine 1 [running] extra:\n",
		"goroutine 1 [running] {a: b:\n",   "goroutine 99999999999999999999 [x]:\n",
	};
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(facts, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
		assert_string_equal(err.text, "no known capture format");
		assert_int_equal(facts->count, 0);
	}
}

static void a_crash_at_the_end_of_a_long_log_is_found(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	while (text.size < (size_t)2 * LL_PEEK_SIZE)
		ll_buf_puts(&text, "2026/11/21 01:06:27 all is well\n");
	ll_buf_puts(&text, "panic: no\n\ngoroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n");
	read_text(facts, text.data);

	assert_fact(facts, "goroutines 1 running: main.a a.go:1");
}

static void a_long_log_without_any_is_rejected(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&text, LL_BUF_PAGE);
	while (text.size < (size_t)2 * LL_PEEK_SIZE)
		ll_buf_puts(&text, "2026/11/21 01:06:27 all is well\n");

	assert_int_equal(ll_facts_read(*state, ll_buf_str(&text), "x", &err), LL_E_FORMAT);
	assert_string_equal(err.text, "a log: no goroutine dump, GC trace or kill in it");
}

static void bubbles_and_durable_waits_are_flags(void **state)
{
	read_text(*state,
	          "goroutine 1 [select (durable), synctest bubble 3]:\nmain.a()\n\t/a.go:1 +0x1\n\n"
	          "goroutine 2 [chan receive (leaked) (durable), 2 minutes, synctest group 1]:\n"
	          "main.b()\n\t/b.go:1 +0x1\n\n"
	          "goroutine 3 [chan receive (synctest)]:\nmain.c()\n\t/c.go:1 +0x1\n\n"
	          "goroutine 4 [waiting for cgo callback]:\nmain.d()\n\t/d.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 select: main.a a.go:1\n"
	                          "goroutines 1 chan receive, 2-2 min: main.b b.go:1; leaked\n"
	                          "goroutines 1 chan receive (synctest): main.c c.go:1\n"
	                          "goroutines 1 waiting for cgo callback: main.d d.go:1\n");
}

static void labels_are_an_object_with_sorted_keys(void **state)
{
	read_text(*state, "goroutine 1 [select] {z: 1, \"a b\": \"tab\\t\", m: \"\"}:\n"
	                  "main.f()\n\t/f.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1; "
	                          "{\"a b\":\"tab\\t\",\"m\":\"\",\"z\":\"1\"}\n");
}

static void c_functions_have_no_arguments(void **state)
{
	read_text(*state, "goroutine 1 [syscall]:\n"
	                  "my_c_wait\n\t/src/w.c:12 pc=0x7f\n"
	                  "std::thread::run\n\t/src/t.cc:3 pc=0x7f\n"
	                  "main.f()\n\t/f.go:1 +0x1\n"
	                  "goodbye\nhello again\n");

	assert_facts(*state,
	             DUMP "goroutines 1 syscall: my_c_wait w.c:12 < std::thread::run t.cc:3 "
	                  "< main.f f.go:1\n");
}

static void prose_behind_a_dump_is_no_frame(void **state)
{
	read_text(*state, "goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\n"
	                  "created by main.g in goroutine 1\n\t/g.go:2 +0x1\n"
	                  "done (at last)\nserver.go:12: listening (again)\nbye.\n");

	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1; by main.g g.go:2\n");
}

static void a_creator_without_a_place_is_kept(void **state)
{
	read_text(*state, "goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\ncreated by main.g\n\n"
	                  "goroutine 2 [select]:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1; by main.g\n"
	                          "goroutines 1 select: main.f f.go:1\n");
}

static void the_word_for_every_semaphore_is_told_apart_by_the_stack(void **state)
{
	read_text(*state, "goroutine 1 [semacquire, 5 minutes]:\n"
	                  "sync.runtime_SemacquireMutex(0x1?, 0x0?, 0x0?)\n\t/sema.go:77 +0x25\n"
	                  "sync.(*Mutex).lockSlow(0xc0)\n\t/mutex.go:171 +0x165\n"
	                  "main.f()\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 2 [semacquire]:\n"
	                  "sync.runtime_Semacquire(0x1?)\n\t/sema.go:62 +0x25\n"
	                  "sync.(*WaitGroup).Wait(0x1?)\n\t/waitgroup.go:139 +0x52\n"
	                  "main.g()\n\t/f.go:9 +0x1\n\n"
	                  "goroutine 3 [semacquire]:\nmain.h()\n\t/f.go:12 +0x1\n");

	assert_facts(
		*state, DUMP
		"goroutines 1 sync.Mutex.Lock, 5-5 min: sync.runtime_SemacquireMutex sema.go:77 "
		"< sync.(*Mutex).lockSlow mutex.go:171 < main.f f.go:1\n"
		"goroutines 1 sync.WaitGroup.Wait: sync.runtime_Semacquire sema.go:62 "
		"< sync.(*WaitGroup).Wait waitgroup.go:139 < main.g f.go:9\n"
		"goroutines 1 semacquire: main.h f.go:12\n");
}

static void dumps_behind_one_another_are_captures_of_their_own(void **state)
{
	/* each request of debug=2 is served by another goroutine, which comes first */
	read_text(
		*state,
		"goroutine 35 [running]:\nruntime/pprof.writeGoroutineStacks()\n\t/p.go:1 +0x1\n\n"
		"goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\n\n"
		"goroutine 99 [running]:\nruntime/pprof.writeGoroutineStacks()\n\t/p.go:1 +0x1\n\n"
		"goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_facts(*state, DUMP
	             "goroutines 1 running: runtime/pprof.writeGoroutineStacks p.go:1; system\n"
	             "goroutines 1 select: main.f f.go:1\n" DUMP
	             "goroutines 1 running: runtime/pprof.writeGoroutineStacks p.go:1; system\n"
	             "goroutines 1 select: main.f f.go:1\n");
}

static void running_goroutines_of_a_crash_are_of_that_crash(void **state)
{
	read_text(*state, "SIGQUIT: quit\n\n"
	                  "goroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n\n"
	                  "goroutine 2 [running]:\n\tgoroutine running on other thread; stack "
	                  "unavailable\ncreated by main.b\n\t/b.go:1 +0x1\n\n"
	                  "-----\n\ngoroutine 3 [running]:\nmain.c()\n\t/c.go:1 +0x1\n");

	assert_facts(*state, "capture goroutine (SIGQUIT) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.a a.go:1\n"
	                     "goroutines 1 running: ; by main.b b.go:1\n"
	                     "goroutines 1 running: main.c c.go:1\n");
}

static void a_goroutine_that_runs_in_a_system_call_begins_no_dump(void **state)
{
	/* Go 1.26: the reader of a connection, in the midst of a dump */
	read_text(*state, "goroutine 26 [running]:\nmain.dump()\n\t/d.go:1 +0x1\n\n"
	                  "goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 28 [running]:\nsyscall.Syscall(0x0, 0x7)\n\t/s.go:74 +0x25\n\n"
	                  "goroutine 9 [chan send]:\nmain.g()\n\t/g.go:1 +0x1\n");

	assert_facts(*state, DUMP "goroutines 1 running: main.dump d.go:1\n"
	                          "goroutines 1 select: main.f f.go:1\n"
	                          "goroutines 1 running: syscall.Syscall s.go:74\n"
	                          "goroutines 1 chan send: main.g g.go:1\n");
}

static void what_wraps_a_go_statement_is_no_frame(void **state)
{
	read_text(*state,
	          "SIGQUIT: quit\n\n"
	          "goroutine 5 gp=0xc000003a40 m=nil [select]:\n"
	          "main.(*gate).pass(0xc000010270)\n\t/gate.go:30 +0x45 fp=0xc1 sp=0xc1 pc=0x1\n"
	          "main.main.gowrap12()\n\t/gate.go:45 +0x28 fp=0xc1 sp=0xc1 pc=0x1\n"
	          "runtime.goexit({})\n\t/asm.s:1700 +0x1 fp=0xc1 sp=0xc1 pc=0x1\n"
	          "created by main.main in goroutine 1\n\t/gate.go:45 +0xdb\n");

	assert_facts(
		*state,
		"capture goroutine (SIGQUIT) period=1 types=goroutine/count\n"
		"goroutines 1 select: main.(*gate).pass gate.go:30; by main.main gate.go:45\n");
}

#define WAITS(id, creator)                                                                         \
	"goroutine " id " [chan receive]:\nmain.wait()\n\t/w.go:1 +0x1\n"                          \
	"created by main.serve in goroutine " creator "\n\t/s.go:1 +0x1\n\n"
#define READS(id, creator)                                                                         \
	"goroutine " id " [IO wait]:\nmain.read()\n\t/r.go:1 +0x1\n"                               \
	"created by main.serve in goroutine " creator "\n\t/s.go:1 +0x1\n\n"
#define MAIN       "goroutine 1 [sleep]:\nmain.main()\n\t/m.go:1 +0x1\n\n"
#define MAIN_FACTS "goroutines 1 sleep: main.main m.go:1\n"
#define WAITS_FACTS(count)                                                                         \
	"goroutines " count " chan receive: main.wait w.go:1; by main.serve s.go:1"

#define READS_FACTS(count) "goroutines " count " IO wait: main.read r.go:1; by main.serve s.go:1"

static void those_whose_creator_has_ended_are_counted(void **state)
{
	read_text(*state, MAIN WAITS("20", "7") WAITS("21", "7") WAITS("22", "8") WAITS("23", "1"));

	assert_facts(*state, DUMP MAIN_FACTS WAITS_FACTS("4") "; 3 of 2 that ended\n");
}

/* The runtime lists goroutines in the order of the places that they were given, used ones, too. */
static void the_order_of_goroutines_does_not_matter(void **state)
{
	struct ll_facts *const facts = *state;

	facts->has_ids = true;
	read_text(facts, WAITS("23", "1") WAITS("9", "8") READS("30", "7") WAITS("22", "8")
	                         MAIN WAITS("20", "7") READS("12", "31"));

	assert_facts(facts,
	             DUMP WAITS_FACTS("4") "; 2 of 1 that ended; ids [9,20,22,23]\n" READS_FACTS(
			     "2") "; 2 of 2 that ended; ids [12,30]\n"
	                          "goroutines 1 sleep: main.main m.go:1; ids [1]\n");
}

static void of_many_the_eight_oldest_are_named(void **state)
{
	struct ll_facts *const facts = *state;

	facts->has_ids = true;
	read_text(facts, WAITS("18446744073709551615", "1") WAITS("10", "1") WAITS("9", "1")
	                         WAITS("8", "1") WAITS("7", "1") WAITS("6", "1") WAITS("5", "1")
	                                 WAITS("4", "1") WAITS("3", "1"));
	assert_facts(facts, DUMP WAITS_FACTS("9") "; ids [3,4,5,6,7,8,9,10]\n");
	read_text(facts, WAITS("18446744073709551615", "1") WAITS("10", "1"));
	assert_facts(facts, DUMP WAITS_FACTS("2") "; ids [10,18446744073709551615]\n");
}

static void a_creator_that_left_another_at_work_left_nobody_behind(void **state)
{
	read_text(*state, MAIN WAITS("20", "7") READS("21", "7") WAITS("22", "8"));

	assert_facts(*state, DUMP MAIN_FACTS WAITS_FACTS("2") "; 1 of 1 that ended\n" READS_FACTS(
				     "1") "; 1 of 1 that ended\n");
}

static void of_goroutines_without_main_nobody_knows_who_has_ended(void **state)
{
	read_text(*state, WAITS("20", "7") WAITS("21", "8"));

	assert_facts(*state, DUMP WAITS_FACTS("2") "\n");
}

static void of_a_dump_that_was_cut_nobody_knows_who_has_ended(void **state)
{
	read_text(*state, MAIN WAITS("20", "7") "goroutine 21 [select]:\nmain.f()\n\t/f.g");

	assert_fact(*state, WAITS_FACTS("1"));
}

static void stacks_of_panics_that_were_survived_stay_apart(void **state)
{
	read_text(*state,
	          "2026/11/21 01:06:27 http: panic serving 127.0.0.1:53158: boom\n"
	          "goroutine 35 [running]:\nnet/http.(*conn).serve.func1()\n\t/s.go:1 +0x1\n"
	          "2026/11/21 01:06:28 hello\n"
	          "goroutine 77 [running]:\nruntime/debug.Stack()\n\t/d.go:1 +0x1\n");

	assert_facts(*state, "capture goroutine (panic) after=2026-11-21T01:06:27Z period=1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 running: net/http.(*conn).serve.func1 s.go:1\n"
	                     "capture goroutine (stack) after=2026-11-21T01:06:28Z period=1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 running: runtime/debug.Stack d.go:1\n");
}

static void a_header_in_a_panics_text_is_text(void **state)
{
	read_text(*state, "panic: goroutines: \ngoroutine 7 [running]:\nand so on\n\n"
	                  "goroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n");
	assert_facts(*state, "capture goroutine (panic) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.f f.go:1\n");
	/* the stack of an earlier panic, raised again */
	read_text(*state, "panic: boom [recovered]\ngoroutine 7 [running]:\nmain.g()\n"
	                  "\t/g.go:1 +0x1\n\n"
	                  "goroutine 7 [running]:\nmain.f()\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 1 [select]:\nmain.h()\n\t/h.go:1 +0x1\n");
	assert_facts(*state, "capture goroutine (panic) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.f f.go:1\n"
	                     "goroutines 1 select: main.h h.go:1\n");
	/* collectors drop empty lines: then it is believed */
	read_text(*state, "panic: boom\ngoroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n");
	assert_fact(*state, "goroutines 1 running: main.f f.go:1");
}

static void traces_of_the_runtime_may_fall_into_a_dump(void **state)
{
	read_text(*state, "goroutine 1 [select]:\nmain.f()\n"
	                  "gc 1 @0.010s 2%: 0+1+0 ms clock, 0+0/0/0+0 ms cpu, 4->5->2 MB, 5 MB "
	                  "goal, 2 P\n"
	                  "scav 1 KiB work, 1 KiB total, 73% util\n"
	                  "\t/f.go:1 +0x1\nmain.g()\n\t/g.go:2 +0x1\n");

	assert_fact(*state, "goroutines 1 select: main.f f.go:1 < main.g g.go:2");
}

static void noise_of_a_fatal_error_is_passed_over(void **state)
{
	read_text(*state,
	          "runtime: out of memory: cannot allocate 4194304-byte block (8388608 in use)\n"
	          "fatal error: out of memory\n\nruntime stack:\nruntime.throw({0x1, 0x2})\n"
	          "\t/go/src/runtime/panic.go:1 +0x1\n\n"
	          "goroutine 1 gp=0xc000002380 m=0 mp=0x55b5c0 [running]:\n"
	          "runtime: unexpected return pc for main.f called from 0x7fff\n"
	          "stack: frame={sp:0x7f, fp:0x7f} stack=[0x7f,0x7f)\n"
	          "0x00007ffeefbfee48:  0x01007ffeefbfee68  0x0000000000000004 \n"
	          "000000c000046f00:  000000c000046f48  0000000000000004\n"
	          "main.f(0x1)\n\t/f.go:1 +0x1 fp=0xc00 sp=0xc00 pc=0x43\n"
	          "r0      0x1\nlr      0x43\n");

	assert_facts(*state, "capture goroutine (fatal error) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.f f.go:1\n");
}

static void a_dump_that_ends_inside_any_line_is_partial(void **state)
{
	static const char *const ends[] = {
		"goroutine 12 [chan rec",
		"goroutine 12 [select]:\nmain.f(0xc000",
		"goroutine 12 [select]:\ngithub.com/acme/shop.(*St",
		"goroutine 12 [select]:\nmain.f()\n\t/src/f.g",
		"goroutine 12 [select]:\nmain.f()\n\t/f.go:1 +0x1\ncreated by main.g in gor",
		"goroutine 12 [select]:",
		"goroutine 12 [select]:\nmain.f()\n\t/f.go:1 +0x1\ncreated b",
		"goroutine 12 [select]:\nmain.ma",
		"goroutine 12 [select]:\nmain.f()\n\t/f.go:5",
		"goroutine 12 [select]:\nmain.f()\n\t/f.go:5 +0x",
		"goroutine 12 [select]:\nmain.f()\n\t/f.go:5 +0x1\nmain",
	};
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < LL_COUNT(ends); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_puts(&text, "goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\n\n");
		ll_buf_puts(&text, ends[i]);
		read_text(facts, text.data);
		assert_fact(facts, "note 0 the dump ends inside a goroutine; its counts are lower "
		                   "bounds");
	}
}

static void a_last_line_that_is_all_there_needs_no_line_feed(void **state)
{
	static const char *const ends[] = {
		" +0x1d",
		" fp=0xc0 sp=0xc1 pc=0x1",
		" +0x1\nexit status 2",
		" +0x1\n...additional frames elided...",
		" +0x1\nroot@pod:~$ ",
	};
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < LL_COUNT(ends); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(&text, "goroutine 1 [select]:\nmain.f()\n\t/f.go:1%s", ends[i]);
		read_text(facts, text.data);
		assert_int_equal(facts->captures[0].notes, 0);
	}
}

static void a_semaphore_of_an_unknown_stack_is_no_reason_to_run(void **state)
{
	read_text(*state, "goroutine 1 [semacquire]:\n"
	                  "sync.runtime_Something(0x1)\n\t/sema.go:7 +0x2\n"
	                  "main.f()\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 2 [semacquire, 7 minutes]:\n"
	                  "sync.runtime_Syncsemacquire(0x1)\n\t/sema.go:241 +0x2\n"
	                  "sync.(*Cond).Wait(0x1)\n\t/cond.go:63 +0x9b\n");

	assert_fact(*state, "goroutines 1 semacquire: sync.runtime_Something sema.go:7 "
	                    "< main.f f.go:1");
	assert_fact(*state, "goroutines 1 sync.Cond.Wait, 7-7 min: sync.runtime_Syncsemacquire "
	                    "sema.go:241 < sync.(*Cond).Wait cond.go:63");
}

static void one_goroutine_that_runs_has_printed_its_own_stack(void **state)
{
	read_text(*state, "goroutine 53 [running]:\nmain.recovered()\n\t/f.go:1 +0x1\n"
	                  "panic(0x1)\n\t/panic.go:1 +0x1\n");
	assert_fact(*state, "capture goroutine (stack) period=1 types=goroutine/count");

	read_text(*state, "goroutine 53 [running]:\nmain.dump()\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 1 [sleep]:\nmain.main()\n\t/f.go:9 +0x1\n");
	assert_fact(*state, "capture goroutine (debug=2) period=1 types=goroutine/count");
}

static void servers_announce_the_panics_that_they_recover(void **state)
{
	static const char *const words[] = {"http: panic serving 127.0.0.1:5: boom",
	                                    "http2: panic serving 127.0.0.1:5: boom",
	                                    "Observed a panic: \"boom\" (boom)"};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		char text[256];

		(void)snprintf(text, sizeof text,
		               "%s\ngoroutine 7 [running]:\nmain.f()\n\t/f.go:1 +0x1\n", words[i]);
		read_text(*state, text);
		assert_fact(*state, "capture goroutine (panic) period=1 types=goroutine/count");
	}
}

#define REPORT "capture goroutine (goleak) period=1 types=goroutine/count\n"

static void a_report_of_goroutines_that_did_not_end_is_read(void **state)
{
	read_text(*state,
	          "    leaks.go:78: found unexpected goroutines:\n"
	          "        [Goroutine 21 in state IO wait, 3 minutes, with main.f on top of "
	          "the stack:\n"
	          "        main.f(0x1)\n"
	          "        \t/f.go:1 +0x1\n"
	          "        created by main.h in goroutine 7\n"
	          "        \t/h.go:1 +0x1\n"
	          "         Goroutine 22 in state select, with main.g on top of the stack:\n"
	          "        main.g(0x1)\n"
	          "        \t/g.go:1 +0x1\n"
	          "        ]\n"
	          "FAIL\n");

	assert_facts(*state,
	             REPORT "goroutines 1 IO wait, 3-3 min: main.f f.go:1; by main.h h.go:1\n"
	                    "goroutines 1 select: main.g g.go:1\n");
}

static void an_older_report_has_two_headers_for_a_goroutine(void **state)
{
	read_text(*state, "[Goroutine 21 in state select, with main.f on top of the stack:\n"
	                  "goroutine 21 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n\n"
	                  " Goroutine 22 in state running, with main.g on top of the stack:\n"
	                  "goroutine 22 [running]:\nmain.g(0x1)\n\t/g.go:1 +0x1\n]\n");

	assert_facts(*state, REPORT "goroutines 1 select: main.f f.go:1\n"
	                            "goroutines 1 running: main.g g.go:1\n");
}

static void a_test_may_name_the_leaked_one_before_its_header(void **state)
{
	read_text(*state,
	          "    leaks.go:9: Leaked goroutine: goroutine 21 [chan receive, 3 minutes]:\n"
	          "        main.f(0x1)\n"
	          "        \t/f.go:1 +0x1\n"
	          "        created by main.h\n"
	          "        \t/h.go:1 +0x1\n"
	          "    leaks.go:9: Leaked goroutine: goroutine 22 [select]:\n"
	          "        main.g(0x1)\n"
	          "        \t/g.go:1 +0x1\n"
	          "--- FAIL: TestHub (5.16s)\n");

	assert_facts(*state,
	             REPORT "goroutines 1 chan receive, 3-3 min: main.f f.go:1; by main.h h.go:1\n"
	                    "goroutines 1 select: main.g g.go:1\n");
}

static void a_stack_may_stand_deeper_than_its_header(void **state)
{
	read_text(*state, "checker says: goroutine 21 [select]:\n"
	                  "    main.f(0x1)\n"
	                  "    \t/f.go:1 +0x1\n"
	                  "    created by main.h\n"
	                  "    \t/h.go:1 +0x1\n");

	assert_fact(*state, "goroutines 1 select: main.f f.go:1; by main.h h.go:1");
}

static void a_header_without_a_stack_is_noted(void **state)
{
	read_text(*state, "goroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 7 [select]:\nruntime.futex(0x1, 0x7ffesyscall.Syscall6, (0x4\n"
	                  "main.g(0x1)\n\t/g.go:1 +0x1\n");

	assert_fact(*state, "goroutines 1 select: main.f f.go:1");
	assert_fact(*state, "note 0 headers of goroutines that no stack follows: 1");
}

static void a_terminal_shows_the_key_that_asked_for_the_dump(void **state)
{
	read_text(*state, "^\\SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n"
	                  "goroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n");

	assert_fact(*state, "capture goroutine (SIGQUIT) period=1 types=goroutine/count");
}

static void an_exception_of_windows_is_a_crash(void **state)
{
	read_text(*state, "Exception 0xc0000005 0x0 0x0 0x7ffd\nPC=0x7ffd\n\n"
	                  "goroutine 1 [syscall]:\nmain.f(0x1)\n\tC:/f.go:1 +0x1\n");

	assert_fact(*state, "capture goroutine (exception) period=1 types=goroutine/count");
}

static void a_dump_behind_a_report_is_another(void **state)
{
	read_text(*state, "[Goroutine 21 in state select, with main.f on top of the stack:\n"
	                  "main.f(0x1)\n\t/f.go:1 +0x1\n]\n"
	                  "panic: boom\n\ngoroutine 1 [running]:\nmain.g(0x1)\n\t/g.go:1 +0x1\n");

	assert_facts(*state, REPORT "goroutines 1 select: main.f f.go:1\n"
	                            "capture goroutine (panic) period=1 types=goroutine/count\n"
	                            "goroutines 1 running: main.g g.go:1\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(equal_goroutines_are_counted_and_others_kept_apart),
		test(ages_of_another_order_are_another_group),
		test(flags_behind_the_state_are_not_part_of_it),
		test(pointers_of_a_fatal_dump_are_passed_over),
		test(frames_that_were_elided_or_are_too_many_are_said),
		test(a_stack_deeper_than_any_is_cut),
		test(ancestors_belong_to_another_goroutine),
		test(labels_are_read_in_both_places),
		test(a_dump_that_ends_inside_a_frame_is_kept_and_noted),
		test(crashes_in_a_log_are_captures_of_their_own),
		test(the_first_goroutine_again_is_another_dump),
		test(a_loggers_prefix_is_learned_and_gives_the_time),
		test(windows_paths_carriage_returns_and_lost_tabs_are_tolerated),
		test(code_that_is_not_go_has_a_frame_without_arguments),
		test(sentences_with_the_word_are_no_dump),
		test(a_crash_at_the_end_of_a_long_log_is_found),
		test(a_long_log_without_any_is_rejected),
		test(bubbles_and_durable_waits_are_flags),
		test(labels_are_an_object_with_sorted_keys),
		test(c_functions_have_no_arguments),
		test(prose_behind_a_dump_is_no_frame),
		test(a_creator_without_a_place_is_kept),
		test(the_word_for_every_semaphore_is_told_apart_by_the_stack),
		test(dumps_behind_one_another_are_captures_of_their_own),
		test(running_goroutines_of_a_crash_are_of_that_crash),
		test(a_goroutine_that_runs_in_a_system_call_begins_no_dump),
		test(what_wraps_a_go_statement_is_no_frame),
		test(those_whose_creator_has_ended_are_counted),
		test(the_order_of_goroutines_does_not_matter),
		test(of_many_the_eight_oldest_are_named),
		test(a_creator_that_left_another_at_work_left_nobody_behind),
		test(of_goroutines_without_main_nobody_knows_who_has_ended),
		test(of_a_dump_that_was_cut_nobody_knows_who_has_ended),
		test(stacks_of_panics_that_were_survived_stay_apart),
		test(a_header_in_a_panics_text_is_text),
		test(traces_of_the_runtime_may_fall_into_a_dump),
		test(noise_of_a_fatal_error_is_passed_over),
		test(a_dump_that_ends_inside_any_line_is_partial),
		test(a_last_line_that_is_all_there_needs_no_line_feed),
		test(a_semaphore_of_an_unknown_stack_is_no_reason_to_run),
		test(one_goroutine_that_runs_has_printed_its_own_stack),
		test(servers_announce_the_panics_that_they_recover),
		test(a_report_of_goroutines_that_did_not_end_is_read),
		test(an_older_report_has_two_headers_for_a_goroutine),
		test(a_test_may_name_the_leaked_one_before_its_header),
		test(a_stack_may_stand_deeper_than_its_header),
		test(a_header_without_a_stack_is_noted),
		test(a_terminal_shows_the_key_that_asked_for_the_dump),
		test(an_exception_of_windows_is_a_crash),
		test(a_dump_behind_a_report_is_another),
	};

	return cmocka_run_group_tests_name("capture.fmt_goroutines", tests, NULL, NULL);
}
