/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memstats.c - rules for the fields of runtime.MemStats (formats.md 5.1).
 *
 *   1. All numbers are unsigned 64-bit, but for GCCPUFraction (a float, stored in parts per
 *      billion). Whoever took them through floats (jq, JavaScript, Python) may have written
 *      1000.0, or 18446744073709552000 for 2^64 - 1: whole numbers all the same.
 *   2. A value above 2^62 means "none": NextGC is near 2^64 when GOGC=off. It is stored as
 *      INT64_MAX, so that it compares as larger than any heap.
 *   3. PauseEnd and PauseNs are rings: cycle N (from 1) is at index (N + 255) % 256, and an entry
 *      is valid when its cycle has happened and its end is not 0.
 */
#include "memstats.h"

#include "metric_names.h"

#include <math.h>

static bool set_fraction(struct ll_memstats *stats, struct ll_str number)
{
	double fraction;

	if (!ll_str_to_f64(number, &fraction) || !(fraction >= 0 && fraction <= 1))
		return false;
	stats->value[LL_METRIC_GC_CPU_PPB] = (int64_t)llround(fraction * 1e9);
	stats->has[LL_METRIC_GC_CPU_PPB] = true;
	return true;
}

/* Rule 1. Above 2^62, the exact value does not matter. */
static bool to_whole(struct ll_str number, uint64_t *ret_value)
{
	double value;

	if (ll_str_to_u64(number, ret_value))
		return true;
	if (!ll_str_to_f64(number, &value) || !(value >= 0) || floor(value) < value)
		return false;
	*ret_value = value > 0x1p62 ? UINT64_MAX : (uint64_t)value;
	return true;
}

void ll_memstats_put(struct ll_memstats *stats, enum ll_metric metric, uint64_t value)
{
	stats->value[metric] = value > UINT64_C(1) << 62 ? INT64_MAX : (int64_t)value;
	stats->has[metric] = true;
}

bool ll_memstats_set(struct ll_memstats *stats, enum ll_metric metric, struct ll_str number)
{
	uint64_t value;

	if (metric == LL_METRIC_GC_CPU_PPB)
		return set_fraction(stats, number);
	if (!to_whole(number, &value))
		return false;
	ll_memstats_put(stats, metric, value);
	return true;
}

int64_t ll_memstats_not_before(const struct ll_memstats *stats)
{
	int64_t latest = LL_TIME_NONE;

	if (stats->has[LL_METRIC_LAST_GC] && stats->value[LL_METRIC_LAST_GC] >= LL_GO_PUBLISHED_NS)
		latest = stats->value[LL_METRIC_LAST_GC];
	for (size_t i = 0; i < stats->pause_end_count; i++) {
		if (stats->pause_end[i] <= INT64_MAX && stats->pause_end[i] > 0 &&
		    (int64_t)stats->pause_end[i] > latest)
			latest = (int64_t)stats->pause_end[i];
	}
	return latest;
}

/* The cycle at ring index i, or 0 when there is none (rule 3). */
static int64_t cycle_at(int64_t num_gc, size_t i)
{
	const uint64_t newest = ((uint64_t)num_gc + LL_PAUSE_RING - 1) % LL_PAUSE_RING;
	const int64_t back = (int64_t)((newest - i + LL_PAUSE_RING) % LL_PAUSE_RING);

	return back < num_gc ? num_gc - back : 0;
}

static int emit_ring(const struct ll_memstats *stats, const struct ll_sink *out,
                     struct ll_error *err)
{
	const int64_t num_gc = stats->has[LL_METRIC_NUM_GC] ? stats->value[LL_METRIC_NUM_GC] : 0;
	struct ll_gc cycle = {
		.since_start_ns = -1,
		.heap_start = -1,
		.heap_end = -1,
		.heap_live = -1,
		.heap_goal = -1,
		.stacks = -1,
		.globals = -1,
		.assist_ns = -1,
		.sweep_stop_ns = -1,
		.mark_ns = -1,
		.mark_stop_ns = -1,
		.stop_cpu_ns = -1,
		.worker_cpu_ns = -1,
		.idle_cpu_ns = -1,
		.cpu_percent = -1,
		.procs = -1,
		.is_ring_entry = true,
	};

	for (size_t i = 0; i < stats->pause_end_count; i++) {
		int rc;

		cycle.number = cycle_at(num_gc, i);
		cycle.end_ns = (int64_t)stats->pause_end[i];
		cycle.pause_ns = i < stats->pause_ns_count ? (int64_t)stats->pause_ns[i] : -1;
		if (cycle.number <= 0 || cycle.end_ns <= 0)
			continue;
		rc = out->gc(out->self, &cycle, err);
		if (rc < 0)
			return rc;
	}
	return LL_OK;
}

int ll_memstats_emit(const struct ll_memstats *stats, const struct ll_sink *out,
                     struct ll_error *err)
{
	for (enum ll_metric metric = 0; metric < LL_METRIC_COUNT; metric++) {
		int rc;

		if (!stats->has[metric])
			continue;
		rc = out->scalar(out->self, metric, stats->value[metric], err);
		if (rc < 0)
			return rc;
	}
	return emit_ring(stats, out, err);
}
