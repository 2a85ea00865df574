/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c - the pull parser of json.h; see json_walk.c for values without tokens, json_out.c for the
 * writer.
 *
 * Each nesting level has one byte of state that says what may come next:
 *
 *     V  a value             (top level; after ':' ; first or later element)
 *     D  done                (top level, after the value)
 *     a  first element or ]  A  comma or ]
 *     k  first key or }      K  comma or }
 *     c  colon and value     (between a key and its value)
 */
#include "json_walk.h"

#include <leakledger/json.h>

void ll_json_init(struct ll_json *json, struct ll_str text)
{
	*json = (struct ll_json){.text = text};
	(void)ll_str_skip(&json->text, "\xef\xbb\xbf");
	json->state[0] = 'V';
}

static void skip_blanks(struct ll_json *json)
{
	while (json->offset < json->text.size && ll_json_is_blank(json->text.data[json->offset]))
		json->offset++;
}

static char peek(const struct ll_json *json)
{
	return json->offset < json->text.size ? json->text.data[json->offset] : '\0';
}

static struct ll_json_token token(enum ll_json_kind kind)
{
	return (struct ll_json_token){.kind = kind, .text = ll_str_n(NULL, 0)};
}

static struct ll_json_token read_string(struct ll_json *json, enum ll_json_kind kind)
{
	const char *const end = json->text.data + json->text.size;
	const char *const from = json->text.data + json->offset + 1;
	const char *const quote = ll_json_string_end(from, end);

	if (!quote)
		return token(LL_JSON_BAD);
	json->offset = (size_t)(quote - json->text.data) + 1;
	return (struct ll_json_token){.kind = kind, .text = ll_str_n(from, (size_t)(quote - from))};
}

static size_t take_digits(struct ll_str *text)
{
	size_t digits = 0;

	while (digits < text->size && text->data[digits] >= '0' && text->data[digits] <= '9')
		digits++;
	*text = ll_str_from(*text, digits);
	return digits;
}

/* RFC 8259 section 6: no leading zero, no leading '+', digits on both sides of the point. */
static bool is_number(struct ll_str text)
{
	(void)ll_str_skip(&text, "-");
	if (!ll_str_skip(&text, "0") && take_digits(&text) == 0)
		return false;
	if (ll_str_skip(&text, ".") && take_digits(&text) == 0)
		return false;
	if (ll_str_skip(&text, "e") || ll_str_skip(&text, "E")) {
		if (!ll_str_skip(&text, "+"))
			(void)ll_str_skip(&text, "-");
		if (take_digits(&text) == 0)
			return false;
	}
	return text.size == 0;
}

static bool ends_word(char byte)
{
	switch (byte) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case ',':
	case ']':
	case '}':
	case ':':
	case '"':
	case '[':
	case '{': return true;
	default: return false;
	}
}

/*
 * A plain integer, which nearly every value of the files we read is: its bytes, or 0 when it has to
 * be looked at more closely.
 */
static size_t integer_size(struct ll_str text)
{
	const size_t i = ll_str_digits(text);

	if (i == 0 || (i > 1 && text.data[0] == '0'))
		return 0;
	return i == text.size || ends_word(text.data[i]) ? i : 0;
}

static struct ll_json_token read_word(struct ll_json *json)
{
	static const struct {
		const char *word;
		enum ll_json_kind kind;
	} words[] = {
		{"true", LL_JSON_TRUE},       {"false", LL_JSON_FALSE},
		{"null", LL_JSON_NULL},       {"NaN", LL_JSON_NUMBER},
		{"+Inf", LL_JSON_NUMBER},     {"-Inf", LL_JSON_NUMBER},
		{"Infinity", LL_JSON_NUMBER}, {"-Infinity", LL_JSON_NUMBER},
	};
	const struct ll_str rest = ll_str_from(json->text, json->offset);
	size_t size = integer_size(rest);
	struct ll_str text = ll_str_first(rest, size);

	if (size > 0) {
		json->offset += size;
		return (struct ll_json_token){.kind = LL_JSON_NUMBER, .text = text};
	}
	while (size < rest.size && !ends_word(rest.data[size]))
		size++;
	text = ll_str_first(rest, size);
	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_equal(text, ll_str(words[i].word))) {
			json->offset += size;
			return (struct ll_json_token){.kind = words[i].kind, .text = text};
		}
	}
	if (!is_number(text))
		return token(LL_JSON_BAD);
	json->offset += size;
	return (struct ll_json_token){.kind = LL_JSON_NUMBER, .text = text};
}

static struct ll_json_token open_level(struct ll_json *json, enum ll_json_kind kind, uint8_t state)
{
	if (json->depth == LL_JSON_DEPTH)
		return token(LL_JSON_BAD);
	json->offset++;
	json->state[++json->depth] = state;
	return token(kind);
}

