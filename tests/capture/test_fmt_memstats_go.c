/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "memstats-go", "app.log", text);
}

static void fields_and_pauses_of_a_line_are_memstats(void **state)
{
	read_text(*state,
	          "2026/11/21 01:06:27 memory: {Alloc:42 TotalAlloc:90 Sys:100 HeapAlloc:42 "
	          "NextGC:400 LastGC:1795223180000000000 PauseNs:[5 7 0] "
	          "PauseEnd:[1795223179000000000 1795223180000000000 0] NumGC:2 "
	          "GCCPUFraction:0.25 EnableGC:true BySize:[{Size:8 Mallocs:9 Frees:9}]}\n"
	          "2026/11/21 01:07:27 bye\n");

	assert_facts(*state, "capture memstats (fmt) time=2026-11-21T01:06:27Z "
	                     "after=2026-11-21T01:06:20Z\n"
	                     "scalar Alloc 42\n"
	                     "scalar TotalAlloc 90\n"
	                     "scalar Sys 100\n"
	                     "scalar HeapAlloc 42\n"
	                     "scalar NextGC 400\n"
	                     "scalar LastGC 1795223180000000000\n"
	                     "scalar NumGC 2\n"
	                     "scalar GCCPUFraction 250000000\n"
	                     "gc 1 ring at=2026-11-21T01:06:19Z pause=5\n"
	                     "gc 2 ring at=2026-11-21T01:06:20Z pause=7\n");
}

static void the_syntax_of_go_has_hexadecimal_numbers(void **state)
{
	read_text(*state, "runtime.MemStats{Alloc:0x2a, TotalAlloc:0x5a, HeapAlloc:0x2a, "
	                  "PauseNs:[256]uint64{0x5, 0x0}, NextGC:0xffffffffffffffff, "
	                  "GCCPUFraction:0.25, BySize:[61]struct { Size uint32; Mallocs uint64 }"
	                  "{struct { Size uint32 }{Mallocs:0x9}}}\n");

	assert_facts(*state, "capture memstats (fmt)\n"
	                     "scalar Alloc 42\n"
	                     "scalar TotalAlloc 90\n"
	                     "scalar HeapAlloc 42\n"
	                     "scalar NextGC 9223372036854775807\n"
	                     "scalar GCCPUFraction 250000000\n");
}

static void each_line_is_a_capture(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, "&{Alloc:1 TotalAlloc:2 HeapAlloc:1 NextGC:4}\nhello\n"
	                 "&{Alloc:2 TotalAlloc:3 HeapAlloc:2 NextGC:4}\n");

	assert_int_equal(facts->count, 2);
	assert_fact(facts, "scalar Alloc 1");
	assert_fact(facts, "scalar Alloc 2");
}

static void what_is_damaged_keeps_what_came_before(void **state)
{
	read_text(*state, "{Alloc:1 TotalAlloc:2 HeapAlloc:3 NextGC:4 PauseNs:[1 x 3 NumGC:5\n");

	assert_fact(*state, "scalar NextGC 4");
}

static void what_has_no_goal_is_no_memstats(void **state)
{
	static const char *const texts[] = {
		"{Alloc:1 TotalAlloc:2 HeapAlloc:3}\n",
		"{Alloc: TotalAlloc: HeapAlloc:-1 NextGC:x}\n",
		"{Alloc:1 TotalAlloc:2 HeapAlloc:3 Nested:{NextGC:4}}\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
		assert_string_equal(err.text, "no runtime.MemStats with HeapAlloc and NextGC");
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(fields_and_pauses_of_a_line_are_memstats),
		test(the_syntax_of_go_has_hexadecimal_numbers),
		test(each_line_is_a_capture),
		test(what_is_damaged_keeps_what_came_before),
		test(what_has_no_goal_is_no_memstats),
	};

	return cmocka_run_group_tests_name("capture.fmt_memstats_go", tests, NULL, NULL);
}
