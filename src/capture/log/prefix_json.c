/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prefix_json.c - loggers that wrap each line into a JSON object, and dumps that an application
 * wrote into a string of its own structured log (formats.md 13).
 *
 *     {"log":"goroutine 1 [running]:\n","stream":"stderr","time":"2026-11-21T01:06:27.1Z"}  Docker
 *     {"MESSAGE":"...","__REALTIME_TIMESTAMP":"1795223187123456","_HOSTNAME":"h", ...}      journal
 *     {"Action":"output","Package":"shop","Output":"goroutine 1 [running]:\n", ...}   go test -json
 *     {"textPayload":"goroutine 1 [running]:\n","timestamp":"2026-11-21T01:06:27Z"}  Google Cloud
 *     {"level":"error","ts":1795223187.1,"stack":"goroutine 1 [running]:\nmain.f()\n\t..."} app
 *
 * Docker splits messages at 16 KiB: a text without a line feed goes on in the next one, as in the
 * events of a test. Collectors
 * that read CRI files say so in "logtag" instead. journalctl writes bytes that are not UTF-8 as an
 * array of numbers, and null for what was too large.
 */
#include "prefix.h"

#include <leakledger/json.h>

enum {
	QUOTED_HEADER_MAX = 4096, /* of a goroutine, with its labels */
	PLACES_MAX = 64,          /* of one line where one is looked for */
};

struct wrapped {
	struct ll_record *record;
	struct ll_buf *text;
	const char *const *text_keys;
	bool has_text, is_docker, has_tag, is_collected, is_event;
};

/* "[103,111,114]" as bytes. */
static bool read_byte_array(struct ll_json *json, struct ll_buf *out)
{
	for (;;) {
		const struct ll_json_token token = ll_json_next(json);
		uint64_t byte;

		if (token.kind == LL_JSON_ARRAY_END)
			return true;
		if (token.kind != LL_JSON_NUMBER || !ll_str_to_u64(token.text, &byte) || byte > 255)
			return false;
		ll_buf_putc(out, (char)(unsigned char)byte);
	}
}

static bool read_text(struct wrapped *wrapped, struct ll_json *json)
{
	const struct ll_json_token token = ll_json_next(json);

	wrapped->has_text = true;
	ll_buf_clear(wrapped->text);
	if (token.kind == LL_JSON_STRING)
		ll_json_unescape(token.text, wrapped->text);
	return token.kind == LL_JSON_STRING || token.kind == LL_JSON_NULL ||
	       (token.kind == LL_JSON_ARRAY && read_byte_array(json, wrapped->text));
}

/* 1795223187, with a fraction, or in milli-, micro- or nanoseconds: told apart by their size. */
static int64_t time_of_number(struct ll_str text)
{
	double value;

	if (!ll_str_to_f64(text, &value) || value < 1e8 || value > 9e18)
		return LL_TIME_NONE;
	if (value < 1e11)
		value *= 1e9;
	else if (value < 1e14)
		value *= 1e6;
	else if (value < 1e17)
		value *= 1e3;
	return value < 9e18 ? (int64_t)value : LL_TIME_NONE;
}

static int64_t time_of_value(const struct ll_json_token *token)
{
	int64_t time_ns;
	bool has_zone;

	if (token->kind == LL_JSON_NUMBER)
		return time_of_number(token->text);
	if (token->kind != LL_JSON_STRING)
		return LL_TIME_NONE;
	if (ll_parse_time(token->text, &time_ns, &has_zone))
		return time_ns >= 0 ? time_ns : LL_TIME_NONE;
	return time_of_number(token->text);
}

static int64_t microseconds(struct ll_str text)
{
	uint64_t value;

	return ll_str_to_u64(text, &value) && value < INT64_MAX / 1000
	               ? (int64_t)value * LL_NS_PER_US
	               : LL_TIME_NONE;
}

static bool is_time_key(struct ll_str key)
{
	static const char *const keys[] = {"time", "timestamp", "@timestamp", "ts", "Time", "T"};

	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		if (ll_str_equal(key, ll_str(keys[i])))
			return true;
	}
	return false;
}

/* Is the value of that key one word of the record, and which? */
static bool find_word(struct ll_record *record, struct ll_str key, struct ll_str **ret_word)
{
	const struct {
		const char *key;
		struct ll_str *to;
	} words[] = {
		{"stream", &record->stream},
		{"_HOSTNAME", &record->host},
		{"SYSLOG_IDENTIFIER", &record->program},
		{"_PID", &record->process},
		{"_SYSTEMD_UNIT", &record->unit},
		{"CONTAINER_NAME", &record->pod},
		{"pod_name", &record->pod},
		{"pod", &record->pod},
		{"container_name", &record->container},
		{"container", &record->container},
		{"host", &record->host},
		{"Package", &record->stream}, /* packages are tested side by side */
	};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_equal(key, ll_str(words[i].key))) {
			*ret_word = words[i].to;
			return true;
		}
	}
	return false;
}

