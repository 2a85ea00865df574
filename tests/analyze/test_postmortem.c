/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_postmortem.c - which verdict a kill gets, and which it does not; which life it ended.
 *
 * Each test is a small made-up service (case_file.h), a line of a kernel, and what is expected of
 * the tables of sql/postmortem/tables.sql.
 */
#include "case_ledger.h"

#include <leakledger/units.h>

#define KIB  1024
#define MIB  (INT64_C(1024) * KIB)
#define DUMP "goroutines example.com/shop/hub.(*Hub).pump@/src/shop/hub/hub.go:75 | count=3\n"

/* 2026-03-01T00:00:00Z, the beginning of every case. */
#define BEGIN_NS (INT64_C(1772323200) * LL_NS_PER_S)

struct kill {
	int minute, second;
	const char *process;
	int64_t pid, rss, limit; /* bytes; limit 0: the kernel does not tell */
	const char *tasks;       /* rows of the table of tasks, or NULL */
	const char *cgroup_name; /* where files of its cgroup are, or NULL */
};

static void put_kill(const struct kill *kill, struct ll_buf *log)
{
	char time[64];

	(void)snprintf(time, sizeof time, "2026-03-01T%02d:%02d:%02d,000000+00:00",
	               kill->minute / 60, kill->minute % 60, kill->second);
	ll_buf_printf(log, "%s %s invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n", time,
	              kill->process);
	if (kill->limit > 0)
		ll_buf_printf(log, "%s memory: usage %lldkB, limit %lldkB, failcnt 114\n", time,
		              (long long)(kill->limit / KIB), (long long)(kill->limit / KIB));
	if (kill->tasks)
		ll_buf_printf(log,
		              "%s Tasks state (memory values in pages):\n"
		              "%s [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents "
		              "oom_score_adj name\n%s %s\n",
		              time, time, time, kill->tasks);
	ll_buf_printf(
		log,
		"%s oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,"
		"oom_memcg=/shop,task_memcg=/shop,task=%s,pid=%lld,uid=0\n"
		"%s Memory cgroup out of memory: Killed process %lld (%s) total-vm:1751260kB, "
		"anon-rss:%lldkB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:216kB oom_score_adj:0\n",
		time, kill->process, (long long)kill->pid, time, (long long)kill->pid,
		kill->process, (long long)(kill->rss / KIB));
}

/* The service of the case, its kill, and the post-mortem of it. */
static void open_kill(struct test_ledger *t, const char *text, const struct kill *kill)
{
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_incident incident = {.service = "shop"};
	struct ll_buf log;

	test_ledger_open(t, NULL);
	assert_ok(test_case_parse(ll_str(text), &test_case, &err), &err);
	ll_buf_init(&log, LL_BUF_PAGE);
	put_kill(kill, &log);
	test_ledger_write(t, "node/kern.log", ll_buf_str(&log));
	if (kill->cgroup_name)
		test_ledger_write(t, kill->cgroup_name,
		                  ll_str("==> memory.current <==\n16384\n\n==> memory.max <==\n"
		                         "104857600\n\n==> memory.events <==\nlow 0\nhigh 0\n"
		                         "max 12\noom 1\noom_kill 1\n"));
	test_case_store(&test_case, t);
	test_case_done(&test_case);
	ll_buf_done(&log);
	incident.service_id =
		test_ledger_i64(t, "SELECT service_id FROM service WHERE name = 'shop'");
	incident.time_ns =
		test_ledger_i64(t, "SELECT time_ns FROM v_incident WHERE service = 'shop'");
	incident.instance_id = test_ledger_i64(
		t, "SELECT coalesce(instance_id, 0) FROM v_incident WHERE service = 'shop'");
	assert_ok(ll_scope_open(t->ledger, incident.service_id, false, &err), &err);
	assert_ok(ll_postmortem_open(t->ledger, &incident, &err), &err);
}

