/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"
#include "facts.h"
#include "metrics/scrape.h"
#include "support.h"

static void read_page(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "metrics", &err), &err);
	assert_string_equal(facts->format->id, "prometheus");
}

static void assert_refused(struct ll_facts *facts, const char *text, const char *reason)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_int_equal(ll_facts_read(facts, ll_str(text), "metrics", &err), LL_E_FORMAT);
	assert_string_equal(err.text, reason);
	assert_int_equal(facts->count, 0);
}

static void a_page_whose_times_are_none_is_refused_with_that_reason(void **state)
{
	assert_refused(*state, "go_goroutines 5 253402300800000000\n",
	               "line 1: a timestamp that is no time");
	assert_refused(*state, "go_goroutines 5 9223372036854775808\n",
	               "line 1: a timestamp that is no time");
}

static void a_page_of_one_process_is_one_capture(void **state)
{
	read_page(*state, "# HELP go_gc_duration_seconds A summary of pauses.\n"
	                  "# TYPE go_gc_duration_seconds summary\n"
	                  "go_gc_duration_seconds{quantile=\"1\"} 0.002\n"
	                  "go_gc_duration_seconds_sum 0.5\n"
	                  "go_gc_duration_seconds_count 7\n"
	                  "# TYPE go_goroutines gauge\n"
	                  "go_goroutines 42\n"
	                  "# TYPE go_info gauge\n"
	                  "go_info{version=\"go1.27.3\"} 1\n"
	                  "# TYPE go_memstats_alloc_bytes gauge\n"
	                  "go_memstats_alloc_bytes 1.5e+06\n"
	                  "# TYPE go_memstats_last_gc_time_seconds gauge\n"
	                  "go_memstats_last_gc_time_seconds 1.7e+09\n"
	                  "# TYPE go_memstats_next_gc_bytes gauge\n"
	                  "go_memstats_next_gc_bytes 4.194304e+06\n"
	                  "# TYPE process_start_time_seconds gauge\n"
	                  "process_start_time_seconds 1.6e+09\n");

	assert_facts(*state,
	             "capture memstats (prometheus) after=2023-11-14T22:13:20Z go=go1.27.3\n"
	             "scalar Alloc 1500000\n"
	             "scalar HeapAlloc 1500000\n"
	             "scalar NextGC 4194304\n"
	             "scalar LastGC 1700000000000000000\n"
	             "scalar PauseTotalNs 500000000\n"
	             "scalar NumGC 7\n"
	             "reading go_gc_duration_seconds {\"quantile\":\"1\"} "
	             "0.002\n"
	             "reading /sched/goroutines:goroutines 42\n"
	             "reading process.start_time 1600000000\n"
	             "reading exposition.series 9\n");
}

static void limits_that_are_off_are_none(void **state)
{
	read_page(*state, "go_gc_gogc_percent 1.8446744073709552e+19\n"
	                  "go_gc_gomemlimit_bytes 9.223372036854776e+18\n"
	                  "process_virtual_memory_max_bytes 1.8446744073709552e+19\n"
	                  "go_memstats_next_gc_bytes 1.8446744073709552e+19\n"
	                  "go_sched_gomaxprocs_threads +Inf\n"
	                  "go_goroutines NaN\n");

	assert_facts(*state, "capture memstats (prometheus)\n"
	                     "scalar NextGC 9223372036854775807\n"
	                     "reading /gc/gogc:percent none\n"
	                     "reading /gc/gomemlimit:bytes none\n"
	                     "reading process.virtual_max none\n"
	                     "reading /sched/gomaxprocs:threads none\n"
	                     "reading exposition.series 6\n");
}

static void a_value_that_a_field_cannot_have_stays_under_its_own_name(void **state)
{
	read_page(*state, "go_memstats_gc_cpu_fraction -0.25\ngo_memstats_alloc_bytes -1\n"
	                  "go_goroutines 1\n");

	assert_fact(*state, "reading go_memstats_gc_cpu_fraction -0.25");
	assert_fact(*state, "reading go_memstats_alloc_bytes -1");
}

