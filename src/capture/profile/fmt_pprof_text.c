/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_pprof_text.c - the text that ?debug=1 prints for heap, allocs, goroutine, goroutineleak,
 * threadcreate, block and mutex (formats.md section 4).
 *
 *     heap profile: 31907: 4824512 [127249: 151182096] @ heap/1048576   title
 *     4003: 1665248 [4003: 1665248] @ 0x4402c8 0x44057e                 record: values @ return PCs
 *     #  0x4402c7  runtime.malg+0x27  .../proc.go:4076                  frames: PC, name, place
 *     (empty line)
 *     # runtime.MemStats                                                heap only: the trailer
 *     # Alloc = 3871904
 *
 * Rules:
 *   1. Heap values are raw sampled counts. They are scaled as google/pprof does (formats.md 1.8),
 *      with the rate that the title gives doubled.
 *   2. A heap title whose live and allocated totals are equal has only one pair of values; pprof
 *      calls them objects and space, and so do we.
 *   3. The '@' list is complete, the frames are not: the runtime's leading frames are hidden. Their
 *      number, and where possible the name of the last of them, tells append from map insert
 *      (formats.md 2.3), so both are passed on.
 *   4. A new title starts a new capture. What is neither record, frame nor trailer is passed over;
 *      a record whose numbers do not parse is a note.
 *   5. Columns are separated by tabs, or by blanks where somebody pasted the text.
 *   6. Where somebody pasted the text, lines may be indented or quoted ("> "), the '#' of frames
 *      may be gone, which markdown takes for a heading, and so may the title: records of
 *      goroutines are known without it, by the frames below them. Addresses may be left out
 *      ("@ 0x1001 ...", "#\t0x..."), and people remark on titles and records in parentheses.
 *   7. A title that promises more than its records sum to is noted; one without any record is no
 *      capture: nothing was measured, and not zero.
 *   8. Since Go 1.20 the runtime scales what a mutex profile samples; before, the period is left to
 *      the reader. The text does not tell its version, but paths of a toolchain may: only where
 *      they say 1.19 or less are values multiplied. pprof always does.
 */
#include "pprof_text.h"

#include <inttypes.h>

struct reader {
	const struct ll_sink *out;
	struct ll_text_title title;
	bool has_capture, in_trailer;
	bool has_lost; /* rule 7 */
	size_t captures;
	struct ll_text_records records;
	struct ll_memstats stats;
};

/* -------------------------------------------------------------------- emitting */

/*
 * Rule 8: up to Go 1.19 the counts and delays of a mutex profile were left as sampled.
 */
static int64_t unsampled_factor(const struct reader *reader)
{
	const int64_t minor = reader->records.go_minor;

	return reader->title.kind == LL_KIND_MUTEX && minor > 0 && minor <= 19 &&
	                       reader->title.period > 1
	               ? reader->title.period
	               : 1;
}

static void multiply(int64_t *value, int64_t factor)
{
	if (__builtin_mul_overflow(*value, factor, value))
		*value = INT64_MAX;
}

static int emit_samples(struct reader *reader, struct ll_error *err)
{
	struct ll_text_records *const records = &reader->records;
	const int64_t factor = unsampled_factor(reader);
	const struct ll_symbols symbols = ll_symbol_table_view(&records->symbols);
	int rc = reader->out->symbols(reader->out->self, &symbols, err);

	for (size_t i = 0; rc == LL_OK && i < records->count; i++) {
		struct ll_text_record *const record = &records->items[i];
		const uint32_t first[2] = {0, record->location_count};
		const struct ll_str entry = reader->title.kind == LL_KIND_HEAP
		                                    ? ll_text_records_entry(records, record)
		                                    : ll_str_n(NULL, 0);
		const struct ll_samples sample = {
			.count = 1,
			.first = first,
			.locations = records->locations + record->first_location,
			.values = record->values,
			.block_size = &record->block_size,
			.labels = record->labels.size > 0 ? &record->labels : NULL,
			.entries = &entry,
		};

		multiply(&record->values[0], factor);
		multiply(&record->values[1], factor);
		rc = reader->out->samples(reader->out->self, &sample, err);
	}
	return rc;
}