/* The value of a key that is about the line, not its text. */
static bool read_attribute(struct wrapped *wrapped, struct ll_str key, struct ll_json *json)
{
	struct ll_record *const record = wrapped->record;
	struct ll_str *word = NULL;
	const bool is_word = find_word(record, key, &word);
	struct ll_json_token token;

	if (!is_word && !is_time_key(key) && !ll_str_starts(key, "__") &&
	    !ll_str_equal(key, ll_str("logtag")))
		return ll_json_skip(json);
	token = ll_json_next(json);
	if (token.kind == LL_JSON_OBJECT || token.kind == LL_JSON_ARRAY ||
	    token.kind == LL_JSON_BAD)
		return false; /* not as any of these loggers writes it */
	if (is_word) {
		*word = token.text;
	} else if (ll_str_equal(key, ll_str("__REALTIME_TIMESTAMP"))) {
		record->time_ns = microseconds(token.text);
	} else if (ll_str_equal(key, ll_str("logtag"))) {
		wrapped->has_tag = true;
		record->is_partial = ll_str_equal(token.text, ll_str("P"));
	} else if (is_time_key(key)) {
		record->time_ns = time_of_value(&token);
	}
	return true;
}

static bool is_one_of(struct ll_str key, const char *const *keys)
{
	for (; *keys; keys++) {
		if (ll_str_equal(key, ll_str(*keys)))
			return true;
	}
	return false;
}

static bool read_pair(struct wrapped *wrapped, struct ll_str key, struct ll_json *json)
{
	wrapped->is_docker |=
		ll_str_equal(key, ll_str("log")) || ll_str_equal(key, ll_str("Output"));
	wrapped->is_event |= ll_str_equal(key, ll_str("Action"));
	if (is_one_of(key, wrapped->text_keys))
		return read_text(wrapped, json);
	/* The keys of a collector's object about the pod, of Loki's labels and a cloud's record. */
	if (ll_str_equal(key, ll_str("kubernetes")) || ll_str_equal(key, ll_str("labels")) ||
	    ll_str_equal(key, ll_str("resource")) || ll_str_equal(key, ll_str("jsonPayload"))) {
		wrapped->is_collected = true;
		return ll_json_next(json).kind == LL_JSON_OBJECT;
	}
	return read_attribute(wrapped, key, json);
}

static bool unwrap(struct ll_record *record, struct ll_buf *scratch, const char *const *text_keys)
{
	struct wrapped wrapped = {.record = record, .text = scratch, .text_keys = text_keys};
	struct ll_str line = ll_str_trim(record->text);
	struct ll_json json;
	struct ll_json_token token;

	/* Also as an element of an array, one in a line. */
	if (ll_str_ends(line, "},"))
		line.size--;
	if (!ll_str_starts(line, "{"))
		return false;
	ll_json_init(&json, line);
	if (ll_json_next(&json).kind != LL_JSON_OBJECT)
		return false;
	while ((token = ll_json_next(&json)).kind != LL_JSON_END) {
		if (token.kind == LL_JSON_OBJECT_END)
			continue;
		if (token.kind != LL_JSON_KEY || !read_pair(&wrapped, token.text, &json))
			return false;
	}
	/* That a test begins or ends is an event without a text. */
	if (!wrapped.has_text && !(wrapped.is_event && record->stream.size > 0))
		return false;
	if (!wrapped.has_text)
		ll_buf_clear(scratch);
	record->text = ll_buf_str(scratch);
	record->is_lines = true;
	record->is_escaped = !wrapped.is_docker;
	if (ll_str_ends(record->text, "\n"))
		record->text.size--;
	else if (wrapped.is_docker && !wrapped.has_tag && !wrapped.is_collected)
		record->is_partial = record->stream.size > 0;
	return true;
}

/* Loggers of other programs' lines: the text is all that there is. */
static bool cut_json(struct ll_record *record, struct ll_buf *scratch)
{
	static const char *const keys[] = {"log", "line", "MESSAGE", "Output", "textPayload", NULL};

	return unwrap(record, scratch, keys);
}

/* ----------------------------------------------------------------- quoted dumps */

/* Offset of "goroutine 7 [...]:\n" with a written line feed, or SIZE_MAX. */
static size_t find_quoted_header(struct ll_str line)
{
	size_t from = 0;

	for (size_t i = 0; i < PLACES_MAX; i++) {
		const struct ll_str rest = ll_str_from(line, from);
		const size_t at = ll_str_find(rest, "goroutine ");
		struct ll_str header;
		uint64_t id;
		size_t digits, end;

		if (at == SIZE_MAX)
			return SIZE_MAX;
		header = ll_str_first(ll_str_from(rest, at + 10), QUOTED_HEADER_MAX);
		digits = ll_str_lead_u64(header, &id);
		end = ll_str_find(header, "\\n");
		header = ll_str_first(header, end);
		if (digits > 0 && end != SIZE_MAX && ll_str_ends(header, ":") &&
		    ll_str_find(header, " [") != SIZE_MAX)
			return from + at;
		from += at + 10;
	}
	return SIZE_MAX;
}