static void fields_are_added_up_from_runtime_metrics(void **state)
{
	read_page(*state, "go_memory_classes_heap_objects_bytes 100\n"
	                  "go_memory_classes_heap_unused_bytes 20\n"
	                  "go_gc_heap_goal_bytes 300\n"
	                  "go_gc_heap_live_bytes 90\n"
	                  "go_gc_cycles_total_gc_cycles_total 7\n");

	assert_facts(*state, "capture memstats (prometheus)\n"
	                     "scalar Alloc 100\n"
	                     "scalar HeapAlloc 100\n"
	                     "scalar HeapInuse 120\n"
	                     "scalar NextGC 300\n"
	                     "scalar NumGC 7\n"
	                     "reading /memory/classes/heap/objects:bytes 100\n"
	                     "reading /memory/classes/heap/unused:bytes 20\n"
	                     "reading /gc/heap/goal:bytes 300\n"
	                     "reading /gc/heap/live:bytes 90\n"
	                     "reading /gc/cycles/total:gc-cycles 7\n"
	                     "reading exposition.series 5\n");
}

static void a_number_under_two_names_is_one_reading(void **state)
{
	read_page(*state, "go_goroutines 5\ngo_sched_goroutines_goroutines 5\n"
	                  "consul_runtime_alloc_bytes 8\ngo_memstats_alloc_bytes 9\n");

	assert_facts(*state, "capture memstats (prometheus)\n"
	                     "scalar Alloc 8\nscalar HeapAlloc 8\n"
	                     "reading /sched/goroutines:goroutines 5\n"
	                     "reading exposition.series 4\n");
}

static void openmetrics_ends_with_its_mark(void **state)
{
	read_page(*state, "# TYPE go_goroutines gauge\n# UNIT go_goroutines goroutines\n"
	                  "go_goroutines 5 1700000000.25\n# EOF\n");

	assert_facts(*state, "capture memstats (openmetrics) time=2023-11-14T22:13:20.250000000Z\n"
	                     "reading /sched/goroutines:goroutines 5\n"
	                     "reading exposition.series 1\n");
}

static void every_target_and_time_is_a_capture(void **state)
{
	read_page(*state,
	          "# TYPE go_goroutines untyped\n"
	          "go_goroutines{job=\"shop\",instance=\"a:80\"} 1 1700000000000\n"
	          "go_goroutines{job=\"shop\",instance=\"b:80\"} 2 1700000001000\n"
	          "go_goroutines{job=\"mail\",instance=\"x:1\",pod=\"mail-0\",namespace=\"n\"} 3 "
	          "1700000002000\n"
	          "# TYPE go_memstats_alloc_bytes untyped\n"
	          "go_memstats_alloc_bytes{job=\"shop\",instance=\"a:80\"} 10 1700000000000\n"
	          "go_memstats_alloc_bytes{job=\"shop\",instance=\"b:80\"} 20 1700000001000\n"
	          "go_memstats_alloc_bytes{job=\"shop\",instance=\"b:80\"} 21 1700000016000\n");

	assert_facts(*state, "capture memstats (prometheus) time=2023-11-14T22:13:20Z service=shop "
	                     "instance=a:80\n"
	                     "scalar Alloc 10\nscalar HeapAlloc 10\n"
	                     "reading /sched/goroutines:goroutines 1\n"
	                     "reading exposition.series 2\n"
	                     "capture memstats (prometheus) time=2023-11-14T22:13:21Z service=shop "
	                     "instance=b:80\n"
	                     "scalar Alloc 20\nscalar HeapAlloc 20\n"
	                     "reading /sched/goroutines:goroutines 2\n"
	                     "reading exposition.series 2\n"
	                     "capture memstats (prometheus) time=2023-11-14T22:13:22Z service=mail "
	                     "instance=mail-0\n"
	                     "reading /sched/goroutines:goroutines 3\n"
	                     "reading exposition.series 1\n"
	                     "capture memstats (prometheus) time=2023-11-14T22:13:36Z service=shop "
	                     "instance=b:80\n"
	                     "scalar Alloc 21\nscalar HeapAlloc 21\n"
	                     "reading exposition.series 1\n");
}

