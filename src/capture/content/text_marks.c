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
