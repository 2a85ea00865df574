/* SPDX-License-Identifier: Apache-2.0 */
/*
 * svg.c - see svg.h.
 *
 * Numbers are written from integers (hundredths, and tenths in paths), so neither the locale nor
 * the C library's printf has a say. Path commands are relative after the first: the numbers are
 * small and the differences are taken between rounded places, so errors do not add up.
 */
#include "svg.h"

#include "text.h"

#include <inttypes.h>
#include <math.h>

enum {
	FARTHEST = 100000, /* no coordinate lies further out: the clip does the rest */
};

void ll_svg_init(struct ll_svg *svg, struct ll_buf *out, const char *id, const char *variant)
{
	*svg = (struct ll_svg){.out = out, .id = id, .variant = variant};
}

/* ---------------------------------------------------------------------- elements */

static void finish_tag(struct ll_svg *svg)
{
	if (svg->is_tag_open)
		ll_buf_putc(svg->out, '>');
	svg->is_tag_open = false;
}

/* Inside <text> every blank counts, so only there elements are not on lines of their own. */
static bool is_in_text(const struct ll_svg *svg)
{
	return svg->depth > 0 && strcmp(svg->names[svg->depth - 1], "text") == 0;
}

void ll_svg_open(struct ll_svg *svg, const char *name)
{
	if (svg->depth == LL_SVG_DEPTH)
		abort(); /* a bug: depth is decided by code, never by data */
	finish_tag(svg);
	if (svg->depth > 0 && !is_in_text(svg))
		ll_buf_putc(svg->out, '\n');
	ll_buf_printf(svg->out, "<%s", name);
	svg->names[svg->depth++] = name;
	svg->is_tag_open = true;
}

void ll_svg_close(struct ll_svg *svg)
{
	const char *const name = svg->names[--svg->depth];

	if (svg->is_tag_open)
		ll_buf_puts(svg->out, "/>");
	else
		ll_buf_printf(svg->out, "</%s>", name);
	svg->is_tag_open = false;
}

static void put_escaped(struct ll_buf *out, struct ll_str text)
{
	struct ll_text_cursor cursor = {.text = text};
	uint32_t code;

	while (ll_text_next(&cursor, &code)) {
		char bytes[4];

		if (code == '&')
			ll_buf_puts(out, "&amp;");
		else if (code == '<')
			ll_buf_puts(out, "&lt;");
		else if (code == '>')
			ll_buf_puts(out, "&gt;");
		else if (code == '"')
			ll_buf_puts(out, "&quot;");
		else
			ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
	}
}

void ll_svg_attr(struct ll_svg *svg, const char *name, const char *value)
{
	ll_buf_printf(svg->out, " %s=\"", name);
	put_escaped(svg->out, ll_str(value));
	ll_buf_putc(svg->out, '"');
}

void ll_svg_text(struct ll_svg *svg, struct ll_str text)
{
	finish_tag(svg);
	put_escaped(svg->out, text);
}

void ll_svg_markup(struct ll_svg *svg, struct ll_str markup)
{
	finish_tag(svg);
	ll_buf_put_str(svg->out, markup);
}

void ll_svg_title(struct ll_svg *svg, struct ll_str text)
{
	ll_svg_open(svg, "title");
	ll_svg_text(svg, text);
	ll_svg_close(svg);
}

void ll_svg_open_group(struct ll_svg *svg, const char *class_name, const char *color)
{
	ll_svg_open(svg, "g");
	ll_svg_attr(svg, "class", class_name);
	ll_svg_attr(svg, "color", color);
}

/* --------------------------------------------------------------------------- ids */

/*
 * Letters, digits and '-' of the chart's id stay, other bytes become _hh, a first byte that is no
 * letter comes behind "c": reversible, so two different ids never become one.
 */
static void put_id(struct ll_svg *svg, const char *name)
{
	const char *const id = svg->id;

	for (size_t i = 0; id[i] != '\0'; i++) {
		const unsigned char byte = (unsigned char)id[i];
		const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
		const bool is_later = (byte >= '0' && byte <= '9') || byte == '-';

		if (is_letter || (is_later && i > 0))
			ll_buf_putc(svg->out, (char)byte);
		else
			ll_buf_printf(svg->out, "%s_%02x", i == 0 ? "c" : "", byte);
	}
	ll_buf_printf(svg->out, "%s_%s%s", id[0] == '\0' ? "c" : "", svg->variant, name);
}

void ll_svg_id(struct ll_svg *svg, const char *name)
{
	ll_buf_puts(svg->out, " id=\"");
	put_id(svg, name);
	ll_buf_putc(svg->out, '"');
}

void ll_svg_clip(struct ll_svg *svg, const char *name)
{
	ll_buf_puts(svg->out, " clip-path=\"url(#");
	put_id(svg, name);
	ll_buf_puts(svg->out, ")\"");
}

void ll_svg_labelled(struct ll_svg *svg)
{
	ll_buf_puts(svg->out, " aria-labelledby=\"");
	put_id(svg, "title");
	ll_buf_putc(svg->out, ' ');
	put_id(svg, "desc");
	ll_buf_putc(svg->out, '"');
}

/* ----------------------------------------------------------------------- numbers */

/* value * scale as an integer, kept within the picture's surroundings. */
static int64_t rounded(double value, int scale)
{
	const double limit = (double)FARTHEST * scale;
	const double scaled = isfinite(value) ? value * scale : 0;

	if (scaled > limit)
		return (int64_t)FARTHEST * scale;
	if (scaled < -limit)
		return -(int64_t)FARTHEST * scale;
	return llround(scaled);
}

