/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_pprof_raw.c - what `go tool pprof -raw` prints: a whole profile as text.
 *
 *     PeriodType: space bytes
 *     Period: 524288
 *     Time: 2026-11-21 01:06:27.5 +0000 UTC
 *     Duration: 30.0
 *     Samples:
 *     alloc_objects/count alloc_space/bytes inuse_objects/count[dflt] inuse_space/bytes
 *              4    2488234          1     829411: 1 2 3              values, ids of locations
 *                     bytes:[524288]                                   labels of the sample
 *     Locations
 *          1: 0x44cb2 M=1 main.put /src/put.go:31:0 s=9                innermost inlined first
 *                  main.main /src/main.go:9:0 s=3
 *     Mappings
 *     1: 0x400000/0x5ba000/0x0 /usr/bin/app 1a2b3c [FN]
 *
 * Rules:
 *   1. It is written again as profile.proto and read as one (pprof_writer.h).
 *   2. pprof prints at most four characters of the duration, so "30.0" may be 30 s or 30 ms; it
 *      counts as seconds, and only whether there is one matters.
 *   3. A name and a path are parted by a blank and may contain some: the path begins at the first
 *      " /", else at the last blank.
 *   4. A page may indent all of it by as many blanks as its first line.
 *   5. Lines that do not parse are counted in a note. A text label that is a number cannot be told
 *      from a number.
 */
#include "pprof_writer.h"

#include <leakledger/vec.h>

#include <inttypes.h>

enum {
	LOCATIONS_MAX = 1 << 16, /* of one sample */
	LINES_MAX = 1024,        /* of one location */
	LABELS_MAX = 64,
	HEAD_BYTES = 16 * 1024, /* comments may stand before the samples */
};

enum part {
	PART_HEAD,
	PART_TYPES,
	PART_SAMPLES,
	PART_LOCATIONS,
	PART_MAPPINGS,
};

struct reader {
	struct ll_pprof_writer writer;
	enum part part;
	struct ll_arena arena; /* texts of the sample or location that is open */
	int64_t time_ns, duration_ns;
	struct ll_str period_type, period_unit;
	/* The open sample. */
	bool has_sample;
	int64_t values[LL_VALUE_TYPES_MAX];
	size_t value_count, type_count;
	struct ll_vec locations; /* uint64_t */
	struct ll_pprof_label labels[LABELS_MAX];
	size_t label_count;
	/* The open location. */
	bool has_location;
	uint64_t id, mapping, address;
	struct ll_vec lines; /* struct ll_frame */
	size_t indent;       /* rule 4 */
	bool has_indent;
	size_t bad_lines;
	uint64_t first_bad;
};

static struct ll_str take_word(struct ll_str *text)
{
	struct ll_str word;

	while (text->size > 0 && text->data[0] == ' ')
		*text = ll_str_from(*text, 1);
	word = ll_str_first(*text, ll_str_index(*text, ' '));
	*text = ll_str_from(*text, word.size);
	return word;
}

/* --------------------------------------------------------------------- head */

/* "2026-11-21 01:06:27.5 +0000 UTC": the name of the zone repeats the offset. */
static int64_t parse_time(struct ll_str text)
{
	const struct ll_str date = take_word(&text), clock = take_word(&text),
			    zone = take_word(&text);
	char joined[96];
	int64_t time_ns;
	bool has_zone;

	(void)snprintf(joined, sizeof joined, "%.*sT%.*s%.*s", LL_STR_ARG(date), LL_STR_ARG(clock),
	               LL_STR_ARG(zone));
	return ll_parse_time(ll_str(joined), &time_ns, &has_zone) ? time_ns : 0;
}

/* Rule 2: "4h35", "1m30", "30.0". */
static int64_t parse_duration(struct ll_str text)
{
	double unit = (double)LL_NS_PER_S, total = 0;

	while (text.size > 0) {
		size_t digits = 0;
		double number = 0;

		while (digits < text.size && memchr("0123456789.", text.data[digits], 11))
			digits++;
		if (!ll_str_to_f64(ll_str_first(text, digits), &number))
			break;
		text = ll_str_from(text, digits);
		if (ll_str_skip(&text, "h")) {
			total += number * (double)LL_NS_PER_HOUR;
			unit = (double)LL_NS_PER_MINUTE;
		} else if (ll_str_starts(text, "m") && !ll_str_starts(text, "ms")) {
			text = ll_str_from(text, 1);
			total += number * (double)LL_NS_PER_MINUTE;
			unit = (double)LL_NS_PER_S;
		} else {
			if (ll_str_starts(text, "ms"))
				unit = (double)LL_NS_PER_MS;
			total += number * unit;
			break;
		}
	}
	return total < 9e18 ? (int64_t)total : 0;
}

