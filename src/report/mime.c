/* SPDX-License-Identifier: Apache-2.0 */
/* mime.c - see mime.h. */
#include "mime.h"

enum {
	LINE_MAX_ = 76,
	WORD_BYTES = 36, /* of text in one encoded word: 60 bytes with its frame */
};

static const char base64_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void put_triple(struct ll_buf *out, const unsigned char *bytes, size_t count)
{
	const unsigned bits = (unsigned)bytes[0] << 16 | (count > 1 ? (unsigned)bytes[1] << 8 : 0) |
	                      (count > 2 ? (unsigned)bytes[2] : 0);

	ll_buf_putc(out, base64_digits[bits >> 18 & 63]);
	ll_buf_putc(out, base64_digits[bits >> 12 & 63]);
	ll_buf_putc(out, count > 1 ? base64_digits[bits >> 6 & 63] : '=');
	ll_buf_putc(out, count > 2 ? base64_digits[bits & 63] : '=');
}

static void put_base64(struct ll_buf *out, struct ll_str bytes, size_t line)
{
	const unsigned char *const data = (const unsigned char *)bytes.data;

	for (size_t i = 0; i < bytes.size; i += 3) {
		const size_t left = bytes.size - i;

		put_triple(out, data + i, left < 3 ? left : 3);
		if (line > 0 && (i / 3 + 1) % (line / 4) == 0 && left > 3)
			ll_buf_puts(out, "\r\n");
	}
}

void ll_mime_base64(struct ll_buf *out, struct ll_str bytes)
{
	put_base64(out, bytes, LINE_MAX_);
	ll_buf_puts(out, "\r\n");
}

/* ------------------------------------------------------------------------ fields */

static bool is_plain(struct ll_str text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] < ' ' || text.data[i] > '~')
			return false;
	}
	return ll_str_find(text, "=?") == SIZE_MAX;
}

/* Valid UTF-8 without control characters. */
static void put_clean(struct ll_buf *out, struct ll_str text)
{
	size_t i = 0;

	while (i < text.size) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(text, i, &code);
		if (code < ' ' || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029)
			code = ' ';
		ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
	}
}

/* As many whole characters as fit into one encoded word. */
static size_t word_size(struct ll_str text)
{
	size_t size = text.size < WORD_BYTES ? text.size : WORD_BYTES;

	while (size > 0 && size < text.size && ((unsigned char)text.data[size] & 0xc0) == 0x80)
		size--;
	return size;
}

void ll_mime_field(struct ll_buf *out, const char *name, struct ll_str text)
{
	struct ll_buf clean;
	struct ll_str rest;

	ll_buf_init(&clean, LL_BUF_MESSAGE);
	put_clean(&clean, text);
	rest = ll_buf_str(&clean);
	ll_buf_printf(out, "%s:", name);
	if (is_plain(rest) && strlen(name) + 2 + rest.size <= LINE_MAX_) {
		ll_buf_printf(out, " %.*s\r\n", LL_STR_ARG(rest));
		ll_buf_done(&clean);
		return;
	}
	while (rest.size > 0) {
		const size_t size = word_size(rest);

		ll_buf_puts(out, rest.data == clean.data ? " =?UTF-8?B?" : "\r\n =?UTF-8?B?");
		put_base64(out, ll_str_first(rest, size), 0);
		ll_buf_puts(out, "?=");
		rest = ll_str_from(rest, size);
	}
	ll_buf_puts(out, "\r\n");
	ll_buf_done(&clean);
}

bool ll_mime_is_address(struct ll_str text)
{
	const size_t at = ll_str_rindex(text, '@');

	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] < ' ' || text.data[i] > '~')
			return false;
	}
	return at != SIZE_MAX && at > 0 && at + 1 < text.size && text.size < 900 &&
	       text.data[0] != '-';
}

struct ll_str ll_mime_bare(struct ll_str address)
{
	const size_t from = ll_str_rindex(address, '<'), to = ll_str_rindex(address, '>');

	if (from == SIZE_MAX || to == SIZE_MAX || to < from)
		return ll_str_trim(address);
	return ll_str_n(address.data + from + 1, to - from - 1);
}

/* ------------------------------------------------------------------------ bodies */

static void put_octet(struct ll_buf *out, unsigned char byte)
{
	static const char digits[] = "0123456789ABCDEF";

	ll_buf_putc(out, '=');
	ll_buf_putc(out, digits[byte >> 4]);
	ll_buf_putc(out, digits[byte & 15]);
}

/* One line without its end. A blank at the end, a leading dot and "From " would not survive. */
static void put_quoted_line(struct ll_buf *out, struct ll_str line)
{
	size_t column = 0;

	for (size_t i = 0; i < line.size; i++) {
		const unsigned char byte = (unsigned char)line.data[i];
		const bool is_last = i + 1 == line.size;
		const bool is_literal = byte >= ' ' && byte <= '~' && byte != '=' &&
		                        !(byte == ' ' && is_last) &&
		                        !(column == 0 && (byte == '.' || byte == 'F'));
		const size_t width = is_literal ? 1 : 3;

		if (column + width > LINE_MAX_ - 1) {
			ll_buf_puts(out, "=\r\n");
			column = 0;
		}
		if (is_literal)
			ll_buf_putc(out, (char)byte);
		else
			put_octet(out, byte);
		column += width;
	}
}

void ll_mime_quoted(struct ll_buf *out, struct ll_str text)
{
	while (text.size > 0) {
		struct ll_str line = ll_str_split(&text, '\n');

		if (line.size > 0 && line.data[line.size - 1] == '\r')
			line.size--;
		put_quoted_line(out, line);
		ll_buf_puts(out, "\r\n");
	}
}

/* Characters of UTF-8, not bytes. */
static size_t width_of(struct ll_str text)
{
	size_t width = 0;

	for (size_t i = 0; i < text.size; i++)
		width += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return width;
}

enum {
	UNIT_MAX = 3, /* "MiB", "min", "UTC" */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The first word of what is left of a line; a number takes its unit along. */
static struct ll_str next_word(struct ll_str *line)
{
	struct ll_str rest, unit, word = ll_str_split(line, ' ');

	if (word.size == 0 || !is_digit(word.data[word.size - 1]))
		return word;
	rest = *line;
	unit = ll_str_split(&rest, ' ');
	if (unit.size == 0 || unit.size > UNIT_MAX || is_digit(unit.data[0]))
		return word;
	*line = rest;
	word.size = (size_t)(unit.data - word.data) + unit.size;
	return word;
}

static void wrap_line(struct ll_buf *out, struct ll_str line, size_t width)
{
	size_t indent = 0, column = 0;

	while (indent < line.size && line.data[indent] == ' ')
		indent++;
	ll_buf_put_str(out, ll_str_first(line, indent));
	column = indent;
	if (indent + 1 < line.size && line.data[indent] == '-' && line.data[indent + 1] == ' ')
		indent += 2;
	line = ll_str_trim(line);
	for (bool is_first = true; line.size > 0; is_first = false) {
		const struct ll_str word = next_word(&line);

		if (!is_first && column + 1 + width_of(word) > width) {
			ll_buf_putc(out, '\n');
			for (column = 0; column < indent; column++)
				ll_buf_putc(out, ' ');
		} else if (!is_first) {
			ll_buf_putc(out, ' ');
			column++;
		}
		ll_buf_put_str(out, word);
		column += width_of(word);
	}
}

void ll_mime_wrap(struct ll_buf *out, struct ll_str text, size_t width)
{
	while (text.size > 0) {
		wrap_line(out, ll_str_split(&text, '\n'), width);
		ll_buf_putc(out, '\n');
	}
}
