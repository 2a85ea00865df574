/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exposition.c - the lexer of exposition.h (formats.md 5.6).
 *
 *     go_memstats_alloc_bytes{job="shop",instance="a:80"} 1.5e+06 1795223187000 # {trace="1"} 2
 *     `------ name ---------´`-------- labels -----------´ `value´ `--- time --´ `- exemplar -´
 *
 * Rules:
 *   1. Prometheus writes times as whole milliseconds, OpenMetrics as seconds with or without a
 *      fraction. Which of the two a file is, only its end tells; so the number decides: with a
 *      point it is seconds, else below 10^11 it is seconds (year 5138) and from there on
 *      milliseconds (1973).
 *   2. Exemplars are not read.
 */
#include "exposition.h"

#include <math.h>

struct cursor {
	const char *at, *end;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static void skip_blanks(struct cursor *cursor)
{
	while (cursor->at < cursor->end && is_blank(*cursor->at))
		cursor->at++;
}

static bool take(struct cursor *cursor, char byte)
{
	if (cursor->at == cursor->end || *cursor->at != byte)
		return false;
	cursor->at++;
	return true;
}

static bool is_name_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
	       byte == ':' || (byte >= '0' && byte <= '9');
}

/* Empty when there is no name. */
static struct ll_str take_name(struct cursor *cursor)
{
	const char *const from = cursor->at;

	if (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9')
		return ll_str_n(from, 0);
	while (cursor->at < cursor->end && is_name_byte(*cursor->at))
		cursor->at++;
	return ll_str_n(from, (size_t)(cursor->at - from));
}

/* What stands between quotes; false when the closing one is missing. */
static bool take_quoted(struct cursor *cursor, struct ll_str *ret_raw)
{
	const char *from;

	if (!take(cursor, '"'))
		return false;
	from = cursor->at;
	while (cursor->at < cursor->end && *cursor->at != '"')
		cursor->at += *cursor->at == '\\' && cursor->at + 1 < cursor->end ? 2 : 1;
	if (cursor->at >= cursor->end)
		return false;
	*ret_raw = ll_str_n(from, (size_t)(cursor->at - from));
	cursor->at++;
	return true;
}

static struct ll_str take_word(struct cursor *cursor)
{
	const char *const from = cursor->at;

	while (cursor->at < cursor->end && !is_blank(*cursor->at))
		cursor->at++;
	return ll_str_n(from, (size_t)(cursor->at - from));
}

static const char *add_label(struct ll_exposition *line, struct ll_str name, struct ll_str value)
{
	if (ll_str_equal(name, ll_str("__name__"))) {
		line->name = value;
		return NULL;
	}
	if (line->label_count == LL_EXPOSITION_LABELS)
		return "more than 64 labels";
	line->labels[line->label_count++] =
		(struct ll_exposition_label){.name = name, .value = value};
	return NULL;
}

/* One `name="value"`, or a quoted name of a metric. Returns what is wrong, or NULL. */
static const char *take_label(struct cursor *cursor, struct ll_exposition *line)
{
	const bool is_quoted = cursor->at < cursor->end && *cursor->at == '"';
	struct ll_str name = ll_str_n(NULL, 0);
	struct ll_str value;

	if (is_quoted && !take_quoted(cursor, &name))
		return "a name without its closing quote";
	if (!is_quoted)
		name = take_name(cursor);
	skip_blanks(cursor);
	if (is_quoted && line->name.size == 0 && cursor->at < cursor->end && *cursor->at != '=') {
		line->name = name;
		return NULL;
	}
	if (name.size == 0 || !take(cursor, '='))
		return "a label that is not name=\"value\"";
	skip_blanks(cursor);
	if (!take_quoted(cursor, &value))
		return "a label without its closing quote";
	return add_label(line, name, value);
}

/* Behind '{', up to and with '}'. */
static const char *take_labels(struct cursor *cursor, struct ll_exposition *line)
{
	for (;;) {
		const char *problem;

		skip_blanks(cursor);
		if (take(cursor, '}'))
			return NULL;
		problem = take_label(cursor, line);
		if (problem)
			return problem;
		skip_blanks(cursor);
		if (!take(cursor, ',') && (cursor->at == cursor->end || *cursor->at != '}'))
			return "labels without their closing brace";
	}
}

/* What Go's ParseFloat takes, hexadecimal too. */
static bool read_value(struct ll_str text, double *ret_value)
{
	char copy[64];
	char *end;
	uint64_t whole;

	if (text.size <= 15 && ll_str_to_u64(text, &whole)) {
		*ret_value = (double)whole;
		return true;
	}
	if (ll_str_to_f64(text, ret_value))
		return true;
	if (text.size < 3 || text.size >= sizeof copy ||
	    (ll_str_find(text, "0x") == SIZE_MAX && ll_str_find(text, "0X") == SIZE_MAX))
		return false;
	for (size_t i = 0; i < text.size; i++) {
		if (!memchr("0123456789abcdefABCDEFxXpP+-.", text.data[i], 29))
			return false;
	}
	memcpy(copy, text.data, text.size);
	copy[text.size] = '\0';
	*ret_value = strtod(copy, &end);
	return end == copy + text.size;
}

/* "1795223187.25": digits, so that no nanosecond is lost in a double. */
static bool read_seconds(struct ll_str text, int64_t *ret_time_ns)
{
	const bool is_negative = ll_str_skip(&text, "-");
	struct ll_str fraction = text;
	const struct ll_str whole = ll_str_split(&fraction, '.');
	uint64_t seconds, parts = 0;
	int64_t time_ns;

	if (!ll_str_to_u64(whole, &seconds) || seconds > 9000000000 ||
	    (fraction.size > 0 && !ll_str_is_digits(fraction)))
		return false;
	for (size_t i = 0; i < 9; i++) {
		const bool has_digit = i < fraction.size;

		parts = parts * 10 + (has_digit ? (uint64_t)(fraction.data[i] - '0') : 0);
	}
	time_ns = (int64_t)seconds * LL_NS_PER_S + (int64_t)parts;
	*ret_time_ns = is_negative ? -time_ns : time_ns;
	return true;
}

/* Rule 1. */
static bool read_time(struct ll_str text, int64_t *ret_time_ns)
{
	int64_t number;
	double seconds;

	if (ll_str_to_i64(text, &number)) {
		const bool is_seconds = number < 100000000000 && number > -100000000000;
		const int64_t unit = is_seconds ? LL_NS_PER_S : LL_NS_PER_MS;

		if (number > INT64_MAX / unit || number < -(INT64_MAX / unit))
			return false;
		*ret_time_ns = number * unit;
		return true;
	}
	if (read_seconds(text, ret_time_ns))
		return true;
	if (!ll_str_to_f64(text, &seconds) || !(fabs(seconds) < 9e9))
		return false;
	*ret_time_ns = (int64_t)llround(seconds * 1e9);
	return true;
}

/* Value and time, behind name and labels. */
static const char *take_numbers(struct cursor *cursor, struct ll_exposition *line)
{
	struct ll_str word;

	skip_blanks(cursor);
	word = take_word(cursor);
	if (word.size == 0)
		return "a sample without a value";
	if (!read_value(word, &line->value))
		return "a value that is no number";
	skip_blanks(cursor);
	if (cursor->at == cursor->end || *cursor->at == '#')
		return NULL;
	if (!read_time(take_word(cursor), &line->time_ns))
		return "a timestamp that is no time";
	skip_blanks(cursor);
	return cursor->at == cursor->end || *cursor->at == '#' ? NULL
	                                                       : "something behind the timestamp";
}

static const char *read_sample(struct cursor *cursor, struct ll_exposition *line)
{
	const char *const from = cursor->at;
	const char *problem = NULL;
	bool has_labels;

	line->name = take_name(cursor);
	line->series = line->name;
	skip_blanks(cursor);
	has_labels = take(cursor, '{');
	if (has_labels)
		problem = take_labels(cursor, line);
	if (problem)
		return problem;
	if (line->name.size == 0)
		return "a sample without a name";
	if (has_labels)
		line->series = ll_str_n(from, (size_t)(cursor->at - from));
	return take_numbers(cursor, line);
}

/* Behind '#'. What is no TYPE, UNIT or EOF is a comment and always fine. */
static void read_comment(struct cursor *cursor, struct ll_exposition *line)
{
	struct ll_str keyword, type;

	skip_blanks(cursor);
	keyword = take_word(cursor);
	skip_blanks(cursor);
	if (ll_str_equal(keyword, ll_str("EOF")) && cursor->at == cursor->end)
		line->kind = LL_EXPOSITION_EOF;
	if (ll_str_equal(keyword, ll_str("UNIT")))
		line->kind = LL_EXPOSITION_UNIT;
	if (!ll_str_equal(keyword, ll_str("TYPE")))
		return;
	if (!take_quoted(cursor, &line->name))
		line->name = take_name(cursor);
	skip_blanks(cursor);
	type = ll_str_trim(take_word(cursor));
	if (line->name.size == 0 || type.size == 0)
		return;
	line->kind = LL_EXPOSITION_TYPE;
	if (ll_str_equal(type, ll_str("gauge")))
		line->type = LL_EXPOSITION_GAUGE;
	else if (!ll_str_equal(type, ll_str("untyped")) && !ll_str_equal(type, ll_str("unknown")))
		line->type = LL_EXPOSITION_OTHER;
}

void ll_exposition_read(struct ll_str text, struct ll_exposition *ret)
{
	struct cursor cursor;

	text = ll_str_trim(text);
	ret->kind = LL_EXPOSITION_NOTHING;
	ret->name = ll_str_n(NULL, 0);
	ret->series = ret->name;
	ret->type = LL_EXPOSITION_UNTYPED;
	ret->label_count = 0;
	ret->value = 0;
	ret->time_ns = LL_TIME_NONE;
	ret->problem = NULL;
	if (text.size == 0)
		return;
	cursor = (struct cursor){.at = text.data, .end = text.data + text.size};
	if (take(&cursor, '#')) {
		read_comment(&cursor, ret);
		return;
	}
	ret->problem = read_sample(&cursor, ret);
	if (!ret->problem)
		ret->kind = LL_EXPOSITION_SAMPLE;
	else if (!ll_str_starts(text, "```")) /* the fence of a page around it */
		ret->kind = LL_EXPOSITION_BAD;
}

void ll_exposition_unescape(struct ll_str raw, struct ll_buf *out)
{
	for (size_t i = 0; i < raw.size; i++) {
		if (raw.data[i] == '\\' && i + 1 < raw.size) {
			i++;
			ll_buf_putc(out, raw.data[i] == 'n' ? '\n' : raw.data[i]);
		} else {
			ll_buf_putc(out, raw.data[i]);
		}
	}
}