/* A quote that an even number of backslashes stands before. */
static bool is_bare_quote(struct ll_str text, size_t at)
{
	size_t slashes = 0;

	if (text.data[at] != '"')
		return false;
	while (slashes < at && text.data[at - slashes - 1] == '\\')
		slashes++;
	return slashes % 2 == 0;
}

/* Where the string that stands at `at` ends: its quote, or the end of the line. */
static size_t quote_end(struct ll_str line, size_t at)
{
	while (at < line.size && line.data[at] != '"')
		at += line.data[at] == '\\' ? 2 : 1;
	return at < line.size ? at : line.size;
}

bool ll_prefix_quote(struct ll_str line, struct ll_str *ret_text, bool *ret_is_open)
{
	const size_t at = find_quoted_header(line);
	size_t begin = at, end;
	bool has_quote;

	if (at == SIZE_MAX)
		return false;
	while (begin > 0 && !is_bare_quote(line, begin - 1))
		begin--;
	has_quote = begin > 0;
	end = quote_end(line, at);
	/* "recovered: goroutine 7 [running]:\n...", also by a logger that quotes nothing */
	if (!ll_str_ends(ll_str_first(line, at), "\\n"))
		begin = at;
	*ret_text = ll_str_first(ll_str_from(line, begin), end - begin);
	*ret_is_open = has_quote && end == line.size;
	return true;
}

struct ll_str ll_prefix_quote_rest(struct ll_str line, bool *ret_is_open)
{
	const struct ll_str rest = ll_str_first(line, quote_end(line, 0));

	*ret_is_open = rest.size == line.size;
	if (ll_str_find(rest, "\\n") != SIZE_MAX || ll_str_find(rest, "\\t") != SIZE_MAX)
		return rest;
	return ll_str_n(NULL, 0);
}

struct ll_str ll_prefix_out_of_quotes(struct ll_str rest, struct ll_buf *out)
{
	if (rest.data[-1] != '"' || !ll_str_ends(rest, "\""))
		return rest;
	ll_buf_clear(out);
	ll_json_unescape(ll_str_first(rest, rest.size - 1), out);
	return ll_buf_str(out);
}

bool ll_prefix_quoted_dump(struct ll_str line, struct ll_buf *out)
{
	struct ll_str text;
	bool is_open;

	if (!ll_prefix_quote(line, &text, &is_open))
		return false;
	ll_buf_clear(out);
	ll_json_unescape(text, out);
	return true;
}

/* "time=2026-11-21T01:06:27Z level=error ...": the first pairs of logfmt. */
static int64_t logfmt_time(struct ll_str line)
{
	for (size_t i = 0; i < 8 && line.size > 0; i++) {
		struct ll_str word = ll_str_split(&line, ' ');
		const struct ll_str key = ll_str_split(&word, '=');
		int64_t time_ns;
		bool has_zone;

		(void)ll_str_skip(&word, "\"");
		word = ll_str_first(word, ll_str_index(word, '"'));
		if ((is_time_key(key) || ll_str_equal(key, ll_str("t"))) &&
		    ll_parse_time(word, &time_ns, &has_zone) && time_ns >= 0)
			return time_ns;
	}
	return LL_TIME_NONE;
}

int64_t ll_prefix_quoted_time(struct ll_str line)
{
	struct ll_json json;
	struct ll_json_token token;

	if (!ll_str_starts(line, "{"))
		return logfmt_time(line);
	ll_json_init(&json, line);
	(void)ll_json_next(&json);
	while ((token = ll_json_next(&json)).kind == LL_JSON_KEY) {
		if (is_time_key(token.text)) {
			token = ll_json_next(&json);
			return time_of_value(&token);
		}
		if (!ll_json_skip(&json))
			break;
	}
	return LL_TIME_NONE;
}

/* -------------------------------------------------------------------- the styles */

/*
 * A program's own lines, and collectors that name the text as programs do. A dump in another string
 * than the message is what matters of such a line.
 */
static bool cut_json_message(struct ll_record *record, struct ll_buf *scratch)
{
	static const char *const keys[] = {"message", "msg", NULL};
	const struct ll_str line = record->text;

	if (!unwrap(record, scratch, keys))
		return false;
	record->host = ll_str_n(NULL, 0); /* of a request, as often as not */
	record->is_partial = false;
	record->is_escaped = false;
	return find_quoted_header(line) == SIZE_MAX ||
	       ll_str_find(record->text, "goroutine ") != SIZE_MAX;
}

const struct ll_prefix_style ll_prefix_json_styles[] = {
	{"JSON lines", cut_json, false},
	{"JSON lines of a program", cut_json_message, false},
};
const size_t ll_prefix_json_style_count = LL_COUNT(ll_prefix_json_styles);
