/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_findings.c - findings over several runs: states, what is kept and what is not, stages, and
 * that the same facts always give the same findings.
 */
#include "case_file.h"
#include "ledgers.h"

#include <leakledger/file.h>

static void write_case(const char *directory, const char *text)
{
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(test_case_parse(ll_str(text), &test_case, &err), &err);
	test_case_write(&test_case, directory);
	test_case_done(&test_case);
}

/* What has come since the last run is read and judged. */
static struct ll_analyze_result go_on(struct test_ledger *t, const char *text)
{
	write_case(t->root, text);
	(void)test_ledger_ingest(t, 1);
	return test_ledger_analyze(t);
}

#define PUT                                                                                        \
	"heap example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:31 < "                    \
	"main.main@/src/shop/main.go:9 | size=4096; "
#define PUMP                                                                                       \
	"goroutines example.com/shop/hub.(*Hub).pump@/src/shop/hub/hub.go:75 | "                   \
	"by=example.com/shop/hub.New@/src/shop/hub/hub.go:20; "

static const char states[] = "SELECT class, file || ':' || line, state FROM v_finding ORDER BY 2";

/* -------------------------------------------------------------------------- states */

static void a_leak_goes_from_new_to_same_worse_fixed_and_regressed(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24 build=b1\n" PUT "live=10+5\n");
	assert_rows(t, states, "object|shop/cart/store.go:31|new\n");

	(void)go_on(t, "service shop\nprocess pod-1 start=24h captures=24 build=b1\n" PUT
	               "live=130+5; born=130+5\n");
	assert_rows(t, states, "object|shop/cart/store.go:31|same\n");

	(void)go_on(t, "service shop\nprocess pod-1 start=48h captures=36 build=b1\n" PUT
	               "live=250+60; born=250+60\n");
	assert_rows(t, states, "object|shop/cart/store.go:31|worse\n");

	(void)go_on(t, "service shop\nprocess pod-1 start=90h captures=40 build=b2\n" PUT
	               "live=30~2; born=30+40\n");
	assert_rows(t, states, "object|shop/cart/store.go:31|fixed\n");

	(void)go_on(t, "service shop\nprocess pod-1 start=140h captures=40 build=b3\n" PUT
	               "live=10+20\n");
	assert_rows(t, states, "object|shop/cart/store.go:31|regressed\n");
}

static void what_each_judgment_said_is_kept(void **state)
{
	struct test_ledger *const t = *state;
	static const char history[] =
		"SELECT state, score > 0, growth_bytes_per_day > 0 FROM v_finding_history"
		" ORDER BY judged_ns";

	(void)go_on(t, "service shop\nprocess pod-1 captures=24 build=b1\n" PUT "live=10+5\n");
	(void)go_on(t, "service shop\nprocess pod-1 start=24h captures=24 build=b1\n" PUT
	               "live=130+5; born=130+5\n");
	(void)go_on(t, "service shop\nprocess pod-1 start=50h captures=40 build=b2\n" PUT
	               "live=30~2; born=30+40\n");

	assert_rows(t, history, "new|1|1\nsame|1|1\nfixed|1|1\n");
	(void)test_ledger_analyze(t);
	assert_rows(t, history, "new|1|1\nsame|1|1\nfixed|1|1\n");
}

static void the_build_that_brought_the_leak_is_named(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\n"
	               "process pod-1 captures=24 build=b1\n" PUT "live=30~3; born=30+40\n"
	               "process pod-1 start=30h captures=24 build=b2\n" PUT "live=10+9\n");

	assert_rows(t, "SELECT state, first_bad_build FROM v_finding", "new|b2\n");
}

static void a_finding_keeps_its_id_when_captures_come(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf before, after;

	ll_buf_init(&before, LL_BUF_MESSAGE);
	ll_buf_init(&after, LL_BUF_MESSAGE);
	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n");
	test_ledger_rows(t, "SELECT id, class FROM v_finding", &before);
	(void)go_on(t, "service shop\nprocess pod-1 start=24h captures=12\n" PUT
	               "live=130+5; born=130+5\n");
	test_ledger_rows(t, "SELECT id, class FROM v_finding", &after);

	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	ll_buf_done(&before);
	ll_buf_done(&after);
}

