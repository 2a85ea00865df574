/* SPDX-License-Identifier: Apache-2.0 */
/* Facts that are no samples arrive in the ledger: readings, kills, fields of MemStats. */
#include "ledgers.h"

static void read_as(struct test_ledger *t, const char *name, const char *text)
{
	test_ledger_write(t, name, ll_str(text));
	(void)test_ledger_ingest(t, 2);
}

static void a_page_of_metrics_is_rows_of_memstats_and_readings(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "shop/pod-1/metrics",
	        "# TYPE go_goroutines gauge\ngo_goroutines 42 1700000000000\n"
	        "go_memstats_heap_alloc_bytes 1.5e+06 1700000000000\n"
	        "go_gc_gomemlimit_bytes 9.223372036854776e+18 1700000000000\n"
	        "cache_entries{cache=\"users\"} 7 1700000000000\n");

	assert_rows(t, "SELECT service, instance, kind, time_source FROM v_capture ORDER BY 1",
	            "shop|pod-1|memstats|content\n");
	assert_rows(t, "SELECT heap_alloc, alloc FROM memstats", "1500000|\n");
	assert_rows(t,
	            "SELECT service, instance, time_ns / 1000000000, name, labels, value "
	            "FROM v_reading ORDER BY name",
	            "shop|pod-1|1700000000|/gc/gomemlimit:bytes||\n"
	            "shop|pod-1|1700000000|/sched/goroutines:goroutines||42.0\n"
	            "shop|pod-1|1700000000|cache_entries|{\"cache\":\"users\"}|7.0\n"
	            "shop|pod-1|1700000000|exposition.series||4.0\n");
}

static void labels_go_before_the_path(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "prometheus/server-1/federate",
	        "# TYPE go_goroutines untyped\n"
	        "go_goroutines{job=\"shop\",instance=\"a:80\"} 1 1700000000000\n"
	        "go_goroutines{job=\"mail\",instance=\"b:80\"} 2 1700000000000\n");

	assert_rows(t, "SELECT service, instance, identity_rule FROM v_capture ORDER BY 1",
	            "mail|b:80|labels job and instance\nshop|a:80|labels job and instance\n");
	assert_rows(t, "SELECT service, value FROM v_reading WHERE name LIKE '/sched/%' ORDER BY 1",
	            "mail|2.0\nshop|1.0\n");
}

static void what_is_about_no_service_is_kept_beside_what_is(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "kernel.log",
	        "Memory cgroup out of memory: Killed process 7 (cart) "
	        "total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB\n");
	read_as(t, "owners.csv", "service,team\nshop,Checkout\n");
	read_as(t, "shop/pod-1/metrics", "# TYPE go_goroutines gauge\ngo_goroutines 42\n");
	read_as(t, "bench.txt", "BenchmarkPut-8 100 25 ns/op\n");

	assert_rows(t, "SELECT service, instance, kind FROM v_capture ORDER BY kind",
	            "||benchmark\n||facts\n||kill\nshop|pod-1|memstats\n");
	assert_rows(t, "SELECT count(*), count(DISTINCT name) FROM service", "2|2\n");
}

static void a_number_that_falls_begins_another_life(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	for (int i = 0; i < 6; i++)
		ll_buf_printf(&text,
		              "go_memstats_alloc_bytes_total{job=\"j\",instance=\"i\"} %d %d\n"
		              "go_memstats_mallocs_total{job=\"j\",instance=\"i\"} %d %d\n"
		              "go_memstats_heap_alloc_bytes{job=\"j\",instance=\"i\"} 5 %d\n"
		              "go_gc_duration_seconds_count{job=\"j\",instance=\"i\"} %d %d\n",
		              1000 + 10 * (i % 3), 1700000000 + 60 * i, 100 + i % 3,
		              1700000000 + 60 * i, 1700000000 + 60 * i, 1 + i % 3,
		              1700000000 + 60 * i);
	read_as(t, "dump", text.data);

	assert_rows(t, "SELECT count(*), count(DISTINCT lifetime) FROM v_capture", "6|2\n");
}

static void a_damaged_line_makes_a_capture_partial(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "shop/pod-1/metrics", "# TYPE go_goroutines gauge\ngo_goroutines 42\n?\n");

	assert_rows(t, "SELECT status FROM v_capture", "partial\n");
	assert_rows(t, "SELECT position, text FROM note",
	            "3|line skipped: a sample without a name\n");
}

static void kills_of_pods_and_containers_are_rows(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "cluster/pods.yaml",
	        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop-7d9f6c5b8d-x2x4z\n"
	        "spec:\n  nodeName: node-3\n  containers:\n  - name: app\n    resources: {limits: "
	        "{memory: 512Mi}}\nstatus:\n  containerStatuses:\n  - name: app\n"
	        "    restartCount: 3\n    lastState: {terminated: {exitCode: 137, reason: "
	        "OOMKilled, finishedAt: \"2023-11-14T22:13:20Z\"}}\n");
	read_as(t, "docker/inspect.json",
	        "[{\"Name\":\"/web-1\",\"State\":{\"OOMKilled\":true,\"ExitCode\":137,"
	        "\"FinishedAt\":\"2023-11-14T22:13:21Z\"},\"HostConfig\":{\"Memory\":0}}]");

	assert_rows(t,
	            "SELECT service, instance, time_ns / 1000000000, source, host, pod, container, "
	            "text, limit_bytes, exit_code, restarts FROM v_kill ORDER BY time_ns",
	            "shop|shop-7d9f6c5b8d-x2x4z|1700000000|kubernetes|node-3|shop-7d9f6c5b8d-x2x4z|"
	            "app|OOMKilled|536870912|137|3\n"
	            "web|web-1|1700000001|docker|||web-1|OOMKilled||137|\n");
	assert_rows(t,
	            "SELECT service, labels, value FROM v_reading WHERE name = 'limit.memory' "
	            "ORDER BY 1",
	            "shop|{\"container\":\"app\"}|536870912.0\nweb||\n");
}