static void a_dump_of_a_database_has_one_capture_per_time(void **state)
{
	read_page(*state,
	          "{__name__=\"go_goroutines\",instance=\"a:80\",job=\"shop\"} 1 1700000000000\n"
	          "{__name__=\"go_goroutines\",instance=\"a:80\",job=\"shop\"} 2 1700000015000\n"
	          "{__name__=\"go_threads\",instance=\"a:80\",job=\"shop\"} 8 1700000000000\n"
	          "{__name__=\"go_threads\",instance=\"a:80\",job=\"shop\"} 9 1700000015000\n");

	assert_facts(*state, "capture memstats (prometheus) time=2023-11-14T22:13:20Z service=shop "
	                     "instance=a:80\n"
	                     "reading /sched/goroutines:goroutines 1\nreading process.threads 8\n"
	                     "reading exposition.series 2\n"
	                     "capture memstats (prometheus) time=2023-11-14T22:13:35Z service=shop "
	                     "instance=a:80\n"
	                     "reading /sched/goroutines:goroutines 2\nreading process.threads 9\n"
	                     "reading exposition.series 2\n");
}

static void a_pod_tells_its_deployment(void **state)
{
	read_page(*state, "go_goroutines{pod=\"shop-cart-7d9f6c5b8d-x2x4z\"} 1\n"
	                  "go_goroutines{pod=\"odd\"} 1\n"
	                  "go_goroutines{instance=\"a:80\"} 1\n");

	assert_fact(*state, "capture memstats (prometheus) service=shop-cart "
	                    "instance=shop-cart-7d9f6c5b8d-x2x4z");
	assert_fact(*state, "capture memstats (prometheus) service=odd instance=odd");
	assert_fact(*state, "capture memstats (prometheus) instance=a:80");
}

static void what_the_exporter_said_goes_before_the_scraper(void **state)
{
	read_page(*state,
	          "go_goroutines{job=\"federate\",instance=\"p:9090\",exported_job=\"shop\","
	          "exported_instance=\"a:80\"} 1\n");

	assert_fact(*state, "capture memstats (prometheus) service=shop instance=a:80");
}

static void a_job_of_the_programs_own_is_no_target(void **state)
{
	read_page(*state, "# TYPE queue_length gauge\nqueue_length{job=\"mailing\"} 5\n"
	                  "# TYPE go_goroutines gauge\ngo_goroutines 3\n");

	assert_facts(*state, "capture memstats (prometheus)\n"
	                     "reading queue_length {\"job\":\"mailing\"} 5\n"
	                     "reading /sched/goroutines:goroutines 3\n"
	                     "reading exposition.series 2\n");
}

static void containers_belong_to_their_pod_whoever_scraped_them(void **state)
{
	read_page(
		*state,
		"# TYPE container_memory_working_set_bytes gauge\n"
		"container_memory_working_set_bytes{job=\"kubelet\",instance=\"node:10250\","
		"container=\"app\",pod=\"shop-7d9f6c5b8d-x2x4z\",namespace=\"n\",id=\"/kube/x\"} "
		"100\n"
		"container_memory_working_set_bytes{container=\"POD\",pod=\"shop-7d9f6c5b8d-x2x4z\","
		"namespace=\"n\"} 1\n"
		"container_memory_working_set_bytes{id=\"/system.slice\"} 9\n"
		"container_spec_memory_limit_bytes{container=\"app\",pod=\"shop-7d9f6c5b8d-x2x4z\","
		"namespace=\"n\"} 0\n"
		"container_fs_reads_total{container=\"app\",pod=\"shop-7d9f6c5b8d-x2x4z\","
		"namespace=\"n\",device=\"x\"} 7\n"
		"kube_pod_container_resource_limits{container=\"app\",pod=\"shop-7d9f6c5b8d-x2x4z\","
		"namespace=\"n\",resource=\"memory\",unit=\"byte\"} 512\n"
		"kube_pod_container_resource_limits{container=\"app\",pod=\"shop-7d9f6c5b8d-x2x4z\","
		"namespace=\"n\",resource=\"cpu\",unit=\"core\"} 2\n"
		"kube_pod_container_status_last_terminated_reason{container=\"app\",pod=\"shop-"
		"7d9f6c5b8d-x2x4z\",namespace=\"n\",reason=\"OOMKilled\"} 1\n"
		"kube_pod_container_status_last_terminated_reason{container=\"app\",pod=\"shop-"
		"7d9f6c5b8d-x2x4z\",namespace=\"n\",reason=\"Error\"} 0\n");

	assert_facts(*state,
	             "capture cgroup (prometheus) service=shop instance=shop-7d9f6c5b8d-x2x4z\n"
	             "reading container_memory_working_set_bytes {\"container\":\"app\"} 100\n"
	             "reading limit.memory {\"container\":\"app\"} none\n"
	             "reading limit.memory {\"container\":\"app\"} 512\n"
	             "reading kube_pod_container_status_last_terminated_reason "
	             "{\"container\":\"app\",\"reason\":\"OOMKilled\"} 1\n");
}

