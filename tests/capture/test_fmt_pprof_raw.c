/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

#define RAW                                                                                        \
	"PeriodType: space bytes\nPeriod: 524288\n"                                                \
	"Time: 2026-11-21 01:06:27.5 +0100 CET\n"                                                  \
	"Samples:\n"                                                                               \
	"alloc_objects/count alloc_space/bytes inuse_objects/count inuse_space/bytes[dflt]\n"      \
	"         4    2488234          1     829411: 1 2 \n"                                      \
	"                bytes:[524288 bytes]\n"                                                   \
	"         1         16          1         16: 2 \n"                                        \
	"                job:[nightly run] tenant:[acme]\n"                                        \
	"Locations\n"                                                                              \
	"     1: 0x44cb2 M=1 main.(*G[go.shape.string,interface {}]).Put /src/a b/put.go:31:7 "    \
	"s=9\n"                                                                                    \
	"             main.outer /src/put.go:40 s=38\n"                                            \
	"     2: 0x45044 M=1 main.main main.go:9:0 s=3(main_main)\n"                               \
	"Mappings\n"                                                                               \
	"1: 0x400000/0x5ba000/0x0 /usr/bin/app 1a2b3c [FN]\n"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "pprof-raw", "heap.txt", text);
}

static void a_whole_profile_comes_out_of_its_text(void **state)
{
	read_text(*state, RAW);

	assert_facts(*state,
	             "capture heap (raw) time=2026-11-21T00:06:27.500000000Z period=524288 "
	             "program=/usr/bin/app build=1a2b3c "
	             "types=alloc_objects/count,alloc_space/bytes,inuse_objects/count,inuse_space/"
	             "bytes\n"
	             "sample main.(*G[go.shape.string,interface {}]).Put put.go:31 < main.outer "
	             "put.go:40 < main.main main.go:9 | 4 2488234 1 829411 | block 524288\n"
	             "sample main.main main.go:9 | 1 16 1 16 | {\"job\":\"nightly "
	             "run\",\"tenant\":\"acme\"}\n");
}

static void a_page_may_indent_it(void **state)
{
	ll_facts_read_as(*state, "pprof-raw", "raw.md",
	                 "    PeriodType: goroutine count\n    Period: 1\n    Samples:\n"
	                 "    goroutine/count\n              7: 1 \n    Locations\n"
	                 "         1: 0x2 main.run /src/main.go:9:0 s=3\n\n    Mappings\n");

	assert_fact(*state, "goroutines 7 running: main.run main.go:9");
}

static void goroutines_become_groups(void **state)
{
	read_text(*state, "PeriodType: goroutine count\nPeriod: 1\nSamples:\ngoroutine/count\n"
	                  "          7: 1 3 2 \n"
	                  "Locations\n"
	                  "     3: 0x3 runtime.chanrecv1 /go/src/runtime/chan.go:1:0 s=0\n"
	                  "     1: 0x1 runtime.gopark /go/src/runtime/proc.go:1:0 s=0\n"
	                  "     2: 0x2 main.run /src/main.go:9:0 s=3\nMappings\n");

	assert_fact(*state, "goroutines 7 chan receive: main.run main.go:9");
}

static void a_duration_makes_a_difference_of_two_snapshots(void **state)
{
	static const struct {
		const char *text;
		const char *duration;
	} rows[] = {
		{"4h35", "16500000000000"},
		{"1m30", "90000000000"},
		{"30.0", "30000000000"},
		{"20ms", "20000000"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		char text[300], expected[120];

		(void)snprintf(text, sizeof text,
		               "PeriodType: space bytes\nPeriod: 1\nDuration: %s\nSamples:\n"
		               "inuse_space/bytes\n 7: 1\nLocations\n"
		               "     1: 0x1 main.main /src/main.go:9:0 s=0\nMappings\n",
		               rows[i].text);
		read_text(*state, text);
		(void)snprintf(expected, sizeof expected,
		               "capture heap (delta) delta duration=%s period=1 "
		               "types=inuse_space/bytes",
		               rows[i].duration);
		assert_fact(*state, expected);
	}
}

static void lines_that_do_not_parse_are_noted(void **state)
{
	read_text(*state, "PeriodType: cpu nanoseconds\nPeriod: 1\nSamples:\ncpu/nanoseconds\n"
	                  "          7: 1\n          x: 1\n          7 8: 1\n"
	                  "Locations\n"
	                  "     1: 0x1 M=1\n     what\n     5: here\n"
	                  "Mappings\n"
	                  "1: 0x1/0x2 x\n");

	assert_facts(*state, "capture cpu (raw) foreign period=1 types=cpu/nanoseconds\n"
	                     "sample 0x1 | 7\n"
	                     "note 6 5 lines were not understood\n");
}

static void a_text_that_breaks_off_is_refused(void **state)
{
	static const struct {
		const char *end, *reason;
	} rows[] = {
		{"Locations", "line 9: the text ends before its locations"},
		{"Mappings", "line 13: the text ends before its mappings"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;
		const struct ll_str text =
			ll_str_first(ll_str(RAW), ll_str_find(ll_str(RAW), rows[i].end));

		assert_int_equal(ll_facts_read(*state, text, "x", &err), LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
}

static void a_sample_of_nowhere_is_refused(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_facts_read(*state,
	                               ll_str("PeriodType: cpu nanoseconds\nPeriod: 1\nSamples:\n"
	                                      "cpu/nanoseconds\n          7: 9\nLocations\n"
	                                      "Mappings\n"),
	                               "x", &err),
	                 LL_E_FORMAT);
	assert_string_equal(err.text, "sample 1 refers to a location that does not exist");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_whole_profile_comes_out_of_its_text),
		test(a_page_may_indent_it),
		test(goroutines_become_groups),
		test(a_duration_makes_a_difference_of_two_snapshots),
		test(lines_that_do_not_parse_are_noted),
		test(a_text_that_breaks_off_is_refused),
		test(a_sample_of_nowhere_is_refused),
	};

	return cmocka_run_group_tests_name("capture.fmt_pprof_raw", tests, NULL, NULL);
}
