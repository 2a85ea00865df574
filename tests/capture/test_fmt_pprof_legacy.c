/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_bytes(struct ll_facts *facts, struct ll_str bytes, const char *format)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, bytes, "profile", &err), &err);
	assert_string_equal(facts->format->id, format);
}

static void read_text(struct ll_facts *facts, const char *text)
{
	read_bytes(facts, ll_str(text), "pprof-legacy");
}

static void assert_refused(struct ll_facts *facts, struct ll_str bytes, const char *reason)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_int_equal(ll_facts_read(facts, bytes, "profile", &err), LL_E_FORMAT);
	assert_string_equal(err.text, reason);
	assert_int_equal(facts->count, 0);
}

static void contention_of_gperftools_is_scaled_by_its_period(void **state)
{
	read_text(*state, "--- contentionz 1 ---\ncycles/second = 2000000000\n"
	                  "sampling period = 100\nms since reset = 16502830\n"
	                  "  4000       27 @ 0xbccc97 0xc61202\n"
	                  "--- Memory map: ---\n  00400000-00fcb000: server\n");

	assert_facts(*state, "capture block (legacy) foreign period=100 "
	                     "types=contentions/count,delay/nanoseconds\n"
	                     "sample 0xbccc97 < 0xc61202 | 2700 200000\n");
}

static void contention_of_java_has_names_and_its_own_unit(void **state)
{
	read_text(*state, "--- contentionz 1 ---\nformat = java\nresolution = microseconds\n"
	                  "sampling period = 100\n"
	                  "            14     1 @ 0x00000003 0x00000004\n\n\n"
	                  " 0x0000003 com.example.put (source.java:31)\n 0x0000004 GC\n");

	assert_facts(*state, "capture block (legacy) foreign period=100 "
	                     "types=contentions/count,delay/microseconds\n"
	                     "sample com.example.put source.java:31 < GC | 100 1400\n");
}

static void a_heap_of_java_is_unsampled(void **state)
{
	read_text(*state, "--- heapz 1 ---\nformat = java\nresolution = bytes\n"
	                  "          7048     1 @ 0x00000003\n 0x3 com.example.put (s.java:31)\n");

	assert_facts(*state, "capture heap (legacy) foreign period=524288 "
	                     "types=inuse_objects/count,inuse_space/bytes\n"
	                     "sample com.example.put s.java:31 | 74 527819 | block 7048\n");
}

static void threads_are_counted_one_by_one(void **state)
{
	read_text(*state, "--- threadz 1 ---\n\n"
	                  "--- Thread 7f794ab90940 (name: main/14748) stack: ---\n"
	                  "  PC:  0x00bc8f1c: helper(arg *)\n  0x0040be31: main\n"
	                  "--- Thread 7f794964e700 (name: thread1/14751) stack: ---\n"
	                  "  [same as previous thread]\n"
	                  "--- Thread 7f794934c700 (name: thread2/14752) stack: ---\n"
	                  "  PC: 0x7f794a32bf7d\n"
	                  "      creator: 0xa45b96\n"
	                  "--- Memory map: ---\n  00400000-00fcb000: server\n");

	assert_facts(*state, "capture profile (legacy) foreign period=1 types=thread/count\n"
	                     "sample helper(arg *) < main | 1\n"
	                     "sample helper(arg *) < main | 1\n"
	                     "sample 0x7f794a32bf7d < 0xa45b96 | 1\n");
}

static void a_heap_of_jemalloc_is_unsampled(void **state)
{
	read_text(*state, "heap_v2/524288\n  t*: 9: 9000 [0: 0]\n  t0: 9: 9000 [0: 0]\n"
	                  "@ 0x1001 0x2001\n  t*: 1: 7048 [0: 0]\n  t3: 1: 7048 [0: 0]\n"
	                  "\nMAPPED_LIBRARIES:\n"
	                  "7f557907a000-7f557907b000 r--p 00029000 00:11 9891   /lib/ld.so\n");

	assert_facts(*state, "capture heap (legacy) foreign period=524288 "
	                     "types=objects/count,space/bytes\n"
	                     "sample 0x1001 < 0x2001 | 74 527819 | block 7048\n");
}