static void containers_of_one_pod_keep_their_names(void **state)
{
	read_page(*state,
	          "# TYPE container_memory_rss gauge\n"
	          "container_memory_rss{container=\"\",pod=\"shop-7d9f6c5b8d-x2x4z\"} 148\n"
	          "container_memory_rss{container=\"shop\",pod=\"shop-7d9f6c5b8d-x2x4z\"} 100\n"
	          "container_memory_rss{container=\"istio-proxy\",pod=\"shop-7d9f6c5b8d-x2x4z\"} "
	          "47\n"
	          "container_memory_rss{container=\"POD\",pod=\"shop-7d9f6c5b8d-x2x4z\"} 1\n");

	assert_facts(*state,
	             "capture cgroup (prometheus) service=shop instance=shop-7d9f6c5b8d-x2x4z\n"
	             "reading cgroup.memory.stat.anon 148\n"
	             "reading cgroup.memory.stat.anon {\"container\":\"shop\"} 100\n"
	             "reading cgroup.memory.stat.anon {\"container\":\"istio-proxy\"} 47\n");
}

static void pods_of_one_name_in_two_namespaces_are_two_instances(void **state)
{
	read_page(*state,
	          "# TYPE container_memory_rss gauge\n"
	          "container_memory_rss{container=\"db\",namespace=\"prod\",pod=\"db-0\"} 100\n"
	          "container_memory_rss{container=\"db\",namespace=\"staging\",pod=\"db-0\"} 50\n"
	          "container_memory_rss{container=\"db\",namespace=\"prod\",pod=\"db-1\"} 99\n"
	          "container_memory_rss{container=\"db\",pod=\"db-0\"} 7\n");

	assert_facts(*state, "capture cgroup (prometheus) service=db instance=prod/db-0\n"
	                     "reading cgroup.memory.stat.anon {\"container\":\"db\"} 100\n"
	                     "capture cgroup (prometheus) service=db instance=staging/db-0\n"
	                     "reading cgroup.memory.stat.anon {\"container\":\"db\"} 50\n"
	                     "capture cgroup (prometheus) service=db instance=db-1\n"
	                     "reading cgroup.memory.stat.anon {\"container\":\"db\"} 99\n"
	                     "capture cgroup (prometheus) service=db instance=db-0\n"
	                     "reading cgroup.memory.stat.anon {\"container\":\"db\"} 7\n");
}

static void what_only_the_cluster_says_of_a_pod_does_not_show_it_running(void **state)
{
	read_page(*state, "# TYPE kube_pod_container_status_restarts_total counter\n"
	                  "kube_pod_container_status_restarts_total{container=\"shop\","
	                  "pod=\"shop-7d9f6c5b8d-x2x4z\"} 2\n");

	assert_facts(*state, "capture pod (prometheus) service=shop "
	                     "instance=shop-7d9f6c5b8d-x2x4z\n"
	                     "reading kubernetes.restarts {\"container\":\"shop\"} 2\n");
}

