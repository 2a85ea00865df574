/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_pprof_legacy.c - text profiles of programs that are not Go's: gperftools, Java's profiler,
 * jemalloc (formats.md 1.9). They are found among captures, are stored as what they are, and are
 * never judged.
 *
 *     --- contentionz 1 ---                      waiting for locks; with "format = java" Java's
 *     cycles/second = 3201000000
 *     sampling period = 100
 *       19490304       27 @ 0xbccc97 0xc61202    cycles, count
 *
 *     --- heapz 1 ---                            Java's heap: bytes, objects
 *     --- threadz 1 ---                          stacks of threads
 *     heap_v2/524288                             jemalloc
 *     @ 0x55c282d19bbc 0x55c282d0b3c5
 *       t*: 1328: 87058379 [0: 0]                objects, bytes, of all threads
 *
 * Rules:
 *   1. Values are scaled as google/pprof scales them: contention by its sampling period, heaps as
 *      Poisson samples (formats.md 1.8), Java's at one in 512 KiB.
 *   2. The profile is written again as profile.proto and read as one (pprof_writer.h). Without a
 *      file of Go in it, it is foreign.
 *   3. "gperftools' heap profile:" has the title of Go's own and is read by fmt_pprof_text.c.
 *   4. Times since a reset are no duration: that would make a difference of two snapshots of it.
 */
#include "legacy_symbols.h"
#include "pprof_text.h"
#include "pprof_writer.h"

enum {
	STACK_MAX = 4096, /* addresses of one record; more are cut */
	JAVA_HEAP_RATE = 524288,
};

struct reader {
	struct ll_pprof_writer writer;
	struct ll_legacy_symbols symbols;
	struct ll_str rest;
	uint64_t line;
	/* Headers "key = value". */
	bool is_java, is_heap;
	double cycles_per_second;
	int64_t period;
	struct ll_str resolution;
	uint64_t locations[STACK_MAX];
	size_t location_count;
	size_t samples;
};

static struct ll_str next_line(struct reader *reader)
{
	struct ll_str line = ll_str_split(&reader->rest, '\n');

	reader->line++;
	if (ll_str_ends(line, "\r"))
		line.size--;
	return line;
}

/* All addresses of a text become the stack. */
static void take_stack(struct reader *reader, struct ll_str text)
{
	uint64_t address;

	while (reader->location_count < STACK_MAX && ll_legacy_address(&text, &address))
		reader->locations[reader->location_count++] =
			ll_pprof_address(&reader->writer, address,
		                         ll_legacy_symbols_find(&reader->symbols, address));
}

static void put_sample(struct reader *reader, const int64_t *values, size_t value_count,
                       int64_t block_size)
{
	const struct ll_pprof_label label = {.key = ll_str("bytes"), .number = block_size};
	const struct ll_pprof_sample sample = {
		.locations = reader->locations,
		.location_count = reader->location_count,
		.values = values,
		.value_count = value_count,
		.labels = &label,
		.label_count = block_size > 0,
	};

	ll_pprof_put_sample(&reader->writer, &sample);
	reader->samples++;
}

/* ----------------------------------------------------- contentionz and heapz */

static void read_header(struct reader *reader, struct ll_str line)
{
	const size_t equals = ll_str_index(line, '=');
	struct ll_str key, value;

	if (equals == SIZE_MAX)
		return;
	key = ll_str_trim(ll_str_first(line, equals));
	value = ll_str_trim(ll_str_from(line, equals + 1));
	if (ll_str_equal(key, ll_str("cycles/second")))
		(void)ll_str_to_f64(value, &reader->cycles_per_second);
	else if (ll_str_equal(key, ll_str("sampling period")))
		(void)ll_str_to_i64(value, &reader->period);
	else if (ll_str_equal(key, ll_str("format")))
		reader->is_java = ll_str_equal(value, ll_str("java"));
	else if (ll_str_equal(key, ll_str("resolution")))
		reader->resolution = value;
}

static void put_types(struct reader *reader)
{
	if (reader->is_heap) {
		ll_pprof_put_type(&reader->writer, ll_str("inuse_objects"), ll_str("count"));
		ll_pprof_put_type(&reader->writer, ll_str("inuse_space"), ll_str("bytes"));
		ll_pprof_put_period(&reader->writer, ll_str("space"), ll_str("bytes"),
		                    JAVA_HEAP_RATE);
		return;
	}
	ll_pprof_put_type(&reader->writer, ll_str("contentions"), ll_str("count"));
	ll_pprof_put_type(&reader->writer, ll_str("delay"),
	                  reader->is_java && reader->resolution.size > 0 ? reader->resolution
	                                                                 : ll_str("nanoseconds"));
	ll_pprof_put_period(&reader->writer, ll_str("contentions"), ll_str("count"),
	                    reader->period);
}

/* Rule 1. */
static void scale(const struct reader *reader, int64_t *count, int64_t *amount)
{
	const double period = (double)reader->period;

	if (reader->is_heap) {
		ll_heap_unsample(count, amount, JAVA_HEAP_RATE);
		return;
	}
	if (reader->period <= 0)
		return;
	if (reader->is_java)
		*amount = ll_text_scaled(*amount, period);
	else if (reader->cycles_per_second > 0)
		*amount = ll_text_scaled(*amount, period / (reader->cycles_per_second / 1e9));
	*count = ll_text_scaled(*count, period);
}