static void read_head(struct reader *reader, struct ll_str line)
{
	int64_t period;

	if (ll_str_equal(line, ll_str("Samples:"))) {
		reader->part = PART_TYPES;
	} else if (ll_str_skip(&line, "PeriodType: ")) {
		reader->period_type = ll_arena_str(&reader->arena, take_word(&line));
		reader->period_unit = ll_arena_str(&reader->arena, take_word(&line));
	} else if (ll_str_skip(&line, "Period: ")) {
		if (ll_str_to_i64(line, &period))
			ll_pprof_put_period(&reader->writer, reader->period_type,
			                    reader->period_unit, period);
	} else if (ll_str_skip(&line, "Time: ")) {
		reader->time_ns = parse_time(line);
	} else if (ll_str_skip(&line, "Duration: ")) {
		reader->duration_ns = parse_duration(line);
	}
}

/* "alloc_objects/count inuse_space/bytes[dflt]". */
static void read_types(struct reader *reader, struct ll_str line)
{
	struct ll_str word;

	while ((word = take_word(&line)).size > 0 && reader->type_count < LL_VALUE_TYPES_MAX) {
		const bool is_default = ll_str_ends(word, "[dflt]");
		const size_t slash = ll_str_rindex(word, '/');
		struct ll_str type, unit;

		if (is_default)
			word.size -= strlen("[dflt]");
		type = ll_str_first(word, slash);
		unit = slash == SIZE_MAX ? ll_str("") : ll_str_from(word, slash + 1);
		ll_pprof_put_type(&reader->writer, type, unit);
		if (is_default)
			ll_pprof_put_default_type(&reader->writer, type);
		reader->type_count++;
	}
	ll_pprof_put_times(&reader->writer, reader->time_ns, reader->duration_ns);
	reader->part = PART_SAMPLES;
}

/* ------------------------------------------------------------------ samples */

static void finish_sample(struct reader *reader)
{
	const struct ll_pprof_sample sample = {
		.locations = reader->locations.items,
		.location_count = reader->locations.count,
		.values = reader->values,
		.value_count = reader->value_count,
		.labels = reader->labels,
		.label_count = reader->label_count,
	};

	if (reader->has_sample)
		ll_pprof_put_sample(&reader->writer, &sample);
	reader->has_sample = false;
	reader->locations.count = 0;
	reader->label_count = 0;
	ll_arena_clear(&reader->arena);
}

/* "4    2488234: 1 2 3 4". */
static bool begin_sample(struct reader *reader, struct ll_str line)
{
	const size_t colon = ll_str_index(line, ':');
	struct ll_str values = ll_str_first(line, colon), ids = ll_str_from(line, colon + 1), word;
	uint64_t id;

	if (colon == SIZE_MAX)
		return false;
	finish_sample(reader);
	for (reader->value_count = 0; (word = take_word(&values)).size > 0; reader->value_count++) {
		if (reader->value_count == reader->type_count ||
		    !ll_str_to_i64(word, &reader->values[reader->value_count]))
			return false;
	}
	while ((word = take_word(&ids)).size > 0 && reader->locations.count < LOCATIONS_MAX) {
		if (!ll_str_to_u64(word, &id))
			return false;
		*(uint64_t *)ll_vec_push(&reader->locations, sizeof id) = id;
	}
	reader->has_sample = reader->value_count == reader->type_count;
	return reader->has_sample;
}

/* "job:[ingest] tenant:[acme corp]", "bytes:[524288]": a value may contain blanks. */
static bool read_labels(struct reader *reader, struct ll_str line)
{
	line = ll_str_trim(line);
	while (line.size > 0 && reader->label_count < LABELS_MAX) {
		struct ll_pprof_label *const label = &reader->labels[reader->label_count];
		const size_t open = ll_str_find(line, ":["), close = ll_str_index(line, ']');
		struct ll_str value;

		if (open == SIZE_MAX || close == SIZE_MAX || close < open)
			return false;
		value = ll_str_n(line.data + open + 2, close - open - 2);
		*label = (struct ll_pprof_label){
			.key = ll_arena_str(&reader->arena, ll_str_first(line, open))};
		/* "bytes:[524288 bytes]" where the unit was written. */
		if (ll_str_equal(label->key, ll_str("bytes")))
			value = ll_str_first(value, ll_str_index(value, ' '));
		if (!ll_str_to_i64(value, &label->number))
			label->text = ll_arena_str(&reader->arena, value);
		reader->label_count++;
		line = ll_str_trim(ll_str_from(line, close + 1));
	}
	return true;
}