static void scrapes_one_behind_the_other_are_captures_of_their_own(void **state)
{
	struct ll_facts *const facts = *state;

	read_page(facts, "go_goroutines 1\ngo_threads 1\ngo_goroutines 2\ngo_threads 2\n");
	assert_int_equal(facts->count, 2);
	assert_fact(facts, "reading process.threads 2");

	read_page(facts, "go_goroutines 1\n# EOF\ngo_threads 2\n# EOF\n");
	assert_int_equal(facts->count, 2);

	/* With times, but no dump: other series lie between the two. */
	read_page(facts, "go_goroutines 1 1700000000\ngo_threads 1 1700000000\n"
	                 "go_goroutines 2 1700000060\ngo_threads 2 1700000060\n");
	assert_int_equal(facts->count, 2);

	read_page(facts, "go_goroutines 1\ngo_goroutines 2\n");
	assert_int_equal(facts->count, 2);
}

static void pages_of_one_thread_are_captures_of_their_own(void **state)
{
	struct ll_facts *const facts = *state;

	/* The second was not copied from its first line on. */
	read_page(facts, "At the start:\n\n```\n# TYPE go_goroutines gauge\ngo_goroutines 8\n"
	                 "go_threads 5\nprocess_resident_memory_bytes 1000\n```\n\n"
	                 "and a day later:\n\n```\ngo_threads 6\n"
	                 "process_resident_memory_bytes 9000\ngo_goroutines 800\n```\n");
	assert_int_equal(facts->count, 2);
	assert_fact(facts, "reading process.rss 1000");
	assert_fact(facts, "reading process.rss 9000");
	assert_fact(facts, "reading process.threads 6");

	/* Nothing but its type stands in between. */
	read_page(facts, "go_goroutines 8\n# TYPE go_threads gauge\ngo_threads 5\n"
	                 "# TYPE go_threads gauge\ngo_threads 6\n");
	assert_int_equal(facts->count, 2);

	/* Neither are two processes that nothing tells apart, nor all times of a series. */
	read_page(facts, "go_goroutines 8\ngo_threads 5\ngo_threads 6\n");
	assert_int_equal(facts->count, 1);
	read_page(facts, "go_goroutines 8 1700000000\ngo_goroutines 9 1700000060\n"
	                 "go_threads 5 1700000000\ngo_threads 6 1700000060\n");
	assert_int_equal(facts->count, 2);
}

static void gauges_of_the_program_are_kept_up_to_a_ceiling_and_all_are_counted(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "go_goroutines 1\n# TYPE q gauge\n");
	for (int i = 0; i < 1000; i++)
		ll_buf_printf(&text, "q{id=\"%d\"} 5\n", i);
	ll_buf_puts(&text, "# TYPE hits counter\nhits 5\nhits_total 5\nreq_bucket{le=\"1\"} 5\n");
	read_page(facts, text.data);

	assert_int_equal(facts->captures[0].readings, 1 + LL_SCRAPE_OTHERS + 1);
	assert_int_equal(facts->captures[0].notes, 0);
	assert_fact(facts, "reading exposition.series 1004");
	assert_fact(facts, "reading q {\"id\":\"255\"} 5");
}

static void more_numbers_than_a_capture_may_have_are_noted(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "# TYPE go_x gauge\n");
	for (int i = 0; i < 5000; i++)
		ll_buf_printf(&text, "go_x{id=\"%d\"} 5\n", i);
	read_page(facts, text.data);

	assert_int_equal(facts->captures[0].readings, LL_SCRAPE_KEPT + 1);
	assert_fact(facts, "reading exposition.series 5000");
	assert_fact(facts,
	            "note 0 too many targets, times or series in one page: not all are kept");
}

static void own_labels_are_sorted_and_cleaned(void **state)
{
	read_page(*state, "go_goroutines 1\nq{z=\"\\\"\\\\\\n\",a=\"1\"} 5\n"
	                  "q2{job=\"j\",instance=\"i\",pod=\"p\",endpoint=\"web\",k=\"v\"} 6\n"
	                  "go_goroutines{job=\"j\",instance=\"i\",pod=\"p\",env=\"prod\"} 6\n");

	assert_fact(*state, "reading q {\"a\":\"1\",\"z\":\"\\\"\\\\\\n\"} 5");
	assert_fact(*state, "reading q2 {\"k\":\"v\"} 6");
	assert_fact(*state, "reading /sched/goroutines:goroutines 6");
}