static void a_pile_of_goroutines_that_is_gone_is_fixed(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24 build=b1\n" PUT "live=9\n" PUMP
	               "count=4+5\n");
	assert_rows(t, states, "goroutine|shop/hub/hub.go:75|new\n");

	(void)go_on(t, "service shop\nprocess pod-1 start=30h captures=60 build=b2\n" PUT
	               "live=9\n" PUMP "count=4\n");

	assert_rows(t, states, "goroutine|shop/hub/hub.go:75|fixed\n");
	assert_rows(t, "SELECT time_to_limit_ns IS NULL FROM v_finding", "1\n");
}

static void what_the_newest_build_does_not_show_at_all_is_fixed_at_first_sight(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\n"
	               "process pod-1 captures=24 build=b1\n" PUT "live=9\n" PUMP "count=4+5\n"
	               "process pod-1 start=30h captures=20 build=b2\n" PUT "live=9\n"
	               "goroutines shop.idle@/src/shop/idle.go:9 | count=3; state=select\n");

	assert_rows(t, states, "goroutine|shop/hub/hub.go:75|fixed\n");
}

static void stricter_settings_on_the_same_captures_take_a_finding_back(void **state)
{
	struct test_ledger *const t = *state;
	char *const overrides = ll_test_scratch();
	struct ll_resources *stricter = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf text;
	struct ll_analyze_result result;
	char *at;

	assert_int_equal(
		go_on(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n").findings,
		1);
	ll_test_read("sql/analyzers/heap/site_growth.sql", &text);
	at = strstr(text.data, "sg.captures >= :min");
	assert_non_null(at);
	/* Never true from now on. */
	memcpy(at, "sg.captures <  :min", 19);
	free(ll_test_write(overrides, "sql/analyzers/heap/site_growth.sql", ll_buf_str(&text)));
	ll_buf_done(&text);
	/* Nor may the growth be called that no line explains. */
	ll_test_read("sql/analyzers/memory/heap_growth.sql", &text);
	at = strstr(text.data, "-- gate:       rest\n");
	assert_non_null(at);
	memcpy(at, "-- gate:       no. ", 19);
	free(ll_test_write(overrides, "sql/analyzers/memory/heap_growth.sql", ll_buf_str(&text)));
	ll_buf_done(&text);
	assert_ok(ll_resources_open(overrides, &stricter, &err), &err);
	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	assert_ok(ll_ledger_open(t->path, LL_LEDGER_WRITE, stricter, &t->ledger, &err), &err);

	result = test_ledger_analyze(t);

	assert_int_equal(result.services, 1);
	assert_int_equal(result.findings, 0);
	assert_int_equal(result.changed, 1);
	assert_rows(t, "SELECT count(*) FROM finding", "0\n");
	assert_rows(t, "SELECT count(*) FROM finding_history", "0\n");
	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	ll_resources_close(stricter);
	ll_test_scratch_done(overrides);
}

/* ----------------------------------------------------------------- what is judged */

static void only_services_with_new_facts_are_judged(void **state)
{
	struct test_ledger *const t = *state;

	assert_int_equal(go_on(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n"
	                          "service mail\nprocess pod-1 captures=24\n" PUT "live=11+6\n")
	                         .services,
	                 2);

	assert_int_equal(test_ledger_analyze(t).services, 0);
	assert_int_equal(go_on(t, "service mail\nprocess pod-1 start=24h captures=1\n" PUT
	                          "live=200; born=200\n")
	                         .services,
	                 1);
}

static void the_growth_of_one_service_says_nothing_of_another(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n"
	               "service mail\nprocess pod-1 captures=24\n" PUT "live=40~3; born=40+30\n");

	assert_rows(t, "SELECT service FROM v_finding", "shop\n");
}

/* A map that doubles twice has no rate: half of all pairs of captures show none. */
static void what_grows_in_leaps_has_levels_and_no_rate(void **state)
{
	struct test_ledger *const t = *state;
#define SEEN                                                                                       \
	"heap example.com/shop/seen.(*Filter).Once@/src/shop/seen/seen.go:37 < "                   \
	"main.main@/src/shop/main.go:9 | "

	(void)go_on(t, "service shop\nprocess pod-1 captures=40\n" SEEN
	               "size=8650752; live=0+1<1>0; born=0+1<1>0\n" SEEN
	               "size=17301504; live=0+1<8>7; born=0+1<8>7\n" SEEN
	               "size=34603008; live=0+1<38>37; born=0+1<38>37\n");

	assert_rows(t,
	            "SELECT summary, "
	            "instr(explanation, 'for which no rate can be given') > 0, "
	            "instr(explanation, ' 0 B an hour') FROM v_finding",
	            "shop: objects made in seen.(*Filter).Once (seen.go:37) keep growing in leaps, "
	            "from 8.25 MiB to 24.8 MiB|1|0\n");
	assert_rows(t, "SELECT growth_bytes_per_day IS NULL, growth_per_day IS NULL FROM v_finding",
	            "1|1\n");
}

