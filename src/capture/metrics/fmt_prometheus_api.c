/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_prometheus_api.c - what Prometheus, Thanos, Mimir and VictoriaMetrics answer to a query of
 * metrics, saved as JSON: one value of each series, or many with their times.
 *
 *     {"status":"success","data":{"resultType":"vector","result":[
 *      {"metric":{"__name__":"go_goroutines","job":"cart","instance":"a:80"},
 *       "value":[1795223187.1,"85"]}]}}
 *     ... {"metric":{...},"values":[[1795223187,"85"],[1795223202,"86"]]}      a query of a range
 *     {"metric":{...},"values":[85,86],"timestamps":[1795223187000,1795223202000]}      an export
 *
 * Rules:
 *   1. Each sample becomes the line that a page of metrics would have, so that exposition.c and
 *      scrape.c decide what it is, and of whom. Lines of an export, and what `jq` cuts out, count.
 *   2. A series without __name__ is the result of an expression, of which nobody knows what it is:
 *      any function or operator takes the name away. It is passed over.
 *   3. The time is that of the value. A query of one moment tells that moment, at which the value
 *      may be five minutes old.
 */
#include "scrape.h"

#include <leakledger/json.h>

enum {
	LINE_MAX = 65536, /* of a series with its labels */
};

struct reader {
	struct ll_scrape *scrape;
	struct ll_json json;
	struct ll_buf series; /* name{label="value",...}; empty outside of a named series */
	struct ll_buf line, word;
	struct ll_exposition sample;
	struct ll_json values; /* of an export: where they start */
	bool has_values;
	uint64_t series_count, nameless, samples;
};

/* ------------------------------------------------------------------------ series */

/* A label's value as a page of metrics writes it. */
static void put_value(struct ll_buf *out, struct ll_str value)
{
	for (size_t i = 0; i < value.size; i++) {
		const char byte = value.data[i];

		if (byte == '\n') {
			ll_buf_puts(out, "\\n");
			continue;
		}
		if (byte == '"' || byte == '\\')
			ll_buf_putc(out, '\\');
		ll_buf_putc(out, byte);
	}
}

/* Behind "metric": the labels, into reader->series. False when they are not an object of texts. */
static bool read_metric(struct reader *reader)
{
	struct ll_json_token token = ll_json_next(&reader->json);
	bool is_named = false;

	ll_buf_clear(&reader->series);
	ll_buf_putc(&reader->series, '{');
	reader->has_values = false;
	if (token.kind != LL_JSON_OBJECT)
		return false;
	while ((token = ll_json_next(&reader->json)).kind == LL_JSON_KEY) {
		const struct ll_str key = token.text;

		token = ll_json_next(&reader->json);
		if (token.kind != LL_JSON_STRING)
			return false;
		is_named |= ll_str_equal(key, ll_str("__name__"));
		ll_buf_clear(&reader->word);
		ll_json_unescape(token.text, &reader->word);
		ll_buf_printf(&reader->series, "%s%.*s=\"", reader->series.size > 1 ? "," : "",
		              LL_STR_ARG(key));
		put_value(&reader->series, ll_buf_str(&reader->word));
		ll_buf_putc(&reader->series, '"');
	}
	ll_buf_putc(&reader->series, '}');
	reader->series_count++;
	if (!is_named) {
		reader->nameless++;
		ll_buf_clear(&reader->series);
	}
	return token.kind == LL_JSON_OBJECT_END && !reader->series.is_full;
}

/* ----------------------------------------------------------------------- samples */

/* Rule 1. */
static void add_sample(struct reader *reader, struct ll_str value, struct ll_str time)
{
	if (reader->series.size == 0)
		return;
	ll_buf_clear(&reader->line);
	ll_buf_put_str(&reader->line, ll_buf_str(&reader->series));
	ll_buf_printf(&reader->line, " %.*s %.*s", LL_STR_ARG(value), LL_STR_ARG(time));
	ll_exposition_read(ll_buf_str(&reader->line), &reader->sample);
	if (reader->sample.kind == LL_EXPOSITION_SAMPLE) {
		reader->samples++;
		ll_scrape_add(reader->scrape, &reader->sample);
	} else {
		ll_scrape_damage(reader->scrape, ll_json_line(&reader->json),
		                 reader->sample.problem ? reader->sample.problem
		                                        : "a series that is none");
	}
}

/* Behind '[': '1795223187.1,"85"]'. */
static bool read_point(struct reader *reader)
{
	const struct ll_json_token time = ll_json_next(&reader->json);
	const struct ll_json_token value = ll_json_next(&reader->json);

	if (time.kind != LL_JSON_NUMBER || value.kind != LL_JSON_STRING ||
	    ll_json_next(&reader->json).kind != LL_JSON_ARRAY_END)
		return false;
	add_sample(reader, value.text, time.text);
	return true;
}

/* Behind "values": points, or the numbers of an export, which wait for their times. */
static bool read_values(struct reader *reader)
{
	struct ll_json_token token;

	reader->values = reader->json;
	reader->has_values = true;
	if (ll_json_next(&reader->json).kind != LL_JSON_ARRAY)
		return false;
	while ((token = ll_json_next(&reader->json)).kind == LL_JSON_ARRAY) {
		reader->has_values = false;
		if (!read_point(reader))
			return false;
	}
	while (token.kind == LL_JSON_NUMBER || token.kind == LL_JSON_NULL ||
	       token.kind == LL_JSON_STRING)
		token = ll_json_next(&reader->json);
	return token.kind == LL_JSON_ARRAY_END;
}