static bool read_sample_line(struct reader *reader, struct ll_str line)
{
	if (ll_str_equal(line, ll_str("Locations"))) {
		finish_sample(reader);
		reader->part = PART_LOCATIONS;
		return true;
	}
	if (ll_str_find(line, ":[") != SIZE_MAX)
		return reader->has_sample && read_labels(reader, line);
	return begin_sample(reader, line);
}

/* ---------------------------------------------------------------- locations */

static void finish_location(struct reader *reader)
{
	if (reader->has_location)
		ll_pprof_put_location(&reader->writer, reader->id, reader->mapping, reader->address,
		                      reader->lines.items, reader->lines.count);
	reader->has_location = false;
	reader->lines.count = 0;
	ll_arena_clear(&reader->arena);
}

/* Cuts ":31:0" or ":31" off the end. */
static int64_t cut_line(struct ll_str *path)
{
	uint64_t numbers[2] = {0};
	size_t count = 0;

	while (count < 2) {
		const size_t colon = ll_str_rindex(*path, ':');

		if (colon == SIZE_MAX ||
		    !ll_str_to_u64(ll_str_from(*path, colon + 1), &numbers[count]))
			break;
		*path = ll_str_first(*path, colon);
		count++;
	}
	/* With a column the line stands before it. */
	return (int64_t)(count == 2 ? numbers[1] : numbers[0]);
}

/* "main.put /src/put.go:31:0 s=9" (rule 3). */
static bool read_symbol(struct reader *reader, struct ll_str text)
{
	struct ll_frame *line;
	size_t at = ll_str_find(text, " s=");
	int64_t number;

	for (size_t next; at != SIZE_MAX; at += next + 1) {
		next = ll_str_find(ll_str_from(text, at + 1), " s=");
		if (next == SIZE_MAX)
			break;
	}
	if (at == SIZE_MAX)
		return ll_str_trim(text).size == 0 || ll_str_equal(ll_str_trim(text), ll_str("??"));
	text = ll_str_trim(ll_str_first(text, at));
	if (reader->lines.count == LINES_MAX)
		return false;
	number = cut_line(&text);
	at = ll_str_find(text, " /");
	if (at == SIZE_MAX)
		at = ll_str_rindex(text, ' ');
	line = ll_vec_push(&reader->lines, sizeof *line);
	line->function = ll_arena_str(&reader->arena, ll_str_trim(ll_str_first(text, at)));
	line->file = ll_arena_str(&reader->arena,
	                          at == SIZE_MAX ? ll_str("") : ll_str_from(text, at + 1));
	line->line = number;
	return true;
}

/* "     1: 0x44cb2 M=1 [F] main.put ...", or an indented line of the location before. */
static bool read_location_line(struct reader *reader, struct ll_str line)
{
	struct ll_str rest = line, word;
	uint64_t id, address;

	if (ll_str_equal(line, ll_str("Mappings"))) {
		finish_location(reader);
		reader->part = PART_MAPPINGS;
		return true;
	}
	word = take_word(&rest);
	if (!ll_str_ends(word, ":") || !ll_str_to_u64(ll_str_first(word, word.size - 1), &id)) {
		return reader->has_location && read_symbol(reader, line);
	}
	finish_location(reader);
	word = take_word(&rest);
	if (!ll_str_skip(&word, "0x") || !ll_str_to_hex(word, &address) || id == 0)
		return false;
	reader->id = id;
	reader->address = address;
	reader->mapping = 0;
	reader->has_location = true;
	(void)ll_str_skip(&rest, " ");
	if (ll_str_skip(&rest, "M="))
		rest = ll_str_from(rest, ll_str_lead_u64(rest, &reader->mapping));
	(void)ll_str_skip(&rest, " [F]");
	return read_symbol(reader, rest);
}