/* A map of large objects is a hundredth of them; people count the objects. */
static void what_a_container_keeps_is_told_and_counted_with_it(void **state)
{
	struct test_ledger *const t = *state;
#define ADD                                                                                        \
	"heap example.com/shop/proof.(*Archive).Add@/src/shop/proof/keep.go:14 < "                 \
	"example.com/shop/api.handle@/src/shop/api/api.go:26 < main.main@/src/shop/main.go:9 | "

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n"
	               "heap example.com/shop/api.handle@/src/shop/api/api.go:25 < "
	               "main.main@/src/shop/main.go:9 | size=4096; live=10+12\n" ADD
	               "size=135168; live=0; born=1\n" ADD "size=270336; live=1; born=1\n" ADD
	               "size=540672; live=0+0.26<4; born=0+0.26<4\n" ADD
	               "size=1081344; live=0+0.13<8; born=0+0.13<8\n" ADD
	               "size=2162688; live=0+0.085<12; born=0+0.085<12\n" ADD
	               "size=4325376; live=0+0.0626<16; born=0+0.0626<16\n" ADD
	               "size=8650752; live=0+0.0501<20; born=0+0.0501<20\n");

	assert_rows(
		t,
		"SELECT class, line, summary LIKE 'shop: the map that is filled in "
		"proof.(*Archive).Add (keep.go:14) keeps growing%, and what it keeps, made in "
		"api.handle (api.go:25), by % MiB an hour', "
		"explanation LIKE '%What it keeps is allocated elsewhere: memory from api.handle "
		"(api.go:25), %' FROM v_finding",
		"map|14|1|1\n");
	assert_rows(t,
	            "SELECT f.last_bytes > 140e6, f.last_count BETWEEN 30000 AND 40000, "
	            "f.growth_per_day = p.growth_per_day FROM v_finding AS f "
	            "JOIN v_finding_place AS p ON p.id = f.id AND p.line = 25",
	            "1|1|1\n");
}

/* What to do is to find out where, not to mend a line that nobody knows. */
static void growth_without_a_place_asks_for_the_captures_that_tell_it(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service orders\nprocess pod-1 captures=40\nmemstats live=32M+1M~1M\n");

	assert_rows(
		t, "SELECT kind, class, line, remedy LIKE 'Capture heap profiles %' FROM v_finding",
		"service|object|0|1\n");
}

/* Tables of one size, two made for each that lives: a map since Go 1.24, and none before. */
static void a_kind_of_map_that_the_version_lacks_is_no_map(void **state)
{
	struct test_ledger *const t = *state;
	static const char class[] = "SELECT class FROM v_finding";

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n"
	               "heap example.com/shop/log.(*Log).Add@/src/shop/log/log.go:40 < "
	               "main.main@/src/shop/main.go:9 | size=18432; live=10+4; born=20+8\n");
	assert_rows(t, class, "map\n");

	test_ledger_write(t, "shop/pod-1/metrics-1772366400.txt",
	                  ll_str("# TYPE go_info gauge\n"
	                         "go_info{version=\"go1.22.3\"} 1\n"
	                         "# TYPE go_goroutines gauge\n"
	                         "go_goroutines 7\n"));
	(void)test_ledger_ingest(t, 1);
	(void)test_ledger_analyze(t);
	assert_rows(t, class, "slice\n");
}

