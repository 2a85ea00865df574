/* SPDX-License-Identifier: Apache-2.0 */
/* text_marks.c - see text_marks.h. */
#include "text_marks.h"

size_t ll_text_mark(struct ll_str head)
{
	return ll_str_starts(head, "\xef\xbb\xbf") ? 3 : 0;
}

bool ll_text_is_utf16(struct ll_str head)
{
	return ll_str_starts(head, "\xff\xfe") || ll_str_starts(head, "\xfe\xff");
}

static uint32_t unit_at(struct ll_str bytes, size_t at, bool is_big)
{
	const unsigned char first = (unsigned char)bytes.data[at];
	const unsigned char second = (unsigned char)bytes.data[at + 1];

	return is_big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

/* The code point at *at, which is moved behind it. */
static uint32_t next_code(struct ll_str bytes, size_t *at, bool is_big)
{
	const uint32_t code = unit_at(bytes, *at, is_big);
	uint32_t low;

	*at += 2;
	if (code < 0xd800 || code >= 0xdc00 || *at + 1 >= bytes.size)
		return code;
	low = unit_at(bytes, *at, is_big);
	if (low < 0xdc00 || low >= 0xe000)
		return code;
	*at += 2;
	return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

void ll_text_from_utf16(struct ll_str bytes, struct ll_buf *out)
{
	const bool is_big = ll_str_starts(bytes, "\xfe\xff");
	size_t at = 2;

	while (at + 1 < bytes.size) {
		char text[4];
		const size_t size = ll_utf8_put(next_code(bytes, &at, is_big), text);

		ll_buf_put(out, text, size);
	}
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* Is it more than the name of a language, as a fence has it behind itself? */
static bool is_text(struct ll_str rest)
{
	rest = ll_str_trim(rest);
	for (size_t i = 0; i < rest.size; i++) {
		if (is_blank(rest.data[i]))
			return true;
	}
	return ll_str_starts(rest, "{") || ll_str_starts(rest, "[");
}

static size_t ticks_of(struct ll_str text)
{
	size_t ticks = 0;

	while (ticks < text.size && text.data[ticks] == '`')
		ticks++;
	return ticks;
}

/* The size of the fence that the text begins with, or 0. */
static size_t opening(struct ll_str text)
{
	const size_t ticks = ticks_of(text);
	struct ll_str rest = text;

	if (ticks >= 3)
		return ticks;
	if (ticks == 1 && ll_str_ends(text, "`"))
		return 1;
	if (!ll_str_skip(&rest, "<pre>"))
		return 0;
	(void)ll_str_skip(&rest, "<code>");
	return text.size - rest.size;
}

/* The size of the fence that the text ends with, or 0. */
static size_t closing(struct ll_str text, bool is_tick)
{
	struct ll_str rest = text;
	size_t ticks = 0;

	while (ticks < text.size && text.data[text.size - 1 - ticks] == '`')
		ticks++;
	if (ticks >= 3 || (is_tick && ticks == 1))
		return ticks;
	if (!ll_str_ends(rest, "</pre>"))
		return 0;
	rest.size -= strlen("</pre>");
	if (ll_str_ends(rest, "</code>"))
		rest.size -= strlen("</code>");
	return text.size - rest.size;
}

/* One line without the fences that it shares. */
static bool unfence(struct ll_str line, struct ll_buf *out)
{
	const bool is_ended = ll_str_ends(line, "\r");
	struct ll_str text = line;
	size_t fence, end;

	while (text.size > 0 && (is_blank(text.data[0]) || text.data[0] == '>'))
		text = ll_str_from(text, 1);
	ll_buf_put_str(out, ll_str_first(line, line.size - text.size));
	while (text.size > 0 &&
	       (is_blank(text.data[text.size - 1]) || text.data[text.size - 1] == '\r'))
		text.size--;
	fence = opening(text);
	if (!is_text(ll_str_from(text, fence)))
		fence = 0;
	end = closing(ll_str_from(text, fence), fence == 1);
	if (end + fence == text.size || (fence == 0 && ll_str_starts(text, "`")))
		end = 0;
	ll_buf_put_str(out, ll_str_n(text.data + fence, text.size - fence - end));
	if (is_ended)
		ll_buf_putc(out, '\r');
	return fence + end > 0;
}

bool ll_text_unfence(struct ll_str page, struct ll_buf *out)
{
	bool has_any = false;

	while (page.size > 0) {
		const size_t size = ll_str_index(page, '\n');

		has_any |= unfence(ll_str_split(&page, '\n'), out);
		if (size != SIZE_MAX)
			ll_buf_putc(out, '\n');
	}
	return has_any;
}