/* Writes amount / scale, scale being 10 or 100, without trailing zeros. */
static void put_decimal(struct ll_buf *out, int64_t amount, int scale)
{
	const int64_t size = amount < 0 ? -amount : amount;
	int64_t fraction = size % scale;

	ll_buf_printf(out, "%s%" PRId64, amount < 0 ? "-" : "", size / scale);
	if (fraction == 0)
		return;
	ll_buf_putc(out, '.');
	for (int place = scale / 10; place > 0 && fraction > 0; place /= 10) {
		ll_buf_putc(out, (char)('0' + fraction / place));
		fraction %= place;
	}
}

void ll_svg_number(struct ll_svg *svg, const char *name, double value)
{
	ll_buf_printf(svg->out, " %s=\"", name);
	put_decimal(svg->out, rounded(value, 100), 100);
	ll_buf_putc(svg->out, '"');
}

/* ------------------------------------------------------------------------ shapes */

void ll_svg_open_line(struct ll_svg *svg, double x1, double y1, double x2, double y2)
{
	ll_svg_open(svg, "line");
	ll_svg_number(svg, "x1", x1);
	ll_svg_number(svg, "y1", y1);
	ll_svg_number(svg, "x2", x2);
	ll_svg_number(svg, "y2", y2);
}

void ll_svg_open_rect(struct ll_svg *svg, double x, double y, double width, double height)
{
	ll_svg_open(svg, "rect");
	ll_svg_number(svg, "x", x);
	ll_svg_number(svg, "y", y);
	ll_svg_number(svg, "width", width);
	ll_svg_number(svg, "height", height);
}

void ll_svg_open_box(struct ll_svg *svg, double x, double y, double width, double height)
{
	const struct {
		const char *before;
		double value;
	} parts[] = {{"M", x}, {" ", y}, {"h", width}, {"v", height}, {"h", -width}};

	ll_svg_open(svg, "path");
	ll_buf_puts(svg->out, " d=\"");
	for (size_t i = 0; i < LL_COUNT(parts); i++) {
		ll_buf_puts(svg->out, parts[i].before);
		put_decimal(svg->out, rounded(parts[i].value, 100), 100);
	}
	ll_buf_puts(svg->out, "z\"");
}

void ll_svg_open_circle(struct ll_svg *svg, double x, double y, double radius)
{
	ll_svg_open(svg, "circle");
	ll_svg_number(svg, "cx", x);
	ll_svg_number(svg, "cy", y);
	ll_svg_number(svg, "r", radius);
}

void ll_svg_open_text(struct ll_svg *svg, double x, double y, const char *anchor)
{
	ll_svg_open(svg, "text");
	ll_svg_number(svg, "x", x);
	ll_svg_number(svg, "y", y);
	if (anchor)
		ll_svg_attr(svg, "text-anchor", anchor);
}

/* ------------------------------------------------------------------------- paths */

void ll_svg_path_open(struct ll_svg *svg)
{
	ll_svg_open(svg, "path");
	ll_buf_puts(svg->out, " d=\"");
	svg->path_command = '\0';
	svg->ahead_x = 0;
	svg->ahead_y = 0;
}

static void put_pair(struct ll_svg *svg, char command, int64_t x, int64_t y)
{
	if (svg->path_command != command)
		ll_buf_putc(svg->out, command);
	else if (x >= 0)
		ll_buf_putc(svg->out, ' ');
	svg->path_command = command;
	put_decimal(svg->out, x, 10);
	if (y >= 0)
		ll_buf_putc(svg->out, ' ');
	put_decimal(svg->out, y, 10);
}

/* Writes the line that was held back. */
static void flush_line(struct ll_svg *svg)
{
	if (svg->ahead_x == 0 && svg->ahead_y == 0)
		return;
	put_pair(svg, 'l', svg->ahead_x, svg->ahead_y);
	svg->x += svg->ahead_x;
	svg->y += svg->ahead_y;
	svg->ahead_x = 0;
	svg->ahead_y = 0;
}

void ll_svg_path_move(struct ll_svg *svg, double x, double y)
{
	flush_line(svg);
	svg->x = rounded(x, 10);
	svg->y = rounded(y, 10);
	svg->path_command = '\0'; /* pairs behind a move would mean lines, so each has its letter */
	put_pair(svg, 'M', svg->x, svg->y);
}

static bool is_same_way(int64_t ahead, int64_t ahead_across, int64_t more, int64_t more_across)
{
	return ahead_across == 0 && more_across == 0 && (ahead < 0) == (more < 0);
}

/* A level line that goes on level is one line: flat series cost next to nothing. */
void ll_svg_path_line(struct ll_svg *svg, double x, double y)
{
	const int64_t more_x = rounded(x, 10) - svg->x - svg->ahead_x;
	const int64_t more_y = rounded(y, 10) - svg->y - svg->ahead_y;

	if (!is_same_way(svg->ahead_x, svg->ahead_y, more_x, more_y) &&
	    !is_same_way(svg->ahead_y, svg->ahead_x, more_y, more_x))
		flush_line(svg);
	svg->ahead_x += more_x;
	svg->ahead_y += more_y;
}

void ll_svg_path_shut(struct ll_svg *svg)
{
	flush_line(svg);
	ll_buf_putc(svg->out, 'z');
	svg->path_command = 'z';
}

void ll_svg_path_end(struct ll_svg *svg)
{
	flush_line(svg);
	ll_buf_putc(svg->out, '"');
}
