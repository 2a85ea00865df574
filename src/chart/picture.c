/* SPDX-License-Identifier: Apache-2.0 */
/* picture.c - see picture.h. */
#include "picture.h"

#include "palette.h"
#include "text.h"

enum {
	SMALLEST_WIDTH = 60,
	SMALLEST_HEIGHT = 20,
	LARGEST_SIDE = 8000,
};

static double side(int wanted, int usual, int smallest)
{
	const int chosen = wanted > 0 ? wanted : usual;

	if (chosen < smallest)
		return smallest;
	return chosen > LARGEST_SIDE ? LARGEST_SIDE : chosen;
}

void ll_picture_init(struct ll_picture *picture, const struct ll_chart *chart,
                     const struct ll_picture_size *size)
{
	const bool is_narrow = chart->fit == LL_FIT_NARROW;

	*picture = (struct ll_picture){
		.chart = chart,
		.width = side(chart->width, is_narrow ? size->narrow_width : size->wide_width,
	                      SMALLEST_WIDTH),
		.height = side(chart->height, is_narrow ? size->narrow_height : size->wide_height,
	                       SMALLEST_HEIGHT),
	};
	ll_buf_init(&picture->bytes, LL_BUF_CHART);
	ll_svg_init(&picture->svg, &picture->bytes, chart->id ? chart->id : "chart",
	            is_narrow ? "narrow_" : "");
}

void ll_picture_done(struct ll_picture *picture)
{
	ll_buf_done(&picture->bytes);
}

static void put_class(struct ll_picture *picture, const char *kind)
{
	static const char *const fits[] = {[LL_FIT_ANY] = "",
	                                   [LL_FIT_WIDE] = " chart-wide",
	                                   [LL_FIT_NARROW] = " chart-narrow"};
	char text[64];

	(void)snprintf(text, sizeof text, "chart %s%s", kind, fits[picture->chart->fit]);
	ll_svg_attr(&picture->svg, "class", text);
}

static void put_size(struct ll_picture *picture)
{
	char text[64];

	(void)snprintf(text, sizeof text, "0 0 %d %d", (int)picture->width, (int)picture->height);
	ll_svg_attr(&picture->svg, "viewBox", text);
	ll_svg_number(&picture->svg, "width", (int)picture->width);
	ll_svg_number(&picture->svg, "height", (int)picture->height);
}

/* <title> or <desc> with the id that the root refers to. */
static void put_name(struct ll_picture *picture, const char *element, struct ll_str text)
{
	ll_svg_open(&picture->svg, element);
	ll_svg_id(&picture->svg, element);
	ll_svg_text(&picture->svg, text);
	ll_svg_close(&picture->svg);
}

void ll_picture_open(struct ll_picture *picture, const char *kind, struct ll_str description)
{
	struct ll_svg *const svg = &picture->svg;
	const struct ll_chart *const chart = picture->chart;

	ll_svg_open(svg, "svg");
	ll_svg_attr(svg, "xmlns", "http://www.w3.org/2000/svg");
	put_class(picture, kind);
	put_size(picture);
	if (chart->fit == LL_FIT_NARROW)
		ll_svg_attr(svg, "display", "none");
	ll_svg_attr(svg, "role", "img");
	ll_svg_labelled(svg);
	ll_svg_attr(svg, "font-family", "system-ui, sans-serif");
	ll_svg_number(svg, "font-size", LL_FONT_SIZE);
	ll_svg_attr(svg, "direction",
	            "ltr"); /* anchors mean the same on a page that runs right to left */
	ll_svg_attr(svg, "color", LL_COLOR_TEXT);
	ll_svg_attr(svg, "fill", "currentColor");
	put_name(picture, "title", chart->title.size > 0 ? chart->title : ll_str("Chart"));
	put_name(picture, "desc", chart->description.size > 0 ? chart->description : description);
}

int ll_picture_close(struct ll_picture *picture, struct ll_buf *out, struct ll_error *err)
{
	ll_buf_putc(&picture->bytes, '\n');
	ll_svg_close(&picture->svg);
	ll_buf_putc(&picture->bytes, '\n');
	if (ll_buf_check(&picture->bytes, "chart", err) < 0)
		return LL_E_LIMIT;
	ll_buf_put_str(out, ll_buf_str(&picture->bytes));
	return ll_buf_check(out, "page with charts", err);
}

void ll_picture_text(struct ll_picture *picture, struct ll_str text, double room)
{
	struct ll_buf cut LL_CLEANUP(ll_buf_done);

	ll_buf_init(&cut, LL_BUF_PAGE);
	if (ll_text_fit(text, LL_FONT_SIZE, room, &cut))
		ll_svg_title(&picture->svg, text);
	ll_svg_text(&picture->svg, ll_buf_str(&cut));
}

int ll_picture_absence(struct ll_picture *picture, const char *kind, struct ll_str description,
                       struct ll_buf *out, struct ll_error *err)
{
	struct ll_svg *const svg = &picture->svg;
	const struct ll_str absence = picture->chart->absence;
	const double width = picture->width, height = picture->height;

	ll_picture_open(picture, kind, description);
	ll_svg_open_group(svg, "chart-gap", LL_COLOR_GAP);
	ll_svg_open_rect(svg, 0, 0, width, height);
	ll_svg_attr(svg, "rx", "3");
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_close(svg);
	ll_svg_close(svg);
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_open_text(svg, width / 2, height / 2 + 4, "middle");
	ll_svg_attr(svg, "fill", "currentColor");
	ll_picture_text(picture, absence.size > 0 ? absence : ll_str("No data"), width - 16);
	ll_svg_close(svg);
	ll_svg_close(svg);
	return ll_picture_close(picture, out, err);
}