#define CHOSEN "SELECT verdict FROM death_verdict WHERE is_chosen = 1"
#define STATES                                                                                     \
	"SELECT group_concat(verdict || ' ' || coalesce(holds, '?'), ', ') FROM ("                 \
	"SELECT verdict, holds FROM death_verdict WHERE verdict <> 'unknown' ORDER BY place)"
#define FAILED(verdict)                                                                            \
	"SELECT group_concat(ordinal, ' ') FROM (SELECT ordinal FROM death_condition"              \
	" WHERE verdict = '" verdict "' AND holds = 0 ORDER BY ordinal)"

/* ------------------------------------------------------------------------- verdicts */

/* 20 to 98 MiB in forty minutes: two a minute. */
static const char leak[] = "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
			   "memstats live=10M+1M\n"
			   "reading process.rss 20M+2M\n";

static void memory_that_rises_all_its_life_is_a_slow_leak(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, leak, &kill);

	assert_rows(&t, CHOSEN, "leak\n");
	assert_rows(&t, STATES, "spiral 0, leak 1, limit 0, burst 0\n");
	assert_rows(&t, FAILED("burst"), "2 4\n");
	assert_rows(&t,
	            "SELECT instance, chosen_by, limit_bytes / 1048576, limit_source FROM death",
	            "pod-1|only|100|kill\n");
	test_ledger_done(&t);
}

/* The same, but the captures end half an hour before the kill: nobody knows how it went on. */
static void a_rise_that_was_not_seen_to_the_end_stays_open(void **state)
{
	const struct kill kill = {75, 0, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, leak, &kill);

	assert_rows(&t, CHOSEN, "unknown\n");
	assert_rows(&t, "SELECT holds IS NULL FROM death_verdict WHERE verdict = 'leak'", "1\n");
	assert_rows(&t, "SELECT is_bad FROM death_gap WHERE gap = 'unseen'", "1\n");
	test_ledger_done(&t);
}

/* Dumps only: how much memory there was at the last of them nobody knows. */
static void what_was_gained_unseen_is_said_only_where_it_is_known(void **state)
{
	const struct kill kill = {75, 0, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "goroutines shop.serve@/src/shop/serve.go:9 | count=5\n",
	          &kill);

	assert_rows(&t, "SELECT what FROM death_gap WHERE gap = 'unseen'",
	            "36 min between the last capture and the kill.\n");
	test_ledger_done(&t);
}

static void memory_that_jumps_behind_the_last_capture_is_a_burst(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 400 * MIB, 400 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=20M\nreading process.rss 50M~1M\n",
	          &kill);

	assert_rows(&t, CHOSEN, "burst\n");
	assert_rows(&t, STATES, "spiral 0, leak 0, limit 0, burst 1\n");
	assert_rows(
		&t,
		"SELECT bytes / 1048576 BETWEEN 345 AND 355 FROM death_term WHERE term = 'since'",
		"1\n");
	test_ledger_done(&t);
}

static void a_jump_that_was_captured_is_a_burst_too(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 400 * MIB, 400 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=20M\nreading process.rss 50M+100M>37\n",
	          &kill);

	assert_rows(&t, CHOSEN, "burst\n");
	test_ledger_done(&t);
}

static void a_steady_service_that_dies_at_its_level_is_no_burst(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 55 * MIB, 400 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=20M\nreading process.rss 50M~1M\n",
	          &kill);

	assert_rows(&t, CHOSEN, "unknown\n");
	assert_rows(&t, "SELECT holds FROM death_verdict WHERE verdict = 'burst'", "0\n");
	test_ledger_done(&t);
}

/* 60 MiB alive may grow to 120; the limit is 110, and nothing grows. */
static void a_level_heap_that_never_fitted_has_a_limit_too_low(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 110 * MIB, 110 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=60M~1M\nreading process.rss 90M..108M/5\n",
	          &kill);

	assert_rows(&t, CHOSEN, "limit\n");
	assert_rows(&t, "SELECT holds FROM death_verdict WHERE verdict = 'leak'", "0\n");
	test_ledger_done(&t);
}

