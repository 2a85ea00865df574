/* SPDX-License-Identifier: Apache-2.0 */
/* json_out.c - the writer of json.h: what it writes can stand in a page and on a terminal. */
#include <leakledger/json.h>

#include <inttypes.h>
#include <math.h>

static void put_code(struct ll_buf *out, uint32_t code)
{
	char bytes[4];

	ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
}

/*
 * C1 controls move a terminal's cursor, U+2028/9 end a line in JavaScript, the others turn a line
 * around. Escaped, they are the same text and do nothing.
 */
static bool is_odd(uint32_t code)
{
	return (code >= 0x7f && code < 0xa0) || code == 0x61c || code == 0x200e || code == 0x200f ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
	       code == 0xfeff;
}

void ll_json_put_string(struct ll_buf *out, struct ll_str text)
{
	ll_buf_putc(out, '"');
	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		const size_t length = ll_utf8_next(text, i, &code);

		if (code == '"' || code == '\\')
			ll_buf_printf(out, "\\%c", (char)code);
		else if (code == '\n')
			ll_buf_puts(out, "\\n");
		else if (code == '\t')
			ll_buf_puts(out, "\\t");
		else if (code < 0x20 || code == '<' || code == '>' || code == '&' || is_odd(code))
			ll_buf_printf(out, "\\u%04x", code);
		else
			put_code(out, code);
		i += length;
	}
	ll_buf_putc(out, '"');
}

void ll_json_put_real(struct ll_buf *out, double value)
{
	char text[40];

	if (!isfinite(value)) {
		ll_buf_puts(out, "null");
		return;
	}
	for (int digits = 1; digits <= 17; digits++) {
		double back;

		(void)snprintf(text, sizeof text, "%.*g", digits, value);
		back = strtod(text, NULL);
		if (!(back < value) && !(back > value))
			break;
	}
	ll_buf_puts(out, text);
}

/* ---------------------------------------------------------------------- documents */

static void begin_item(struct ll_json_out *out, const char *key)
{
	if (out->has_item)
		ll_buf_putc(out->to, ',');
	out->has_item = true;
	if (out->is_broken)
		ll_buf_putc(out->to, '\n');
	out->is_broken = false;
	if (!key)
		return;
	ll_json_put_string(out->to, ll_str(key));
	ll_buf_putc(out->to, ':');
}

void ll_json_open(struct ll_json_out *out, const char *key, char bracket)
{
	begin_item(out, key);
	ll_buf_putc(out->to, bracket);
	out->has_item = false;
}

void ll_json_close(struct ll_json_out *out, char bracket)
{
	if (out->is_broken)
		ll_buf_putc(out->to, '\n');
	out->is_broken = false;
	ll_buf_putc(out->to, bracket);
	out->has_item = true;
}

void ll_json_break(struct ll_json_out *out)
{
	out->is_broken = true;
}

void ll_json_text(struct ll_json_out *out, const char *key, struct ll_str value)
{
	begin_item(out, key);
	ll_json_put_string(out->to, value);
}

void ll_json_i64(struct ll_json_out *out, const char *key, int64_t value)
{
	begin_item(out, key);
	ll_buf_printf(out->to, "%" PRId64, value);
}

void ll_json_real(struct ll_json_out *out, const char *key, double value)
{
	begin_item(out, key);
	ll_json_put_real(out->to, value);
}

void ll_json_bool(struct ll_json_out *out, const char *key, bool value)
{
	begin_item(out, key);
	ll_buf_puts(out->to, value ? "true" : "false");
}

void ll_json_put_raw(struct ll_buf *out, struct ll_str json)
{
	if (json.size == 0) {
		ll_buf_puts(out, "null");
		return;
	}
	for (size_t i = 0; i < json.size;) {
		uint32_t code;

		i += ll_utf8_next(json, i, &code);
		/* Such a character can only stand inside a string. */
		if (is_odd(code))
			ll_buf_printf(out, "\\u%04x", code);
		else
			put_code(out, code);
	}
}

void ll_json_raw(struct ll_json_out *out, const char *key, struct ll_str json)
{
	begin_item(out, key);
	ll_json_put_raw(out->to, json);
}
