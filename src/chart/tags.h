/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tags.h - the names of lines and layers.
 *
 * A name stands at the right, where its line ends ("column"), when the picture is wide enough for
 * all of them; otherwise a digit stands there and a numbered legend below the picture ("legend").
 */
#ifndef LL_CHART_TAGS_H
#define LL_CHART_TAGS_H

#include "picture.h"

#include <leakledger/units.h>
#include <leakledger/vec.h>

enum ll_tag_shape {
	LL_TAG_LINE,
	LL_TAG_FINE,
	LL_TAG_POINTS,
	LL_TAG_TREND,
	LL_TAG_LAYER,
	LL_TAG_TOTAL, /* has no colour of its own: the sum of the layers */
};

struct ll_tag {
	struct ll_str label;
	char value[LL_UNIT_TEXT]; /* the last value in words, or "" */
	enum ll_role role;
	enum ll_tag_shape shape;
	double end_x, end_y; /* where the line ends */
	double end_value;    /* what end_y is made from */
	int64_t end_ns;      /* what end_x is made from */
};

struct ll_tags {
	struct ll_vec items; /* of struct ll_tag, from top to bottom in the legend */
	bool has_column;
	double column; /* width of the column's text */
	size_t legend_columns;
};

struct ll_tag *ll_tags_push(struct ll_tags *tags);
void ll_tags_done(struct ll_tags *tags);
/** Decides between column and legend for a picture of that width and a plot of that height. */
void ll_tags_plan(struct ll_tags *tags, double picture_width, double plot_height);
/** What the plan needs to the right of the plot, and below the picture. */
double ll_tags_margin(const struct ll_tags *tags);
double ll_tags_legend_height(const struct ll_tags *tags);
/** Draws the names beside a plot that ends at `right`, between top and bottom. */
void ll_tags_draw(const struct ll_tags *tags, struct ll_picture *picture, double right, double top,
                  double bottom);
/** Draws the legend, if there is one, from `y` on. */
void ll_tags_draw_legend(const struct ll_tags *tags, struct ll_picture *picture, double y);

/** Stroke attributes of a line of that shape and role. */
void ll_tag_stroke(struct ll_svg *svg, enum ll_tag_shape shape, enum ll_role role);

#endif