static struct ll_json_token close_level(struct ll_json *json, enum ll_json_kind kind)
{
	json->offset++;
	json->depth--;
	ll_json_value_done(json);
	return token(kind);
}

static struct ll_json_token read_value(struct ll_json *json)
{
	struct ll_json_token result;

	switch (peek(json)) {
	case '{': return open_level(json, LL_JSON_OBJECT, 'k');
	case '[': return open_level(json, LL_JSON_ARRAY, 'a');
	case '"': result = read_string(json, LL_JSON_STRING); break;
	default: result = read_word(json); break;
	}
	if (result.kind != LL_JSON_BAD)
		ll_json_value_done(json);
	return result;
}

static struct ll_json_token read_key(struct ll_json *json)
{
	struct ll_json_token result;

	if (peek(json) != '"')
		return token(LL_JSON_BAD);
	result = read_string(json, LL_JSON_KEY);
	if (result.kind == LL_JSON_KEY) {
		skip_blanks(json);
		if (peek(json) != ':')
			return token(LL_JSON_BAD);
		json->offset++;
		json->state[json->depth] = 'c';
	}
	return result;
}

/* In an object or array after an element: a comma leads to the next one. */
static bool take_comma(struct ll_json *json)
{
	if (peek(json) != ',')
		return false;
	json->offset++;
	skip_blanks(json);
	return true;
}

struct ll_json_token ll_json_next(struct ll_json *json)
{
	skip_blanks(json);
	switch (json->state[json->depth]) {
	case 'D': return token(json->offset == json->text.size ? LL_JSON_END : LL_JSON_BAD);
	case 'k':
		if (peek(json) == '}')
			return close_level(json, LL_JSON_OBJECT_END);
		return read_key(json);
	case 'K':
		if (peek(json) == '}')
			return close_level(json, LL_JSON_OBJECT_END);
		return take_comma(json) ? read_key(json) : token(LL_JSON_BAD);
	case 'a':
		if (peek(json) == ']')
			return close_level(json, LL_JSON_ARRAY_END);
		return read_value(json);
	case 'A':
		if (peek(json) == ']')
			return close_level(json, LL_JSON_ARRAY_END);
		return take_comma(json) ? read_value(json) : token(LL_JSON_BAD);
	default:
		if (json->offset == json->text.size && json->depth == 0)
			return token(json->offset == 0 ? LL_JSON_END : LL_JSON_BAD);
		return read_value(json);
	}
}

static void put_code(struct ll_buf *out, uint32_t code)
{
	char bytes[4];

	ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
}

/* \uXXXX at raw[at] (the position of the 'u'). Returns the bytes used after the backslash. */
static size_t put_unicode(struct ll_str raw, size_t at, struct ll_buf *out)
{
	uint64_t code, low;
	const struct ll_str digits = ll_str_first(ll_str_from(raw, at + 1), 4);
	struct ll_str next;

	if (digits.size < 4 || !ll_str_to_hex(digits, &code)) {
		put_code(out, 0xfffd);
		return 1;
	}
	next = ll_str_from(raw, at + 5);
	if (code >= 0xd800 && code < 0xdc00 && ll_str_skip(&next, "\\u") && next.size >= 4 &&
	    ll_str_to_hex(ll_str_first(next, 4), &low) && low >= 0xdc00 && low < 0xe000) {
		put_code(out, (uint32_t)(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)));
		return 11;
	}
	put_code(out, (uint32_t)code);
	return 5;
}

static size_t put_escape(struct ll_str raw, size_t at, struct ll_buf *out)
{
	static const char from[] = "\"\\/bfnrtav";
	static const char to[] = "\"\\/\b\f\n\r\t\a\v";
	const char byte = raw.data[at];
	const char *const known = strchr(from, byte);
	uint64_t code;

	if (byte == 'u')
		return put_unicode(raw, at, out);
	if (byte == 'x' && ll_str_to_hex(ll_str_first(ll_str_from(raw, at + 1), 2), &code)) {
		ll_buf_putc(out, (char)code);
		return 3;
	}
	ll_buf_putc(out, known && byte ? to[known - from] : byte);
	return 1;
}

void ll_json_unescape(struct ll_str raw, struct ll_buf *out)
{
	for (size_t i = 0; i < raw.size;) {
		if (raw.data[i] == '\\' && i + 1 < raw.size) {
			i += 1 + put_escape(raw, i + 1, out);
		} else {
			ll_buf_putc(out, raw.data[i]);
			i++;
		}
	}
}

bool ll_json_is_too_deep(const struct ll_json *json)
{
	return json->depth == LL_JSON_DEPTH && json->offset < json->text.size &&
	       (json->text.data[json->offset] == '{' || json->text.data[json->offset] == '[');
}

size_t ll_json_line(const struct ll_json *json)
{
	size_t line = 1;

	for (size_t i = 0; i < json->offset && i < json->text.size; i++)
		line += json->text.data[i] == '\n';
	return line;
}