static void a_malformed_line_is_noted_and_the_rest_is_kept(void **state)
{
	read_page(*state, "go_goroutines 1\ngo_threads{\ngo_threads x\n# TYPE a gauge\n"
	                  "process_open_fds 7\n");

	assert_facts(*state, "capture memstats (prometheus)\n"
	                     "reading /sched/goroutines:goroutines 1\n"
	                     "reading process.open_fds 7\n"
	                     "reading exposition.series 2\n"
	                     "note 2 line skipped: a label that is not name=\"value\"\n"
	                     "note 3 line skipped: a value that is no number\n");
}

static void what_a_tool_said_in_front_is_passed_over(void **state)
{
	read_page(*state, "Handling connection for 6060\nwarning: x\n# TYPE go_goroutines gauge\n"
	                  "go_goroutines 1\n");

	assert_fact(*state, "reading /sched/goroutines:goroutines 1");
	assert_fact(*state, "note 1 line skipped: a value that is no number");
}

static void damage_behind_the_last_page_is_not_lost(void **state)
{
	read_page(*state, "go_goroutines 1\ngo_threads 1\ngo_threads 1\n# EOF\n<html>\n");

	assert_fact(*state, "note 5 line skipped: a sample without a name");
}

static void more_damage_than_can_be_told_is_counted(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "# TYPE go_goroutines gauge\ngo_goroutines 1\n");
	for (int i = 0; i < 40; i++)
		ll_buf_puts(&text, "?\n");
	read_page(*state, text.data);

	assert_fact(*state, "note 0 24 more malformed lines skipped");
}

static void a_file_of_garbage_is_refused_with_its_line(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	assert_refused(*state, "# TYPE a gauge\n\na b c\n<html>\n",
	               "line 3: a value that is no number");
	assert_refused(*state, "# HELP a b\n# TYPE a gauge\n",
	               "a page of metrics without a sample");
	assert_refused(*state, "# TYPE a histogram\na_bucket{le=\"1\"} 5\na_sum 7\n",
	               "2 samples, none of a Go program, a process, a container or a gauge");

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "# TYPE a gauge\n");
	for (int i = 0; i < 10001; i++)
		ll_buf_puts(&text, "?\n");
	assert_refused(*state, text.data,
	               "line 2: a sample without a name, and most lines are no better");
}

static void what_stands_behind_a_page_costs_it_nothing(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "# TYPE go_goroutines gauge\ngo_goroutines 5\n");
	for (int i = 0; i < 20000; i++)
		ll_buf_puts(&text, "?\n");
	read_page(*state, text.data);

	assert_fact(*state, "reading /sched/goroutines:goroutines 5");
	assert_fact(*state, "note 10003 most lines are not of metrics: none is read behind this");
}

static void processes_that_cannot_be_told_apart_are_noted(void **state)
{
	read_page(*state, "go_memstats_alloc_bytes{host=\"a\"} 1\n"
	                  "go_memstats_alloc_bytes{host=\"b\"} 2\ngo_threads 1\n");

	assert_fact(*state, "scalar Alloc 1");
	assert_fact(*state, "note 0 several processes without labels job, instance or pod: the "
	                    "first counts");
}

static void saved_headers_tell_the_time(void **state)
{
	read_page(*state, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
	                  "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n\r\n"
	                  "go_goroutines 1\ngo_threads 2\nprocess_open_fds 3\n");

	assert_facts(*state, "capture memstats (prometheus) time=2023-11-14T22:13:20Z\n"
	                     "reading /sched/goroutines:goroutines 1\n"
	                     "reading process.threads 2\nreading process.open_fds 3\n"
	                     "reading exposition.series 3\n");
}

static void a_build_info_names_the_program(void **state)
{
	read_page(*state, "go_build_info{checksum=\"\",path=\"example.com/shop\",version=\"v1\"} "
	                  "1\ngo_goroutines 1\ngo_threads 1\n");

	assert_fact(*state, "capture memstats (prometheus) program=example.com/shop");
}

