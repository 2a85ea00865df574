/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_incidents.c - one kill is one incident, whoever tells of it: the kernel, systemd, the state
 * of a pod, the counters of its cgroup, kube-state-metrics.
 */
#include "internal.h"
#include "ledgers.h"

#define POD_A "shop-7d9f6c5b8d-x2x4z"
#define POD_B "shop-7d9f6c5b8d-b7k2p"
/* 1700000000 is 2023-11-14T22:13:20Z. */
#define SCRAPE(pod, seconds, rest)                                                                 \
	"kube_pod_container_status_restarts_total{namespace=\"n\",pod=\"" pod                      \
	"\",container=\"app\"} " rest " " seconds "000\n"
#define OOM(pod, seconds)                                                                          \
	"kube_pod_container_status_last_terminated_reason{namespace=\"n\",pod=\"" pod              \
	"\",container=\"app\",reason=\"OOMKilled\"} 1 " seconds "000\n"
#define EVENTS(pod, seconds, count)                                                                \
	"container_oom_events_total{namespace=\"n\",pod=\"" pod "\",container=\"app\"} " count     \
	" " seconds "000\n"

static const char incidents[] = "SELECT service, i.name, v.time_ns / 1000000000,"
				" v.until_ns / 1000000000, v.source, v.sources, v.signs"
				" FROM v_incident AS v LEFT JOIN instance AS i USING (instance_id)"
				" ORDER BY service, v.time_ns, i.name";

static void put(struct test_ledger *t, const char *name, const char *text)
{
	test_ledger_write(t, name, ll_str(text));
}

static void put_pod(struct test_ledger *t, const char *file, const char *pod, int restarts,
                    const char *finished)
{
	char text[1024];

	(void)snprintf(text, sizeof text,
	               "apiVersion: v1\nkind: Pod\nmetadata:\n  name: %s\nspec:\n  containers:\n"
	               "  - name: app\nstatus:\n  containerStatuses:\n  - name: app\n"
	               "    restartCount: %d\n    lastState: {terminated: {exitCode: 137, reason: "
	               "OOMKilled, finishedAt: \"%s\"}}\n",
	               pod, restarts, finished);
	put(t, file, text);
}

static void what_all_tell_of_one_kill_is_one_incident(void **state)
{
	struct test_ledger *const t = *state;

	put_pod(t, "cluster/pod.yaml", POD_A, 1, "2023-11-14T22:13:21Z");
	put(t, "kernel.log",
	    "2023-11-14T22:13:20+0000 node-3 kernel: Memory cgroup out of memory: Killed process 7 "
	    "(shop) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB\n"
	    "2023-11-14T22:13:22+0000 node-3 systemd[1]: shop.service: A process of this unit has "
	    "been killed by the OOM killer.\n");
	put(t, "ksm/metrics",
	    SCRAPE(POD_A, "1699999990", "0") EVENTS(POD_A, "1699999990", "0")
	            SCRAPE(POD_A, "1700000050", "1") OOM(POD_A, "1700000050")
	                    EVENTS(POD_A, "1700000050", "1"));

	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents,
	            "shop|" POD_A "|1700000000||kernel|"
	            "kernel, kubernetes, systemd, kube-state-metrics, memory.events|5\n");
	assert_rows(t, "SELECT count(*) FROM v_kill", "3\n");
}

static void two_pods_killed_at_once_are_two_incidents(void **state)
{
	struct test_ledger *const t = *state;

	put_pod(t, "cluster/a.yaml", POD_A, 1, "2023-11-14T22:13:20Z");
	put_pod(t, "cluster/b.yaml", POD_B, 1, "2023-11-14T22:13:25Z");
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents,
	            "shop|" POD_A "|1700000000||kubernetes|kubernetes|1\n"
	            "shop|" POD_B "|1700000005||kubernetes|kubernetes|1\n");
}

static void a_container_that_is_killed_again_and_again_is_killed_each_time(void **state)
{
	struct test_ledger *const t = *state;

	put_pod(t, "cluster/1.yaml", POD_A, 1, "2023-11-14T22:13:20Z");
	put_pod(t, "cluster/2.yaml", POD_A, 2, "2023-11-14T22:14:00Z");
	put_pod(t, "cluster/2-again.yaml", POD_A, 2, "2023-11-14T22:14:00Z");
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, "SELECT time_ns / 1000000000, signs FROM v_incident ORDER BY 1",
	            "1700000000|1\n1700000040|1\n");
}