static void where_to_look_is_no_finding_and_goes_when_a_series_can_judge(void **state)
{
	struct test_ledger *const t = *state;
	static const char shown[] =
		"SELECT class, file || ':' || line, wait_reason, severity, state,"
		" is_look FROM v_finding_or_look";

	(void)go_on(t, "service shop\nprocess pod-1 captures=1 build=b1\n" PUMP
	               "count=3; state=chan receive\n");
	assert_rows(t, shown, "goroutine|shop/hub/hub.go:75|chan receive|info|new|1\n");
	assert_rows(t, states, "");
	assert_rows(t, "SELECT id FROM v_finding_history", "");
	assert_rows(t,
	            "SELECT verdict, findings, reason GLOB '*shop/hub/hub.go:75 (chan receive)'"
	            " FROM v_service",
	            "not enough evidence|0|1\n");

	(void)go_on(t, "service shop\nprocess pod-1 start=1h captures=4 build=b1\n" PUMP
	               "count=3; state=chan receive\n");
	assert_rows(t, shown, "");
	assert_rows(t, "SELECT verdict FROM v_service", "no leak found\n");
}

static void where_memory_rose_is_no_finding_and_goes_when_a_series_can_judge(void **state)
{
	struct test_ledger *const t = *state;
	static const char shown[] = "SELECT class, file || ':' || line, state, score, is_look"
				    " FROM v_finding_or_look";

	(void)go_on(t, "service shop\nprocess pod-1 captures=2 build=b1\n" PUT "live=100+60\n");
	assert_rows(t, shown, "object|shop/cart/store.go:31|new|0|1\n");
	assert_rows(t,
	            "SELECT explanation GLOB 'What the profiles show: from the first to the *',"
	            " remedy GLOB 'Take /debug/pprof/heap again*' FROM v_finding_or_look",
	            "1|1\n");
	assert_rows(t, "SELECT id FROM v_finding UNION ALL SELECT id FROM v_finding_history", "");
	assert_rows(t, "SELECT verdict, reason GLOB '*:31 (memory in use)' FROM v_service",
	            "not enough evidence|1\n");

	/* Four of five are past the warm-up: other analyzers have their say of the line as well. */
	(void)go_on(t,
	            "service shop\nprocess pod-1 start=2h captures=3 build=b1\n"
	            "escape # example.com/shop\n"
	            "escape shop/cart/store.go:31:12: make(map[string]*Item) escapes to heap\n" PUT
	            "live=220+60\n");
	assert_rows(t, shown, "map|shop/cart/store.go:31|new|0|1\n");
	assert_rows(t, "SELECT verdict, findings FROM v_service", "growing|0\n");

	(void)go_on(t,
	            "service shop\nprocess pod-1 start=5h captures=12 build=b1\n" PUT "live=400\n");
	assert_rows(t, shown, "");
	assert_rows(t, "SELECT verdict FROM v_service", "no leak found\n");
}

static void the_verdict_on_a_service_says_no_more_than_its_findings(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service leaks\nprocess pod-1 captures=24\n" PUT "live=10+5\n"
	               "service presses\nprocess pod-1 captures=24\n"
	               "memstats live=64M~1M; gcs=300+720; alloc=1M+50000M; rate=12\n"
	               "service moves\nprocess pod-1 captures=40\n" PUT
	               "live=500~20; born=500+100\nmemstats live=52M+2M~1M; next=64M+3M\n"
	               "service stands\nprocess pod-1 captures=24\nmemstats live=64M~1M\n"
	               "service fresh\nprocess pod-1 captures=1\nmemstats live=64M\n");

	assert_rows(t, "SELECT service, verdict, reason IS NULL FROM v_service ORDER BY service",
	            "fresh|not enough evidence|0\n"
	            "leaks|leaks|1\n"
	            "moves|growing|0\n"
	            "presses|needs attention|1\n"
	            "stands|no leak found|1\n");
}

static void captures_of_a_build_that_does_not_count_are_no_evidence(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\n"
	               "process pod-1 captures=40 build=b1\n" PUT "live=30~3; born=30+40\n" PUMP
	               "count=30~3; state=IO wait\n"
	               "process pod-2 start=50h captures=24 build=b2\n" PUT "live=10+9\n" PUMP
	               "count=10+9; state=chan receive\n");

	assert_rows(t,
	            "SELECT DISTINCT ve.analyzer, c.instance"
	            " FROM v_evidence AS ve JOIN v_evidence_capture AS ec USING (id, ordinal)"
	            " JOIN v_capture AS c USING (capture_id) ORDER BY 1, 2",
	            "goroutine.cluster_growth|pod-2\nheap.site_growth|pod-2\n");
}