struct counts {
	size_t captures, notes;
};

static int count_capture(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	(void)origin;
	(void)err;
	((struct counts *)self)->captures++;
	return LL_OK;
}

static void count_note(void *self, uint64_t position, const char *text)
{
	(void)position;
	assert_string_equal(text,
	                    "too many targets, times or series in one page: not all are kept");
	((struct counts *)self)->notes++;
}

static void more_targets_than_there_is_room_for_are_noted(void **state)
{
	struct counts counts = {0};
	struct ll_sink sink = ll_sink_ignore;
	struct ll_error err = LL_ERROR_INIT;
	LL_CLEANUP(ll_stream_closep) struct ll_stream *stream = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	(void)state;
	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 0; i <= LL_SCRAPE_CAPTURES; i++)
		ll_buf_printf(&text, "go_goroutines{job=\"j\",instance=\"%d\"} 1\n", i);
	stream = ll_stream_open_memory(text.data, text.size);
	sink.self = &counts;
	sink.begin = count_capture;
	sink.note = count_note;
	assert_ok(ll_capture_read(stream, ll_str("federate"), &sink, NULL, &err), &err);

	assert_int_equal(counts.captures, LL_SCRAPE_CAPTURES);
	assert_int_equal(counts.notes, 1);
}

static int refuse_reading(void *self, const struct ll_reading *reading, struct ll_error *err)
{
	(void)self;
	(void)reading;
	return ll_fail(err, LL_E_BUSY, "no more room");
}

static void a_sink_that_refuses_ends_the_read(void **state)
{
	static const char page[] = "go_goroutines 1\ngo_threads 2\nprocess_open_fds 3\n";
	struct ll_sink sink = ll_sink_ignore;
	struct ll_error err = LL_ERROR_INIT;
	LL_CLEANUP(ll_stream_closep)
	struct ll_stream *stream = ll_stream_open_memory(page, sizeof page - 1);

	(void)state;
	sink.reading = refuse_reading;

	assert_int_equal(ll_capture_read(stream, ll_str("metrics"), &sink, NULL, &err), LL_E_BUSY);
	assert_string_equal(err.text, "no more room");
}

static void a_page_may_be_cut_anywhere(void **state)
{
	static const char page[] =
		"# TYPE go_goroutines gauge\ngo_goroutines{job=\"a\",instance=\"b\"} 5 1700000000\n"
		"{\"q.x\",k=\"\\\\v\"} 0x1p3 # {t=\"1\"} 2\ngo_info{version=\"go1.2\"} 1\n# EOF\n";

	for (size_t size = 0; size < sizeof page; size++) {
		struct ll_error err = LL_ERROR_INIT;

		ll_facts_clear(*state);
		(void)ll_facts_read(*state, ll_str_n(page, size), "metrics", &err);
	}
}

static void the_protobuf_form_is_refused_by_name(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	static const char family[] = "\x19\x0a\x0dgo_goroutines\x18\x01\x22\x06\x12\x04gauge";

	assert_int_equal(
		ll_facts_read(*state, ll_str_n(family, sizeof family - 1), "metrics", &err),
		LL_E_FORMAT);
	assert_string_equal(err.text,
	                    "Prometheus metrics in the protobuf form: save the text form instead");
}

static void assert_page_of_corpus(struct ll_facts *facts, const char *corpus,
                                  const struct ll_table *oracle)
{
	const struct ll_str counts = ll_table_cell(oracle, "counts_json");
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf bytes;
	char expected[64];

	ll_buf_init(&bytes, LL_BUF_PAGE);
	ll_corpus_read(corpus, ll_table_cell(oracle, "path"), &bytes);
	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_buf_str(&bytes), "input.txt", &err), &err);
	ll_buf_done(&bytes);

	(void)snprintf(expected, sizeof expected, "reading exposition.series %lld",
	               (long long)ll_corpus_json_number(counts, "samples"));
	assert_fact(facts, expected);
	/* One of the three has a value that its field cannot have, and is a reading. */
	assert_int_equal(facts->captures[0].scalars + facts->captures[0].readings - 1,
	                 ll_corpus_json_number(counts, "go_memstats"));
}

