/* SPDX-License-Identifier: Apache-2.0 */
/*
 * svg.h - the only writer of SVG.
 *
 * An element is opened, gets its attributes, then its text or children, and is closed; the writer
 * remembers the names, so what comes out is well-formed whatever the values are. Numbers have at
 * most two decimals, paths one, and neither is ever "nan": what is not finite becomes 0.
 */
#ifndef LL_CHART_SVG_H
#define LL_CHART_SVG_H

#include <leakledger/buf.h>

enum {
	LL_SVG_DEPTH = 12,
};

struct ll_svg {
	struct ll_buf *out;
	const char *id;      /* the chart's, in front of every id in the picture */
	const char *variant; /* between the two, "" or "narrow_": one chart may have two pictures */
	const char *names[LL_SVG_DEPTH]; /* of the open elements */
	size_t depth;
	bool is_tag_open;         /* attributes may still come */
	int64_t x, y;             /* where the path's pen is, in tenths */
	int64_t ahead_x, ahead_y; /* a line from there that is not written yet */
	char path_command;        /* the last letter of the path */
};

void ll_svg_init(struct ll_svg *svg, struct ll_buf *out, const char *id, const char *variant);

void ll_svg_open(struct ll_svg *svg, const char *name);
void ll_svg_close(struct ll_svg *svg);
void ll_svg_attr(struct ll_svg *svg, const char *name, const char *value);
void ll_svg_number(struct ll_svg *svg, const char *name, double value);
/** Text content, escaped and cleaned (text.h). */
void ll_svg_text(struct ll_svg *svg, struct ll_str text);
/** Well-formed markup of ours, as it is. */
void ll_svg_markup(struct ll_svg *svg, struct ll_str markup);
/** <title>text</title>: what a pointer that rests on the element is shown. */
void ll_svg_title(struct ll_svg *svg, struct ll_str text);

/** id="...": different charts, variants and names give different ids. */
void ll_svg_id(struct ll_svg *svg, const char *name);
/** clip-path="url(#...)" with the id of that name. */
void ll_svg_clip(struct ll_svg *svg, const char *name);
/** aria-labelledby with the ids of the names "title" and "desc". */
void ll_svg_labelled(struct ll_svg *svg);

/** <g class= color=>: what is inside paints with currentColor. */
void ll_svg_open_group(struct ll_svg *svg, const char *class_name, const char *color);

/* Shapes, opened and not yet closed, so that attributes can follow. */
void ll_svg_open_line(struct ll_svg *svg, double x1, double y1, double x2, double y2);
void ll_svg_open_rect(struct ll_svg *svg, double x, double y, double width, double height);
/** The same as a path, in half the bytes: for pictures of a thousand boxes. */
void ll_svg_open_box(struct ll_svg *svg, double x, double y, double width, double height);
void ll_svg_open_circle(struct ll_svg *svg, double x, double y, double radius);
/** `anchor` is NULL (start), "middle" or "end". */
void ll_svg_open_text(struct ll_svg *svg, double x, double y, const char *anchor);

/* A path: open, move and line and shut, then end; attributes may follow, then close. */
void ll_svg_path_open(struct ll_svg *svg);
void ll_svg_path_move(struct ll_svg *svg, double x, double y);
void ll_svg_path_line(struct ll_svg *svg, double x, double y);
void ll_svg_path_shut(struct ll_svg *svg);
void ll_svg_path_end(struct ll_svg *svg);

#endif