static void every_piece_of_evidence_names_an_analyzer_a_term_and_its_captures(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n");

	assert_rows(t,
	            "SELECT count(*) > 3, min(length(analyzer) > 0), min(length(detail) > 0),"
	            " min(json_valid(data)) FROM v_evidence",
	            "1|1|1|1\n");
	assert_rows(t,
	            "SELECT e.analyzer FROM v_evidence AS e JOIN v_evidence_capture AS c"
	            " USING (id, ordinal) GROUP BY e.analyzer",
	            "heap.site_growth\n");
	/* Those of the warm-up are not among them. */
	assert_rows(t, "SELECT count(*) FROM v_evidence_capture", "23\n");
}

/* --------------------------------------------------------------------------- stages */

static void every_layer_that_ran_has_a_stage_with_what_it_consumed_and_made(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n"
	               "memstats live=40M+2.5M\n" PUMP "count=4~1\n");

	assert_rows(t,
	            "SELECT layer, status, reason, length(input), length(output) FROM v_stage"
	            " ORDER BY layer",
	            "L1|done||32|32\nL2|done||32|32\nL3|done||32|32\nL4|done||32|32\n"
	            "L5|done||32|32\n");
	assert_rows(t, "SELECT count(DISTINCT input) FROM v_stage", "5\n");
}

static void a_layer_without_data_says_what_is_missing(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n" PUMP "count=4~1\n");

	assert_rows(t,
	            "SELECT layer, status, reason FROM v_stage WHERE status = 'no-data'"
	            " ORDER BY layer",
	            "L1|no-data|no MemStats or heap profiles; capture MemStats (/debug/vars) or "
	            "/debug/pprof/heap\n"
	            "L2|no-data|no heap profiles; capture /debug/pprof/heap\n"
	            "L5|no-data|no MemStats or readings of the process; capture MemStats "
	            "(/debug/vars) and /proc/PID/status\n");
}

static void a_layer_with_too_few_captures_counts_them(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=2\n" PUT "live=10+5\n");

	assert_rows(
		t, "SELECT reason FROM v_stage WHERE layer = 'L2'",
		"heap profiles: 2, at most 1 of one process after its warm-up; a trend needs 3: "
		"capture /debug/pprof/heap more often\n");
}

static void new_facts_change_what_a_layer_consumed(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf before, after;

	ll_buf_init(&before, LL_BUF_MESSAGE);
	ll_buf_init(&after, LL_BUF_MESSAGE);
	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n");
	test_ledger_rows(t, "SELECT input FROM v_stage WHERE layer = 'L1'", &before);
	(void)go_on(t, "service shop\nprocess pod-1 start=24h captures=1\n" PUT
	               "live=200; born=200\n");
	test_ledger_rows(t, "SELECT input FROM v_stage WHERE layer = 'L1'", &after);

	assert_false(ll_str_equal(ll_buf_str(&before), ll_buf_str(&after)));
	ll_buf_done(&before);
	ll_buf_done(&after);
}

/* --------------------------------------------------------------------- determinism */

static const char fleet[] =
	"service shop\n"
	"escape # example.com/shop/cart\n"
	"escape cart/store.go:31:12: make(map[string]*Item) escapes to heap\n"
	"process pod-1 captures=24 build=b1\n" PUT "live=10+5~2\n"
	"heap example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:34 < "
	"main.main@/src/shop/main.go:9 | size=2048; live=5+2.5\n"
	"memstats live=40M+2.5M\n" PUMP "count=4+5; minutes=0+60\n"
	"process pod-2 captures=24 build=b1\n" PUT "live=12+5~3\n"
	"memstats live=40M+2.5M~1M\n" PUMP "count=6+4; minutes=0+60\n"
	"process pod-2 start=30h captures=24 build=b2\n" PUT "live=12+6~3\n"
	"service mail\n"
	"process pod-1 captures=24\n"
	"goroutines example.com/mail/box.(*Box).wait@/src/mail/box.go:11 | state=chan send; count=3+3\n"
	"heap example.com/mail/box.(*Box).Add@/src/mail/box.go:34 < main.main@/src/mail/main.go:3 | "
	"size=512; live=9+7\n";

/* ------------------------------------------------------------- whole processes */