/* Behind "timestamps", in milliseconds. */
static bool read_timestamps(struct reader *reader)
{
	struct ll_json_token time, value;

	if (!reader->has_values)
		return ll_json_skip(&reader->json);
	reader->has_values = false;
	if (ll_json_next(&reader->json).kind != LL_JSON_ARRAY ||
	    ll_json_next(&reader->values).kind != LL_JSON_ARRAY)
		return false;
	while ((time = ll_json_next(&reader->json)).kind == LL_JSON_NUMBER) {
		value = ll_json_next(&reader->values);
		if (value.kind == LL_JSON_ARRAY_END)
			return false;
		if (value.kind == LL_JSON_NUMBER)
			add_sample(reader, value.text, time.text);
	}
	return time.kind == LL_JSON_ARRAY_END;
}

/* -------------------------------------------------------------------- the answer */

static bool read_key(struct reader *reader, struct ll_str key)
{
	if (ll_str_equal(key, ll_str("metric")))
		return read_metric(reader);
	if (reader->series_count == 0)
		return true;
	if (ll_str_equal(key, ll_str("value")))
		return ll_json_next(&reader->json).kind == LL_JSON_ARRAY && read_point(reader);
	if (ll_str_equal(key, ll_str("values")))
		return read_values(reader);
	if (ll_str_equal(key, ll_str("timestamps")))
		return read_timestamps(reader);
	return true;
}

/* Is nothing but blanks left? Else another answer begins. */
static bool is_at_end(struct reader *reader)
{
	const struct ll_str rest = ll_str_from(reader->json.text, reader->json.offset);

	if (ll_str_trim(rest).size == 0)
		return true;
	ll_json_init(&reader->json, rest);
	return false;
}

/* Answers may stand one behind the other. False when the text is broken, at reader->json. */
static bool read_answers(struct reader *reader)
{
	while (reader->json.depth > 0 || !is_at_end(reader)) {
		const struct ll_json_token token = ll_json_next(&reader->json);

		if (token.kind == LL_JSON_BAD || token.kind == LL_JSON_END ||
		    (token.kind == LL_JSON_KEY && !read_key(reader, token.text)))
			return false;
	}
	return true;
}

static int nothing_read(const struct reader *reader, bool is_whole, struct ll_error *err)
{
	if (reader->samples > 0)
		return ll_fail(err, LL_E_FORMAT,
		               "%llu samples, none of a Go program, a process or a container",
		               (unsigned long long)reader->samples);
	if (reader->nameless > 0)
		return ll_fail(err, LL_E_FORMAT,
		               "results of an expression, without the name of what they are: query "
		               "the metric itself");
	if (!is_whole)
		return ll_fail(err, LL_E_FORMAT, "line %zu: malformed answer to a query",
		               ll_json_line(&reader->json));
	return ll_fail(err, LL_E_FORMAT,
	               "an answer of Prometheus without a series: the query "
	               "failed, or found nothing");
}

static int hand_on(struct reader *reader, bool is_whole, const struct ll_sink *out,
                   struct ll_error *err)
{
	const struct ll_scrape_page page = {.variant = "query", .time_ns = LL_TIME_NONE};
	int rc;

	rc = ll_scrape_emit(reader->scrape, &page, out, err);
	if (rc == 0)
		rc = nothing_read(reader, is_whole, err);
	if (rc > 0 && !is_whole)
		out->note(out->self, 0, "the answer breaks off, or is malformed");
	if (rc > 0 && reader->nameless > 0)
		out->note(out->self, 0, "results of expressions, without a name, are passed over");
	return rc < 0 ? rc : LL_OK;
}

static int read_prometheus_api(struct ll_stream *in, const struct ll_peek *peek,
                               const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	struct ll_buf *const buffers[] = {&reader->series, &reader->line, &reader->word};
	struct ll_str bytes;
	int rc = ll_stream_all(in, &bytes, err);

	(void)peek;
	if (rc < 0)
		return rc;
	(void)ll_str_skip(&bytes, "\xef\xbb\xbf");
	for (size_t i = 0; i < LL_COUNT(buffers); i++)
		ll_buf_init(buffers[i], LINE_MAX);
	ll_json_init(&reader->json, bytes);
	reader->scrape = ll_scrape_new();
	rc = hand_on(reader, read_answers(reader), out, err);
	ll_scrape_free(reader->scrape);
	for (size_t i = 0; i < LL_COUNT(buffers); i++)
		ll_buf_done(buffers[i]);
	return rc;
}

/* "metric" may be a word of anybody's JSON; a name or the type of the result is not. */
static enum ll_bid bid_prometheus_api(const struct ll_peek *peek)
{
	const struct ll_str head = peek->head;
	struct ll_str start = ll_str_first(head, 256);

	(void)ll_str_skip(&start, "\xef\xbb\xbf");
	start = ll_str_trim(start);
	if (!ll_str_starts(start, "{") && !ll_str_starts(start, "["))
		return LL_BID_NO;
	if (ll_str_find(head, "\"resultType\"") != SIZE_MAX ||
	    (ll_str_find(head, "\"metric\"") != SIZE_MAX &&
	     ll_str_find(head, "\"__name__\"") != SIZE_MAX))
		return LL_BID_SHAPE;
	return ll_str_find(head, "\"errorType\"") != SIZE_MAX &&
	                       ll_str_find(head, "\"status\"") != SIZE_MAX
	               ? LL_BID_GUESS
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_prometheus_api = {
	.id = "prometheus-api",
	.title = "answer of Prometheus to a query, as JSON",
	.bid = bid_prometheus_api,
	.read = read_prometheus_api,
};
