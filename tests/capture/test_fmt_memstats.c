/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"
#include "facts.h"
#include "support.h"

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

static void elements_of_an_array_are_captures_each(void **state)
{
	static const char both[] = "capture memstats\nscalar HeapAlloc 5\nscalar NextGC 7\n"
				   "capture memstats\nscalar HeapAlloc 6\nscalar NextGC 8\n";

	read_json(*state,
	          "[{\"HeapAlloc\": 5, \"NextGC\": 7}, {\"HeapAlloc\": 6, \"NextGC\": 8}]\n");
	assert_facts(*state, both);
	read_json(*state, "\xef\xbb\xbf[\n  {\n \"HeapAlloc\": 5, \"NextGC\": 7},\n"
	                  "  {\"HeapAlloc\": 6, \"NextGC\": 8}\n]\n");
	assert_facts(*state, both);
}

static void an_array_that_breaks_off_keeps_what_came_before(void **state)
{
	static const char *const ends[] = {", {\"HeapAlloc\": 6, \"NextGC\"", ", 7]", "] {}", "",
	                                   ", "};

	for (size_t i = 0; i < LL_COUNT(ends); i++) {
		char text[128];

		(void)snprintf(text, sizeof text, "[{\"HeapAlloc\": 5, \"NextGC\": 7}%s", ends[i]);
		read_json(*state, text);
		assert_fact(*state, "scalar HeapAlloc 5");
		assert_fact(*state,
		            "note 1 damaged from here on: only what stands before it is read");
	}
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
	                     "scalar Alloc 5\nscalar NextGC 7\n"
	                     "reading other none\nreading expvar.numbers 1\n");
}

static void other_numbers_of_expvar_are_readings_under_their_path(void **state)
{
	read_json(*state, "{\"cmdline\": [\"/app\"], \"cache\": {\"users\": {\"entries\": 7, "
	                  "\"name\": \"x\"}, \"hits\": [1, 2], \"ratio\": 0.5}, "
	                  "\"memstats\": {\"Alloc\": 5, \"NextGC\": 7}, "
	                  "\"runtime\": {\"NumGoroutine\": 42}, \"up\": true}");

	assert_facts(*state, "capture memstats (expvar) program=/app\n"
	                     "scalar Alloc 5\nscalar NextGC 7\n"
	                     "reading cache.users.entries 7\n"
	                     "reading cache.ratio 0.5\n"
	                     "reading /sched/goroutines:goroutines 42\n"
	                     "reading expvar.numbers 3\n");
}

static void keys_that_go_quoted_are_no_json_and_are_read(void **state)
{
	read_json(*state, "{\"a\\x62\\a c\": 5, \"q \\\"q\\\" \\u003c\": 6,\n"
	                  "\"memstats\": {\"Alloc\": 5, \"NextGC\": 7}}");

	assert_fact(*state, "reading ab\a c 5");
	assert_fact(*state, "reading q \"q\" < 6");
}

static void numbers_beyond_the_ceilings_are_only_counted(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "{\"memstats\": {\"Alloc\": 5, \"NextGC\": 7}");
	for (int i = 0; i < 600; i++)
		ll_buf_printf(&text, ",\"n%d\":{\"v\":%d}", i, i);
	ll_buf_puts(&text, "}");
	read_json(facts, text.data);

	assert_int_equal(facts->captures[0].readings, 512 + 1);
	assert_int_equal(facts->captures[0].notes, 0);
	assert_fact(facts, "reading n511.v 511");
	assert_fact(facts, "reading expvar.numbers 600");

	ll_buf_clear(&text);
	ll_buf_puts(&text, "{\"memstats\": {\"Alloc\": 5, \"NextGC\": 7}");
	for (int i = 0; i < 9; i++)
		ll_buf_printf(&text, ",\"d%d\":%d%s", i, i, i < 8 ? ",\"o\":{\"x\":1" : "");
	ll_buf_puts(&text, "}}}}}}}}}");
	read_json(facts, text.data);

	assert_fact(facts, "reading o.o.o.o.o.o.o.d7 7");
	assert_int_equal(facts->captures[0].readings, 15 + 1);
}

static void a_path_longer_than_any_name_is_only_counted(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "{\"memstats\": {\"Alloc\": 5, \"NextGC\": 7}, \"");
	for (int i = 0; i < 2000000; i++)
		ll_buf_putc(&text, 'x');
	ll_buf_puts(&text, "\": {\"y\": 5}, \"z\": 6}");
	read_json(*state, text.data);

	assert_facts(*state, "capture memstats (expvar)\nscalar Alloc 5\nscalar NextGC 7\n"
	                     "reading z 6\nreading expvar.numbers 2\n");
}