static void a_finding_about_a_whole_process_has_its_course_and_its_instances(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\n"
	               "memstats live=64M~1M; stack=16M+2M~200k\n");

	assert_rows(t,
	            "SELECT kind, class, function || file, instances, last_bytes > 50000000,"
	            " growth_bytes_low < growth_bytes_per_day AND"
	            " growth_bytes_per_day < growth_bytes_high, growth_per_day IS NULL"
	            " FROM v_finding",
	            "service|stack||[\"pod-1\"]|1|1|1\n");
	assert_rows(t, "SELECT count(*), min(value) > 16000000 FROM v_finding_series", "24|1\n");
	assert_rows(t,
	            "SELECT explanation LIKE '%memory of goroutine stacks of a process rose from"
	            " about%' FROM v_finding",
	            "1\n");
}

/* What a limit costs has no place in the code, so none is named for it. */
static void what_was_seen_of_the_process_beside_a_finding_is_told_in_its_own_words(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, "service shop\nprocess pod-1 captures=60\n"
	               "trace assist=9000; live=60; goal=61; per_s=8\n");

	assert_rows(t,
	            "SELECT class, explanation LIKE '%Seen with it: %goroutines helped for 9 ms%',"
	            " instr(explanation, 'memory from') FROM v_finding",
	            "limit|1|0\n");
}

static void two_findings_about_a_process_are_told_apart_and_keep_their_ids(void **state)
{
	static const char first[] =
		"service shop\nprocess pod-1 captures=24 every=10m\n"
		"memstats live=64M~1M; stack=16M+2M~200k; gcs=100+150; forced=10+120\n";
	static const char then[] =
		"service shop\nprocess pod-1 start=240m captures=12 every=10m\n"
		"memstats live=64M~1M; stack=64M+2M~200k; gcs=3700+150; forced=2890+120; "
		"alloc=2500000000+100000000\n";
	static const char ids[] = "SELECT class, id FROM v_finding ORDER BY class";
	struct test_ledger *const t = *state;
	struct ll_buf before, after;

	ll_buf_init(&before, LL_BUF_MESSAGE);
	ll_buf_init(&after, LL_BUF_MESSAGE);

	(void)go_on(t, first);
	test_ledger_rows(t, ids, &before);
	(void)go_on(t, then);
	test_ledger_rows(t, ids, &after);

	assert_rows(t, "SELECT count(DISTINCT id) FROM v_finding", "2\n");
	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	ll_buf_done(&before);
	ll_buf_done(&after);
}

/* It is found by its topic: a finding of memory at its line is another one. */
static void a_finding_about_a_process_that_names_a_line_keeps_its_id(void **state)
{
	static const char ids[] = "SELECT class, line, id FROM v_finding ORDER BY id";
	struct test_ledger *const t = *state;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf before, after;

	ll_buf_init(&before, LL_BUF_MESSAGE);
	ll_buf_init(&after, LL_BUF_MESSAGE);
	(void)go_on(t, "service shop\nprocess pod-1 captures=40\n"
	               "heap example.com/shop/seen.Once@/src/shop/seen/seen.go:37 | size=4325376; "
	               "live=0+1<1^9; born=0+1<1\n"
	               "heap example.com/shop/seen.Once@/src/shop/seen/seen.go:37 | size=17301504; "
	               "live=0+1<9>8^22; born=0+1<9>8\n"
	               "heap example.com/shop/seen.Once@/src/shop/seen/seen.go:37 | size=34603008; "
	               "live=0+1<22>21; born=0+1<22>21\n"
	               "memstats live=4M+800k~1M\n");
	test_ledger_rows(t, ids, &before);

	assert_ok(ll_analyze(t->ledger,
	                     &(struct ll_analyze_options){.all_services = true,
	                                                  .time_limit_ns = 60 * LL_NS_PER_S},
	                     &result, &err),
	          &err);

	test_ledger_rows(t, ids, &after);
	assert_rows(t, "SELECT count(*), min(kind), min(line) FROM v_finding", "1|service|37\n");
	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	ll_buf_done(&before);
	ll_buf_done(&after);
}

static void the_configured_limit_is_one_that_analyzers_see(void **state)
{
	const struct ll_service_limit limit = {.service = "sh*", .limit_bytes = INT64_C(256) << 20};
	struct test_ledger *const t = *state;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	(void)go_on(t, "service shop\nprocess pod-1 captures=24\nmemstats live=150M~2M\n");
	assert_rows(t, "SELECT class FROM v_finding", "");

	assert_ok(ll_analyze(t->ledger,
	                     &(struct ll_analyze_options){.limits = &limit,
	                                                  .limit_count = 1,
	                                                  .all_services = true,
	                                                  .time_limit_ns = 60 * LL_NS_PER_S},
	                     &result, &err),
	          &err);

	assert_rows(t, "SELECT class, severity FROM v_finding", "limit|warning\n");
}