/* Whoever asks the API for one number after the other has each in a capture of its own. */
static void numbers_that_were_asked_for_one_by_one_tell_each_kill_once(void **state)
{
#define ANSWER(name, more, values)                                                                 \
	"{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{"    \
	"\"__name__\":\"kube_pod_container_status_" name "\",\"namespace\":\"n\",\"pod\":\"" POD_A \
	"\",\"container\":\"app\"" more "},\"values\":[" values "]}]}}"
	struct test_ledger *const t = *state;

	put(t, "restarts.json",
	    ANSWER("restarts_total", "",
	           "[1700000000,\"3\"],[1700003600,\"4\"],[1700007200,\"4\"],[1700010800,\"5\"]"));
	put(t, "reason.json",
	    ANSWER("last_terminated_reason", ",\"reason\":\"OOMKilled\"",
	           "[1700003600,\"1\"],[1700007200,\"1\"],[1700010800,\"1\"]"));
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents,
	            "shop|" POD_A "|1700000000|1700003600|kube-state-metrics|kube-state-metrics|1\n"
	            "shop|" POD_A
	            "|1700007200|1700010800|kube-state-metrics|kube-state-metrics|1\n");
}

static void
a_gauge_that_stays_is_no_kill_and_one_that_comes_is_one_between_two_scrapes(void **state)
{
	struct test_ledger *const t = *state;

	put(t, "ksm/metrics",
	    SCRAPE(POD_A, "1700000000", "3") SCRAPE(POD_A, "1700003600", "4")
	            OOM(POD_A, "1700003600") SCRAPE(POD_A, "1700007200", "4")
	                    OOM(POD_A, "1700007200") SCRAPE(POD_A, "1700010800", "5")
	                            OOM(POD_A, "1700010800"));
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents,
	            "shop|" POD_A "|1700000000|1700003600|kube-state-metrics|kube-state-metrics|1\n"
	            "shop|" POD_A
	            "|1700007200|1700010800|kube-state-metrics|kube-state-metrics|1\n");
}

static void a_gauge_that_was_never_seen_without_is_no_incident_of_its_own(void **state)
{
	struct test_ledger *const t = *state;

	put(t, "ksm/metrics",
	    SCRAPE(POD_A, "1700000000", "3") OOM(POD_A, "1700000000")
	            EVENTS(POD_A, "1700000000", "2"));
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents, "");
	assert_rows(t, "SELECT source, incident IS NULL FROM v_incident_sign ORDER BY place",
	            "kube-state-metrics|1\nmemory.events|1\n");
}

static void a_gauge_with_its_time_is_as_good_as_a_kill(void **state)
{
	struct test_ledger *const t = *state;

	put(t, "ksm/metrics",
	    SCRAPE(POD_A, "1700003600", "3") OOM(
		    POD_A,
		    "1700003600") "kube_pod_container_status_last_terminated_timestamp{namespace=\"n\",pod=\"" POD_A
	                          "\",container=\"app\"} 1.7e+09 1700003600000\n");
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents,
	            "shop|" POD_A "|1700000000||kube-state-metrics|kube-state-metrics|1\n");
}

static void
a_counter_that_rises_or_begins_again_above_zero_is_a_kill_between_two_scrapes(void **state)
{
	struct test_ledger *const t = *state;

	put(t, "cadvisor/metrics",
	    EVENTS(POD_A, "1700000000", "0") EVENTS(POD_A, "1700003600", "2")
	            EVENTS(POD_A, "1700007200", "2") EVENTS(POD_A, "1700010800", "1"));
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents,
	            "shop|" POD_A "|1700000000|1700003600|memory.events|memory.events|1\n"
	            "shop|" POD_A "|1700007200|1700010800|memory.events|memory.events|1\n");
}

static void two_counters_with_one_bracket_are_one_incident_and_the_next_is_another(void **state)
{
	struct test_ledger *const t = *state;

	put(t, "ksm/metrics",
	    SCRAPE(POD_A, "1700000000", "0") SCRAPE(POD_A, "1700003600", "1")
	            OOM(POD_A, "1700003600") SCRAPE(POD_A, "1700007200", "2")
	                    OOM(POD_A, "1700007200"));
	put(t, "cadvisor/metrics",
	    EVENTS(POD_A, "1700000010", "0") EVENTS(POD_A, "1700003610", "1")
	            EVENTS(POD_A, "1700007210", "2"));
	(void)test_ledger_ingest(t, 2);

	assert_rows(t,
	            "SELECT time_ns / 1000000000, until_ns / 1000000000, sources FROM v_incident "
	            "ORDER BY 1",
	            "1700000000|1700003600|kube-state-metrics, memory.events\n"
	            "1700003600|1700007200|kube-state-metrics, memory.events\n");
}

static void a_counter_of_one_container_does_not_speak_of_another(void **state)
{
	struct test_ledger *const t = *state;

	put(t, "ksm/metrics",
	    SCRAPE(POD_A, "1700000000", "3") OOM(
		    POD_A,
		    "1700000000") "kube_pod_container_status_restarts_total{pod=\"" POD_A
	                          "\",container=\"proxy\"} 0 1700000000000\n" SCRAPE(
					  POD_A, "1700003600", "3")
	                                  OOM(POD_A,
	                                      "1700003600") "kube_pod_container_status_restarts_total{pod=\"" POD_A
	                                                    "\",container=\"proxy\"} 1 1700003600000\n");
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, incidents, "");
}