/* "1: 0x400000/0x5ba000/0x0 /usr/bin/app 1a2b3c [FN]". */
static bool read_mapping(struct reader *reader, struct ll_str line)
{
	struct ll_str word = take_word(&line), file, build;
	uint64_t id, range[3];

	if (!ll_str_ends(word, ":") || !ll_str_to_u64(ll_str_first(word, word.size - 1), &id) ||
	    id == 0)
		return false;
	word = take_word(&line);
	for (size_t i = 0; i < 3; i++) {
		struct ll_str number = ll_str_split(&word, '/');

		if (!ll_str_skip(&number, "0x") || !ll_str_to_hex(number, &range[i]))
			return false;
	}
	file = take_word(&line);
	build = take_word(&line);
	if (ll_str_starts(build, "["))
		build = ll_str("");
	ll_pprof_put_mapping(&reader->writer, id, range, file, build);
	return true;
}

/* ------------------------------------------------------------------ reading */

static size_t blanks_before(struct ll_str line)
{
	size_t count = 0;

	while (count < line.size && memchr(" \t", line.data[count], 2))
		count++;
	return count;
}

static void read_line(struct reader *reader, struct ll_str line, uint64_t number)
{
	const size_t blanks = blanks_before(line);
	bool is_good = true;

	if (!reader->has_indent)
		reader->indent = blanks;
	reader->has_indent = true;
	line = ll_str_from(line, blanks < reader->indent ? blanks : reader->indent);
	if (ll_str_trim(line).size == 0)
		return;
	switch (reader->part) {
	case PART_HEAD: read_head(reader, line); break;
	case PART_TYPES: read_types(reader, line); break;
	case PART_SAMPLES: is_good = read_sample_line(reader, line); break;
	case PART_LOCATIONS: is_good = read_location_line(reader, line); break;
	case PART_MAPPINGS: is_good = read_mapping(reader, line); break;
	}
	if (!is_good && reader->bad_lines++ == 0)
		reader->first_bad = number;
}

static int read_lines(struct reader *reader, struct ll_stream *in, const struct ll_peek *peek,
                      const struct ll_sink *out, struct ll_error *err)
{
	struct ll_str line;
	char text[80];
	int state, rc;

	while ((state = ll_stream_line(in, &line, err)) > 0)
		read_line(reader, line, ll_stream_line_number(in));
	if (state < 0)
		return state;
	if (reader->part != PART_MAPPINGS)
		return ll_fail(err, LL_E_FORMAT, "line %" PRIu64 ": the text ends before its %s",
		               ll_stream_line_number(in),
		               reader->part == PART_LOCATIONS ? "mappings" : "locations");
	rc = ll_pprof_writer_read(&reader->writer, peek->name, "raw", out, err);
	if (rc == LL_OK && reader->bad_lines > 0) {
		(void)snprintf(text, sizeof text, "%zu lines were not understood",
		               reader->bad_lines);
		out->note(out->self, reader->first_bad, text);
	}
	return rc;
}

static int read_pprof_raw(struct ll_stream *in, const struct ll_peek *peek,
                          const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	int rc;

	ll_pprof_writer_init(&reader->writer);
	rc = read_lines(reader, in, peek, out, err);
	ll_pprof_writer_done(&reader->writer);
	ll_vec_done(&reader->locations);
	ll_vec_done(&reader->lines);
	ll_arena_done(&reader->arena);
	return rc;
}

static enum ll_bid bid_pprof_raw(const struct ll_peek *peek)
{
	struct ll_str rest = ll_str_first(peek->head, HEAD_BYTES);
	const size_t indent = blanks_before(rest);
	bool has_period = false;

	for (size_t i = 0; i < 100 && rest.size > 0; i++) {
		struct ll_str line = ll_str_split(&rest, '\n');

		if (ll_str_ends(line, "\r"))
			line.size--;
		if (blanks_before(line) >= indent)
			line = ll_str_from(line, indent);
		if (i == 0 && !ll_str_starts(line, "PeriodType: ") &&
		    !ll_str_starts(line, "Comment: ") && !ll_str_starts(line, "Doc: ") &&
		    !ll_str_starts(line, "Period: "))
			return LL_BID_NO;
		has_period |= ll_str_starts(line, "Period: ");
		if (ll_str_equal(line, ll_str("Samples:")))
			return has_period ? LL_BID_MAGIC : LL_BID_NO;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_pprof_raw = {
	.id = "pprof-raw",
	.title = "text of go tool pprof -raw",
	.bid = bid_pprof_raw,
	.is_plain = true,
	.read = read_pprof_raw,
};
