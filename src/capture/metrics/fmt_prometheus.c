/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_prometheus.c - pages of metrics as text: /metrics of one process, federation, several of them
 * one behind the other, dumps of a database with many targets and times.
 *
 * Lines are lexed by exposition.c and sorted by target and time in scrape.c; a page ends at
 * "# EOF", where its first series or another one comes again, or with the file. The file is read
 * through a window, so its size does not matter; the ceilings of a page are in scrape.h.
 *
 * A line that cannot be read is a note with its number. A file without one sample is refused.
 */
#include "content/http_head.h"
#include "metric_names.h"
#include "scrape.h"

enum {
	STRANGE_MAX = 8, /* other lines that may stand in front: what a tool said first */
	MALFORMED_MAX =
		10000, /* lines that cannot be read; then what is behind is no page of metrics */
};

struct reader {
	struct ll_scrape *scrape;
	const struct ll_sink *out;
	struct ll_exposition line;
	bool is_openmetrics;
	int64_t time_ns; /* of saved HTTP headers */
	uint64_t samples, captures;
	uint64_t malformed, first_malformed;
	bool is_over; /* too many of them */
	const char *first_problem;
};

static int emit(struct reader *reader, struct ll_error *err)
{
	const struct ll_scrape_page page = {
		.variant = reader->is_openmetrics ? "openmetrics" : "prometheus",
		.time_ns = reader->time_ns,
	};
	const int captures = ll_scrape_emit(reader->scrape, &page, reader->out, err);

	if (captures > 0)
		reader->captures += (uint64_t)captures;
	return captures;
}

static int read_sample(struct reader *reader, struct ll_error *err)
{
	int rc = LL_OK;

	reader->samples++;
	if (ll_scrape_is_over(reader->scrape, &reader->line)) {
		rc = emit(reader, err);
		if (rc >= 0)
			(void)ll_scrape_is_over(reader->scrape, &reader->line);
	}
	ll_scrape_add(reader->scrape, &reader->line);
	return rc;
}

static int read_bad(struct reader *reader, uint64_t number, struct ll_error *err)
{
	if (reader->malformed++ == 0) {
		reader->first_malformed = number;
		reader->first_problem = reader->line.problem;
	}
	ll_scrape_damage(reader->scrape, number, reader->line.problem);
	if (reader->malformed <= MALFORMED_MAX || reader->malformed <= reader->samples)
		return LL_OK;
	reader->is_over = true;
	if (reader->samples == 0)
		return ll_fail(err, LL_E_FORMAT, "line %llu: %s, and most lines are no better",
		               (unsigned long long)reader->first_malformed, reader->first_problem);
	return LL_OK;
}

static int read_line(struct reader *reader, struct ll_str text, uint64_t number,
                     struct ll_error *err)
{
	ll_exposition_read(text, &reader->line);
	if (reader->line.kind != LL_EXPOSITION_SAMPLE)
		ll_scrape_part(reader->scrape);
	switch (reader->line.kind) {
	case LL_EXPOSITION_NOTHING: return LL_OK;
	case LL_EXPOSITION_TYPE: ll_scrape_type(reader->scrape, &reader->line); return LL_OK;
	case LL_EXPOSITION_UNIT: reader->is_openmetrics = true; return LL_OK;
	case LL_EXPOSITION_EOF: reader->is_openmetrics = true; return emit(reader, err);
	case LL_EXPOSITION_SAMPLE: return read_sample(reader, err);
	case LL_EXPOSITION_BAD: return read_bad(reader, number, err);
	}
	return LL_OK;
}

/* Passes over saved HTTP headers. */
static int skip_head(struct reader *reader, struct ll_stream *in, struct ll_str head,
                     struct ll_error *err)
{
	struct ll_str rest = ll_str_first(head, ll_http_head(head, &reader->time_ns));
	struct ll_str line;
	int rc = LL_OK;

	while (rest.size > 0 && rc >= 0) {
		(void)ll_str_split(&rest, '\n');
		rc = ll_stream_line(in, &line, err);
	}
	return rc < 0 ? rc : LL_OK;
}

/* Why there is nothing to hand on. */
static int nothing_read(const struct reader *reader, struct ll_error *err)
{
	if (reader->samples == 0 && reader->malformed > 0)
		return ll_fail(err, LL_E_FORMAT, "line %llu: %s",
		               (unsigned long long)reader->first_malformed, reader->first_problem);
	if (reader->samples == 0)
		return ll_fail(err, LL_E_FORMAT, "a page of metrics without a sample");
	return ll_fail(err, LL_E_FORMAT,
	               "%llu samples, none of a Go program, a process, a container or a gauge",
	               (unsigned long long)reader->samples);
}

