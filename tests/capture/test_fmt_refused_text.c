/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of other tools are called what they are, and never hide a capture. */
#include "facts.h"
#include "support.h"

static const struct {
	const char *id, *text;
} rows[] = {
	{"delve", "(dlv) goroutines\n* Goroutine 1 - User: ./main.go:7 main.main (0x10a)\n"},
	{"delve",
         "  Goroutine 7 - Runtime: /go/proc.go:38 runtime.gopark (0x1) [chan receive 9]\n"},
	{"folded", "main.main;main.work 12\nmain.main;main.(*T).f;runtime.mallocgc 524288\n"},
	{"metric-lines", "cart,host=web-1 heap_alloc=8192i,sys=9i 1795223187000000000\n"},
	{"metric-lines", "cart.heap.alloc:8192|g\ncart.requests:1|c|@0.1|#env:prod\n"},
	{"metric-lines", "servers.cart.heap 8192 1795223187\nservers.cart.sys 9e3 1795223187\n"},
	{"otlp", "{\"resourceMetrics\":[{\"scopeMetrics\":[]}]}\n"},
	{"otlp", "2026-11-21T01:06:27Z\tinfo\tResourceMetrics #0\nResource attributes:\n"},
	{"container-part", "  lastState:\n    terminated:\n      reason: OOMKilled\n"},
	{"container-part", "\"State\": {\n  \"OOMKilled\": true,\n  \"ExitCode\": 137\n}\n"},
	{"pprof-report", "ROUTINE ======================== main.f in /src/f.go\n"},
	{"pprof-report", "(pprof) top10\nTotal: 25 samples\n"},
	{"pprof-report", "digraph \"cart\" {\nlabel=\"Showing nodes accounting for 5MB\"\n}\n"},
	{"screen", "app 59 12.4 28.7 2894112 1187200 ? Sl Feb12 102:10 /srv/cart\n"
                   "app 60  0.0  0.7   94112    7200 pts/0 S 10:11 0:00 sh\n"},
	{"screen", "7:   /srv/cart\nAddress           Kbytes     RSS   Dirty Mode  Mapping\n"},
};

static void each_is_known_by_its_own_words(void **state)
{
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_facts *const facts = *state;
		struct ll_error err = LL_ERROR_INIT;

		ll_facts_clear(facts);
		assert_int_equal(ll_facts_read(facts, ll_str(rows[i].text), "x", &err),
		                 LL_E_FORMAT);
		assert_non_null(facts->format);
		assert_string_equal(facts->format->id, rows[i].id);
		assert_string_equal(err.text, facts->format->refusal);
	}
}

static void a_capture_behind_any_of_them_is_read(void **state)
{
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(&text, "%s\ngoroutine 7 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n",
		              rows[i].text);
		ll_facts_clear(*state);
		assert_ok(ll_facts_read(*state, ll_buf_str(&text), "x", &err), &err);
		assert_fact(*state, "goroutines 1 select: main.f f.go:1");
	}
}

static void what_only_resembles_them_is_none(void **state)
{
	static const char *const texts[] = {
		"a;b 1\n",
		"x=1;y=2 7\nx=1;y=2 8\n",
		"cart.heap:many|g\n",
		"servers.cart.heap 8192 12:06\n",
		"hello, world=1 12\n",
		"app 59 12.4 28.7 2894112 1187200 ? Sl Feb12 102:10 /srv/cart\n",
		"a goroutine - User: me\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
		assert_string_equal(err.text, "no known capture format");
	}
}

static void a_whole_object_behind_a_command_is_no_part(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_facts_read(*state,
	                        ll_str("$ kubectl get pod -o json cart-0\n"
	                               "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":"
	                               "{\"name\":\"cart-0\"},\"status\":{\"containerStatuses\":"
	                               "[{\"lastState\":{}}]}}\n"),
	                        "x", &err),
	          &err);

	assert_null(strstr(((struct ll_facts *)*state)->text.data, "not read"));
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(each_is_known_by_its_own_words),
		test(a_capture_behind_any_of_them_is_read),
		test(what_only_resembles_them_is_none),
		test(a_whole_object_behind_a_command_is_no_part),
	};

	return cmocka_run_group_tests_name("capture.fmt_refused_text", tests, NULL, NULL);
}