static void every_page_of_the_corpus_is_read(void **state)
{
	const char *const corpus = ll_test_corpus();
	struct ll_facts *const facts = *state;
	struct ll_table manifest;
	size_t pages = 0;

	if (!corpus)
		skip();
	ll_table_open(&manifest, corpus, "MANIFEST.tsv");
	while (ll_table_next(&manifest)) {
		struct ll_error err = LL_ERROR_INIT;
		struct ll_buf bytes;

		if (!ll_str_equal(ll_table_cell(&manifest, "kind"), ll_str("expvar-json")))
			continue;
		ll_buf_init(&bytes, LL_BUF_PAGE);
		ll_corpus_read(corpus, ll_table_cell(&manifest, "local_path"), &bytes);
		ll_facts_clear(facts);
		assert_ok(ll_facts_read(facts, ll_buf_str(&bytes), "vars", &err), &err);
		ll_buf_done(&bytes);
		assert_string_equal(facts->format->id, "memstats-json");
		assert_int_equal(facts->count, 1);
		assert_true(facts->captures[0].readings > 1);
		assert_int_equal(facts->captures[0].notes, 0);
		pages++;
	}
	ll_table_done(&manifest);
	assert_int_equal(pages, 5);
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

	read_json(*state, "HTTP/1.1 200 OK\r\ndate: Tue, 14 Nov 2023 22:13:20 GMT\r\n\r\n"
	                  "{\"HeapAlloc\": 5, \"NextGC\": 7}");

	assert_fact(*state, "capture memstats time=2023-11-14T22:13:20Z");
}

static void a_goal_beyond_reason_means_none(void **state)
{
	read_json(*state, "{\"HeapAlloc\": 5, \"NextGC\": 18446744073709551615}");

	assert_fact(*state, "scalar NextGC 9223372036854775807");
}

static void whole_numbers_that_went_through_floats_are_read(void **state)
{
	read_json(*state, "{\"Sys\": 1.5e9, \"HeapAlloc\": 5.0, \"NextGC\": 18446744073709552000}");

	assert_facts(*state, "capture memstats\nscalar Sys 1500000000\nscalar HeapAlloc 5\n"
	                     "scalar NextGC 9223372036854775807\n");
}

static void objects_behind_each_other_are_a_capture_each(void **state)
{
	read_json(*state, "{\"HeapAlloc\": 5, \"NextGC\": 7}\n{\"level\": \"info\"}\n"
	                  "{\"memstats\": {\"HeapAlloc\": 6, \"NextGC\": 8}} {\"HeapAlloc\": 7, "
	                  "\"NextGC\": 9}\n");

	assert_facts(*state, "capture memstats\nscalar HeapAlloc 5\nscalar NextGC 7\n"
	                     "capture memstats (expvar)\nscalar HeapAlloc 6\nscalar NextGC 8\n"
	                     "capture memstats\nscalar HeapAlloc 7\nscalar NextGC 9\n");
}

static void memstats_that_break_off_are_read_up_to_there(void **state)
{
	static const char *const tails[] = {"",
	                                    ",\"PauseNs\":[1],\"NumGC\":1",
	                                    "\n",
	                                    "\n```\n",
	                                    ",\"PauseNs\":[1,2,",
	                                    ",\"PauseNs\":[1,2",
	                                    ",\"PauseNs\":[1,2\n```\n",
	                                    ",\n...\n"};

	for (size_t i = 0; i < LL_COUNT(tails); i++) {
		struct ll_error err = LL_ERROR_INIT;
		char text[256];

		(void)snprintf(text, sizeof text,
		               "{\n\"memstats\": {\"Alloc\":7,\"HeapAlloc\":7,\"NextGC\":42%s",
		               tails[i]);
		/* Of a last number nobody knows whether it is whole. */
		if (i < 4) {
			assert_int_equal(ll_facts_read(*state, ll_str(text), "vars.json", &err),
			                 LL_E_FORMAT);
			continue;
		}
		ll_facts_clear(*state);
		assert_ok(ll_facts_read(*state, ll_str(text), "vars.json", &err), &err);
		assert_fact(*state, "scalar NextGC 42");
	}
}

static void a_last_object_that_was_cut_costs_only_itself(void **state)
{
	read_json(*state, "{\"HeapAlloc\": 5, \"NextGC\": 7}\n{\"HeapAlloc\": 6, \"Ne");

	assert_facts(*state, "capture memstats\nscalar HeapAlloc 5\nscalar NextGC 7\n"
	                     "note 2 damaged from here on: only what stands before it is read\n");
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

static void deep_nesting_is_refused_as_such(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "{\"HeapAlloc\":5,\"NextGC\":7,\n\"deep\":");
	for (int i = 0; i < 100; i++)
		ll_buf_putc(&text, '[');

	assert_refused(*state, text.data, "line 2: nested too deep");
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

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(fields_that_are_missing_are_gaps_and_not_zero),
		test(elements_of_an_array_are_captures_each),
		test(an_array_that_breaks_off_keeps_what_came_before),
		test(rings_become_collections_with_their_numbers),
		test(expvar_knows_the_program),
		test(other_numbers_of_expvar_are_readings_under_their_path),
		test(keys_that_go_quoted_are_no_json_and_are_read),
		test(numbers_beyond_the_ceilings_are_only_counted),
		test(a_path_longer_than_any_name_is_only_counted),
		test(every_page_of_the_corpus_is_read),
		test(memstats_are_found_further_in),
		test(headers_that_curl_saved_are_passed_over),
		test(a_goal_beyond_reason_means_none),
		test(whole_numbers_that_went_through_floats_are_read),
		test(objects_behind_each_other_are_a_capture_each),
		test(memstats_that_break_off_are_read_up_to_there),
		test(a_last_object_that_was_cut_costs_only_itself),
		test(what_is_not_strictly_json_is_refused_with_its_line),
		test(more_pauses_than_the_ring_has_are_refused),
		test(deep_nesting_is_refused_as_such),
		test(json_of_other_things_is_refused_as_such),
		test(a_field_that_is_no_number_is_a_gap),
	};

	return cmocka_run_group_tests_name("capture.fmt_memstats", tests, NULL, NULL);
}