static void with_room_for_its_heap_the_limit_was_not_too_low(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 300 * MIB, 300 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=60M~1M\nreading process.rss 90M..108M/5\n",
	          &kill);

	assert_rows(&t, "SELECT holds FROM death_verdict WHERE verdict = 'limit'", "0\n");
	assert_rows(&t, FAILED("limit"), "2\n");
	test_ledger_done(&t);
}

/* GOMEMLIMIT keeps the heap from doubling: then the limit was not the fault of GOGC. */
static void a_go_limit_that_holds_the_heap_back_is_reckoned_with(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 110 * MIB, 110 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=30M~1M\nreading process.rss 70M\n"
	          "reading /gc/gogc:percent 400\nreading /gc/gomemlimit:bytes 90M\n",
	          &kill);

	assert_rows(&t, FAILED("limit"), "2\n");
	test_ledger_done(&t);
}

static const char spiral[] =
	"service shop\nprocess pod-1 captures=24 every=10m build=b2\n"
	"memstats live=88M~1M; next=92M; gcs=100+3000\n"
	"reading process.rss 100M\n"
	"reading /gc/heap/live:bytes 88M~1M\nreading /gc/gomemlimit:bytes 100M\n"
	"reading /cpu/classes/gc/total:cpu-seconds 100+1200\n"
	"reading /cpu/classes/total:cpu-seconds 1000+2400\n";

static void a_collector_that_fights_its_limit_is_a_spiral(void **state)
{
	const struct kill kill = {231, 0, "shop", 7, 110 * MIB, 110 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, spiral, &kill);

	assert_rows(&t, CHOSEN, "spiral\n");
	assert_rows(
		&t, "SELECT sentence FROM death_verdict WHERE is_chosen = 1",
		"88.2 MiB were alive below a GOMEMLIMIT of 100 MiB; the collector took 50 % of the "
		"processor at the end.\n");
	test_ledger_done(&t);
}

static void a_go_limit_with_room_is_no_spiral(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=10M+1M\nreading process.rss 20M+2M\n"
	          "reading /gc/gomemlimit:bytes 900M\n"
	          "reading /cpu/classes/gc/total:cpu-seconds 1+1\n"
	          "reading /cpu/classes/total:cpu-seconds 100+120\n",
	          &kill);

	assert_rows(&t, CHOSEN, "leak\n");
	assert_rows(&t, FAILED("spiral"), "1 2\n");
	test_ledger_done(&t);
}

static void a_heap_that_was_never_collected_is_told(void **state)
{
	static const struct {
		const char *stats, *what;
	} rows[] = {
		{"live=10M+2M; next=900M; gcs=0",
	         "What of the heap was alive: nothing was collected from the first capture to the "
	         "last; NextGC stood at 900 MiB, above the limit of 100 MiB.\n"},
		{"live=10M+2M; next=8796093022207M; gcs=0",
	         "What of the heap was alive: nothing was collected from the first capture to the "
	         "last; the collector was off, NextGC has no end.\n"},
		{"live=10M+2M; next=900M; gcs=1+1", ""},
		{"live=10M+2M; next=90M; gcs=0", ""},
	};
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	char text[256];
	(void)state;

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct test_ledger t;

		(void)snprintf(text, sizeof text,
		               "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
		               "memstats %s\n",
		               rows[i].stats);
		open_kill(&t, text, &kill);

		assert_rows(&t, "SELECT what FROM death_gap WHERE gap = 'uncollected'",
		            rows[i].what);
		assert_rows(&t, CHOSEN, rows[i].what[0] ? "unknown\n" : "leak\n");
		test_ledger_done(&t);
	}
}

