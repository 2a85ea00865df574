/* SPDX-License-Identifier: Apache-2.0 */
/*
 * metric_names.c - THE TABLE of names of numbers. To teach a name: add its row.
 *
 * Rules:
 *   1. runtime/metrics in Prometheus (formats.md 5.5): "go_", the path with '/', '-' and ':' as
 *      '_', and "_total" when it only rises. The rule is applied to each row of `runtime_rows`,
 *      and "_total" may be there or not (client_golang 1.12.0 had it on some that do not rise).
 *   2. A process_... name may have a namespace of the program's before it.
 *   3. OpenTelemetry's names are compared without "process_" in front and without "_bytes",
 *      "_percent", "_ratio" and "_total" behind, which exporters add or not.
 *   4. go-metrics puts the program's name, and often the machine's, before "_runtime_"; OpenCensus
 *      what the program wants before "_process_".
 */
#include "metric_names.h"

/* ------------------------------------------------------------- runtime/metrics */

/* Those that are one number; histograms are not kept. */
static const char *const runtime_rows[] = {
	"/cgo/go-to-c-calls:calls",
	"/cpu/classes/gc/mark/assist:cpu-seconds",
	"/cpu/classes/gc/mark/dedicated:cpu-seconds",
	"/cpu/classes/gc/mark/idle:cpu-seconds",
	"/cpu/classes/gc/pause:cpu-seconds",
	"/cpu/classes/gc/total:cpu-seconds",
	"/cpu/classes/idle:cpu-seconds",
	"/cpu/classes/scavenge/assist:cpu-seconds",
	"/cpu/classes/scavenge/background:cpu-seconds",
	"/cpu/classes/scavenge/total:cpu-seconds",
	"/cpu/classes/total:cpu-seconds",
	"/cpu/classes/user:cpu-seconds",
	"/gc/cleanups/executed:cleanups",
	"/gc/cleanups/queued:cleanups",
	"/gc/cycles/automatic:gc-cycles",
	"/gc/cycles/forced:gc-cycles",
	"/gc/cycles/total:gc-cycles",
	"/gc/finalizers/executed:finalizers",
	"/gc/finalizers/queued:finalizers",
	LL_READING_GOGC,
	LL_READING_GOMEMLIMIT,
	"/gc/heap/allocs:bytes",
	"/gc/heap/allocs:objects",
	"/gc/heap/frees:bytes",
	"/gc/heap/frees:objects",
	"/gc/heap/goal:bytes",
	LL_READING_HEAP_LIVE,
	"/gc/heap/objects:objects",
	"/gc/heap/tiny/allocs:objects",
	"/gc/limiter/last-enabled:gc-cycle",
	LL_READING_SCAN_GLOBALS,
	"/gc/scan/heap:bytes",
	LL_READING_SCAN_STACK,
	"/gc/scan/total:bytes",
	"/gc/stack/starting-size:bytes",
	"/memory/classes/heap/free:bytes",
	"/memory/classes/heap/objects:bytes",
	"/memory/classes/heap/released:bytes",
	"/memory/classes/heap/stacks:bytes",
	"/memory/classes/heap/unused:bytes",
	"/memory/classes/metadata/mcache/free:bytes",
	"/memory/classes/metadata/mcache/inuse:bytes",
	"/memory/classes/metadata/mspan/free:bytes",
	"/memory/classes/metadata/mspan/inuse:bytes",
	"/memory/classes/metadata/other:bytes",
	"/memory/classes/os-stacks:bytes",
	"/memory/classes/other:bytes",
	"/memory/classes/profiling/buckets:bytes",
	"/memory/classes/total:bytes",
	LL_READING_GOMAXPROCS,
	"/sched/goroutines-created:goroutines",
	"/sched/goroutines/not-in-go:goroutines",
	"/sched/goroutines/runnable:goroutines",
	"/sched/goroutines/running:goroutines",
	"/sched/goroutines/waiting:goroutines",
	LL_READING_GOROUTINES,
	"/sched/threads/total:threads",
	"/sync/mutex/wait/total:seconds",
};

_Static_assert(LL_COUNT(runtime_rows) <= LL_RUNTIME_METRICS_MAX, "one value per row");