/* "  19490304       27 @ 0xbccc97 0xc61202": amount and count. */
static bool read_record(struct reader *reader, struct ll_str line)
{
	int64_t count, amount, values[2], size;
	struct ll_str rest = line;

	if (!ll_text_i64(&rest, &amount) || !ll_text_i64(&rest, &count) ||
	    !ll_text_word(&rest, "@"))
		return false;
	if (reader->is_heap && count == 0)
		return true; /* nothing to scale: pprof does not take it either */
	if (reader->samples == 0)
		put_types(reader);
	size = reader->is_heap ? amount / count : 0;
	scale(reader, &count, &amount);
	values[0] = count;
	values[1] = amount;
	reader->location_count = 0;
	take_stack(reader, rest);
	put_sample(reader, values, LL_COUNT(values), size);
	return true;
}

static void read_records(struct reader *reader)
{
	ll_legacy_symbols_read(&reader->symbols, reader->rest);
	reader->is_heap = ll_str_starts(next_line(reader), "--- heapz");
	while (reader->rest.size > 0) {
		const struct ll_str line = next_line(reader);

		if (ll_str_starts(line, "---"))
			break;
		if (!read_record(reader, line) && reader->samples == 0)
			read_header(reader, line);
	}
}

/* ------------------------------------------------------------------ threadz */

static void read_threads(struct reader *reader)
{
	static const int64_t one = 1;
	bool is_open = false, is_fresh = false;

	ll_legacy_symbols_read(&reader->symbols, reader->rest);
	ll_pprof_put_type(&reader->writer, ll_str("thread"), ll_str("count"));
	ll_pprof_put_period(&reader->writer, ll_str("thread"), ll_str("count"), 1);
	while (reader->rest.size > 0) {
		const struct ll_str line = next_line(reader);

		if (ll_str_starts(line, "---")) {
			if (is_open)
				put_sample(reader, &one, 1, 0);
			is_open = ll_str_starts(line, "--- Thread ");
			is_fresh = true;
		} else if (is_open && ll_str_find(line, "same as previous") == SIZE_MAX) {
			if (is_fresh)
				reader->location_count = 0;
			is_fresh = false;
			take_stack(reader, line);
		}
	}
	if (is_open)
		put_sample(reader, &one, 1, 0);
}

/* ----------------------------------------------------------------- jemalloc */

static void read_jemalloc(struct reader *reader)
{
	struct ll_str line = next_line(reader);
	bool has_stack = false;

	(void)ll_str_skip(&line, "heap_v2/");
	(void)ll_str_to_i64(line, &reader->period);
	ll_pprof_put_type(&reader->writer, ll_str("objects"), ll_str("count"));
	ll_pprof_put_type(&reader->writer, ll_str("space"), ll_str("bytes"));
	ll_pprof_put_period(&reader->writer, ll_str("space"), ll_str("bytes"), reader->period);
	while (reader->rest.size > 0) {
		int64_t values[2], size;

		line = ll_str_trim(next_line(reader));
		if (ll_str_starts(line, "MAPPED_LIBRARIES:"))
			break;
		if (ll_str_skip(&line, "@ ")) {
			reader->location_count = 0;
			take_stack(reader, line);
			has_stack = true;
		} else if (has_stack && ll_str_skip(&line, "t*:") &&
		           ll_text_i64(&line, &values[0]) && ll_text_word(&line, ":") &&
		           ll_text_i64(&line, &values[1])) {
			size = values[0] > 0 ? values[1] / values[0] : 0;
			ll_heap_unsample(&values[0], &values[1], (double)reader->period);
			put_sample(reader, values, LL_COUNT(values), size);
			has_stack = false;
		}
	}
}

/* ------------------------------------------------------------------ reading */

static const struct {
	const char *start;
	void (*read)(struct reader *reader);
} forms[] = {
	{"--- contentionz", read_records}, {"--- heapz", read_records},
	{"--- threadz", read_threads},     {"--- Thread ", read_threads},
	{"heap_v2/", read_jemalloc},
};

static size_t find_form(struct ll_str head)
{
	size_t form = 0;

	while (form < LL_COUNT(forms) && !ll_str_starts(head, forms[form].start))
		form++;
	return form;
}

static int read_pprof_legacy(struct ll_stream *in, const struct ll_peek *peek,
                             const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	const size_t form = find_form(peek->head);
	int rc = ll_stream_all(in, &reader->rest, err);

	if (rc < 0)
		return rc;
	ll_pprof_writer_init(&reader->writer);
	if (form < LL_COUNT(forms))
		forms[form].read(reader);
	rc = reader->samples == 0
	             ? ll_fail(err, LL_E_FORMAT, "an old form of a profile, without a sample in it")
	             : ll_pprof_writer_read(&reader->writer, peek->name, "legacy", out, err);
	ll_pprof_writer_done(&reader->writer);
	ll_legacy_symbols_done(&reader->symbols);
	return rc;
}

static enum ll_bid bid_pprof_legacy(const struct ll_peek *peek)
{
	return find_form(peek->head) < LL_COUNT(forms) ? LL_BID_MAGIC : LL_BID_NO;
}

const struct ll_format ll_fmt_pprof_legacy = {
	.id = "pprof-legacy",
	.title = "text profile of gperftools, Java or jemalloc",
	.bid = bid_pprof_legacy,
	.read = read_pprof_legacy,
};