/* Who has no collector comes with one look at /proc: what was read once tells of no gain. */
static void one_look_at_a_number_tells_of_no_course(void **state)
{
	/* Two files of one moment are one look, too. */
	static const char *const processes[] = {"captures=1 start=38m",
	                                        "captures=2 start=38m every=1s"};
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	(void)state;

	for (size_t i = 0; i < LL_COUNT(processes); i++) {
		struct test_ledger t;
		char text[256];

		(void)snprintf(text, sizeof text,
		               "service shop\nprocess pod-1 %s build=b2\n"
		               "heap shop.keep@/src/shop/keep.go:9 | size=65536; live=640\n"
		               "reading process.rss 90M\n",
		               processes[i]);
		open_kill(&t, text, &kill);

		assert_rows(&t,
		            "SELECT count(*) FROM death_fact"
		            " WHERE name IN ('gain', 'half_share', 'slope', 'projected')",
		            "0\n");
		assert_rows(&t,
		            "SELECT verdict, holds IS NULL FROM death_condition"
		            " WHERE asks LIKE '%a quarter%' ORDER BY verdict",
		            "burst|1\nleak|1\nlimit|1\n");
		test_ledger_done(&t);
	}
}

static void what_grew_is_told_though_there_is_no_verdict(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=2 every=30m build=b2\n"
	          "heap shop.keep@/src/shop/keep.go:9 | size=65536; live=160+640\n"
	          "heap shop.drop@/src/shop/drop.go:9 | size=65536; live=160\n",
	          &kill);

	assert_rows(&t, CHOSEN, "unknown\n");
	assert_rows(&t, "SELECT function, gain / 1048576 > 300 FROM v_death_site", "shop.keep|1\n");
	test_ledger_done(&t);
}

/* "cat memory.events" is what everybody does first; it does not look at the dead process. */
static void files_of_the_cgroup_that_were_read_after_the_kill_are_no_last_capture(void **state)
{
	struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	kill.cgroup_name = "shop/pod-1/cgroup-1772325800.txt"; /* three minutes later */
	open_kill(&t, leak, &kill);

	assert_rows(&t, "SELECT unseen_ns / 1000000000, skew_ns, is_survivor FROM v_death",
	            "70|0|0\n");
	assert_rows(&t, "SELECT count(*) FROM death_gap WHERE gap = 'clock'", "0\n");
	assert_rows(&t, CHOSEN, "leak\n");
	test_ledger_done(&t);
}

static void memory_that_was_never_collected_is_no_proof_of_a_leak(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=10M+2M; next=900M; gcs=0\nreading process.rss 20M+2M\n",
	          &kill);

	assert_rows(&t, CHOSEN, "unknown\n");
	assert_rows(&t, "SELECT sentence FROM death_verdict WHERE is_chosen = 1",
	            "Open: slow leak (nothing was collected: NextGC stood at 900 MiB, above the "
	            "limit of 100 MiB); limit too low (nothing was collected, so nothing tells "
	            "what of its heap was alive).\n");
	assert_rows(&t, "SELECT count(*) FROM death_condition WHERE found = 'not known'", "0\n");
	test_ledger_done(&t);
}

/* Each condition that has no number says which one it lacks. */
static void what_is_not_known_of_a_kill_says_why(void **state)
{
	static const struct {
		const char *captures, *verdict, *found;
		int ordinal;
	} rows[] = {
		{"reading process.rss 20M+2M\n" DUMP, "limit",
	         "no MemStats and no heap profile tell what was alive", 2},
		{"reading process.rss 20M+2M\n" DUMP, "spiral",
	         "no two captures of MemStats there tell what the collector did", 2},
		{DUMP, "leak", "no capture tells how much memory it had", 2},
		{DUMP, "burst", "no capture tells how much memory it had", 4},
		{"memstats live=10M; next=8796093022207M; gcs=3+1\n", "limit",
	         "NextGC does not tell what was alive: GOGC was off, or something else than GOGC "
	         "set it",
	         3},
	};
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	char text[512];
	(void)state;

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct test_ledger t;
		char sql[256], expected[256];

		(void)snprintf(text, sizeof text,
		               "service shop\nprocess pod-1 captures=40 every=1m build=b2\n%s",
		               rows[i].captures);
		(void)snprintf(sql, sizeof sql,
		               "SELECT found, holds IS NULL FROM death_condition WHERE verdict = "
		               "'%s' AND ordinal = %d",
		               rows[i].verdict, rows[i].ordinal);
		(void)snprintf(expected, sizeof expected, "%s|1\n", rows[i].found);
		open_kill(&t, text, &kill);

		assert_rows(&t, sql, expected);
		assert_rows(&t, "SELECT count(*) FROM death_condition WHERE found = 'not known'",
		            "0\n");
		test_ledger_done(&t);
	}
}

