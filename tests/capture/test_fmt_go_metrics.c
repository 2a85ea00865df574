/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_metrics(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "metrics.json", &err), &err);
	assert_string_equal(facts->format->id, "go-metrics");
}

static void gauges_of_the_runtime_are_known_and_others_keep_their_labels(void **state)
{
	read_metrics(*state,
	             "{\"Timestamp\": \"2023-11-14 22:13:20 +0000 UTC\", \"Gauges\": ["
	             "{\"Name\":\"consul.node-1.runtime.alloc_bytes\",\"Value\":5e6,\"Labels\":{}},"
	             "{\"Name\":\"consul.node-1.runtime.num_goroutines\",\"Value\":42},"
	             "{\"Name\":\"consul.cache.entries\",\"Value\":7,"
	             "\"Labels\":{\"z\":\"1\",\"a\":\"\\\"\"}}],"
	             "\"Counters\":[{\"Name\":\"x\",\"Count\":1}],\"Samples\":[]}");

	assert_facts(*state, "capture memstats (go-metrics) time=2023-11-14T22:13:20Z "
	                     "program=consul\n"
	                     "scalar Alloc 5000000\nscalar HeapAlloc 5000000\n"
	                     "reading /sched/goroutines:goroutines 42\n"
	                     "reading consul.cache.entries {\"a\":\"\\\"\",\"z\":\"1\"} 7\n");
}

static void several_answers_are_several_captures(void **state)
{
	static const char one[] = "{\"Timestamp\":\"2023-11-14T22:13:20Z\",\"Gauges\":["
				  "{\"Name\":\"vault.runtime.heap_objects\",\"Value\":3}]}";
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_printf(&text, "%s\n%s\n", one, one);
	read_metrics(*state, text.data);
	assert_int_equal(((struct ll_facts *)*state)->count, 2);

	ll_buf_clear(&text);
	ll_buf_printf(&text, "[%s,%s,{\"Timestamp\":\"\",\"Gauges\":[]},%s]", one, one, one);
	read_metrics(*state, text.data);
	assert_int_equal(((struct ll_facts *)*state)->count, 3);
	assert_fact(*state,
	            "capture memstats (go-metrics) time=2023-11-14T22:13:20Z program=vault");
}

static void other_gauges_are_kept_up_to_a_ceiling(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "{\"Timestamp\":\"\",\"Gauges\":[{\"Name\":\"a.b\",\"Value\":1}");
	for (int i = 0; i < 400; i++)
		ll_buf_printf(&text, ",{\"Name\":\"a.b%d\",\"Value\":1}", i);
	ll_buf_puts(&text, "]}");
	read_metrics(facts, text.data);

	assert_int_equal(facts->captures[0].readings, 256);
}

static void what_breaks_off_is_noted_or_refused(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	read_metrics(*state,
	             "[{\"Timestamp\":\"\",\"Gauges\":[{\"Name\":\"a.b\",\"Value\":1}]},\n{");
	assert_fact(*state, "note 0 line 2: malformed JSON");

	assert_int_equal(
		ll_facts_read(*state, ll_str("{\"Timestamp\":\"\",\"Gauges\":[]}"), "x", &err),
		LL_E_FORMAT);
	assert_string_equal(err.text, "go-metrics without a gauge");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(gauges_of_the_runtime_are_known_and_others_keep_their_labels),
		test(several_answers_are_several_captures),
		test(other_gauges_are_kept_up_to_a_ceiling),
		test(what_breaks_off_is_noted_or_refused),
	};

	return cmocka_run_group_tests_name("capture.fmt_go_metrics", tests, NULL, NULL);
}
