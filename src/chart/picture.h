/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture.h - the outside of every chart: the <svg> element, its names and its size.
 *
 * A picture is written into a buffer of its own and handed over whole, so that a full output buffer
 * holds no half chart.
 */
#ifndef LL_CHART_PICTURE_H
#define LL_CHART_PICTURE_H

#include "svg.h"

#include <leakledger/chart.h>

enum {
	LL_FONT_SIZE = 12,
	LL_ROW = 16, /* from one line of text to the next */
};

struct ll_picture {
	const struct ll_chart *chart;
	struct ll_svg svg;
	struct ll_buf bytes;
	double width, height; /* height may grow until the picture is opened */
};

/** Sizes for a chart that names none. */
struct ll_picture_size {
	int wide_width, wide_height, narrow_width, narrow_height;
};

void ll_picture_init(struct ll_picture *picture, const struct ll_chart *chart,
                     const struct ll_picture_size *size);
void ll_picture_done(struct ll_picture *picture);
/** Begins the root, with title and description. `kind` is its class: "chart-line". */
void ll_picture_open(struct ll_picture *picture, const char *kind, struct ll_str description);
/** Ends the root and appends the picture to `out`. */
int ll_picture_close(struct ll_picture *picture, struct ll_buf *out, struct ll_error *err);
/** The whole picture of a chart that has nothing to show. */
int ll_picture_absence(struct ll_picture *picture, const char *kind, struct ll_str description,
                       struct ll_buf *out, struct ll_error *err);

/** Text that is cut to `room`, with the whole text as its title when it was cut. */
void ll_picture_text(struct ll_picture *picture, struct ll_str text, double room);

#endif