/* ---------------------------------------------------------------------- which life */

static void a_kill_of_which_nothing_was_captured_has_no_verdict(void **state)
{
	const struct kill kill = {0, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=10 start=1h every=1m\nmemstats live=9M\n",
	          &kill);

	assert_rows(&t, CHOSEN, "unknown\n");
	assert_rows(&t, "SELECT lifetime_id IS NULL, chosen_by FROM death", "1|\n");
	assert_rows(&t, "SELECT what FROM death_gap WHERE gap = 'captures'",
	            "Nothing of the process was captured.\n");
	assert_rows(&t, "SELECT bytes / 1048576 FROM death_term WHERE term = 'total'", "100\n");
	test_ledger_done(&t);
}

/* The process named is the service's, but it goes on: a child of the same name was killed. */
static void a_process_that_lives_on_was_not_the_victim(void **state)
{
	const struct kill kill = {20, 30, "shop", 99, 100 * MIB, 110 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, leak, &kill);

	assert_rows(&t, "SELECT is_survivor FROM death", "1\n");
	assert_rows(&t, CHOSEN, "unknown\n");
	assert_rows(&t, "SELECT count(*) FROM death_condition WHERE ordinal = 0 AND holds = 0",
	            "4\n");
	assert_rows(&t, "SELECT is_bad FROM death_gap WHERE gap = 'victim'", "1\n");
	test_ledger_done(&t);
}

/* Two pods; the second falls silent at the kill. */
static const char two_pods[] = "service shop\nprocess pod-1 captures=60 every=1m build=b2\n"
			       "memstats live=10M\nreading process.rss 20M\n"
			       "process pod-2 captures=40 every=1m build=b2\n"
			       "memstats live=10M+1M\nreading process.rss 20M+2M\n";

static void the_instance_that_fell_silent_is_the_one(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, two_pods, &kill);

	assert_rows(&t, "SELECT instance, chosen_by FROM death", "pod-2|silent\n");
	assert_rows(&t, CHOSEN, "leak\n");
	test_ledger_done(&t);
}

static void a_pid_goes_before_silence(void **state)
{
	const struct kill kill = {60, 10, "shop", 4711, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=60 every=1m build=b2\n"
	          "memstats live=10M\nreading process.rss 20M\nreading process.pid 11\n"
	          "process pod-2 captures=60 every=1m build=b2\n"
	          "memstats live=10M+1M\nreading process.rss 20M+1M\n"
	          "reading process.pid 4711\n",
	          &kill);

	assert_rows(&t, "SELECT instance, chosen_by FROM death", "pod-2|pid\n");
	test_ledger_done(&t);
}

static void two_that_fell_silent_are_a_guess(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=10M\nreading process.rss 20M\n"
	          "process pod-2 captures=40 every=1m build=b2\n"
	          "memstats live=10M+1M\nreading process.rss 20M+2M\n",
	          &kill);

	assert_rows(&t, "SELECT chosen_by FROM death", "nearest\n");
	assert_rows(&t, "SELECT is_bad FROM death_gap WHERE gap = 'identity'", "1\n");
	test_ledger_done(&t);
}