static void every_paragraph_names_evidence_that_is_there(void **state)
{
	struct test_ledger *const t = *state;

	(void)go_on(t, fleet);

	assert_rows(t, "SELECT count(*) > 2 FROM v_finding_paragraph", "1\n");
	assert_rows(t,
	            "SELECT text FROM v_finding_paragraph AS p WHERE evidence = '[]' OR EXISTS ("
	            "SELECT 1 FROM json_each(p.evidence) AS x WHERE NOT EXISTS (SELECT 1 FROM "
	            "v_evidence AS e WHERE e.id = p.id AND e.ordinal = x.value))",
	            "");
	/* The paragraphs are the explanation, and its JSON has them with theirs. */
	assert_rows(t,
	            "SELECT count(*) FROM v_finding AS f WHERE explanation <> (SELECT "
	            "group_concat(text, char(10)) FROM (SELECT text FROM v_finding_paragraph AS p "
	            "WHERE p.id = f.id ORDER BY ordinal)) OR json_extract(explanation_items, "
	            "'$[0].evidence[0]') IS NULL",
	            "0\n");
	/* What tells the class bears the sentence that gives the class. */
	assert_rows(
		t,
		"SELECT count(*) FROM v_finding_paragraph AS p JOIN v_finding AS f ON f.id = p.id "
		"WHERE p.text LIKE '%Why this class%' AND NOT EXISTS (SELECT 1 FROM "
		"json_each(p.evidence) AS x JOIN v_evidence AS e ON e.id = p.id AND e.ordinal = "
		"x.value WHERE e.class = f.class)",
		"0\n");
}

static void judging_again_changes_nothing(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf first, second;

	ll_buf_init(&first, LL_BUF_PAGE);
	ll_buf_init(&second, LL_BUF_PAGE);
	(void)go_on(t, fleet);
	test_ledger_export_findings(t, &first);

	assert_ok(ll_analyze(t->ledger,
	                     &(struct ll_analyze_options){.all_services = true,
	                                                  .time_limit_ns = 60 * LL_NS_PER_S},
	                     &result, &err),
	          &err);

	test_ledger_export_findings(t, &second);
	assert_int_equal(result.services, 2);
	assert_int_equal(result.changed, 0);
	test_assert_same_text(ll_buf_str(&first), ll_buf_str(&second));
	ll_buf_done(&first);
	ll_buf_done(&second);
}

/*
 * Everything but the stages, whose hashes cover the ledger's own numbers: those of captures are
 * given as they come, and that is by chance where several threads read.
 */
static void export_without_stages(struct test_ledger *t, struct ll_buf *to)
{
	struct ll_buf whole;

	ll_buf_init(&whole, LL_BUF_PAGE);
	test_ledger_export_findings(t, &whole);
	ll_buf_put_str(
		to, ll_str_first(ll_buf_str(&whole), ll_str_find(ll_buf_str(&whole), "\n-- 5\n")));
	ll_buf_done(&whole);
}

static void the_same_captures_in_another_ledger_give_the_same_findings(void **state)
{
	struct test_ledger *const t = *state;
	struct test_ledger other;
	struct ll_buf first, second;

	ll_buf_init(&first, LL_BUF_PAGE);
	ll_buf_init(&second, LL_BUF_PAGE);
	(void)go_on(t, fleet);
	export_without_stages(t, &first);
	test_ledger_open(&other, NULL);
	(void)test_ledger_ingest_root(&other, t->root, 3);
	(void)test_ledger_analyze(&other);

	export_without_stages(&other, &second);

	assert_true(test_ledger_i64(t, "SELECT count(*) FROM finding") >= 3);
	test_assert_same_text(ll_buf_str(&first), ll_buf_str(&second));
	ll_buf_done(&first);
	ll_buf_done(&second);
	test_ledger_done(&other);
}

