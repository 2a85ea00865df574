/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_alloc_trace.c - GODEBUG=allocfreetrace=1 (up to Go 1.20) prints the stack of whoever
 * allocates or frees, with the header of a goroutine: no dump.
 */
#include "facts.h"
#include "support.h"

#define ALLOC                                                                                      \
	"tracealloc(0xc000012345, 0x20, string)\n"                                                 \
	"goroutine 1 [running]:\n"                                                                 \
	"runtime.mallocgc(0x20, 0x4a1f40, 0x1)\n"                                                  \
	"\t/go/src/runtime/malloc.go:1097 +0x7a5 fp=0xc000046e10 sp=0xc000046d98 pc=0x40d2a5\n"    \
	"main.main()\n"                                                                            \
	"\t/src/main.go:9 +0x1d fp=0xc000046f80 sp=0xc000046f40 pc=0x45d51d\n"                     \
	"\n"
#define FREE                                                                                       \
	"tracefree(0xc000012345, 0x20)\n"                                                          \
	"goroutine 7 [running]:\n"                                                                 \
	"runtime.systemstack_switch()\n"                                                           \
	"\t/go/src/runtime/asm_amd64.s:463 fp=0xc000046e10 sp=0xc000046d98 pc=0x40d2a5\n"          \
	"main.sweep()\n"                                                                           \
	"\t/src/main.go:19 +0x1d\n"                                                                \
	"\n"
#define CENSUS                                                                                     \
	"tracegc()\n"                                                                              \
	"\n"                                                                                       \
	"goroutine 1 [select]:\n"                                                                  \
	"main.f()\n"                                                                               \
	"\t/f.go:1 +0x1\n"                                                                         \
	"\n"                                                                                       \
	"goroutine 7 [chan send]:\n"                                                               \
	"main.g()\n"                                                                               \
	"\t/g.go:2 +0x1\n"                                                                         \
	"end tracegc\n"                                                                            \
	"\n"
#define DUMP                                                                                       \
	"capture goroutine (debug=2) period=1 types=goroutine/count\n"                             \
	"goroutines 1 select: main.f f.go:1\n"                                                     \
	"goroutines 1 chan send: main.g g.go:2\n"

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_facts_read(facts, ll_str(text), "app.log", &err), &err);
}

static void stacks_of_allocations_alone_are_refused_by_name(void **state)
{
	static const char *const texts[] = {
		ALLOC,
		ALLOC FREE ALLOC,
		"starting\n" ALLOC FREE "listening\n" ALLOC,
		"2026-11-20T10:00:00Z starting\n2026-11-20T10:00:01Z listening\n" FREE ALLOC,
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "app.log", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, "stacks of allocations (GODEBUG=allocfreetrace=1), "
		                              "no dump of goroutines");
		ll_facts_clear(*state);
	}
}

static void what_a_collector_prefixed_is_passed_over_too(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(
		ll_facts_read(
			*state,
			ll_str("2026-11-20T10:00:00.000000001Z stderr F tracealloc(0xc000012345, "
	                       "0x20, string)\n"
	                       "2026-11-20T10:00:00.000000001Z stderr F goroutine 1 [running]:\n"
	                       "2026-11-20T10:00:00.000000001Z stderr F main.main()\n"
	                       "2026-11-20T10:00:00.000000001Z stderr F \t/src/main.go:9 +0x1d\n"),
			"app.log", &err),
		LL_E_FORMAT);
}

static void a_dump_among_them_is_read(void **state)
{
	read_text(*state,
	          ALLOC FREE "goroutine 1 [select]:\nmain.f()\n\t/f.go:1 +0x1\n\n"
	                     "goroutine 7 [chan send]:\nmain.g()\n\t/g.go:2 +0x1\n\n" ALLOC);

	assert_facts(*state, DUMP);
}

static void those_that_a_collection_prints_are_all_there_are(void **state)
{
	read_text(*state, ALLOC CENSUS FREE CENSUS);

	assert_facts(*state, DUMP DUMP);
}

static void a_function_of_that_name_is_none(void **state)
{
	read_text(*state, "goroutine 1 [select]:\nmain.tracealloc(0xc000012345, 0x20)\n"
	                  "\t/f.go:1 +0x1\n");

	assert_facts(*state, "capture goroutine (debug=2) period=1 types=goroutine/count\n"
	                     "goroutines 1 select: main.tracealloc f.go:1\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(stacks_of_allocations_alone_are_refused_by_name),
		test(what_a_collector_prefixed_is_passed_over_too),
		test(a_dump_among_them_is_read),
		test(those_that_a_collection_prints_are_all_there_are),
		test(a_function_of_that_name_is_none),
	};

	return cmocka_run_group_tests_name("capture.alloc_trace", tests, NULL, NULL);
}