/* The kernel's clock is four minutes behind the collector's; the other pod shows that it ended. */
static void clocks_that_disagree_are_told_and_do_no_harm(void **state)
{
	const struct kill kill = {35, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, two_pods, &kill);

	assert_rows(&t, "SELECT instance, is_survivor, skew_ns / 1000000000 FROM death",
	            "pod-2|0|230\n");
	assert_rows(&t, CHOSEN, "leak\n");
	assert_rows(&t, "SELECT count(*) FROM death_gap WHERE gap = 'clock'", "1\n");
	test_ledger_done(&t);
}

/* ------------------------------------------------------------------- comparisons */

static void the_life_to_compare_with_is_one_that_was_well(void **state)
{
	const struct kill kill = {180, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b1\n"
	          "memstats live=10M~1M\n"
	          "process pod-1 captures=40 start=1h every=1m build=b2\nmemstats live=10M+1M\n"
	          "process pod-1 captures=40 start=140m every=1m build=b2\n"
	          "memstats live=10M+1M\nreading process.rss 20M+2M\n",
	          &kill);

	assert_rows(&t,
	            "SELECT l.ordinal, dl.is_growing FROM death AS d"
	            " JOIN temp.life AS l ON l.lifetime_id = d.before_id"
	            " JOIN death_life AS dl ON dl.lifetime_id = d.before_id",
	            "1|0\n");
	assert_rows(&t, "SELECT group_concat(is_growing, ' ') FROM death_life", "0 1 1\n");
	test_ledger_done(&t);
}

static void the_first_life_has_nothing_to_compare_with(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, leak, &kill);

	assert_rows(&t, "SELECT before_id IS NULL FROM death", "1\n");
	assert_rows(&t, "SELECT count(*) FROM death_gap WHERE gap = 'before'", "1\n");
	test_ledger_done(&t);
}

/* --------------------------------------------------------------------------- bytes */

static void parts_add_up_to_what_the_kernel_tells(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct test_ledger t;
	(void)state;

	open_kill(&t, leak, &kill);

	assert_rows(&t,
	            "SELECT sum(bytes) = (SELECT bytes FROM death_term WHERE term = 'total')"
	            " FROM death_term WHERE is_part = 1",
	            "1\n");
	test_ledger_done(&t);
}

static void an_incident_that_is_not_there_leaves_nothing(void **state)
{
	const struct ll_incident incident = {.service_id = 1, .time_ns = BEGIN_NS, .service = "x"};
	struct ll_error err = LL_ERROR_INIT;
	struct test_ledger t;
	(void)state;
	test_ledger_open(&t, NULL);
	assert_ok(ll_scope_open(t.ledger, LL_SCOPE_NOTHING, false, &err), &err);

	assert_ok(ll_postmortem_open(t.ledger, &incident, &err), &err);

	assert_rows(&t, "SELECT count(*) FROM death", "0\n");
	assert_rows(&t, "SELECT count(*) FROM death_gap", "0\n");
	test_ledger_done(&t);
}

/* ----------------------------------------------------------------------- foresight */

static void findings_are_dated_by_what_was_known_then(void **state)
{
	static const char text[] =
		"service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
		"memstats live=10M+1M\nreading process.rss 20M+2M\n"
		"heap shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9"
		" | size=65536; live=10+5\n";
	const struct kill kill = {40, 10, "shop", 7, 100 * MIB, 100 * MIB, NULL, NULL};
	struct ll_incident incident = {.service = "shop"};
	struct ll_error err = LL_ERROR_INIT;
	struct test_ledger t;
	(void)state;
	open_kill(&t, text, &kill);
	incident.service_id = test_ledger_i64(&t, "SELECT service_id FROM death");
	incident.time_ns = test_ledger_i64(&t, "SELECT time_ns FROM death");

	assert_ok(ll_foresight(t.ledger, &incident, &err), &err);

	/* The line is found, neither at once nor only at the end. */
	assert_rows(&t,
	            "SELECT summary, from_ns > 1772323200000000000 + 5 * 60000000000,"
	            " from_ns < 1772323200000000000 + 35 * 60000000000 FROM death_foresight"
	            " WHERE summary LIKE '%shop.put%'",
	            "slice at shop.put (shop/shop.go:31)|1|1\n");
	/* The present is back, and nothing was stored. */
	assert_rows(&t, "SELECT count(*) FROM temp.sqlite_master WHERE name LIKE 'lifetime%'",
	            "0\n");
	assert_rows(&t, "SELECT count(*) FROM lifetime", "1\n");
	assert_rows(&t, "SELECT count(*) FROM v_finding", "0\n");
	test_ledger_done(&t);
}

