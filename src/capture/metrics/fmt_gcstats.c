/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_gcstats.c - debug.GCStats as JSON (formats.md 5.3).
 *
 *     {"LastGC": "2026-11-21T01:06:27.5Z", "NumGC": 7, "PauseTotal": 5000,
 *      "Pause": [400, 300], "PauseEnd": ["2026-11-21T01:06:27.5Z", ...], "PauseQuantiles": null}
 *
 * Pauses and their ends are newest first: entry i is collection NumGC - i. They are the same ring
 * as in runtime.MemStats, so that both tell lives apart.
 */
#include "cluster/document.h"
#include "memstats.h"

static const char refusal[] = "JSON without NumGC and PauseTotal: not debug.GCStats";

/* An integer as it is written: nanoseconds since 1970 do not fit a double. */
static bool read_count(const struct ll_node *node, uint64_t *ret_count)
{
	return node && ll_str_to_u64(node->text, ret_count);
}

/* Into the ring's order: collection n is at (n + 255) % 256. */
static void read_rings(const struct ll_node *stats, uint64_t num_gc, struct ll_memstats *memstats)
{
	const struct ll_node *pause = ll_node_first(stats, "Pause");
	const struct ll_node *end = ll_node_first(stats, "PauseEnd");

	for (uint64_t i = 0; i < LL_PAUSE_RING && i < num_gc && pause && end; i++) {
		const size_t at = (size_t)((num_gc - i + LL_PAUSE_RING - 1) % LL_PAUSE_RING);
		const int64_t end_ns = ll_node_time(end, "");

		if (end_ns != LL_TIME_NONE && read_count(pause, &memstats->pause_ns[at]))
			memstats->pause_end[at] = (uint64_t)end_ns;
		pause = pause->next;
		end = end->next;
	}
	memstats->pause_ns_count = LL_PAUSE_RING;
	memstats->pause_end_count = LL_PAUSE_RING;
}

static int emit(const struct ll_memstats *memstats, const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_MEMSTATS,
		.variant = "gcstats",
		.time_ns = LL_TIME_NONE,
		.not_before_ns = ll_memstats_not_before(memstats),
	};
	const int rc = out->begin(out->self, &origin, err);

	return rc < 0 ? rc : ll_memstats_emit(memstats, out, err);
}

static int read_stats(const struct ll_node *stats, const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct ll_memstats *memstats = ll_calloc(1, sizeof *memstats);
	const int64_t last_ns = ll_node_time(stats, "LastGC");
	uint64_t num_gc;

	if (!read_count(ll_node_find(stats, "NumGC"), &num_gc) || num_gc > INT32_MAX ||
	    !ll_memstats_set(memstats, LL_METRIC_NUM_GC, ll_node_text(stats, "NumGC")) ||
	    !ll_memstats_set(memstats, LL_METRIC_PAUSE_TOTAL_NS, ll_node_text(stats, "PauseTotal")))
		return ll_fail(err, LL_E_FORMAT, "%s", refusal);
	if (last_ns != LL_TIME_NONE) {
		memstats->value[LL_METRIC_LAST_GC] = last_ns;
		memstats->has[LL_METRIC_LAST_GC] = true;
	}
	read_rings(stats, num_gc, memstats);
	return emit(memstats, out, err);
}

static int read_gcstats(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                        struct ll_error *err)
{
	LL_CLEANUP(ll_document_closep) struct ll_document *document = NULL;
	const struct ll_node *item;
	struct ll_str bytes;
	int rc = ll_stream_all(in, &bytes, err);

	(void)peek;
	if (rc < 0)
		return rc;
	document = ll_document_open(bytes, LL_DOCUMENT_JSON, false);
	rc = ll_document_next(document, &item, err);
	if (rc > 0)
		rc = read_stats(item, out, err);
	else if (rc == 0)
		rc = ll_fail(err, LL_E_FORMAT, "%s", refusal);
	return rc;
}

static enum ll_bid bid_gcstats(const struct ll_peek *peek)
{
	static const char *const keys[] = {"\"LastGC\"", "\"NumGC\"", "\"PauseTotal\"",
	                                   "\"PauseEnd\""};

	if (!ll_str_starts(ll_str_trim(ll_str_first(peek->head, 256)), "{") ||
	    ll_str_find(peek->head, "\"HeapAlloc\"") != SIZE_MAX)
		return LL_BID_NO;
	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		if (ll_str_find(peek->head, keys[i]) == SIZE_MAX)
			return LL_BID_NO;
	}
	return LL_BID_SHAPE;
}

const struct ll_format ll_fmt_gcstats = {
	.id = "gcstats-json",
	.title = "debug.GCStats JSON",
	.bid = bid_gcstats,
	.read = read_gcstats,
};
