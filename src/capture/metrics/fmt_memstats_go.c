/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_memstats_go.c - runtime.MemStats as fmt prints it with %+v or %#v, behind whatever a logger
 * put before it.
 *
 *     2026/11/21 01:06:27 {Alloc:3871904 TotalAlloc:9182736 ... PauseNs:[5000 0] ... BySize:[...]}
 *     runtime.MemStats{Alloc:0x3b14a0, TotalAlloc:0x8c1d10, ... PauseNs:[256]uint64{0x1388, ...}}
 *
 * Each line is a capture; its time is that of the logger. BySize is not read: its fields have the
 * names of others. What has neither an allocated size nor a goal is no MemStats.
 */
#include "log/prefix.h"
#include "memstats.h"

enum {
	LINES_MAX = 65536,
};

static bool is_memstats(const struct ll_memstats *stats)
{
	return (stats->has[LL_METRIC_HEAP_ALLOC] || stats->has[LL_METRIC_ALLOC]) &&
	       stats->has[LL_METRIC_NEXT_GC];
}

/* Where "{Alloc:" stands in a line, or SIZE_MAX. */
static size_t find_stats(struct ll_str line)
{
	const size_t at = ll_str_find(line, "{Alloc:");

	return at != SIZE_MAX && ll_str_find(line, " TotalAlloc:") != SIZE_MAX ? at : SIZE_MAX;
}

/* "5000", "0x1388". */
static bool to_number(struct ll_str text, uint64_t *ret_value)
{
	return ll_str_skip(&text, "0x") ? ll_str_to_hex(text, ret_value)
	                                : ll_str_to_u64(text, ret_value);
}

static void skip_separators(struct ll_str *text)
{
	while (text->size > 0 && memchr(" ,", text->data[0], 2))
		*text = ll_str_from(*text, 1);
}

static struct ll_str take_word(struct ll_str *text)
{
	struct ll_str word;
	size_t size = 0;

	while (size < text->size && !memchr(" ,]}", text->data[size], 4))
		size++;
	word = ll_str_first(*text, size);
	*text = ll_str_from(*text, size);
	return word;
}

/* "[1 2 3]", "[256]uint64{0x1, 0x2, 0x3}". */
static void take_ring(struct ll_str *text, uint64_t ring[LL_PAUSE_RING], size_t *ret_count)
{
	const size_t open = ll_str_find(ll_str_first(*text, 32), "uint64{");

	*ret_count = 0;
	*text = ll_str_from(*text, open == SIZE_MAX ? 1 : open + strlen("uint64{"));
	for (skip_separators(text); text->size > 0 && !memchr("]}", text->data[0], 2);
	     skip_separators(text)) {
		uint64_t value;

		/* One that is none leaves the others in their places. */
		if (!to_number(take_word(text), &value))
			value = 0;
		if (*ret_count < LL_PAUSE_RING)
			ring[(*ret_count)++] = value;
	}
	*text = ll_str_from(*text, 1);
}

static void take_field(struct ll_memstats *stats, struct ll_str key, struct ll_str *text)
{
	const enum ll_metric metric = ll_metric_find(key);
	struct ll_str word;
	uint64_t value;

	if (ll_str_starts(*text, "[")) {
		uint64_t ring[LL_PAUSE_RING];
		size_t count;

		take_ring(text, ring, &count);
		if (ll_str_equal(key, ll_str("PauseNs"))) {
			memcpy(stats->pause_ns, ring, count * sizeof *ring);
			stats->pause_ns_count = count;
		} else if (ll_str_equal(key, ll_str("PauseEnd"))) {
			memcpy(stats->pause_end, ring, count * sizeof *ring);
			stats->pause_end_count = count;
		}
		return;
	}
	word = take_word(text);
	if (metric == LL_METRIC_COUNT)
		return;
	if (ll_str_starts(word, "0x") && to_number(word, &value))
		ll_memstats_put(stats, metric, value);
	else
		(void)ll_memstats_set(stats, metric, word);
}

/* The fields behind the '{'. */
static void read_fields(struct ll_memstats *stats, struct ll_str text)
{
	text = ll_str_first(text, ll_str_find(text, "BySize:"));
	for (skip_separators(&text); text.size > 0 && text.data[0] != '}'; skip_separators(&text)) {
		const size_t colon = ll_str_index(text, ':');
		const struct ll_str key = ll_str_first(text, colon);

		if (colon == SIZE_MAX)
			return;
		text = ll_str_from(text, colon + 1);
		take_field(stats, key, &text);
		/* A bracket that no field of ours has: of another struct. */
		if (text.size > 0 && !memchr(" ,}", text.data[0], 3))
			return;
	}
}

static int read_line(struct ll_str line, struct ll_memstats *stats, const struct ll_sink *out,
                     struct ll_error *err)
{
	const size_t at = find_stats(line);
	struct ll_origin origin = {.kind = LL_KIND_MEMSTATS, .variant = "fmt"};
	int rc;

	if (at == SIZE_MAX)
		return 0;
	memset(stats, 0, sizeof *stats);
	read_fields(stats, ll_str_from(line, at + 1));
	if (!is_memstats(stats))
		return 0;
	origin.time_ns = ll_prefix_time(ll_str_first(line, at));
	origin.not_before_ns = ll_memstats_not_before(stats);
	rc = out->begin(out->self, &origin, err);
	if (rc >= 0)
		rc = ll_memstats_emit(stats, out, err);
	return rc < 0 ? rc : 1;
}

static int read_memstats_go(struct ll_stream *in, const struct ll_peek *peek,
                            const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct ll_memstats *stats = ll_calloc(1, sizeof *stats);
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_str line;
	size_t found = 0;
	int state = 0, rc = LL_OK;

	(void)peek;
	while (rc >= 0 && found < LINES_MAX && (state = ll_stream_line(in, &line, &damage)) > 0) {
		rc = read_line(line, stats, out, err);
		found += rc > 0;
	}
	if (rc < 0)
		return rc;
	if (found == 0)
		return state < 0 ? ll_fail(err, damage.code, "%s", damage.text)
		                 : ll_fail(err, LL_E_FORMAT,
		                           "no runtime.MemStats with HeapAlloc and NextGC");
	if (state < 0)
		out->note(out->self, ll_stream_line_number(in), damage.text);
	else if (found == LINES_MAX)
		out->note(out->self, ll_stream_line_number(in),
		          "more than 65,536 MemStats: the others are not read");
	return LL_OK;
}

static enum ll_bid bid_memstats_go(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head;

	/* JSON is full of braces, and has a quote there. */
	if (ll_str_find(rest, "Alloc:") == SIZE_MAX)
		return LL_BID_NO;
	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		if (find_stats(line) != SIZE_MAX && ll_str_find(line, "HeapAlloc:") != SIZE_MAX)
			return LL_BID_SHAPE;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_memstats_go = {
	.id = "memstats-go",
	.title = "runtime.MemStats as fmt prints it",
	.bid = bid_memstats_go,
	.read = read_memstats_go,
	.reads_between = true,
};
