/* SPDX-License-Identifier: Apache-2.0 */
/*
 * metric_names.h - what a number is called by the many who publish it, and what we call it.
 *
 * The same number of a Go program comes as runtime.MemStats' "HeapAlloc", client_golang's
 * "go_memstats_heap_alloc_bytes", runtime/metrics' "/memory/classes/heap/objects:bytes" (which
 * Prometheus sees as "go_memory_classes_heap_objects_bytes"), OpenTelemetry's
 * "process_runtime_go_mem_heap_alloc_bytes" or HashiCorp's "consul_runtime_alloc_bytes".
 * metric_names.c has one row for each.
 */
#ifndef LL_CAPTURE_METRIC_NAMES_H
#define LL_CAPTURE_METRIC_NAMES_H

#include <leakledger/capture.h>

/** Before Go was published there was no collection: a time before it is a damaged number. */
#define LL_GO_PUBLISHED_NS (INT64_C(1257811200) * LL_NS_PER_S)

/** What a number is about. */
enum ll_metric_subject {
	LL_METRIC_OF_OTHER,     /* something of the program's own */
	LL_METRIC_OF_PROCESS,   /* the Go runtime or the process */
	LL_METRIC_OF_CONTAINER, /* a container or pod, seen from outside */
};

/** How the value becomes a scalar. */
enum ll_metric_unit {
	LL_METRIC_AS_IS,
	LL_METRIC_SECONDS_AS_NS,
	LL_METRIC_FRACTION_AS_PPB,
};

/** Which value means "no limit". */
enum ll_metric_none {
	LL_METRIC_ANY,
	LL_METRIC_HUGE_IS_NONE, /* above 2^62 */
	LL_METRIC_ZERO_IS_NONE,
};

enum {
	LL_RUNTIME_METRICS_MAX = 96, /* room for one value per name of runtime/metrics */
};

struct ll_metric_name {
	enum ll_metric metric; /* LL_METRIC_COUNT: it is a reading */
	const char *reading;   /* its name among readings; NULL: the one in the file */
	enum ll_metric_unit unit;
	enum ll_metric_none none;
	enum ll_metric_subject subject;
	size_t runtime; /* row among runtime/metrics, or SIZE_MAX */
};

/** Finds a name in any of the spellings; dots count as underscores. */
struct ll_metric_name ll_metric_name_find(struct ll_str name);
/** The row of a name of runtime/metrics as Go writes it, or SIZE_MAX. */
size_t ll_runtime_metric_find(struct ll_str name);
/** Its name; rows are below LL_RUNTIME_METRICS_MAX. NULL behind the last. */
const char *ll_runtime_metric_name(size_t row);

/**
 * MemStats' fields are sums of runtime/metrics: the row of part `index` of `metric`, or SIZE_MAX
 * when there are no more.
 */
size_t ll_metric_part(enum ll_metric metric, size_t index);

#endif