/*
 * Where no visible frame tells how a goroutine was parked, the addresses may. Behind cgo's wrapper
 * of a function of C stands that function, and behind iter.Pull's the switch to the other side.
 */
static const char *hidden_state(const struct ll_text_parks *parks,
                                const struct ll_text_record *record, const struct ll_frame *leaf)
{
	if (leaf && ll_str_find(leaf->function, "._Cfunc_") != SIZE_MAX)
		return "syscall";
	if (leaf && ll_str_starts(leaf->function, "iter.Pull"))
		return "coroutine";
	return ll_text_parks_state(parks, record);
}

static int emit_goroutines(struct reader *reader, struct ll_error *err)
{
	const struct ll_text_records *const records = &reader->records;
	LL_CLEANUP(ll_freep)
	struct ll_frame *frames = ll_calloc(records->location_count + 1, sizeof *frames);
	struct ll_text_parks parks;
	int rc = LL_OK;

	ll_text_parks_learn(records, &parks);
	for (size_t i = 0; rc == LL_OK && i < records->count; i++) {
		const struct ll_text_record *const record = &records->items[i];
		struct ll_goroutines group = {
			.count = record->values[0] > 0 ? (uint64_t)record->values[0] : 0,
			.frames = frames,
			.frame_count = record->location_count,
			.min_minutes = LL_MINUTES_UNKNOWN,
			.max_minutes = LL_MINUTES_UNKNOWN,
			.labels = record->labels,
			.is_leaked = reader->title.kind == LL_KIND_GOROUTINELEAK,
		};
		const char *state;
		size_t skip;

		for (size_t k = 0; k < record->location_count; k++) {
			const struct ll_line *const line =
				&records->symbols
					 .lines[records->locations[record->first_location + k]];

			frames[k] = (struct ll_frame){
				.function = records->symbols.functions[line->function].name,
				.file = records->symbols.functions[line->function].file,
				.line = line->line,
			};
		}
		state = ll_goroutine_state(frames, group.frame_count, &skip);
		if (strcmp(state, "running") == 0 && skip == 0)
			state = hidden_state(&parks, record, group.frame_count > 0 ? frames : NULL);
		group.state = ll_str(state);
		group.is_system = ll_goroutine_is_system(group.state, frames, group.frame_count,
		                                         ll_str_n(NULL, 0));
		rc = reader->out->goroutines(reader->out->self, &group, err);
	}
	return rc;
}

/* Rule 7. What a title of tcmalloc counts is another matter. */
static void note_heap_totals(const struct reader *reader)
{
	const int64_t *const said = reader->title.heap_totals;
	const int64_t *const sums = reader->records.heap_sums;
	char text[256];

	if (!reader->title.has_heap_totals || memcmp(said, sums, 4 * sizeof *said) == 0)
		return;
	(void)snprintf(text, sizeof text,
	               "the title says %" PRId64 ": %" PRId64 " [%" PRId64 ": %" PRId64
	               "], the records sum to %" PRId64 ": %" PRId64 " [%" PRId64 ": %" PRId64 "]",
	               said[0], said[1], said[2], said[3], sums[0], sums[1], sums[2], sums[3]);
	reader->out->note(reader->out->self, 0, text);
}

static void note_damage(const struct reader *reader)
{
	const struct ll_text_records *const records = &reader->records;
	char text[96];
	uint64_t sum = 0;

	note_heap_totals(reader);
	if (records->skipped > 0) {
		(void)snprintf(text, sizeof text, "%zu records skipped: numbers do not parse",
		               records->skipped);
		reader->out->note(reader->out->self, 0, text);
	}
	if (records->elided > 0) {
		(void)snprintf(text, sizeof text, "stacks that the text leaves out in part: %zu",
		               records->elided);
		reader->out->note(reader->out->self, 0, text);
	}
	if (reader->title.has_lost_delays)
		reader->out->note(reader->out->self, 0,
		                  "'cycles/second' is no rate: how long they waited is not known");
	if (reader->title.is_missing)
		reader->out->note(reader->out->self, 0,
		                  "the title is missing: what stood before it is, too");
	if (!reader->title.has_total)
		return;
	for (size_t i = 0; i < records->count; i++)
		sum += (uint64_t)records->items[i].values[0];
	if (sum != reader->title.total) {
		(void)snprintf(text, sizeof text,
		               "the title says %" PRIu64 ", the records sum to %" PRIu64,
		               reader->title.total, sum);
		reader->out->note(reader->out->self, 0, text);
	}
}