static void a_service_that_is_well_has_no_foresight(void **state)
{
	const struct kill kill = {40, 10, "shop", 7, 400 * MIB, 400 * MIB, NULL, NULL};
	struct ll_incident incident = {.service = "shop"};
	struct ll_error err = LL_ERROR_INIT;
	struct test_ledger t;
	(void)state;
	open_kill(&t,
	          "service shop\nprocess pod-1 captures=40 every=1m build=b2\n"
	          "memstats live=20M~1M\nreading process.rss 50M~1M\n",
	          &kill);
	incident.service_id = test_ledger_i64(&t, "SELECT service_id FROM death");
	incident.time_ns = test_ledger_i64(&t, "SELECT time_ns FROM death");

	assert_ok(ll_foresight(t.ledger, &incident, &err), &err);

	assert_rows(&t, "SELECT count(*) FROM death_foresight", "0\n");
	test_ledger_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_that_rises_all_its_life_is_a_slow_leak),
		cmocka_unit_test(a_rise_that_was_not_seen_to_the_end_stays_open),
		cmocka_unit_test(what_was_gained_unseen_is_said_only_where_it_is_known),
		cmocka_unit_test(memory_that_jumps_behind_the_last_capture_is_a_burst),
		cmocka_unit_test(a_jump_that_was_captured_is_a_burst_too),
		cmocka_unit_test(a_steady_service_that_dies_at_its_level_is_no_burst),
		cmocka_unit_test(a_level_heap_that_never_fitted_has_a_limit_too_low),
		cmocka_unit_test(with_room_for_its_heap_the_limit_was_not_too_low),
		cmocka_unit_test(a_go_limit_that_holds_the_heap_back_is_reckoned_with),
		cmocka_unit_test(a_collector_that_fights_its_limit_is_a_spiral),
		cmocka_unit_test(a_go_limit_with_room_is_no_spiral),
		cmocka_unit_test(a_heap_that_was_never_collected_is_told),
		cmocka_unit_test(one_look_at_a_number_tells_of_no_course),
		cmocka_unit_test(what_grew_is_told_though_there_is_no_verdict),
		cmocka_unit_test(
			files_of_the_cgroup_that_were_read_after_the_kill_are_no_last_capture),
		cmocka_unit_test(memory_that_was_never_collected_is_no_proof_of_a_leak),
		cmocka_unit_test(what_is_not_known_of_a_kill_says_why),
		cmocka_unit_test(a_kill_of_which_nothing_was_captured_has_no_verdict),
		cmocka_unit_test(a_process_that_lives_on_was_not_the_victim),
		cmocka_unit_test(the_instance_that_fell_silent_is_the_one),
		cmocka_unit_test(a_pid_goes_before_silence),
		cmocka_unit_test(two_that_fell_silent_are_a_guess),
		cmocka_unit_test(clocks_that_disagree_are_told_and_do_no_harm),
		cmocka_unit_test(the_life_to_compare_with_is_one_that_was_well),
		cmocka_unit_test(the_first_life_has_nothing_to_compare_with),
		cmocka_unit_test(parts_add_up_to_what_the_kernel_tells),
		cmocka_unit_test(an_incident_that_is_not_there_leaves_nothing),
		cmocka_unit_test(findings_are_dated_by_what_was_known_then),
		cmocka_unit_test(a_service_that_is_well_has_no_foresight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