const char *ll_runtime_metric_name(size_t row)
{
	return row < LL_COUNT(runtime_rows) ? runtime_rows[row] : NULL;
}

size_t ll_runtime_metric_find(struct ll_str name)
{
	/* All begin with it, and few of the names that are asked about do. */
	if (name.size == 0 || name.data[0] != '/')
		return SIZE_MAX;
	for (size_t i = 0; i < LL_COUNT(runtime_rows); i++) {
		if (ll_str_equal(name, ll_str(runtime_rows[i])))
			return i;
	}
	return SIZE_MAX;
}

static char as_underscore(char byte)
{
	return strchr("/-:.", byte) ? '_' : byte;
}

/* Rule 1; `name` is behind "go_". */
static size_t find_by_rule(struct ll_str name)
{
	if (ll_str_ends(name, "_total")) {
		const size_t row = find_by_rule(ll_str_first(name, name.size - 6));

		if (row != SIZE_MAX)
			return row;
	}
	for (size_t row = 0; row < LL_COUNT(runtime_rows); row++) {
		const struct ll_str path = ll_str_from(ll_str(runtime_rows[row]), 1);
		size_t i = 0;

		if (path.size != name.size)
			continue;
		while (i < name.size && as_underscore(path.data[i]) == as_underscore(name.data[i]))
			i++;
		if (i == name.size)
			return row;
	}
	return SIZE_MAX;
}

/* How MemStats is made of them, as runtime.ReadMemStats does it (formats.md 5.1). */
static const struct {
	enum ll_metric metric;
	const char *parts[4];
} sums[] = {
	{LL_METRIC_ALLOC, {"/memory/classes/heap/objects:bytes"}},
	{LL_METRIC_TOTAL_ALLOC, {"/gc/heap/allocs:bytes"}},
	{LL_METRIC_SYS, {"/memory/classes/total:bytes"}},
	{LL_METRIC_MALLOCS, {"/gc/heap/allocs:objects", "/gc/heap/tiny/allocs:objects"}},
	{LL_METRIC_FREES, {"/gc/heap/frees:objects", "/gc/heap/tiny/allocs:objects"}},
	{LL_METRIC_HEAP_ALLOC, {"/memory/classes/heap/objects:bytes"}},
	{LL_METRIC_HEAP_SYS,
         {"/memory/classes/heap/objects:bytes", "/memory/classes/heap/unused:bytes",
          "/memory/classes/heap/free:bytes", "/memory/classes/heap/released:bytes"}},
	{LL_METRIC_HEAP_IDLE,
         {"/memory/classes/heap/free:bytes", "/memory/classes/heap/released:bytes"}},
	{LL_METRIC_HEAP_INUSE,
         {"/memory/classes/heap/objects:bytes", "/memory/classes/heap/unused:bytes"}},
	{LL_METRIC_HEAP_RELEASED, {"/memory/classes/heap/released:bytes"}},
	{LL_METRIC_HEAP_OBJECTS, {"/gc/heap/objects:objects"}},
	{LL_METRIC_STACK_INUSE, {"/memory/classes/heap/stacks:bytes"}},
	{LL_METRIC_STACK_SYS,
         {"/memory/classes/heap/stacks:bytes", "/memory/classes/os-stacks:bytes"}},
	{LL_METRIC_MSPAN_INUSE, {"/memory/classes/metadata/mspan/inuse:bytes"}},
	{LL_METRIC_MSPAN_SYS,
         {"/memory/classes/metadata/mspan/inuse:bytes",
          "/memory/classes/metadata/mspan/free:bytes"}},
	{LL_METRIC_MCACHE_INUSE, {"/memory/classes/metadata/mcache/inuse:bytes"}},
	{LL_METRIC_MCACHE_SYS,
         {"/memory/classes/metadata/mcache/inuse:bytes",
          "/memory/classes/metadata/mcache/free:bytes"}},
	{LL_METRIC_BUCK_HASH_SYS, {"/memory/classes/profiling/buckets:bytes"}},
	{LL_METRIC_GC_SYS, {"/memory/classes/metadata/other:bytes"}},
	{LL_METRIC_OTHER_SYS, {"/memory/classes/other:bytes"}},
	{LL_METRIC_NEXT_GC, {"/gc/heap/goal:bytes"}},
	{LL_METRIC_NUM_GC, {"/gc/cycles/total:gc-cycles"}},
	{LL_METRIC_NUM_FORCED_GC, {"/gc/cycles/forced:gc-cycles"}},
};