static void forms_without_a_sample_are_refused(void **state)
{
	static const char *const texts[] = {
		"--- contentionz 1 ---\ncycles/second = 3201000000\n",
		"--- heapz 1 ---\n0 0 @ 0\n",
		"--- threadz 1 ---\n",
		"heap_v2/524288\n  t*: 9: 9000 [0: 0]\n",
		"heap_v2/x\n@ 0x1\n  t*: many\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++)
		assert_refused(*state, ll_str(texts[i]),
		               "an old form of a profile, without a sample in it");
}

static void amounts_beyond_all_bounds_do_no_harm(void **state)
{
	read_text(*state, "--- contentionz 1 ---\ncycles/second = 0.000001\n"
	                  "sampling period = 9223372036854775807\n"
	                  "  9223372036854775807 9223372036854775807 @ 0x1\n");

	assert_fact(*state, "sample 0x1 | 9223372036854775807 9223372036854775807");
}

/* ------------------------------------------------------------------ binary CPU */

static size_t put_words(char *to, const uint64_t *words, size_t count, size_t size, bool is_big)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < size; k++)
			to[i * size + k] =
				(char)(words[i] >> 8 * (is_big ? size - 1 - k : k) & 0xff);
	}
	return count * size;
}

static void cpu_profiles_are_read_in_words_of_any_size_and_order(void **state)
{
	static const uint64_t words[] = {0, 3, 0, 10000, 0, 2, 2, 0x1001, 0x2001, 0, 1, 0};

	for (size_t i = 0; i < 4; i++) {
		char bytes[256];
		const size_t size = put_words(bytes, words, LL_COUNT(words), i % 2 ? 4 : 8, i >= 2);

		read_bytes(*state, ll_str_n(bytes, size), "cpu-words");
		assert_facts(*state, "capture cpu (legacy) foreign period=10000000 "
		                     "types=samples/count,cpu/nanoseconds\n"
		                     "sample 0x1001 < 0x2001 | 2 20000000\n");
	}
}

static void symbols_of_java_follow_the_words(void **state)
{
	static const uint64_t words[] = {0, 3, 1, 10000, 0, 1, 1, 3, 0, 1, 0};
	static const char symbols[] = " 0x00000003 com.example.run (s.java:9)\n";
	char bytes[256];
	const size_t size = put_words(bytes, words, LL_COUNT(words), 4, false);

	memcpy(bytes + size, symbols, sizeof symbols - 1);
	read_bytes(*state, ll_str_n(bytes, size + sizeof symbols - 1), "cpu-words");

	assert_fact(*state, "sample com.example.run s.java:9 | 1 10000000");
}

static void words_that_do_not_end_are_refused(void **state)
{
	static const uint64_t cut[] = {0, 3, 0, 10000, 0, 2, 2, 0x1001};
	static const uint64_t endless[] = {0, 3, 0, 10000, 0, 2, UINT64_MAX, 0x1001};
	static const uint64_t empty[] = {0, 3, 0, 10000, 0, 2, 0, 0x1001};
	const uint64_t *const rows[] = {cut, endless, empty};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		char bytes[64];

		(void)put_words(bytes, rows[i], 8, 8, false);
		assert_refused(*state, ll_str_n(bytes, sizeof bytes),
		               "a CPU profile in the old binary form: a record does not end");
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(contention_of_gperftools_is_scaled_by_its_period),
		test(contention_of_java_has_names_and_its_own_unit),
		test(a_heap_of_java_is_unsampled),
		test(threads_are_counted_one_by_one),
		test(a_heap_of_jemalloc_is_unsampled),
		test(forms_without_a_sample_are_refused),
		test(amounts_beyond_all_bounds_do_no_harm),
		test(cpu_profiles_are_read_in_words_of_any_size_and_order),
		test(symbols_of_java_follow_the_words),
		test(words_that_do_not_end_are_refused),
	};

	return cmocka_run_group_tests_name("capture.fmt_pprof_legacy", tests, NULL, NULL);
}
