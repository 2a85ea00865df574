/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.c - see text.h.
 *
 * Which characters are shown:
 *   1. Tab, line ends and the Unicode line separators become a blank.
 *   2. Other control characters, malformed bytes and noncharacters become U+FFFD: XML cannot hold
 *      most of them, and silence would hide that something was there.
 *   3. So do the characters that change the order or the presence of others without being seen:
 *      bidi marks, embeddings and isolates, zero-width spaces, soft hyphens, tags. Joiners stay:
 *      several scripts need them.
 *   4. Of combining marks in a row only two stay; piles of them reach into neighbouring lines.
 *
 * Widths are those of DejaVu Sans, what a Linux browser takes for system-ui when nothing better is
 * installed and the widest in use (Segoe UI and San Francisco need about seven eighths of it).
 */
#include "text.h"

enum {
	MOST_MARKS = 2,
	FIRST_WIDE = 0x1100, /* Hangul and most of what lies behind is a full em */
};

struct range {
	uint32_t first, last;
};

static bool is_in(uint32_t code, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	}
	return false;
}

static bool is_combining(uint32_t code)
{
	static const struct range ranges[] = {
		{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},
		{0x64b, 0x65f},   {0xe31, 0xe3a},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
		{0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
	};

	return code >= 0x300 && is_in(code, ranges, LL_COUNT(ranges));
}

static bool is_hostile(uint32_t code)
{
	static const struct range ranges[] = {
		{0x00, 0x1f},       {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},
		{0x180e, 0x180e},   {0x200b, 0x200b}, {0x200e, 0x200f}, {0x202a, 0x202e},
		{0x2060, 0x206f},   {0xfdd0, 0xfdef}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb},
		{0xe0000, 0xe007f},
	};

	return (code & 0xfffe) == 0xfffe || is_in(code, ranges, LL_COUNT(ranges));
}

static bool is_blank(uint32_t code)
{
	return code == '\t' || code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 ||
	       code == 0x2029;
}

bool ll_text_next(struct ll_text_cursor *cursor, uint32_t *ret_code)
{
	while (cursor->offset < cursor->text.size) {
		uint32_t code;

		cursor->offset += ll_utf8_next(cursor->text, cursor->offset, &code);
		if (is_blank(code))
			code = ' ';
		else if (is_hostile(code))
			code = 0xfffd;
		cursor->marks = is_combining(code) ? cursor->marks + 1 : 0;
		if (cursor->marks > MOST_MARKS)
			continue;
		*ret_code = code;
		return true;
	}
	return false;
}

/* Hundredths of the font size. */
static int width_of(uint32_t code)
{
	static const unsigned char ascii[] = {
		32,  40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, /*   ! ... / */
		64,  64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, /* 0 ... ? */
		100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, /* @ ... O */
		60,  79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, /* P ... _ */
		50,  61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, /* ` ... o */
		63,  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,     /* p ... ~ */
	};

	if (code >= ' ' && code <= '~')
		return ascii[code - ' '];
	if (is_combining(code) || code == 0x200c || code == 0x200d)
		return 0;
	if (code >= FIRST_WIDE && (code < 0x1e00 || code > 0x205f))
		return 105;
	return code == 0x2026 ? 100 : 75;
}

double ll_text_width(struct ll_str text, double font_size)
{
	struct ll_text_cursor cursor = {.text = text};
	double hundredths = 0;
	uint32_t code;

	while (ll_text_next(&cursor, &code))
		hundredths += width_of(code);
	return hundredths * font_size / 100;
}

static void put_code(uint32_t code, struct ll_buf *out)
{
	char bytes[4];

	ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
}

/* Puts the characters that lie between two widths; a mark at the beginning has lost its letter. */
static void put_between(struct ll_str text, double font_size, double from, double to,
                        struct ll_buf *out)
{
	struct ll_text_cursor cursor = {.text = text};
	bool has_begun = false;
	double at = 0;
	uint32_t code;

	while (ll_text_next(&cursor, &code)) {
		const double width = width_of(code) * font_size / 100;

		if (at + width > to)
			return;
		if (at >= from && (has_begun || width > 0)) {
			put_code(code, out);
			has_begun = true;
		}
		at += width;
	}
}

bool ll_text_fit(struct ll_str text, double font_size, double room, struct ll_buf *out)
{
	const double width = ll_text_width(text, font_size);
	const double kept = room - font_size;

	if (width <= room) {
		put_between(text, font_size, 0, width + 1, out);
		return false;
	}
	put_between(text, font_size, 0, kept / 3, out);
	ll_buf_puts(out, "\xe2\x80\xa6");
	if (kept > 0)
		put_between(text, font_size, width - kept * 2 / 3, width + 1, out);
	return true;
}

struct ll_str ll_text_line(struct ll_str *rest, double font_size, double room)
{
	size_t end = ll_str_index(*rest, ' ');
	struct ll_str line;

	if (end == SIZE_MAX || ll_text_width(*rest, font_size) <= room)
		end = rest->size;
	while (end < rest->size) {
		const size_t more = ll_str_index(ll_str_from(*rest, end + 1), ' ');
		const size_t next = more == SIZE_MAX ? rest->size : end + 1 + more;

		if (ll_text_width(ll_str_first(*rest, next), font_size) > room)
			break;
		end = next;
	}
	line = ll_str_first(*rest, end);
	*rest = ll_str_trim(ll_str_from(*rest, end));
	return line;
}
