/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_memstats_list.c - the numbers of runtime.MemStats as programs print them by name, each in a
 * line of its own or several in one, and the trailer of a text heap profile that somebody pasted
 * alone.
 *
 *     Alloc: 3871904                   # runtime.MemStats
 *     HeapSys = 7864320                # Alloc = 3871904
 *     HeapIdle=3211264, ...            # Stack = 360448 / 360448
 *
 * Many print megabytes or kilobytes under the same names, so numbers are believed only when they
 * agree as bytes do: HeapSys is HeapIdle and HeapInuse, in whole pages, and what is allocated fits
 * into what is in use. LastGC must be there, for it alone tells when that was. A name that comes
 * again begins the next capture.
 */
#include "memstats.h"
#include "profile/pprof_text.h"

enum {
	LISTS_MAX = 65536,
	PAGE = 4096, /* bytes; the runtime's own pages are twice that */
};

struct reader {
	const struct ll_sink *out;
	struct ll_memstats stats;
	size_t found;
};

/* Are these bytes of one moment? */
static bool is_believed(const struct ll_memstats *stats)
{
	static const enum ll_metric needed[] = {LL_METRIC_HEAP_ALLOC, LL_METRIC_HEAP_SYS,
	                                        LL_METRIC_HEAP_IDLE,  LL_METRIC_HEAP_INUSE,
	                                        LL_METRIC_NEXT_GC,    LL_METRIC_LAST_GC};
	const int64_t *const value = stats->value;

	for (size_t i = 0; i < LL_COUNT(needed); i++) {
		if (!stats->has[needed[i]])
			return false;
	}
	return value[LL_METRIC_HEAP_INUSE] > 0 &&
	       value[LL_METRIC_HEAP_SYS] - value[LL_METRIC_HEAP_IDLE] ==
	               value[LL_METRIC_HEAP_INUSE] &&
	       value[LL_METRIC_HEAP_SYS] % PAGE == 0 &&
	       value[LL_METRIC_HEAP_ALLOC] <= value[LL_METRIC_HEAP_INUSE] &&
	       (!stats->has[LL_METRIC_ALLOC] ||
	        value[LL_METRIC_ALLOC] == value[LL_METRIC_HEAP_ALLOC]);
}

static int finish_list(struct reader *reader, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_MEMSTATS,
		.variant = "text",
		.time_ns = LL_TIME_NONE,
		.not_before_ns = ll_memstats_not_before(&reader->stats),
	};
	int rc = LL_OK;

	if (is_believed(&reader->stats) && reader->found < LISTS_MAX) {
		reader->found++;
		rc = reader->out->begin(reader->out->self, &origin, err);
		if (rc >= 0)
			rc = ll_memstats_emit(&reader->stats, reader->out, err);
	}
	memset(&reader->stats, 0, sizeof reader->stats);
	return rc;
}

/* Offset of what is no letter, from `at` on. */
static size_t word_end(struct ll_str text, size_t at)
{
	while (at < text.size && ((text.data[at] >= 'a' && text.data[at] <= 'z') ||
	                          (text.data[at] >= 'A' && text.data[at] <= 'Z')))
		at++;
	return at;
}

/* ": 5" or " = 5," behind a name: the digits. Empty when something else stands there. */
static struct ll_str number_behind(struct ll_str text)
{
	struct ll_str digits;
	uint64_t value;

	while (ll_str_skip(&text, " ") || ll_str_skip(&text, "\t"))
		continue;
	if (!ll_str_skip(&text, ":") && !ll_str_skip(&text, "="))
		return ll_str_n(NULL, 0);
	while (ll_str_skip(&text, " ") || ll_str_skip(&text, "\t"))
		continue;
	digits = ll_str_first(text, ll_str_lead_u64(text, &value));
	text = ll_str_from(text, digits.size);
	return text.size == 0 || memchr(" \t,;)}]\r\n", text.data[0], 9) ? digits
	                                                                 : ll_str_n(NULL, 0);
}

/* A name of a list that is being read begins the next one. */
static int meet(struct reader *reader, enum ll_metric metric, struct ll_error *err)
{
	return metric != LL_METRIC_COUNT && reader->stats.has[metric] ? finish_list(reader, err)
	                                                              : LL_OK;
}

static int read_names(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	int rc = LL_OK;

	line = ll_str_first(line, ll_str_find(line, "BySize"));
	for (size_t at = 0; rc == LL_OK && at < line.size;) {
		const size_t end = word_end(line, at);
		const enum ll_metric metric = ll_metric_find(ll_str_n(line.data + at, end - at));
		const struct ll_str digits = metric == LL_METRIC_COUNT
		                                     ? ll_str_n(NULL, 0)
		                                     : number_behind(ll_str_from(line, end));

		if (digits.size > 0) {
			rc = meet(reader, metric, err);
			(void)ll_memstats_set(&reader->stats, metric, digits);
		}
		at = end > at ? end : at + 1;
	}
	return rc;
}

static int read_line(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	int rc = LL_OK;

	while (line.size > 0 && memchr(" \t>", line.data[0], 3))
		line = ll_str_from(line, 1);
	if (!ll_str_starts(line, "# "))
		return read_names(reader, line, err);
	if (ll_str_starts(line, "# runtime.MemStats"))
		return finish_list(reader, err);
	rc = meet(reader, ll_metric_find(ll_str_n(line.data + 2, word_end(line, 2) - 2)), err);
	ll_text_trailer(&reader->stats, line);
	return rc;
}

static int read_memstats_list(struct ll_stream *in, const struct ll_peek *peek,
                              const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_str line;
	int state = 0, rc = LL_OK;

	(void)peek;
	reader->out = out;
	while (rc >= 0 && (state = ll_stream_line(in, &line, &damage)) > 0)
		rc = read_line(reader, line, err);
	if (rc >= 0)
		rc = finish_list(reader, err);
	if (rc < 0)
		return rc;
	if (reader->found == 0)
		return ll_fail(err, LL_E_FORMAT,
		               "numbers of runtime.MemStats that are no bytes, or not all there: "
		               "write it whole, as JSON");
	if (state < 0)
		out->note(out->self, ll_stream_line_number(in), damage.text);
	return LL_OK;
}

/* "HeapIdle: 5" and its kin; JSON has a quote before and behind. */
static bool has_field(struct ll_str text, const char *name)
{
	const size_t at = ll_str_find(text, name);

	return at != SIZE_MAX && number_behind(ll_str_from(text, at + strlen(name))).size > 0;
}

static enum ll_bid bid_memstats_list(const struct ll_peek *peek)
{
	/* A long log may have them among much else; others read what stands behind their words. */
	return peek->is_whole && has_field(peek->head, "HeapIdle") &&
	                       has_field(peek->head, "HeapInuse") &&
	                       ll_str_find(peek->head, "heap profile: ") == SIZE_MAX &&
	                       ll_str_find(peek->head, "{Alloc:") == SIZE_MAX
	               ? LL_BID_GUESS
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_memstats_list = {
	.id = "memstats-list",
	.title = "runtime.MemStats as a list of names and numbers",
	.bid = bid_memstats_list,
	.is_plain = true,
	.read = read_memstats_list,
};
