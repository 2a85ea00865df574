/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draw.h - small charts for tests: a series that can be drawn, and drawing with all checks of
 * check_svg.h.
 */
#ifndef LL_TEST_CHART_DRAW_H
#define LL_TEST_CHART_DRAW_H

#include "check_svg.h"

#include <leakledger/units.h>

/** 2026-11-21T10:00:00Z. */
#define DRAW_START INT64_C(1795255200000000000)

/** A drawn picture: its text and its nodes. */
struct drawing {
	struct ll_buf out;
	xmlDoc *document;
};

static inline void drawing_done(struct drawing *drawing)
{
	xmlFreeDoc(drawing->document);
	ll_buf_done(&drawing->out);
}

static inline struct drawing draw_line(const struct ll_line_chart *line)
{
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_line(line, &drawing.out, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), line->chart.id);
	return drawing;
}

static inline struct drawing draw_area(const struct ll_area_chart *area)
{
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_area(area, &drawing.out, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), area->chart.id);
	return drawing;
}

static inline struct drawing draw_spark(const struct ll_spark_chart *spark)
{
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_spark(spark, &drawing.out, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), spark->chart.id);
	return drawing;
}

static inline struct drawing draw_heat(const struct ll_heat_chart *heat)
{
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_heat(heat, &drawing.out, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), heat->chart.id);
	return drawing;
}

static inline struct drawing draw_slope(const struct ll_slope_chart *slope)
{
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_slope(slope, &drawing.out, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), slope->chart.id);
	return drawing;
}

/** One point a minute, 0, 1, 2 ... */
static inline void draw_rising(struct ll_chart_point *points, size_t count)
{
	for (size_t i = 0; i < count; i++)
		points[i] = (struct ll_chart_point){DRAW_START + (int64_t)i * LL_NS_PER_MINUTE,
		                                    (double)i};
}

#endif
