/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of Prometheus to queries, as curl saves them. */
#include "facts.h"
#include "support.h"

static void read_answer(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "answer.json", &err), &err);
	assert_string_equal(facts->format->id, "prometheus-api");
}

static void assert_refused(struct ll_facts *facts, const char *text, const char *reason)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_int_equal(ll_facts_read(facts, ll_str(text), "answer.json", &err), LL_E_FORMAT);
	assert_string_equal(err.text, reason);
}

#define ANSWER(type) "{\"status\":\"success\",\"data\":{\"resultType\":\"" type "\",\"result\":["
#define CART(name)   "{\"metric\":{\"__name__\":\"" name "\",\"job\":\"cart\",\"instance\":\"a:80\"},"

static void one_value_of_each_series_is_a_capture_of_each_target(void **state)
{
	read_answer(
		*state,
		ANSWER("vector")
			CART("go_memstats_heap_inuse_bytes") "\"value\":[1795223187.5,\"8192\"]}," CART(
				"go_goroutines") "\"value\":[1795223187.5,\"85\"]},"
						 "{\"metric\":{\"__name__\":\"go_goroutines\",\"job\":\"shop\"},"
						 "\"value\":[1795223187.5,\"9\"]}]}}\n");

	assert_facts(*state,
	             "capture memstats (query) time=2026-11-21T01:06:27.500000000Z service=cart "
	             "instance=a:80\n"
	             "scalar HeapInuse 8192\n"
	             "reading /sched/goroutines:goroutines 85\n"
	             "reading exposition.series 2\n"
	             "capture memstats (query) time=2026-11-21T01:06:27.500000000Z service=shop\n"
	             "reading /sched/goroutines:goroutines 9\n"
	             "reading exposition.series 1\n");
}

static void a_range_is_a_capture_for_each_time(void **state)
{
	read_answer(
		*state,
		ANSWER("matrix")
			CART("go_goroutines") "\"values\":[[1795223187,\"85\"],[1795223202,\"86\"]]}," CART(
				"process_resident_memory_bytes") "\"values\":[[1795223187,\"4096\"]]}]}}");

	assert_facts(*state, "capture memstats (query) time=2026-11-21T01:06:27Z service=cart "
	                     "instance=a:80\n"
	                     "reading /sched/goroutines:goroutines 85\n"
	                     "reading process.rss 4096\n"
	                     "reading exposition.series 2\n"
	                     "capture memstats (query) time=2026-11-21T01:06:42Z service=cart "
	                     "instance=a:80\n"
	                     "reading /sched/goroutines:goroutines 86\n"
	                     "reading exposition.series 1\n");
}

static void lines_of_an_export_have_their_times_beside_the_values(void **state)
{
	struct ll_facts *const facts = *state;

	read_answer(
		facts,
		CART("go_goroutines") "\"values\":[85,null,86],"
				      "\"timestamps\":[1795223187000,1795223188000,1795223189000]}\n" CART(
					      "go_threads") "\"values\":[7],\"timestamps\":[1795223187000]}\n");

	assert_int_equal(facts->count, 2);
	assert_facts(facts, "capture memstats (query) time=2026-11-21T01:06:27Z service=cart "
	                    "instance=a:80\n"
	                    "reading /sched/goroutines:goroutines 85\n"
	                    "reading process.threads 7\n"
	                    "reading exposition.series 2\n"
	                    "capture memstats (query) time=2026-11-21T01:06:29Z service=cart "
	                    "instance=a:80\n"
	                    "reading /sched/goroutines:goroutines 86\n"
	                    "reading exposition.series 1\n");
}

static void what_jq_cuts_out_is_read_and_labels_keep_their_quotes(void **state)
{
	struct ll_facts *const facts = *state;

	read_answer(facts, "[\n  {\n    \"metric\": {\n      \"__name__\": \"go_goroutines\",\n"
	                   "      \"job\": \"a \\\"b\\\" \\\\ \\u00e4\"\n    },\n"
	                   "    \"value\": [\n      1795223187,\n      \"85\"\n    ]\n  }\n]\n");

	assert_fact(facts, "capture memstats (query) time=2026-11-21T01:06:27Z "
	                   "service=a \"b\" \\ \xc3\xa4");
}

static void results_of_an_expression_are_not_taken_for_the_metric(void **state)
{
	assert_refused(*state,
	               ANSWER("vector") "{\"metric\":{\"job\":\"cart\"},"
	                                "\"value\":[1795223187,\"8192\"]}]}}",
	               "results of an expression, without the name of what they are: query the "
	               "metric itself");

	read_answer(*state, ANSWER("vector") "{\"metric\":{},\"value\":[1795223187,\"1\"]}," CART(
				    "go_goroutines") "\"value\":[1795223187,\"85\"]}]}}");
	assert_fact(*state, "note 0 results of expressions, without a name, are passed over");
}

static void an_answer_without_numbers_of_go_says_so(void **state)
{
	assert_refused(*state, ANSWER("vector") "]}}",
	               "an answer of Prometheus without a series: the query failed, or found "
	               "nothing");
	assert_refused(*state, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"}",
	               "an answer of Prometheus without a series: the query failed, or found "
	               "nothing");
	assert_refused(*state, ANSWER("vector") CART("up") "\"value\":1}]}}",
	               "line 1: malformed answer to a query");
}

static void what_came_before_the_damage_is_kept(void **state)
{
	read_answer(*state, ANSWER("matrix")
	                            CART("go_goroutines") "\"values\":[[1795223187,\"85\"],[17952");

	assert_facts(*state, "capture memstats (query) time=2026-11-21T01:06:27Z service=cart "
	                     "instance=a:80\n"
	                     "reading /sched/goroutines:goroutines 85\n"
	                     "reading exposition.series 1\n"
	                     "note 0 the answer breaks off, or is malformed\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(one_value_of_each_series_is_a_capture_of_each_target),
		test(a_range_is_a_capture_for_each_time),
		test(lines_of_an_export_have_their_times_beside_the_values),
		test(what_jq_cuts_out_is_read_and_labels_keep_their_quotes),
		test(results_of_an_expression_are_not_taken_for_the_metric),
		test(an_answer_without_numbers_of_go_says_so),
		test(what_came_before_the_damage_is_kept),
	};

	return cmocka_run_group_tests_name("capture.fmt_prometheus_api", tests, NULL, NULL);
}
