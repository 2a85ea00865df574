/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bar.c - one bar of parts: where the bytes of a process were.
 *
 * A part narrower than a unit is drawn as wide as one, so that nothing that is there is invisible;
 * the legend has the numbers. Between neighbours is a line of the page's background.
 */
#include "palette.h"
#include "picture.h"
#include "scale.h"
#include "stroke.h"
#include "tags.h"
#include "text.h"

#include <math.h>

enum {
	BAR_HEIGHT = 34,
	TOP = 18, /* room for the limit's word */
	SMALLEST = 1,
};

struct bar_picture {
	const struct ll_bar_chart *bar;
	struct ll_picture picture;
	struct ll_tags tags;
	double total, high;
};

static void bar_done(struct bar_picture *picture)
{
	ll_tags_done(&picture->tags);
	ll_picture_done(&picture->picture);
}

static bool is_drawn(const struct ll_bar_part *part)
{
	return ll_scale_can_hold(part->value) && part->value > 0;
}

static void gather(struct bar_picture *picture)
{
	const struct ll_bar_chart *const bar = picture->bar;

	for (size_t i = 0; i < bar->count; i++) {
		if (is_drawn(&bar->parts[i]))
			picture->total += bar->parts[i].value;
	}
	picture->high = picture->total;
	if (bar->has_limit && ll_scale_can_hold(bar->limit))
		picture->high = fmax(picture->high, bar->limit);
	for (size_t i = 0; i < bar->count; i++) {
		struct ll_tag *tag;

		if (!is_drawn(&bar->parts[i]))
			continue;
		tag = ll_tags_push(&picture->tags);
		tag->label = bar->parts[i].label;
		tag->role = bar->parts[i].role;
		tag->shape = LL_TAG_LAYER;
		(void)ll_scale_text(bar->axis, bar->parts[i].value, tag->value);
	}
	ll_tags_plan(&picture->tags, picture->picture.width, BAR_HEIGHT);
	picture->tags.has_column = false;
	picture->picture.height = TOP + BAR_HEIGHT + ll_tags_legend_height(&picture->tags);
}

static bool has_limit(const struct ll_bar_chart *bar)
{
	return bar->has_limit && ll_scale_can_hold(bar->limit) && bar->limit > 0;
}

static double limit_at(const struct bar_picture *picture)
{
	return fmin(picture->picture.width - 1,
	            picture->bar->limit * picture->picture.width / picture->high);
}

/*
 * The digit of a part, where it has room: the legend's. The limit's line would cross it out, so it
 * stands in the wider of what the line makes of the part.
 */
static void draw_digit(struct bar_picture *picture, size_t number, double x, double width)
{
	struct ll_svg *const svg = &picture->picture.svg;
	char digits[LL_UNIT_TEXT];

	if (has_limit(picture->bar) && fabs(limit_at(picture) - (x + width / 2)) < LL_ROW / 2.0) {
		const double before = limit_at(picture) - x;

		if (before >= width / 2) {
			width = before;
		} else {
			x += before;
			width -= before;
		}
	}
	if (width < LL_ROW)
		return;
	(void)snprintf(digits, sizeof digits, "%zu", number);
	ll_svg_open_group(svg, "chart-halo", LL_COLOR_SURFACE);
	ll_svg_open_text(svg, x + width / 2, TOP + BAR_HEIGHT / 2.0 + 4, "middle");
	ll_svg_attr(svg, "class", "chart-hollow");
	ll_svg_attr(svg, "fill", LL_COLOR_SURFACE);
	ll_svg_attr(svg, "stroke", "none");
	ll_svg_attr(svg, "font-weight", "600");
	ll_svg_text(svg, ll_str(digits));
	ll_svg_close(svg);
	ll_svg_close(svg);
}

static void draw_parts(struct bar_picture *picture)
{
	const struct ll_bar_chart *const bar = picture->bar;
	struct ll_svg *const svg = &picture->picture.svg;
	const double unit = picture->picture.width / picture->high;
	size_t number = 0;
	double x = 0;

	for (size_t i = 0; i < bar->count; i++) {
		const double width = fmax(SMALLEST, bar->parts[i].value * unit);

		if (!is_drawn(&bar->parts[i]))
			continue;
		ll_role_open(svg, bar->parts[i].role);
		ll_svg_title(svg, bar->parts[i].label);
		ll_svg_open_rect(svg, x, TOP, fmax(SMALLEST, width - 1), BAR_HEIGHT);
		ll_svg_attr(svg, "fill", "currentColor");
		ll_svg_close(svg);
		ll_svg_close(svg);
		draw_digit(picture, ++number, x, width);
		x += width;
	}
}

static void draw_limit(struct bar_picture *picture)
{
	const struct ll_bar_chart *const bar = picture->bar;
	struct ll_svg *const svg = &picture->picture.svg;
	const double x = limit_at(picture);
	char amount[LL_UNIT_TEXT], text[LL_UNIT_TEXT + 8];

	if (!has_limit(bar))
		return;
	(void)snprintf(text, sizeof text, "limit %s", ll_scale_text(bar->axis, bar->limit, amount));
	ll_role_open(svg, LL_ROLE_LIMIT);
	ll_svg_open_line(svg, x, TOP - 4, x, TOP + BAR_HEIGHT + 4);
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-width", "2");
	ll_svg_close(svg);
	ll_svg_open_text(svg, x > 80 ? x : x + 2, TOP - 6, x > 80 ? "end" : NULL);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_text(svg, ll_str(text));
	ll_svg_close(svg);
	ll_svg_close(svg);
}

int ll_chart_bar(const struct ll_bar_chart *bar, struct ll_buf *out, struct ll_error *err)
{
	static const struct ll_picture_size size = {
		.wide_width = 720, .wide_height = 80, .narrow_width = 340, .narrow_height = 80};
	struct bar_picture picture LL_CLEANUP(bar_done) = {.bar = bar};

	ll_picture_init(&picture.picture, &bar->chart, &size);
	gather(&picture);
	if (picture.total <= 0)
		return ll_picture_absence(&picture.picture, "chart-bar", ll_str("No data"), out,
		                          err);
	ll_picture_open(&picture.picture, "chart-bar", bar->chart.title);
	draw_parts(&picture);
	draw_limit(&picture);
	ll_tags_draw_legend(&picture.tags, &picture.picture, TOP + BAR_HEIGHT);
	return ll_picture_close(&picture.picture, out, err);
}