static int read_lines(struct reader *reader, struct ll_stream *in, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_str line;
	int state = 0, rc = LL_OK;

	while (rc >= 0 && !reader->is_over && (state = ll_stream_line(in, &line, &damage)) > 0)
		rc = read_line(reader, line, ll_stream_line_number(in), err);
	if (rc >= 0)
		rc = emit(reader, err);
	if (rc < 0)
		return rc;
	if (reader->captures == 0)
		return state < 0 ? ll_fail(err, damage.code, "%s", damage.text)
		                 : nothing_read(reader, err);
	ll_scrape_note_rest(reader->scrape, reader->out);
	if (reader->is_over)
		reader->out->note(reader->out->self, ll_stream_line_number(in),
		                  "most lines are not of metrics: none is read behind this");
	if (state < 0)
		reader->out->note(reader->out->self, ll_stream_line_number(in), damage.text);
	return LL_OK;
}

static int read_prometheus(struct ll_stream *in, const struct ll_peek *peek,
                           const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	int rc;

	reader->out = out;
	reader->scrape = ll_scrape_new();
	rc = skip_head(reader, in, peek->head, err);
	if (rc >= 0)
		rc = read_lines(reader, in, err);
	ll_scrape_free(reader->scrape);
	return rc;
}

/* ------------------------------------------------------------------------- bids */

struct impression {
	size_t types, samples, known, bad;
	size_t known_bad; /* of the bad: samples of a known name */
};

static void look_at(struct ll_str text, bool has_guesses, struct ll_exposition *line,
                    struct impression *seen)
{
	ll_exposition_read(text, line);
	switch (line->kind) {
	case LL_EXPOSITION_TYPE: seen->types++; break;
	case LL_EXPOSITION_SAMPLE:
		seen->samples++;
		seen->known += ll_metric_name_find(line->name).subject != LL_METRIC_OF_OTHER;
		break;
	case LL_EXPOSITION_BAD:
		seen->bad++;
		seen->known_bad += has_guesses &&
		                   ll_metric_name_find(line->name).subject != LL_METRIC_OF_OTHER;
		break;
	case LL_EXPOSITION_NOTHING:
	case LL_EXPOSITION_UNIT:
	case LL_EXPOSITION_EOF: break;
	}
}

static enum ll_bid bid_prometheus(const struct ll_peek *peek)
{
	struct impression seen = {0};
	struct ll_exposition line;
	int64_t time_ns;
	struct ll_str rest = ll_str_from(peek->head, ll_http_head(peek->head, &time_ns));

	(void)ll_str_skip(&rest, "\xef\xbb\xbf");
	while (rest.size > 0 && seen.bad <= seen.samples + seen.types + STRANGE_MAX &&
	       (seen.types == 0 || seen.samples == 0)) {
		const struct ll_str text = ll_str_split(&rest, '\n');

		/* The last line of a head that is not the whole is cut anywhere. */
		if (rest.data || peek->is_whole)
			look_at(text, peek->least <= LL_BID_GUESS, &line, &seen);
	}
	if (seen.types > 0 && seen.samples > 0)
		return LL_BID_SHAPE;
	if (seen.known > 0 && seen.samples > seen.bad)
		return seen.samples >= 3 ? LL_BID_SHAPE : LL_BID_GUESS;
	/* Whoever reads it will say what is wrong with them. */
	return seen.types > 0 || seen.known_bad > 0 ? LL_BID_GUESS : LL_BID_NO;
}

const struct ll_format ll_fmt_prometheus = {
	.id = "prometheus",
	.title = "Prometheus or OpenMetrics text",
	.bid = bid_prometheus,
	.read = read_prometheus,
};

/*
 * The binary form: a length, then a MetricFamily of name (field 1), help (2), type (3), metrics
 * (4).
 */
static enum ll_bid bid_prometheus_pb(const struct ll_peek *peek)
{
	const struct ll_str head = peek->head;
	uint64_t size, name_size;
	size_t at = 0;

	if (!ll_varint_get(head, &at, &size) || at >= head.size || size < 4 ||
	    head.data[at] != '\x0a')
		return LL_BID_NO;
	at++;
	if (!ll_varint_get(head, &at, &name_size) || name_size < 2 || name_size > 256 ||
	    name_size + 2 > size || name_size >= head.size - at)
		return LL_BID_NO;
	for (size_t i = 0; i < name_size; i++) {
		const char byte = head.data[at + i];
		const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');

		if (!is_letter && byte != '_' && byte != ':' &&
		    (i == 0 || byte < '0' || byte > '9'))
			return LL_BID_NO;
	}
	at += name_size;
	return head.data[at] == '\x12' || head.data[at] == '\x18' || head.data[at] == '\x22'
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_prometheus_pb = {
	.id = "prometheus-protobuf",
	.title = "Prometheus metrics in the protobuf form",
	.bid = bid_prometheus_pb,
	.refusal = "Prometheus metrics in the protobuf form: save the text form instead",
};
