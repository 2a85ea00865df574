/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static int set_up(void **state)
{
	struct ll_facts *const facts = ll_calloc(1, sizeof *facts);

	ll_facts_init(facts);
	*state = facts;
	return 0;
}

static int tear_down(void **state)
{
	ll_facts_done(*state);
	free(*state);
	return 0;
}

static void read_json(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "vars", &err), &err);
	assert_string_equal(facts->format->id, "memstats-json");
}

static void assert_refused(struct ll_facts *facts, const char *text, const char *reason)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_int_equal(ll_facts_read(facts, ll_str(text), "vars", &err), LL_E_FORMAT);
	assert_string_equal(err.text, reason);
	assert_int_equal(facts->count, 0);
}

static void fields_that_are_missing_are_gaps_and_not_zero(void **state)
{
	read_json(*state, "{\"HeapAlloc\": 5, \"NextGC\": 7, \"NumGC\": 0}");

	assert_facts(*state, "capture memstats\n"
	                     "scalar HeapAlloc 5\nscalar NextGC 7\nscalar NumGC 0\n");
}

static void rings_become_collections_with_their_numbers(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "{\"HeapAlloc\":5,\"NextGC\":7,\"NumGC\":258,\"PauseNs\":[");
	for (int i = 0; i < 256; i++)
		ll_buf_printf(&text, "%s%d", i ? "," : "", i + 1);
	ll_buf_puts(&text, "],\"PauseEnd\":[");
	for (int i = 0; i < 256; i++)
		ll_buf_printf(&text, "%s%d", i ? "," : "", (i < 2 ? 257 + i : i + 1) * 1000);
	ll_buf_puts(&text, "]}");
	read_json(facts, text.data);

	/* Collections 257 and 258 have overwritten 1 and 2. */
	assert_int_equal(facts->captures[0].cycles, 256);
	assert_fact(facts, "gc 258 ring at=1970-01-01T00:00:00.000258000Z pause=2");
	assert_fact(facts, "gc 3 ring at=1970-01-01T00:00:00.000003000Z pause=3");
	assert_int_equal(facts->captures[0].not_before_ns, 258000);
}

static void expvar_knows_the_program(void **state)
{
	read_json(*state, "{\n\"cmdline\": [\"/opt/app/shop\",\"-x\"],\n\"other\": +Inf,\n"
	                  "\"memstats\": {\"Alloc\":5,\"NextGC\":7,\"BySize\":[{\"Size\":8}],"
	                  "\"EnableGC\":true}\n}\n");

	assert_facts(*state, "capture memstats (expvar) program=/opt/app/shop\n"
	                     "scalar Alloc 5\nscalar NextGC 7\n");
}

static void memstats_are_found_further_in(void **state)
{
	read_json(*state, "{\"cmdline\": null, \"beat\": {\"memstats\": {\"gc_next\": 7, "
	                  "\"memory_alloc\": 5, \"memory_total\": 9, \"x\": \"y\"}}}");

	assert_facts(*state, "capture memstats (expvar)\n"
	                     "scalar Alloc 5\nscalar TotalAlloc 9\nscalar NextGC 7\n");
}

static void headers_that_curl_saved_are_passed_over(void **state)
{
	read_json(*state, "HTTP/1.1 200 OK\r\nDate: now\r\n\r\n\xef\xbb\xbf"
	                  "{\"HeapAlloc\": 5, \"NextGC\": 7}");

	assert_fact(*state, "scalar HeapAlloc 5");
}

static void a_goal_beyond_reason_means_none(void **state)
{
	read_json(*state, "{\"HeapAlloc\": 5, \"NextGC\": 18446744073709551615}");

	assert_fact(*state, "scalar NextGC 9223372036854775807");
}

static void what_is_not_strictly_json_is_refused_with_its_line(void **state)
{
	static const char *const texts[] = {
		"{\n\"HeapAlloc\": 5,\n\"NextGC\": 7,}",
		"{\n\"HeapAlloc\": 5,\n\"NextGC\": -7}",
		"{\n\"HeapAlloc\": 5,\n\"NextGC\": 7.5}",
		"{\n\"HeapAlloc\": 5, \"NextGC\": 7,\n\"GCCPUFraction\": 2}",
		"{\n\"HeapAlloc\": 5, \"NextGC\": 7,\n\"PauseNs\": [1,\"x\"]}",
		"{\n\"HeapAlloc\": 5, \"NextGC\": 7,\n\"PauseNs\": 7}",
		"{\n\"HeapAlloc\": 5,\n\"NextGC\": 7",
		"{\n\"HeapAlloc\": 5,\n\"NextGC\": 7} x",
		"{\n\"HeapAlloc\": 5, \"NextGC\": 7,\n\"cmdline\": [",
		"{\n\"HeapAlloc\": 5, \"NextGC\": 7,\n\"cmdline\": {}}",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++)
		assert_refused(*state, texts[i], "line 3: malformed JSON or MemStats field");
}

static void more_pauses_than_the_ring_has_are_refused(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "{\"HeapAlloc\":5,\"NextGC\":7,\"PauseNs\":[0");
	for (int i = 0; i < 256; i++)
		ll_buf_puts(&text, ",1");
	ll_buf_puts(&text, "]}");

	assert_refused(*state, text.data, "line 1: malformed JSON or MemStats field");
}

static void json_of_other_things_is_refused_as_such(void **state)
{
	assert_refused(*state, "{\"cmdline\": [\"/app\"], \"requests\": 7}",
	               "JSON without HeapAlloc and NextGC: not runtime.MemStats");
	assert_refused(*state, "{\"memstats\": {\"HeapAlloc\": \"5\", \"NextGC\": \"7\"}}",
	               "JSON without HeapAlloc and NextGC: not runtime.MemStats");
	assert_refused(*state, "{\"requests\": 7}", "no known capture format");
	assert_refused(*state, "[1, 2]", "no known capture format");
}

static void a_field_that_is_no_number_is_a_gap(void **state)
{
	read_json(*state,
	          "{\"HeapAlloc\": 5, \"NextGC\": 7, \"Sys\": {\"a\": [1]}, \"Frees\": null}");

	assert_facts(*state, "capture memstats\nscalar HeapAlloc 5\nscalar NextGC 7\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(fields_that_are_missing_are_gaps_and_not_zero),
		test(rings_become_collections_with_their_numbers),
		test(expvar_knows_the_program),
		test(memstats_are_found_further_in),
		test(headers_that_curl_saved_are_passed_over),
		test(a_goal_beyond_reason_means_none),
		test(what_is_not_strictly_json_is_refused_with_its_line),
		test(more_pauses_than_the_ring_has_are_refused),
		test(json_of_other_things_is_refused_as_such),
		test(a_field_that_is_no_number_is_a_gap),
	};

	return cmocka_run_group_tests_name("capture.fmt_memstats", tests, NULL, NULL);
}