size_t ll_metric_part(enum ll_metric metric, size_t index)
{
	for (size_t i = 0; i < LL_COUNT(sums); i++) {
		if (sums[i].metric == metric)
			return index < LL_COUNT(sums[i].parts) && sums[i].parts[index]
			               ? ll_runtime_metric_find(ll_str(sums[i].parts[index]))
			               : SIZE_MAX;
	}
	return SIZE_MAX;
}

/* ----------------------------------------------------------------- other names */

enum spelling {
	EXACT,
	SUFFIX,    /* rules 2 and 4: as it is, or behind something and '_' */
	TELEMETRY, /* rule 3 */
};

struct row {
	struct ll_str name;
	enum spelling spelling;
	enum ll_metric metric;
	const char *reading;
	enum ll_metric_unit unit;
	enum ll_metric_none none;
	enum ll_metric_subject subject;
};

/* clang-format off */
#define NAMED(name) {(name), sizeof(name) - 1}
#define SCALAR(name, metric) \
	{NAMED(name), EXACT, LL_METRIC_##metric, NULL, LL_METRIC_AS_IS, LL_METRIC_ANY, LL_METRIC_OF_PROCESS}
#define SECONDS(name, metric) \
	{NAMED(name), EXACT, LL_METRIC_##metric, NULL, LL_METRIC_SECONDS_AS_NS, LL_METRIC_ANY, \
	 LL_METRIC_OF_PROCESS}
#define FRACTION(name, metric) \
	{NAMED(name), EXACT, LL_METRIC_##metric, NULL, LL_METRIC_FRACTION_AS_PPB, LL_METRIC_ANY, \
	 LL_METRIC_OF_PROCESS}
#define READING(name, reading) \
	{NAMED(name), EXACT, LL_METRIC_COUNT, reading, LL_METRIC_AS_IS, LL_METRIC_ANY, LL_METRIC_OF_PROCESS}
#define PROCESS(name, reading, none) \
	{NAMED(name), SUFFIX, LL_METRIC_COUNT, reading, LL_METRIC_AS_IS, LL_METRIC_##none, LL_METRIC_OF_PROCESS}
#define OTEL_SCALAR(name, metric) \
	{NAMED(name), TELEMETRY, LL_METRIC_##metric, NULL, LL_METRIC_AS_IS, LL_METRIC_ANY, \
	 LL_METRIC_OF_PROCESS}
#define OTEL(name, reading) \
	{NAMED(name), TELEMETRY, LL_METRIC_COUNT, reading, LL_METRIC_AS_IS, LL_METRIC_ANY, \
	 LL_METRIC_OF_PROCESS}
#define GO_METRICS_SCALAR(name, metric) \
	{NAMED("runtime_" name), SUFFIX, LL_METRIC_##metric, NULL, LL_METRIC_AS_IS, LL_METRIC_ANY, \
	 LL_METRIC_OF_PROCESS}
#define COLLECTOR(name, metric) \
	{NAMED("process_runtime_" name), SUFFIX, LL_METRIC_##metric, NULL, LL_METRIC_AS_IS, \
	 LL_METRIC_ANY, LL_METRIC_OF_PROCESS}
#define CENSUS(name, metric) \
	{NAMED("process_" name), SUFFIX, LL_METRIC_##metric, NULL, LL_METRIC_AS_IS, \
	 LL_METRIC_ANY, LL_METRIC_OF_PROCESS}
#define GO_METRICS(name, reading) \
	{NAMED("runtime_" name), SUFFIX, LL_METRIC_COUNT, reading, LL_METRIC_AS_IS, LL_METRIC_ANY, \
	 LL_METRIC_OF_PROCESS}
#define CONTAINER(name, reading, none) \
	{NAMED(name), EXACT, LL_METRIC_COUNT, reading, LL_METRIC_AS_IS, LL_METRIC_##none, \
	 LL_METRIC_OF_CONTAINER}

static const struct row rows[] = {
	/* client_golang (formats.md 5.1, 5.5) */
	SCALAR("go_memstats_alloc_bytes", ALLOC),
	SCALAR("go_memstats_alloc_bytes_total", TOTAL_ALLOC),
	SCALAR("go_memstats_sys_bytes", SYS),
	SCALAR("go_memstats_mallocs_total", MALLOCS),
	SCALAR("go_memstats_frees_total", FREES),
	SCALAR("go_memstats_heap_alloc_bytes", HEAP_ALLOC),
	SCALAR("go_memstats_heap_sys_bytes", HEAP_SYS),
	SCALAR("go_memstats_heap_idle_bytes", HEAP_IDLE),
	SCALAR("go_memstats_heap_inuse_bytes", HEAP_INUSE),
	SCALAR("go_memstats_heap_released_bytes", HEAP_RELEASED),
	SCALAR("go_memstats_heap_released_bytes_total", HEAP_RELEASED),
	SCALAR("go_memstats_heap_objects", HEAP_OBJECTS),
	SCALAR("go_memstats_stack_inuse_bytes", STACK_INUSE),
	SCALAR("go_memstats_stack_sys_bytes", STACK_SYS),
	SCALAR("go_memstats_mspan_inuse_bytes", MSPAN_INUSE),
	SCALAR("go_memstats_mspan_sys_bytes", MSPAN_SYS),
	SCALAR("go_memstats_mcache_inuse_bytes", MCACHE_INUSE),
	SCALAR("go_memstats_mcache_sys_bytes", MCACHE_SYS),
	SCALAR("go_memstats_buck_hash_sys_bytes", BUCK_HASH_SYS),
	SCALAR("go_memstats_gc_sys_bytes", GC_SYS),
	SCALAR("go_memstats_other_sys_bytes", OTHER_SYS),
	SCALAR("go_memstats_next_gc_bytes", NEXT_GC),
	SECONDS("go_memstats_last_gc_time_seconds", LAST_GC),
	SECONDS("go_gc_duration_seconds_sum", PAUSE_TOTAL_NS),
	SCALAR("go_gc_duration_seconds_count", NUM_GC),
	FRACTION("go_memstats_gc_cpu_fraction", GC_CPU_PPB),
	READING("go_goroutines", LL_READING_GOROUTINES),
	READING("go_threads", LL_READING_THREADS),

	PROCESS("process_cpu_seconds_total", LL_READING_CPU, ANY),
	PROCESS("process_open_fds", LL_READING_OPEN_FDS, ANY),
	PROCESS("process_max_fds", LL_READING_MAX_FDS, HUGE_IS_NONE),
	PROCESS("process_virtual_memory_bytes", LL_READING_VIRTUAL, ANY),
	PROCESS("process_virtual_memory_max_bytes", "process.virtual_max", HUGE_IS_NONE),
	PROCESS("process_resident_memory_bytes", LL_READING_RSS, ANY),
	PROCESS("process_start_time_seconds", LL_READING_START_TIME, ANY),

	/* OpenTelemetry: the names of today, and those before it had conventions for Go */
	OTEL("go_goroutine_count", LL_READING_GOROUTINES),
	OTEL("go_processor_limit", LL_READING_GOMAXPROCS),
	OTEL("go_config_gogc", LL_READING_GOGC),
	OTEL("go_memory_limit", LL_READING_GOMEMLIMIT),
	OTEL_SCALAR("go_memory_gc_goal", NEXT_GC),
	OTEL_SCALAR("go_memory_allocated", TOTAL_ALLOC),
	OTEL_SCALAR("go_memory_allocations", MALLOCS),
	OTEL("runtime_go_goroutines", LL_READING_GOROUTINES),
	OTEL("runtime_go_cgo_calls", "/cgo/go-to-c-calls:calls"),
	OTEL_SCALAR("runtime_go_mem_heap_alloc", HEAP_ALLOC),
	OTEL_SCALAR("runtime_go_mem_heap_idle", HEAP_IDLE),
	OTEL_SCALAR("runtime_go_mem_heap_inuse", HEAP_INUSE),
	OTEL_SCALAR("runtime_go_mem_heap_objects", HEAP_OBJECTS),
	OTEL_SCALAR("runtime_go_mem_heap_released", HEAP_RELEASED),
	OTEL_SCALAR("runtime_go_mem_heap_sys", HEAP_SYS),
	OTEL_SCALAR("runtime_go_gc_count", NUM_GC),
	OTEL_SCALAR("runtime_go_gc_pause_total_ns", PAUSE_TOTAL_NS),

	/* the OpenTelemetry Collector about itself, also behind "otelcol_" */
	PROCESS("process_memory_rss", LL_READING_RSS, ANY),
	PROCESS("process_memory_rss_bytes", LL_READING_RSS, ANY),
	PROCESS("process_cpu_seconds", LL_READING_CPU, ANY),
	COLLECTOR("heap_alloc_bytes", HEAP_ALLOC),
	COLLECTOR("total_alloc_bytes", TOTAL_ALLOC),
	COLLECTOR("total_alloc_bytes_total", TOTAL_ALLOC),
	COLLECTOR("total_sys_memory_bytes", SYS),

	/* OpenCensus, behind a name that the program chose */
	CENSUS("memory_alloc", ALLOC),
	CENSUS("total_memory_alloc", TOTAL_ALLOC),
	CENSUS("sys_memory_alloc", SYS),
	CENSUS("memory_malloc", MALLOCS),
	CENSUS("memory_frees", FREES),
	CENSUS("heap_alloc", HEAP_ALLOC),
	CENSUS("sys_heap", HEAP_SYS),
	CENSUS("heap_idle", HEAP_IDLE),
	CENSUS("heap_inuse", HEAP_INUSE),
	CENSUS("heap_objects", HEAP_OBJECTS),
	CENSUS("heap_release", HEAP_RELEASED),
	CENSUS("stack_inuse", STACK_INUSE),
	CENSUS("sys_stack", STACK_SYS),
	CENSUS("num_gc", NUM_GC),
	CENSUS("next_gc_heap_size", NEXT_GC),
	PROCESS("process_cpu_goroutines", LL_READING_GOROUTINES, ANY),

	/* go-metrics of HashiCorp */
	GO_METRICS("num_goroutines", LL_READING_GOROUTINES),
	GO_METRICS_SCALAR("alloc_bytes", ALLOC),
	GO_METRICS_SCALAR("sys_bytes", SYS),
	GO_METRICS_SCALAR("malloc_count", MALLOCS),
	GO_METRICS_SCALAR("free_count", FREES),
	GO_METRICS_SCALAR("heap_objects", HEAP_OBJECTS),
	GO_METRICS_SCALAR("total_gc_pause_ns", PAUSE_TOTAL_NS),
	GO_METRICS_SCALAR("total_gc_runs", NUM_GC),

	/* what programs call runtime.NumGoroutine() when they publish it themselves */
	PROCESS("NumGoroutine", LL_READING_GOROUTINES, ANY),
	PROCESS("NumGoroutines", LL_READING_GOROUTINES, ANY),
	PROCESS("numGoroutine", LL_READING_GOROUTINES, ANY),
	PROCESS("num_goroutine", LL_READING_GOROUTINES, ANY),
	READING("num_goroutines", LL_READING_GOROUTINES),
	READING("goroutines", LL_READING_GOROUTINES),
	READING("Goroutines", LL_READING_GOROUTINES),
	READING("runtime_goroutines", LL_READING_GOROUTINES),

	/* cAdvisor and kube-state-metrics */
	CONTAINER("container_memory_usage_bytes", LL_READING_CGROUP_CURRENT, ANY),
	CONTAINER("container_memory_max_usage_bytes", LL_READING_CGROUP_PEAK, ANY),
	CONTAINER("container_memory_rss", "cgroup.memory.stat.anon", ANY),
	CONTAINER("container_memory_cache", "cgroup.memory.stat.file", ANY),
	CONTAINER("container_memory_mapped_file", "cgroup.memory.stat.file_mapped", ANY),
	CONTAINER("container_memory_kernel_usage", "cgroup.memory.stat.kernel", ANY),
	CONTAINER("container_memory_swap", "cgroup.memory.swap.current", ANY),
	CONTAINER("container_memory_failcnt", "cgroup.memory.events.max", ANY),
	CONTAINER("container_oom_events_total", "cgroup.memory.events.oom_kill", ANY),
	CONTAINER("container_spec_memory_limit_bytes", LL_READING_LIMIT, ZERO_IS_NONE),
	CONTAINER("container_spec_memory_swap_limit_bytes", "limit.swap", ZERO_IS_NONE),
	CONTAINER("container_processes", "cgroup.pids.current", ANY),
	CONTAINER("kube_pod_container_resource_limits_memory_bytes", LL_READING_LIMIT, ANY),
	CONTAINER("kube_pod_container_resource_requests_memory_bytes", "request.memory", ANY),
	CONTAINER("kube_pod_container_status_restarts_total", "kubernetes.restarts", ANY),
};
/* clang-format on */

static bool is_same_name(struct ll_str name, struct ll_str row)
{
	size_t i = 0;

	if (name.size != row.size)
		return false;
	while (i < name.size && as_underscore(name.data[i]) == row.data[i])
		i++;
	return i == name.size;
}

static bool has_suffix(struct ll_str name, struct ll_str row)
{
	if (name.size <= row.size)
		return is_same_name(name, row);
	return as_underscore(name.data[name.size - row.size - 1]) == '_' &&
	       is_same_name(ll_str_from(name, name.size - row.size), row);
}

/* Rule 3. */
static struct ll_str bare_name(struct ll_str name)
{
	static const char *const suffixes[] = {"_total", "_bytes", "_percent", "_ratio"};

	if (!ll_str_skip(&name, "process_"))
		(void)ll_str_skip(&name, "process.");
	for (size_t i = 0; i < LL_COUNT(suffixes); i++) {
		if (ll_str_ends(name, suffixes[i]))
			name.size -= strlen(suffixes[i]);
	}
	return name;
}

static bool fits(const struct row *row, struct ll_str name, struct ll_str bare)
{
	switch (row->spelling) {
	case EXACT: return is_same_name(name, row->name);
	case SUFFIX: return has_suffix(name, row->name);
	case TELEMETRY: return is_same_name(bare, row->name);
	}
	return false;
}

static enum ll_metric_none none_of_runtime(const char *name)
{
	return strcmp(name, LL_READING_GOGC) == 0 || strcmp(name, LL_READING_GOMEMLIMIT) == 0
	               ? LL_METRIC_HUGE_IS_NONE
	               : LL_METRIC_ANY;
}

static struct ll_metric_name of_runtime(size_t row)
{
	return (struct ll_metric_name){
		.metric = LL_METRIC_COUNT,
		.reading = runtime_rows[row],
		.none = none_of_runtime(runtime_rows[row]),
		.subject = LL_METRIC_OF_PROCESS,
		.runtime = row,
	};
}

static enum ll_metric_subject subject_of(struct ll_str name)
{
	if (ll_str_starts(name, "container_") || ll_str_starts(name, "kube_"))
		return LL_METRIC_OF_CONTAINER;
	if (ll_str_starts(name, "go_") || ll_str_starts(name, "process_") ||
	    ll_str_starts(name, "/"))
		return LL_METRIC_OF_PROCESS;
	return LL_METRIC_OF_OTHER;
}

static struct ll_metric_name of_row(const struct row *row)
{
	const size_t runtime =
		row->reading ? ll_runtime_metric_find(ll_str(row->reading)) : SIZE_MAX;

	if (runtime != SIZE_MAX)
		return of_runtime(runtime);
	return (struct ll_metric_name){
		.metric = row->metric,
		.reading = row->reading,
		.unit = row->unit,
		.none = row->none,
		.subject = row->subject,
		.runtime = SIZE_MAX,
	};
}

struct ll_metric_name ll_metric_name_find(struct ll_str name)
{
	const struct ll_str bare = bare_name(name);
	struct ll_str behind_go = name;
	size_t runtime = ll_runtime_metric_find(name);

	if (runtime == SIZE_MAX && ll_str_skip(&behind_go, "go_"))
		runtime = find_by_rule(behind_go);
	if (runtime != SIZE_MAX)
		return of_runtime(runtime);
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		if (fits(&rows[i], name, bare))
			return of_row(&rows[i]);
	}
	return (struct ll_metric_name){
		.metric = LL_METRIC_COUNT,
		.subject = subject_of(name),
		.runtime = SIZE_MAX,
	};
}
