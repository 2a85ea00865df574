/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void pauses_become_collections_with_their_numbers(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_facts_read(*state,
	                        ll_str("{\"LastGC\":\"2023-11-14T22:13:20.5Z\",\"NumGC\":7,"
	                               "\"PauseTotal\":5000,\"Pause\":[400,300],\"PauseEnd\":["
	                               "\"2023-11-14T22:13:20.5Z\",\"2023-11-14T23:13:10+01:00\"],"
	                               "\"PauseQuantiles\":null}"),
	                        "gc.json", &err),
	          &err);

	assert_facts(*state, "capture memstats (gcstats) after=2023-11-14T22:13:20.500000000Z\n"
	                     "scalar LastGC 1700000000500000000\n"
	                     "scalar PauseTotalNs 5000\n"
	                     "scalar NumGC 7\n"
	                     "gc 6 ring at=2023-11-14T22:13:10Z pause=300\n"
	                     "gc 7 ring at=2023-11-14T22:13:20.500000000Z pause=400\n");
}

static void a_process_without_a_collection_has_none(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_facts_read(*state,
	                        ll_str("{\"LastGC\":\"0001-01-01T00:00:00Z\",\"NumGC\":0,"
	                               "\"PauseTotal\":0,\"Pause\":[],\"PauseEnd\":[]}"),
	                        "gc.json", &err),
	          &err);

	assert_facts(*state, "capture memstats (gcstats)\nscalar PauseTotalNs 0\nscalar NumGC 0\n");
}

static void what_is_not_whole_is_refused(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"{\"LastGC\":\"\",\"NumGC\":\"x\",\"PauseTotal\":0,\"PauseEnd\":[]}",
	         "JSON without NumGC and PauseTotal: not debug.GCStats"},
		{"{\"LastGC\":\"\",\"NumGC\":-1,\"PauseTotal\":0,\"PauseEnd\":[]}",
	         "JSON without NumGC and PauseTotal: not debug.GCStats"},
		{"{\"LastGC\":\"\",\"NumGC\":99999999999,\"PauseTotal\":0,\"PauseEnd\":[]}",
	         "JSON without NumGC and PauseTotal: not debug.GCStats"},
		{"{\"LastGC\":\"\",\n\"NumGC\":1,\"PauseTotal\":0,\"PauseEnd\":[",
	         "line 2: malformed JSON"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(rows[i].text), "gc.json", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(pauses_become_collections_with_their_numbers),
		test(a_process_without_a_collection_has_none),
		test(what_is_not_whole_is_refused),
	};

	return cmocka_run_group_tests_name("capture.fmt_gcstats", tests, NULL, NULL);
}