/* Rule 7: the page around it may have cut it, or only spoke of it. */
static bool is_title_alone(const struct reader *reader)
{
	static const int64_t nothing[4];
	const struct ll_text_title *const title = &reader->title;

	return reader->records.count == 0 && !reader->stats.has[LL_METRIC_ALLOC] &&
	       (title->is_missing || (title->has_total && title->total > 0) ||
	        (title->has_heap_totals &&
	         memcmp(title->heap_totals, nothing, sizeof nothing) != 0));
}

/* Hands on the capture that has been gathered, if any, and starts afresh. */
static int finish_capture(struct reader *reader, struct ll_error *err)
{
	const struct ll_text_title *const title = &reader->title;
	struct ll_value_type types[4];
	const size_t type_count = ll_text_types(title, types);
	const bool is_goroutines =
		title->kind == LL_KIND_GOROUTINE || title->kind == LL_KIND_GOROUTINELEAK;
	const struct ll_origin origin = {
		.kind = title->kind,
		.variant = title->variant ? title->variant : "debug=1",
		.is_foreign = title->variant && !reader->stats.has[LL_METRIC_ALLOC],
		.time_ns = LL_TIME_NONE,
		.not_before_ns = ll_memstats_not_before(&reader->stats),
		.period = title->period,
		.types = types,
		.type_count = type_count,
	};
	int rc = LL_OK;

	if (reader->has_capture && is_title_alone(reader)) {
		reader->has_lost = true;
	} else if (reader->has_capture) {
		reader->captures++;
		rc = reader->out->begin(reader->out->self, &origin, err);
		if (rc == LL_OK)
			rc = is_goroutines ? emit_goroutines(reader, err)
			                   : emit_samples(reader, err);
		if (rc == LL_OK)
			rc = ll_memstats_emit(&reader->stats, reader->out, err);
		if (rc == LL_OK)
			note_damage(reader);
	}
	ll_text_records_clear(&reader->records);
	memset(&reader->stats, 0, sizeof reader->stats);
	reader->has_capture = false;
	reader->in_trailer = false;
	return rc;
}

/* ----------------------------------------------------------------------- lines */

static void read_comment(struct reader *reader, struct ll_str line)
{
	if (reader->records.is_open && ll_str_starts(line, "# labels: {")) {
		ll_text_records_labels(&reader->records, ll_str_from(line, 10));
	} else if (reader->records.is_open && ll_text_records_frame(&reader->records, line)) {
		return;
	} else if (ll_str_starts(line, "# runtime.MemStats")) {
		reader->in_trailer = true;
	} else if (reader->in_trailer) {
		ll_text_trailer(&reader->stats, line);
	}
}

static void read_header(struct reader *reader, struct ll_str line)
{
	double cycles;
	int64_t period;

	if (ll_str_skip(&line, "cycles/second=")) {
		const bool is_rate = ll_str_to_f64(ll_str_trim(line), &cycles) && cycles >= 1;

		reader->title.ns_per_cycle = is_rate ? 1e9 / cycles : 0;
		reader->title.has_lost_delays = !is_rate;
	} else if (ll_str_skip(&line, "sampling period=")) {
		if (ll_str_to_i64(ll_str_trim(line), &period) && period > 0)
			reader->title.period = period;
	}
}

/* Rule 6: the line without what a page put before it. */
static struct ll_str unquoted(struct ll_str line)
{
	while (line.size > 0 && memchr(" \t>", line.data[0], 3))
		line = ll_str_from(line, 1);
	return line;
}