static void the_same_page_twice_is_one_capture(void **state)
{
	static const char page[] = "# TYPE go_goroutines gauge\ngo_goroutines 42\n";
	struct test_ledger *const t = *state;

	read_as(t, "shop/pod-1/metrics-1", page);
	read_as(t, "shop/pod-1/metrics-2", page);

	assert_rows(t, "SELECT count(*) FROM capture", "1\n");
}

static void files_of_the_kernel_are_readings_of_their_process_and_cgroup(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "shop/pod-1/status-20231114-221320",
	        "Name:\tshop\nState:\tS\nPid:\t7\nVmRSS:\t8 kB\n");
	read_as(t, "shop/pod-1/memory.max", "max\n");
	read_as(t, "cgroups.txt",
	        "/sys/fs/cgroup/system.slice/notify-hub.service/memory.current:5\n");

	assert_rows(t,
	            "SELECT service, instance, kind, format, identity_rule FROM v_capture "
	            "ORDER BY service, kind",
	            "notify-hub||cgroup|cgroup|cgroup path\n"
	            "shop|pod-1|cgroup|cgroup|directories: service/instance\n"
	            "shop|pod-1|process|proc|directories: service/instance\n");
	assert_rows(t, "SELECT service, name, value FROM v_reading ORDER BY service, name",
	            "notify-hub|cgroup.memory.current|5.0\n"
	            "shop|cgroup.memory.max|\n"
	            "shop|process.pid|7.0\n"
	            "shop|process.rss|8192.0\n");
}

static void results_of_benchmarks_belong_to_a_build(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "shop/build/bench.txt",
	        "commit: abc\ncommit-time: 2023-11-14T22:13:20Z\npkg: example.com/shop\n"
	        "BenchmarkPut-8 200 5000 ns/op 64 B/op\nBenchmarkGet-8 1 5 ns/op NaN x/op\n");

	assert_rows(t, "SELECT service, kind, build, time_ns / 1000000000, status FROM v_capture",
	            "shop|benchmark|abc|1700000000|partial\n");
	assert_rows(t,
	            "SELECT package, name, procs, iterations, unit, value FROM v_benchmark "
	            "ORDER BY name, unit",
	            "example.com/shop|Get|8|1|ns/op|5.0\n"
	            "example.com/shop|Put|8|200|B/op|64.0\n"
	            "example.com/shop|Put|8|200|ns/op|5000.0\n");
}

static void what_people_wrote_down_makes_no_service(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "facts/releases.csv",
	        "service,time,version,build\nshop,2023-11-14T22:13:20Z,v2,abc\nshop,soon,v3,\n");
	read_as(t, "facts/limits.csv", "service,instance,name,value\nshop,pod-1,memory,1Mi\n");

	assert_rows(t,
	            "SELECT what, service, instance, time_ns / 1000000000, name, value, number "
	            "FROM v_declared ORDER BY what",
	            "limit|shop|pod-1||memory|1Mi|1048576.0\n"
	            "release|shop||1700000000|v2|abc|0.0\n");
	assert_rows(t, "SELECT position, text FROM note",
	            "3|row left out: column 'time': 'soon' cannot be read\n");
}

static void remarks_of_the_optimizer_are_facts_of_the_build(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "shop/build/cart.json",
	        "{\"version\":0,\"package\":\"shop\",\"gc_version\":\"go1.27.3\",\"file\":"
	        "\"/src/shop/cart.go\"}\n"
	        "{\"range\":{\"start\":{\"line\":20,\"character\":2}},\"code\":\"escapes\","
	        "\"message\":\"x escapes to heap\"}\n");

	assert_rows(t,
	            "SELECT b.what, b.line, w.value FROM build_fact AS b "
	            "JOIN word AS w ON w.word_id = b.message_id",
	            "moved|20|moved to heap: x\n");
}

static void profiles_of_others_are_stored_and_kept_apart(void **state)
{
	struct test_ledger *const t = *state;

	read_as(t, "shop/pod-1/heap.txt", "heap_v2/524288\n@ 0x1001\n  t*: 1: 7048 [0: 0]\n");

	assert_rows(t, "SELECT kind, variant, is_foreign FROM capture", "heap|legacy|1\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_page_of_metrics_is_rows_of_memstats_and_readings),
		test(labels_go_before_the_path),
		test(what_is_about_no_service_is_kept_beside_what_is),
		test(a_number_that_falls_begins_another_life),
		test(a_damaged_line_makes_a_capture_partial),
		test(kills_of_pods_and_containers_are_rows),
		test(the_same_page_twice_is_one_capture),
		test(files_of_the_kernel_are_readings_of_their_process_and_cgroup),
		test(results_of_benchmarks_belong_to_a_build),
		test(what_people_wrote_down_makes_no_service),
		test(remarks_of_the_optimizer_are_facts_of_the_build),
		test(profiles_of_others_are_stored_and_kept_apart),
	};

	return cmocka_run_group_tests_name("ledger.facts", tests, NULL, NULL);
}
