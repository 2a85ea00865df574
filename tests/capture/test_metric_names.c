/* SPDX-License-Identifier: Apache-2.0 */
#include "metrics/metric_names.h"
#include "metrics/metric_set.h"
#include "support.h"

static void every_spelling_finds_its_number(void **state)
{
	static const struct {
		const char *name;
		enum ll_metric metric;
		const char *reading;
	} rows[] = {
		{"go_memstats_heap_alloc_bytes", LL_METRIC_HEAP_ALLOC, NULL},
		{"go_memstats_alloc_bytes_total", LL_METRIC_TOTAL_ALLOC, NULL},
		{"go_gc_duration_seconds_count", LL_METRIC_NUM_GC, NULL},
		{"go_goroutines", LL_METRIC_COUNT, LL_READING_GOROUTINES},
		{"go_sched_goroutines_goroutines", LL_METRIC_COUNT, LL_READING_GOROUTINES},
		{"go_gc_heap_live_bytes", LL_METRIC_COUNT, LL_READING_HEAP_LIVE},
		{"/gc/heap/live:bytes", LL_METRIC_COUNT, LL_READING_HEAP_LIVE},
		{"go_gc_heap_allocs_bytes_total", LL_METRIC_COUNT, "/gc/heap/allocs:bytes"},
		{"go_memory_classes_heap_objects_bytes", LL_METRIC_COUNT,
	         "/memory/classes/heap/objects:bytes"},
		{"go_cpu_classes_gc_total_cpu_seconds_total", LL_METRIC_COUNT,
	         "/cpu/classes/gc/total:cpu-seconds"},
		{"go_sched_goroutines_created_goroutines_total", LL_METRIC_COUNT,
	         "/sched/goroutines-created:goroutines"},
		{"go_sched_goroutines_waiting_goroutines", LL_METRIC_COUNT,
	         "/sched/goroutines/waiting:goroutines"},
		{"go_gc_gogc_percent", LL_METRIC_COUNT, LL_READING_GOGC},
		{"go_gc_gomemlimit_bytes", LL_METRIC_COUNT, LL_READING_GOMEMLIMIT},
		{"go_sched_gomaxprocs_threads", LL_METRIC_COUNT, LL_READING_GOMAXPROCS},
		{"go_gc_cycles_total_gc_cycles_total", LL_METRIC_COUNT,
	         "/gc/cycles/total:gc-cycles"},
		{"process_resident_memory_bytes", LL_METRIC_COUNT, LL_READING_RSS},
		{"shop_process_resident_memory_bytes", LL_METRIC_COUNT, LL_READING_RSS},
		{"process_start_time_seconds", LL_METRIC_COUNT, LL_READING_START_TIME},
		{"process_runtime_go_mem_heap_alloc_bytes", LL_METRIC_HEAP_ALLOC, NULL},
		{"process.runtime.go.mem.heap_alloc", LL_METRIC_HEAP_ALLOC, NULL},
		{"runtime_go_mem_heap_alloc", LL_METRIC_HEAP_ALLOC, NULL},
		{"otelcol_process_runtime_heap_alloc_bytes", LL_METRIC_HEAP_ALLOC, NULL},
		{"process_runtime_total_alloc_bytes_total", LL_METRIC_TOTAL_ALLOC, NULL},
		{"otelcol_process_runtime_total_sys_memory_bytes", LL_METRIC_SYS, NULL},
		{"otelcol_process_memory_rss", LL_METRIC_COUNT, LL_READING_RSS},
		{"otelcol_process_cpu_seconds_total", LL_METRIC_COUNT, LL_READING_CPU},
		{"runtime.go.goroutines", LL_METRIC_COUNT, LL_READING_GOROUTINES},
		{"go_goroutine_count", LL_METRIC_COUNT, LL_READING_GOROUTINES},
		{"go.config.gogc", LL_METRIC_COUNT, LL_READING_GOGC},
		{"go_config_gogc_percent", LL_METRIC_COUNT, LL_READING_GOGC},
		{"shop_process_heap_inuse", LL_METRIC_HEAP_INUSE, NULL},
		{"process_sys_heap", LL_METRIC_HEAP_SYS, NULL},
		{"shop_process_cpu_goroutines", LL_METRIC_COUNT, LL_READING_GOROUTINES},
		{"consul_runtime_alloc_bytes", LL_METRIC_ALLOC, NULL},
		{"nomad.host-1.runtime.num_goroutines", LL_METRIC_COUNT, LL_READING_GOROUTINES},
		{"runtime_total_gc_runs", LL_METRIC_NUM_GC, NULL},
		{"runtime.values.NumGoroutine", LL_METRIC_COUNT, LL_READING_GOROUTINES},
		{"container_memory_usage_bytes", LL_METRIC_COUNT, LL_READING_CGROUP_CURRENT},
		{"container_spec_memory_limit_bytes", LL_METRIC_COUNT, LL_READING_LIMIT},
		{"go_something_new", LL_METRIC_COUNT, NULL},
		{"worker_pool_goroutines", LL_METRIC_COUNT, NULL},
		{"myruntime_alloc_bytes", LL_METRIC_COUNT, NULL},
		{"", LL_METRIC_COUNT, NULL},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		const struct ll_metric_name known = ll_metric_name_find(ll_str(rows[i].name));

		if (known.metric != rows[i].metric || !known.reading != !rows[i].reading)
			print_error("%s\n", rows[i].name);
		assert_int_equal(known.metric, rows[i].metric);
		assert_int_equal(known.reading != NULL, rows[i].reading != NULL);
		if (known.reading)
			assert_string_equal(known.reading, rows[i].reading);
	}
}