/* Two services whose programs have one name, as "server" or "app", beside a log of the host. */
static void put_namesakes(struct test_ledger *t)
{
	static const char vars[] = "{\"cmdline\": [\"/opt/%s/server\"], \"memstats\": "
				   "{\"HeapAlloc\": 4194304, \"NextGC\": 8388608, \"NumGC\": 7}}";
	static const char *const services[] = {"cart", "shop"};

	for (size_t i = 0; i < LL_COUNT(services); i++) {
		char name[64], text[256];

		(void)snprintf(name, sizeof name, "%s/vars-1699999990.json", services[i]);
		(void)snprintf(text, sizeof text, vars, services[i]);
		put(t, name, text);
	}
}

#define SERVER_KILLED                                                                              \
	"2023-11-14T22:13:20+0000 node-3 kernel: Memory cgroup out of memory: Killed process 7 "   \
	"(server) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB\n"

static void a_kill_in_the_log_of_one_service_is_not_that_of_its_namesake(void **state)
{
	struct test_ledger *const t = *state;

	put_namesakes(t);
	put(t, "cart/kernel.log", SERVER_KILLED);
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, "SELECT service FROM v_incident", "cart\n");
}

static void a_kill_in_the_log_of_a_host_may_be_that_of_each_namesake(void **state)
{
	struct test_ledger *const t = *state;

	put_namesakes(t);
	put(t, "node/kernel.log", SERVER_KILLED);
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, "SELECT service FROM v_incident WHERE service <> 'node' ORDER BY 1",
	            "cart\nshop\n");
}

/* Steps of SQLite's machine for a statement of a service's page, bound to that service. */
static int64_t steps_of(struct test_ledger *t, const char *resource, int64_t service_id)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	sqlite3 *const db = ll_ledger_handle(t->ledger);
	int64_t steps = 0;

	assert_ok(ll_stmt_resource(t->ledger, resource, &stmt, &err), &err);
	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	while (ll_stmt_step(stmt, &err) > 0)
		;
	for (sqlite3_stmt *at = sqlite3_next_stmt(db, NULL); at; at = sqlite3_next_stmt(db, at))
		steps += sqlite3_stmt_status(at, SQLITE_STMTSTATUS_VM_STEP, 1);
	return steps;
}

/* Each its own bytes: the same are one capture. */
static void put_dump(struct test_ledger *t, const char *name, int line)
{
	char text[128];

	(void)snprintf(text, sizeof text,
	               "goroutine 1 [running]:\nmain.main()\n\t/s/main.go:%d +0x1\n", line + 1);
	put(t, name, text);
}

/* A service that was never killed, beside forty that were: their kills are looked at alone. */
static void a_service_does_not_pay_for_what_befell_others(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf log;
	int64_t id, steps;

	ll_buf_init(&log, LL_BUF_PAGE);
	for (int i = 0; i < 40; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "s%d/pod-%d/dump.txt", i, i);
		put_dump(t, name, i);
		ll_buf_printf(&log,
		              "2023-11-14T22:%02d:20+0000 node-3 kernel: Memory cgroup out of "
		              "memory: Killed process %d (s%d) total-vm:9kB, anon-rss:8kB, "
		              "file-rss:0kB, shmem-rss:0kB\n",
		              i, i + 10, i);
	}
	put_dump(t, "quiet/pod-1/dump.txt", 40);
	test_ledger_write(t, "node/kernel.log", ll_buf_str(&log));
	ll_buf_done(&log);
	(void)test_ledger_ingest(t, 1);
	id = test_ledger_i64(t, "SELECT service_id FROM service WHERE name = 'quiet'");
	assert_int_equal(test_ledger_i64(t, "SELECT count(*) FROM v_incident"), 80);

	steps = steps_of(t, "sql/reports/service/key.sql", id);

	/* 5 thousand; with the kills of all 241 thousand. */
	if (steps > 24000)
		fail_msg("%lld steps for a service without a kill", (long long)steps);
}

#define test(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(what_all_tell_of_one_kill_is_one_incident),
		test(two_pods_killed_at_once_are_two_incidents),
		test(numbers_that_were_asked_for_one_by_one_tell_each_kill_once),
		test(a_container_that_is_killed_again_and_again_is_killed_each_time),
		test(a_gauge_that_stays_is_no_kill_and_one_that_comes_is_one_between_two_scrapes),
		test(a_gauge_that_was_never_seen_without_is_no_incident_of_its_own),
		test(a_gauge_with_its_time_is_as_good_as_a_kill),
		test(a_counter_that_rises_or_begins_again_above_zero_is_a_kill_between_two_scrapes),
		test(two_counters_with_one_bracket_are_one_incident_and_the_next_is_another),
		test(a_counter_of_one_container_does_not_speak_of_another),
		test(a_kill_in_the_log_of_one_service_is_not_that_of_its_namesake),
		test(a_kill_in_the_log_of_a_host_may_be_that_of_each_namesake),
		test(a_service_does_not_pay_for_what_befell_others),
	};

	return cmocka_run_group_tests_name("ledger.incidents", tests, NULL, NULL);
}