static void the_page_of_the_corpus_is_read_whole(void **state)
{
	const char *const corpus = ll_test_corpus();
	struct ll_table oracle;
	size_t pages = 0;

	if (!corpus)
		skip();
	ll_table_open(&oracle, corpus, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		if (!ll_str_equal(ll_table_cell(&oracle, "kind"), ll_str("prometheus-text")))
			continue;
		assert_page_of_corpus(*state, corpus, &oracle);
		pages++;
	}
	ll_table_done(&oracle);
	assert_int_equal(pages, 1);
}

static void a_collection_before_go_was_published_tells_no_time(void **state)
{
	read_page(*state, "# TYPE go_goroutines gauge\n"
	                  "go_goroutines 7\n"
	                  "# TYPE go_memstats_last_gc_time_seconds gauge\n"
	                  "go_memstats_last_gc_time_seconds 1.7\n");

	assert_fact(*state, "capture memstats (prometheus)");
}

static void the_last_collection_that_an_old_client_mangled_is_known(void **state)
{
	/* 1547705128291785300 ns times ten; and what is no time at all */
	read_page(*state, "# TYPE go_memstats_last_gc_time_seconds gauge\n"
	                  "go_memstats_last_gc_time_seconds 1.5477051282917853e+19\n");
	assert_fact(*state, "scalar LastGC 1547705128291785472");
	read_page(*state, "# TYPE go_memstats_last_gc_time_seconds gauge\n"
	                  "go_memstats_last_gc_time_seconds 1.5477051282917853e+29\n"
	                  "go_memstats_heap_objects 5\n");
	assert_fact(*state, "scalar HeapObjects 5");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_last_collection_that_an_old_client_mangled_is_known),
		test(a_page_of_one_process_is_one_capture),
		test(limits_that_are_off_are_none),
		test(a_value_that_a_field_cannot_have_stays_under_its_own_name),
		test(fields_are_added_up_from_runtime_metrics),
		test(a_number_under_two_names_is_one_reading),
		test(openmetrics_ends_with_its_mark),
		test(every_target_and_time_is_a_capture),
		test(a_dump_of_a_database_has_one_capture_per_time),
		test(a_pod_tells_its_deployment),
		test(what_the_exporter_said_goes_before_the_scraper),
		test(a_job_of_the_programs_own_is_no_target),
		test(containers_belong_to_their_pod_whoever_scraped_them),
		test(containers_of_one_pod_keep_their_names),
		test(pods_of_one_name_in_two_namespaces_are_two_instances),
		test(what_only_the_cluster_says_of_a_pod_does_not_show_it_running),
		test(scrapes_one_behind_the_other_are_captures_of_their_own),
		test(pages_of_one_thread_are_captures_of_their_own),
		test(gauges_of_the_program_are_kept_up_to_a_ceiling_and_all_are_counted),
		test(more_numbers_than_a_capture_may_have_are_noted),
		test(own_labels_are_sorted_and_cleaned),
		test(a_malformed_line_is_noted_and_the_rest_is_kept),
		test(what_a_tool_said_in_front_is_passed_over),
		test(damage_behind_the_last_page_is_not_lost),
		test(more_damage_than_can_be_told_is_counted),
		test(a_file_of_garbage_is_refused_with_its_line),
		test(what_stands_behind_a_page_costs_it_nothing),
		test(processes_that_cannot_be_told_apart_are_noted),
		test(saved_headers_tell_the_time),
		test(a_build_info_names_the_program),
		test(more_targets_than_there_is_room_for_are_noted),
		test(a_page_whose_times_are_none_is_refused_with_that_reason),
		test(a_sink_that_refuses_ends_the_read),
		test(a_page_may_be_cut_anywhere),
		test(the_protobuf_form_is_refused_by_name),
		test(the_page_of_the_corpus_is_read_whole),
		test(a_collection_before_go_was_published_tells_no_time),
	};

	return cmocka_run_group_tests_name("capture.fmt_prometheus", tests, NULL, NULL);
}