static void names_say_what_they_are_about(void **state)
{
	(void)state;
	assert_int_equal(ll_metric_name_find(ll_str("go_new")).subject, LL_METRIC_OF_PROCESS);
	assert_int_equal(ll_metric_name_find(ll_str("process_new")).subject, LL_METRIC_OF_PROCESS);
	assert_int_equal(ll_metric_name_find(ll_str("kube_pod_info")).subject,
	                 LL_METRIC_OF_CONTAINER);
	assert_int_equal(ll_metric_name_find(ll_str("container_fs_reads_total")).subject,
	                 LL_METRIC_OF_CONTAINER);
	assert_int_equal(ll_metric_name_find(ll_str("cache_entries")).subject, LL_METRIC_OF_OTHER);
}

static void no_name_of_runtime_metrics_is_listed_twice(void **state)
{
	(void)state;
	for (size_t i = 0; ll_runtime_metric_name(i); i++)
		assert_int_equal(ll_runtime_metric_find(ll_str(ll_runtime_metric_name(i))), i);
}

static void every_part_of_a_sum_is_a_name_of_runtime_metrics(void **state)
{
	size_t sums = 0;

	(void)state;
	for (enum ll_metric metric = 0; metric < LL_METRIC_COUNT; metric++) {
		size_t parts = 0;

		while (ll_metric_part(metric, parts) != SIZE_MAX)
			assert_non_null(ll_runtime_metric_name(ll_metric_part(metric, parts++)));
		sums += parts > 0;
	}
	assert_int_equal(sums, 23);
	assert_int_not_equal(ll_metric_part(LL_METRIC_HEAP_SYS, 3), SIZE_MAX);
	assert_int_equal(ll_metric_part(LL_METRIC_MAX_RSS, 0), SIZE_MAX);
}

static void units_become_those_of_the_ledger(void **state)
{
	const struct ll_metric_name last =
		ll_metric_name_find(ll_str("go_memstats_last_gc_time_seconds"));
	const struct ll_metric_name fraction =
		ll_metric_name_find(ll_str("go_memstats_gc_cpu_fraction"));
	const struct ll_metric_name goal = ll_metric_name_find(ll_str("go_memstats_next_gc_bytes"));
	int64_t value;

	(void)state;
	assert_true(ll_metric_scalar(&last, 1.5, &value));
	assert_int_equal(value, 1500000000);
	assert_true(ll_metric_scalar(&fraction, 0.25, &value));
	assert_int_equal(value, 250000000);
	assert_true(ll_metric_scalar(&goal, 1.8446744073709552e19, &value));
	assert_int_equal(value, INT64_MAX);

	assert_false(ll_metric_scalar(&fraction, -0.1, &value));
	assert_false(ll_metric_scalar(&fraction, 1.1, &value));
	assert_false(ll_metric_scalar(&goal, -1, &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_spelling_finds_its_number),
		cmocka_unit_test(names_say_what_they_are_about),
		cmocka_unit_test(no_name_of_runtime_metrics_is_listed_twice),
		cmocka_unit_test(every_part_of_a_sum_is_a_name_of_runtime_metrics),
		cmocka_unit_test(units_become_those_of_the_ledger),
	};

	return cmocka_run_group_tests_name("capture.metric_names", tests, NULL, NULL);
}
