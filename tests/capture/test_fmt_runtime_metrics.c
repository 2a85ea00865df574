/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_dump(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "metrics.txt", &err), &err);
	assert_string_equal(facts->format->id, "runtime-metrics");
}

static const char both[] = "capture memstats (runtime/metrics)\n"
			   "scalar NextGC 9\n"
			   "reading /gc/heap/goal:bytes 9\n"
			   "reading /gc/heap/live:bytes 5\n";

static void every_way_of_printing_them_says_the_same(void **state)
{
	static const char *const dumps[] = {
		"/gc/heap/goal:bytes 9\n/gc/heap/live:bytes 5\n",
		"/gc/heap/goal:bytes: 9\n/gc/heap/live:bytes: 5\n",
		"/gc/heap/goal:bytes=9\n/gc/heap/live:bytes = 5\n",
		"\"/gc/heap/goal:bytes\": 9,\n\"/gc/heap/live:bytes\": 5,\n",
		"/gc/heap/goal:bytes,9\r\n/gc/heap/live:bytes,5.0\r\n",
		"  /gc/heap/goal:bytes\t9 bytes\nhello\n  /gc/heap/live:bytes\t5\n",
		"{\"/gc/heap/goal:bytes\": 9, \"/gc/heap/live:bytes\": 5}",
		"{\"/gc/heap/goal:bytes\": \"9\",\"x\":1,\"/gc/heap/live:bytes\": 5,\n"
		"\"/gc/pauses:seconds\": {\"Counts\": [1], \"Buckets\": [0, 1]}}",
		"[{\"name\":\"/gc/heap/goal:bytes\",\"value\":9},"
		"{\"Name\":\"/gc/heap/live:bytes\",\"Value\":5,\"Kind\":1},"
		"{\"name\":\"/gc/pauses:seconds\",\"value\":{}}]",
		"{\"app\":\"x\",\"metrics\":[{\"name\":\"/gc/heap/goal:bytes\",\"value\":9},"
		"{\"name\":\"/gc/heap/live:bytes\",\"value\":5}]}",
	};

	for (size_t i = 0; i < LL_COUNT(dumps); i++) {
		read_dump(*state, dumps[i]);
		assert_facts(*state, both);
	}
}

static void fields_of_memstats_are_added_up(void **state)
{
	read_dump(*state, "/memory/classes/heap/objects:bytes 1\n"
	                  "/memory/classes/heap/unused:bytes 2\n"
	                  "/memory/classes/heap/free:bytes 4\n"
	                  "/memory/classes/heap/released:bytes 8\n"
	                  "/gc/heap/allocs:objects 100\n/gc/heap/tiny/allocs:objects 10\n");

	assert_fact(*state, "scalar HeapAlloc 1");
	assert_fact(*state, "scalar HeapSys 15");
	assert_fact(*state, "scalar HeapIdle 12");
	assert_fact(*state, "scalar HeapInuse 3");
	assert_fact(*state, "scalar Mallocs 110");
	assert_int_equal(((struct ll_facts *)*state)->captures[0].scalars, 7);
}

static void limits_that_are_off_are_none(void **state)
{
	read_dump(*state, "{\"/gc/gomemlimit:bytes\": 9223372036854775807,\n"
	                  "\"/gc/gogc:percent\": 18446744073709551615}");

	assert_facts(*state, "capture memstats (runtime/metrics)\n"
	                     "reading /gc/gomemlimit:bytes none\nreading /gc/gogc:percent none\n");
}

static void each_dump_is_a_capture_with_its_time(void **state)
{
	read_dump(*state, "2023-11-14T22:13:20Z\n/gc/heap/live:bytes 1\n"
	                  "2023-11-14T22:13:21Z\n/gc/heap/live:bytes 2\n/gc/heap/live:bytes 3\n");

	assert_facts(*state, "capture memstats (runtime/metrics) time=2023-11-14T22:13:20Z\n"
	                     "reading /gc/heap/live:bytes 1\n"
	                     "capture memstats (runtime/metrics) time=2023-11-14T22:13:21Z\n"
	                     "reading /gc/heap/live:bytes 2\n"
	                     "capture memstats (runtime/metrics)\n"
	                     "reading /gc/heap/live:bytes 3\n");

	read_dump(*state, "2023/11/14 22:13:20 /gc/heap/live:bytes 1\n"
	                  "2023/11/14 22:13:20.5 /gc/heap/live:bytes 2\n");

	assert_facts(*state, "capture memstats (runtime/metrics) time=2023-11-14T22:13:20Z\n"
	                     "reading /gc/heap/live:bytes 1\n"
	                     "capture memstats (runtime/metrics) "
	                     "time=2023-11-14T22:13:20.500000000Z\n"
	                     "reading /gc/heap/live:bytes 2\n");

	read_dump(*state, "{\"time\":\"2023-11-14T22:13:20Z\",\"/gc/heap/live:bytes\": 1}\n"
	                  "{\"ts\":1700000001000,\"/gc/heap/live:bytes\": 2}\n");

	assert_facts(*state, "capture memstats (runtime/metrics) time=2023-11-14T22:13:20Z\n"
	                     "reading /gc/heap/live:bytes 1\n"
	                     "capture memstats (runtime/metrics) time=2023-11-14T22:13:21Z\n"
	                     "reading /gc/heap/live:bytes 2\n");
}

static void json_that_breaks_off_keeps_what_came_before(void **state)
{
	read_dump(*state, "{\"/gc/heap/live:bytes\": 1}\n{\"/gc/heap/live:bytes\": ");

	assert_facts(*state, "capture memstats (runtime/metrics)\nreading /gc/heap/live:bytes 1\n"
	                     "note 0 line 2: malformed JSON\n");
}

static void more_numbers_than_can_be_kept_are_noted(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "/gc/heap/live:bytes 1\n");
	for (int i = 0; i < 4100; i++)
		ll_buf_printf(&text, "/godebug/non-default-behavior/x%d:events 1\n", i);
	read_dump(facts, text.data);

	assert_int_equal(facts->captures[0].readings, 4096);
	assert_fact(facts, "note 0 5 more numbers are not kept");
}

static void names_without_numbers_are_refused(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"/gc/heap/live:bytes\n/gc/heap/goal:bytes x\n",
	         "names of runtime/metrics without a number"},
		{"{\"/gc/heap/live:bytes\": null}", "names of runtime/metrics without a number"},
		{"{\"/gc/heap/live:bytes\":\n 5", "line 2: malformed JSON"},
		{"/gc/heap/alive:bytes 5\n", "no known capture format"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(rows[i].text), "x", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(every_way_of_printing_them_says_the_same),
		test(fields_of_memstats_are_added_up),
		test(limits_that_are_off_are_none),
		test(each_dump_is_a_capture_with_its_time),
		test(json_that_breaks_off_keeps_what_came_before),
		test(more_numbers_than_can_be_kept_are_noted),
		test(names_without_numbers_are_refused),
	};

	return cmocka_run_group_tests_name("capture.fmt_runtime_metrics", tests, NULL, NULL);
}
