/* SPDX-License-Identifier: Apache-2.0 */
/* plain.c - see plain.h. */
#include "plain.h"

#include <leakledger/report.h>

bool ll_plain_is_harmful(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c || code == 0x200e ||
	       code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

size_t ll_plain_put(struct ll_buf *out, struct ll_str text, size_t width_max)
{
	size_t width = 0;

	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(text, i, &code);
		if (code == '\n' || code == '\t')
			code = ' ';
		if (ll_plain_is_harmful(code))
			code = 0xfffd;
		if (++width == width_max && i < text.size)
			code = 0x2026;
		ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
		if (width == width_max)
			break;
	}
	return width;
}

void ll_text_plain(struct ll_buf *out, struct ll_str text)
{
	(void)ll_plain_put(out, text, SIZE_MAX);
}

/*
 * Markup becomes entities or is escaped. A colon before slashes and the dot of "www." make links
 * where they stand bare, and '@' calls people by their names: behind a word joiner it does not.
 */
static void put_markdown_byte(struct ll_buf *out, struct ll_str plain, size_t at)
{
	const char byte = plain.data[at];
	const struct ll_str rest = ll_str_from(plain, at);

	if (byte == '<')
		ll_buf_puts(out, "&lt;");
	else if (byte == '&')
		ll_buf_puts(out, "&amp;");
	else if (byte == '@')
		ll_buf_puts(out, "@\xe2\x81\xa0");
	else if (ll_str_starts(rest, "://"))
		ll_buf_puts(out, "&#58;");
	else if (byte == '.' && at >= 3 && memcmp(plain.data + at - 3, "www", 3) == 0)
		ll_buf_puts(out, "&#46;");
	else if (memchr("|\\`*_[]~", byte, 8))
		ll_buf_printf(out, "\\%c", byte);
	else
		ll_buf_putc(out, byte);
}

void ll_markdown_put(struct ll_buf *out, struct ll_str text, size_t width_max)
{
	struct ll_buf plain;

	ll_buf_init(&plain, LL_BUF_PAGE);
	(void)ll_plain_put(&plain, text, width_max);
	for (size_t i = 0; i < plain.size; i++)
		put_markdown_byte(out, ll_buf_str(&plain), i);
	ll_buf_done(&plain);
}

static size_t characters(struct ll_str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return count;
}

void ll_plain_wrap(struct ll_buf *out, struct ll_str text, size_t indent, size_t width)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf plain;
	struct ll_str rest;
	size_t column = indent;

	ll_buf_init(&plain, LL_BUF_PAGE);
	(void)ll_plain_put(&plain, text, SIZE_MAX);
	rest = ll_buf_str(&plain);
	while (rest.size > 0) {
		const struct ll_str word = ll_str_split(&rest, ' ');
		const size_t size = characters(word);

		if (column > indent && column + 1 + size > width) {
			ll_buf_printf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			ll_buf_putc(out, ' ');
			column++;
		}
		ll_buf_put_str(out, word);
		column += size;
	}
	ll_buf_putc(out, '\n');
}