static int start_capture(struct reader *reader, const struct ll_text_title *title,
                         struct ll_error *err)
{
	const int rc = finish_capture(reader, err);

	reader->title = *title;
	reader->title.custom = ll_arena_str(&reader->records.arena, title->custom);
	reader->title.ns_per_cycle = 1;
	reader->has_capture = true;
	return rc;
}

static int read_line(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	struct ll_text_title title;

	line = unquoted(line);
	if (line.size > 0 && line.data[0] == '#') {
		read_comment(reader, line);
		return LL_OK;
	}
	if (reader->records.is_open && ll_str_starts(line, "0x") &&
	    ll_text_records_frame(&reader->records, line))
		return LL_OK;
	ll_text_records_close(&reader->records);
	if (ll_text_title(line, &title) || ll_text_title_behind(line, &title))
		return start_capture(reader, &title, err);
	if (!reader->has_capture && ll_text_is_headless(line)) {
		const struct ll_text_title untitled = {.kind = LL_KIND_GOROUTINE,
		                                       .period = 1,
		                                       .custom = ll_str("goroutine"),
		                                       .is_missing = true};
		const int rc = start_capture(reader, &untitled, err);

		if (rc < 0)
			return rc;
	}
	if (!reader->has_capture || line.size == 0)
		return LL_OK;
	if (ll_str_find(line, "@") != SIZE_MAX && memchr("-0123456789", line.data[0], 11))
		ll_text_records_add(&reader->records, &reader->title, line);
	else
		read_header(reader, line);
	return LL_OK;
}

static int read_pprof_text(struct ll_stream *in, const struct ll_peek *peek,
                           const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	struct ll_str line;
	int state = 0, rc = LL_OK;

	(void)peek;
	reader->out = out;
	while (rc == LL_OK && (state = ll_stream_line(in, &line, err)) != 0) {
		/* A cut file keeps what came before the cut. */
		if (state < 0 && !reader->has_capture)
			rc = state;
		if (state < 0)
			break;
		rc = read_line(reader, line, err);
	}
	ll_text_records_close(&reader->records);
	if (rc == LL_OK) {
		const bool is_cut = state < 0 && reader->has_capture;

		rc = finish_capture(reader, err);
		if (rc == LL_OK && is_cut)
			out->note(out->self, ll_stream_line_number(in),
			          err ? err->text : "input ends early");
	}
	ll_text_records_done(&reader->records);
	if (rc == LL_OK && reader->has_lost && reader->captures == 0)
		return ll_fail(err, LL_E_FORMAT, "the title of a profile, and none of its records");
	return rc;
}

/* Rule 6: "3 @ 0x1001" with its first frame in the next line. */
static bool is_untitled(struct ll_str line, struct ll_str rest)
{
	struct ll_str frame;

	rest = unquoted(rest);
	frame = ll_str_first(rest, ll_str_index(rest, '\n'));
	return ll_text_is_headless(line) &&
	       (ll_str_skip(&rest, "#") || ll_str_find(frame, "+0x") != SIZE_MAX) &&
	       ll_str_starts(unquoted(rest), "0x");
}

static enum ll_bid bid_pprof_text(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head;
	struct ll_text_title title;

	/* The title may stand behind saved headers or a shell prompt, but not far. */
	for (size_t i = 0; i < 24 && rest.data; i++) {
		struct ll_str line = ll_str_split(&rest, '\n');

		if (ll_str_ends(line, "\r"))
			line.size--;
		if (ll_text_title(line, &title))
			return i == 0 ? LL_BID_MAGIC : LL_BID_SHAPE;
		line = unquoted(line);
		if (ll_text_title(line, &title) || ll_text_title_behind(line, &title) ||
		    is_untitled(line, rest))
			return LL_BID_SHAPE;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_pprof_text = {
	.id = "pprof-text",
	.title = "pprof text (debug=1)",
	.bid = bid_pprof_text,
	.is_plain = true,
	.read = read_pprof_text,
	.reads_between = true,
};
