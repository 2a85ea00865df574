/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memstats.h - runtime.MemStats on its way from any text form to a sink.
 *
 * JSON, expvar and the trailer of a text heap profile carry the same fields; each fills this struct
 * and emits it once.
 */
#ifndef LL_CAPTURE_MEMSTATS_H
#define LL_CAPTURE_MEMSTATS_H

#include <leakledger/capture.h>

enum {
	LL_PAUSE_RING = 256,
};

struct ll_memstats {
	int64_t value[LL_METRIC_COUNT];
	bool has[LL_METRIC_COUNT];
	size_t pause_ns_count, pause_end_count;
	/* Not set behind their counts. */
	uint64_t pause_ns[LL_PAUSE_RING];  /* newest at (NumGC + 255) % 256 */
	uint64_t pause_end[LL_PAUSE_RING]; /* nanoseconds since 1970 */
};

/** Forgets all fields. */
static inline void ll_memstats_clear(struct ll_memstats *stats)
{
	memset(stats, 0, offsetof(struct ll_memstats, pause_ns));
}

/** Sets a field from its text. Returns false when the text is no number that the field can have. */
bool ll_memstats_set(struct ll_memstats *stats, enum ll_metric metric, struct ll_str number);
/** Sets a field that is a whole number: any but GCCPUFraction. */
void ll_memstats_put(struct ll_memstats *stats, enum ll_metric metric, uint64_t value);
/** The latest time that the statistics mention: the capture was not taken before. */
int64_t ll_memstats_not_before(const struct ll_memstats *stats);
/** Hands fields and ring to the sink, whose capture has begun. */
int ll_memstats_emit(const struct ll_memstats *stats, const struct ll_sink *out,
                     struct ll_error *err);

#endif