static void the_order_in_which_captures_came_does_not_show_in_findings(void **state)
{
	static const char *const orders[][3] = {
		{"shop/pod-2", "mail/pod-1", "shop"},
		{"shop/pod-1", "shop/build", "mail"},
	};
	struct test_ledger *const t = *state;
	struct ll_buf expected;

	ll_buf_init(&expected, LL_BUF_PAGE);
	(void)go_on(t, fleet);
	export_without_stages(t, &expected);
	for (size_t i = 0; i < LL_COUNT(orders); i++) {
		struct test_ledger other;
		struct ll_buf actual;

		test_ledger_open(&other, NULL);
		ll_buf_init(&actual, LL_BUF_PAGE);
		for (size_t k = 0; k < 4; k++) {
			char command[2048];

			/* Part after part of the tree is put into place, at last all of it. */
			(void)snprintf(command, sizeof command,
			               "cd '%s' && cp -rp --parents %s '%s'", t->root,
			               k < 3 ? orders[i][k] : ".", other.root);
			assert_int_equal(ll_test_run(command, NULL), 0);
			(void)test_ledger_ingest(&other, 2);
		}
		(void)test_ledger_analyze(&other);
		export_without_stages(&other, &actual);

		test_assert_same_text(ll_buf_str(&expected), ll_buf_str(&actual));

		ll_buf_done(&actual);
		test_ledger_done(&other);
	}
	ll_buf_done(&expected);
}

static void what_was_never_seen_running_is_not_counted_as_judged(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "owners.csv", ll_str("service,owner\ncart,Team A\nmenu,Team B\n"));
	test_ledger_write(t, "pay/bench.txt",
	                  ll_str("pkg: example.com/pay\nBenchmarkPut-8 200 5000 ns/op\n"));
	test_ledger_write(t, "shop/pod-1/vars.json", ll_str("{\"HeapAlloc\":5,\"NextGC\":7}"));
	(void)test_ledger_ingest(t, 1);

	assert_int_equal(test_ledger_i64(t, "SELECT count(*) > 2 FROM service"), 1);
	assert_int_equal(test_ledger_analyze(t).services, 1);
	assert_int_equal(test_ledger_i64(t, "SELECT count(*) FROM service WHERE is_dirty"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_leak_goes_from_new_to_same_worse_fixed_and_regressed),
		TEST(what_each_judgment_said_is_kept),
		TEST(the_build_that_brought_the_leak_is_named),
		TEST(a_finding_keeps_its_id_when_captures_come),
		TEST(a_pile_of_goroutines_that_is_gone_is_fixed),
		TEST(what_the_newest_build_does_not_show_at_all_is_fixed_at_first_sight),
		TEST(stricter_settings_on_the_same_captures_take_a_finding_back),
		TEST(only_services_with_new_facts_are_judged),
		TEST(the_growth_of_one_service_says_nothing_of_another),
		TEST(what_grows_in_leaps_has_levels_and_no_rate),
		TEST(what_a_container_keeps_is_told_and_counted_with_it),
		TEST(growth_without_a_place_asks_for_the_captures_that_tell_it),
		TEST(a_kind_of_map_that_the_version_lacks_is_no_map),
		TEST(where_to_look_is_no_finding_and_goes_when_a_series_can_judge),
		TEST(where_memory_rose_is_no_finding_and_goes_when_a_series_can_judge),
		TEST(the_verdict_on_a_service_says_no_more_than_its_findings),
		TEST(captures_of_a_build_that_does_not_count_are_no_evidence),
		TEST(every_piece_of_evidence_names_an_analyzer_a_term_and_its_captures),
		TEST(every_layer_that_ran_has_a_stage_with_what_it_consumed_and_made),
		TEST(a_layer_without_data_says_what_is_missing),
		TEST(a_layer_with_too_few_captures_counts_them),
		TEST(new_facts_change_what_a_layer_consumed),
		TEST(a_finding_about_a_whole_process_has_its_course_and_its_instances),
		TEST(what_was_seen_of_the_process_beside_a_finding_is_told_in_its_own_words),
		TEST(two_findings_about_a_process_are_told_apart_and_keep_their_ids),
		TEST(a_finding_about_a_process_that_names_a_line_keeps_its_id),
		TEST(the_configured_limit_is_one_that_analyzers_see),
		TEST(what_was_never_seen_running_is_not_counted_as_judged),
		TEST(every_paragraph_names_evidence_that_is_there),
		TEST(judging_again_changes_nothing),
		TEST(the_same_captures_in_another_ledger_give_the_same_findings),
		TEST(the_order_in_which_captures_came_does_not_show_in_findings),
	};

	return cmocka_run_group_tests_name("analyze findings", tests, NULL, NULL);
}
