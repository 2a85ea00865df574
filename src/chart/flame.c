/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flame.c - calls from the top down, each as wide as its share.
 *
 * Lean on purpose: a box is one path with its title, colours stand once for all boxes of a sort,
 * and letters are one element for each box that has room for them. That is about 130 bytes a box,
 * so that the usual picture stays below 200 KB and needs no script.
 *
 *     <g class="flame-boxes">
 *       <g class="flame-own-1" color="#b9dcf2"> <path d="M0 18h400.5v17h-400.5z"><title> ...
 *     <g class="flame-texts">
 *       <g class="flame-bold"> <text x="3" y="31">cart.(*Store).Put</text> ...
 *
 * The script that a page may carry (templates/script/flame.js) reads the picture back from that and
 * nothing else: a title is "name, middle dot, value ...", a level is a row of LL_FLAME_ROW units.
 */
#include "flame_layout.h"
#include "palette.h"
#include "picture.h"
#include "text.h"

#include <leakledger/units.h>

#include <math.h>

enum {
	FLAME_ROW = 18,
	FLAME_BOX = 17,
	FLAME_ROOM = 26, /* least width that gets letters */
	FLAME_SORTS = 17,
	FLAME_TONES = 3,
};

/* ------------------------------------------------------------------------- sorts */

enum sort {
	SORT_OWN,
	SORT_LIBRARY = SORT_OWN + FLAME_TONES,
	SORT_STANDARD = SORT_LIBRARY + FLAME_TONES,
	SORT_RUNTIME,
	SORT_OTHER,
	SORT_GREW,
	SORT_SHRANK = SORT_GREW + FLAME_TONES,
	SORT_SAME = SORT_SHRANK + FLAME_TONES,
	SORT_REST,
};

/* Colours carry dark letters with at least 5:1; those of a difference are ColorBrewer's PuOr. */
static const struct {
	const char *class_name, *color;
	const char *edge; /* colour of the outline, or NULL: the page's own */
	bool is_dashed;
	const char *legend;
} sorts[] = {
	[SORT_OWN] = {"flame-own-1", "#b9dcf2", "#0072b2", false, "your code"},
	[SORT_OWN + 1] = {"flame-own-2", "#cde7f7", "#0072b2", false, NULL},
	[SORT_OWN + 2] = {"flame-own-3", "#a3cfec", "#0072b2", false, NULL},
	[SORT_LIBRARY] = {"flame-library-1", "#c9e6d0", NULL, false, "libraries"},
	[SORT_LIBRARY + 1] = {"flame-library-2", "#dbefdf", NULL, false, NULL},
	[SORT_LIBRARY + 2] = {"flame-library-3", "#b7dcc2", NULL, false, NULL},
	[SORT_STANDARD] = {"flame-standard", "#eceef1", "#59636e", true, "standard library"},
	[SORT_RUNTIME] = {"flame-runtime", "#d3d8de", "#59636e", true, "Go runtime"},
	[SORT_OTHER] = {"flame-other", "#f2e8cb", NULL, false, "no code"},
	[SORT_GREW] = {"flame-grew-1", "#fee0b6", "#b35806", false, "+ grew by 0.1 %"},
	[SORT_GREW + 1] = {"flame-grew-2", "#fdb863", "#b35806", false, "1 %"},
	[SORT_GREW + 2] = {"flame-grew-3", "#e08214", "#b35806", false, "5 % of the total"},
	[SORT_SHRANK] = {"flame-shrank-1", "#d8daeb", "#542788", true,
                         "\xe2\x88\x92 shrank by 0.1 %"},
	[SORT_SHRANK + 1] = {"flame-shrank-2", "#b2abd2", "#542788", true, "1 %"},
	[SORT_SHRANK + 2] = {"flame-shrank-3", "#998ec3", "#542788", true, "5 % of the total"},
	[SORT_SAME] = {"flame-same", "#f1f3f5", NULL, false, "as before"},
	[SORT_REST] = {"flame-rest", "#c6ccd3", NULL, false, "more, only counted"},
};

_Static_assert(LL_COUNT(sorts) == FLAME_SORTS, "a sort without colours");

struct flame {
	const struct ll_flame_chart *chart;
	struct ll_picture picture;
	struct ll_flame_layout layout;
	double scale; /* units of width per value */
	bool has_sort[FLAME_SORTS];
};

static void flame_done(struct flame *flame)
{
	ll_flame_layout_done(&flame->layout);
	ll_picture_done(&flame->picture);
}

static double value_of(const struct flame *flame, size_t box)
{
	return ll_flame_value(&flame->chart->boxes[box]);
}

/* ------------------------------------------------------------------------- words */

static const char *format_value(const struct flame *flame, int64_t value, char out[LL_UNIT_TEXT])
{
	switch (flame->chart->unit) {
	case LL_FLAME_BYTES: return ll_format_bytes(value, out);
	case LL_FLAME_NANOSECONDS: return ll_format_duration(value, out);
	case LL_FLAME_COUNT: break;
	}
	return ll_format_count(value, out);
}

/* The larger of both wholes: what changes are measured by. */
static double whole_of(const struct flame *flame)
{
	const struct ll_flame_box *const root = &flame->chart->boxes[0];

	return (double)(root->value > root->older ? root->value : root->older);
}

static void put_change(const struct flame *flame, const struct ll_flame_box *box,
                       struct ll_buf *out)
{
	char text[LL_UNIT_TEXT];
	int64_t change = box->value;

	if (!ll_i64_add(&change, -box->older))
		return;
	ll_buf_printf(out, " \xc2\xb7 %s%s", change > 0 ? "+" : "",
	              format_value(flame, change, text));
	if (box->older > 0)
		ll_buf_printf(out, " since %s", format_value(flame, box->older, text));
	else
		ll_buf_puts(out, ", new");
}

/* "name, middle dot, 12.4 MiB, middle dot, 34.5 %", and what changed. */
static void put_title(struct flame *flame, struct ll_str name, const struct ll_flame_box *box)
{
	struct ll_buf title;
	char text[LL_UNIT_TEXT];

	ll_buf_init(&title, LL_BUF_MESSAGE);
	ll_buf_put_str(&title, ll_str_first(name, 2048));
	ll_buf_printf(&title, " \xc2\xb7 %s", format_value(flame, box->value, text));
	ll_buf_printf(&title, " \xc2\xb7 %s %%",
	              ll_format_real((double)box->value * 100 / value_of(flame, 0), 1, text));
	if (flame->chart->is_difference)
		put_change(flame, box, &title);
	ll_svg_title(&flame->picture.svg, ll_buf_str(&title));
	ll_buf_done(&title);
}

/* ------------------------------------------------------------------------- boxes */

static enum sort sort_of_change(const struct flame *flame, const struct ll_flame_box *box)
{
	const double share = ((double)box->value - (double)box->older) / whole_of(flame);
	const double size = fabs(share);
	const int first = share > 0 ? SORT_GREW : SORT_SHRANK;

	if (size < 0.001)
		return SORT_SAME;
	if (size < 0.01)
		return (enum sort)first;
	return (enum sort)(size < 0.05 ? first + 1 : first + 2);
}

static enum sort sort_of(const struct flame *flame, const struct ll_flame_box *box)
{
	if (flame->chart->is_difference)
		return sort_of_change(flame, box);
	switch (box->kind) {
	case LL_FLAME_OWN: return (enum sort)(SORT_OWN + box->tone % FLAME_TONES);
	case LL_FLAME_LIBRARY: return (enum sort)(SORT_LIBRARY + box->tone % FLAME_TONES);
	case LL_FLAME_STANDARD: return SORT_STANDARD;
	case LL_FLAME_RUNTIME: return SORT_RUNTIME;
	case LL_FLAME_OTHER: break;
	}
	return SORT_OTHER;
}

static double top_of(size_t level)
{
	return (double)(level * FLAME_ROW);
}

static void put_path(struct flame *flame, double left, size_t level, double value)
{
	ll_svg_open_box(&flame->picture.svg, left * flame->scale, top_of(level),
	                value * flame->scale, FLAME_BOX);
}

static void put_boxes_of(struct flame *flame, enum sort sort)
{
	const struct ll_flame_box *const boxes = flame->chart->boxes;

	for (size_t i = 0; i < flame->chart->count; i++) {
		const struct ll_flame_place *const place = &flame->layout.places[i];

		if (!place->is_drawn || sort_of(flame, &boxes[i]) != sort)
			continue;
		put_path(flame, place->left, place->level, value_of(flame, i));
		put_title(flame, boxes[i].name, &boxes[i]);
		ll_svg_close(&flame->picture.svg);
	}
}

static void name_rest(const struct ll_flame_place *place, char text[LL_UNIT_TEXT + 16])
{
	char count[LL_UNIT_TEXT];

	(void)snprintf(text, LL_UNIT_TEXT + 16, "%s more",
	               ll_format_count((int64_t)place->folded, count));
}

static void put_grey_boxes(struct flame *flame)
{
	char name[LL_UNIT_TEXT + 16];

	for (size_t i = 0; i < flame->chart->count; i++) {
		const struct ll_flame_place *const place = &flame->layout.places[i];
		const struct ll_flame_box rest = {.value = llround(place->rest),
		                                  .older = llround(place->older)};

		if (!ll_flame_has_grey(&flame->layout, i))
			continue;
		name_rest(place, name);
		put_path(flame, place->cursor, place->level + 1, place->rest);
		put_title(flame, ll_str(name), &rest);
		ll_svg_close(&flame->picture.svg);
	}
}

static void open_sort(struct flame *flame, enum sort sort)
{
	struct ll_svg *const svg = &flame->picture.svg;

	ll_svg_open_group(svg, sorts[sort].class_name, sorts[sort].color);
	if (sorts[sort].edge)
		ll_svg_attr(svg, "stroke", sorts[sort].edge);
	if (sorts[sort].is_dashed)
		ll_svg_attr(svg, "stroke-dasharray", "2 2");
}

static void find_sorts(struct flame *flame)
{
	for (size_t i = 0; i < flame->chart->count; i++) {
		if (flame->layout.places[i].is_drawn)
			flame->has_sort[sort_of(flame, &flame->chart->boxes[i])] = true;
		if (ll_flame_has_grey(&flame->layout, i))
			flame->has_sort[SORT_REST] = true;
	}
}

static void put_all_boxes(struct flame *flame)
{
	struct ll_svg *const svg = &flame->picture.svg;

	ll_svg_open(svg, "g");
	ll_svg_attr(svg, "class", "flame-boxes");
	ll_svg_attr(svg, "stroke", LL_COLOR_SURFACE);
	ll_svg_attr(svg, "stroke-width", ".5");
	for (int sort = 0; sort < FLAME_SORTS; sort++) {
		if (!flame->has_sort[sort])
			continue;
		open_sort(flame, (enum sort)sort);
		if (sort == SORT_REST)
			put_grey_boxes(flame);
		else
			put_boxes_of(flame, (enum sort)sort);
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

/* ----------------------------------------------------------------------- letters */

enum hand {
	HAND_PLAIN,
	HAND_BOLD,
	HAND_ITALIC,
	HANDS,
};

static enum hand hand_of(const struct ll_flame_box *box)
{
	if (box->kind == LL_FLAME_OWN)
		return HAND_BOLD;
	return box->kind == LL_FLAME_STANDARD || box->kind == LL_FLAME_RUNTIME ? HAND_ITALIC
	                                                                       : HAND_PLAIN;
}

/* What a box says: in a difference its sign first. */
static void put_label(struct flame *flame, enum hand hand, struct ll_str label, double left,
                      size_t level, double width)
{
	/* Bold letters are a tenth wider. */
	const double size = hand == HAND_BOLD ? LL_FONT_SIZE * 1.1 : LL_FONT_SIZE;
	struct ll_svg *const svg = &flame->picture.svg;
	struct ll_buf cut;

	if (width < FLAME_ROOM)
		return;
	ll_buf_init(&cut, LL_BUF_MESSAGE);
	(void)ll_text_fit(ll_str_first(label, 2048), size, width - 6, &cut);
	ll_svg_open_text(svg, left + 3, top_of(level) + 13, NULL);
	ll_svg_text(svg, ll_buf_str(&cut));
	ll_svg_close(svg);
	ll_buf_done(&cut);
}

static const char *sign_of(const struct flame *flame, const struct ll_flame_box *box)
{
	const enum sort sort = sort_of(flame, box);

	if (!flame->chart->is_difference || sort == SORT_SAME)
		return "";
	return sort < SORT_SHRANK ? "+ " : "\xe2\x88\x92 ";
}

static void put_labels_of(struct flame *flame, enum hand hand)
{
	for (size_t i = 0; i < flame->chart->count; i++) {
		const struct ll_flame_box *const box = &flame->chart->boxes[i];
		const struct ll_flame_place *const place = &flame->layout.places[i];
		struct ll_buf label;

		if (!place->is_drawn || hand_of(box) != hand)
			continue;
		ll_buf_init(&label, LL_BUF_MESSAGE);
		ll_buf_puts(&label, sign_of(flame, box));
		ll_buf_put_str(&label, ll_str_first(box->label, 2048));
		put_label(flame, hand, ll_buf_str(&label), place->left * flame->scale, place->level,
		          value_of(flame, i) * flame->scale);
		ll_buf_done(&label);
	}
}

static void put_grey_labels(struct flame *flame)
{
	char name[LL_UNIT_TEXT + 16];

	for (size_t i = 0; i < flame->chart->count; i++) {
		const struct ll_flame_place *const place = &flame->layout.places[i];

		if (!ll_flame_has_grey(&flame->layout, i))
			continue;
		name_rest(place, name);
		put_label(flame, HAND_PLAIN, ll_str(name), place->cursor * flame->scale,
		          place->level + 1, place->rest * flame->scale);
	}
}

static void put_all_labels(struct flame *flame)
{
	static const char *const attributes[HANDS][2] = {
		[HAND_BOLD] = {"font-weight", "bold"},
		[HAND_ITALIC] = {"font-style", "italic"},
	};
	struct ll_svg *const svg = &flame->picture.svg;

	ll_svg_open(svg, "g");
	ll_svg_attr(svg, "class", "flame-texts");
	ll_svg_attr(svg, "pointer-events", "none"); /* the boxes' titles are behind them */
	for (int hand = 0; hand < HANDS; hand++) {
		ll_svg_open(svg, "g");
		if (attributes[hand][0])
			ll_svg_attr(svg, attributes[hand][0], attributes[hand][1]);
		put_labels_of(flame, (enum hand)hand);
		if (hand == HAND_PLAIN)
			put_grey_labels(flame);
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

/* ------------------------------------------------------------------------ legend */

/* A sort that comes in three tones is told with all of them when one is there. */
static bool is_told(const struct flame *flame, int sort)
{
	const bool has_tones = sort < SORT_STANDARD || (sort >= SORT_GREW && sort < SORT_SAME);
	const bool *const has = &flame->has_sort[sort - (has_tones ? sort % FLAME_TONES : 0)];

	if (!sorts[sort].legend)
		return false;
	return has[0] || (has_tones && (has[1] || has[2]));
}

/* Draws the legend, or only measures it. Returns the rows that it takes. */
static int put_legend(struct flame *flame, double top, bool is_drawn)
{
	struct ll_svg *const svg = &flame->picture.svg;
	double x = 0;
	int row = 0;

	for (int sort = 0; sort < FLAME_SORTS; sort++) {
		const struct ll_str text = ll_str(sorts[sort].legend);
		const double width = 22 + ll_text_width(text, LL_FONT_SIZE) + 14;

		if (!is_told(flame, sort))
			continue;
		if (x > 0 && x + width > flame->picture.width) {
			x = 0;
			row++;
		}
		if (is_drawn) {
			open_sort(flame, (enum sort)sort);
			ll_svg_open_rect(svg, x + 1, top + row * FLAME_ROW, 15, 12);
			ll_svg_close(svg);
			ll_svg_close(svg);
			ll_svg_open_text(svg, x + 22, top + row * FLAME_ROW + 10, NULL);
			ll_svg_text(svg, text);
			ll_svg_close(svg);
		}
		x += width;
	}
	return row + 1;
}

/* What was left out, in a sentence; then the caller's. */
static void put_note_text(const struct flame *flame, struct ll_buf *note)
{
	const double share = flame->layout.least * 100 / value_of(flame, 0);
	char folded[LL_UNIT_TEXT], least[LL_UNIT_TEXT];

	if (flame->layout.drawn.folded > 0) {
		ll_buf_printf(note, "%s frames below %s %%",
		              ll_format_count((int64_t)flame->layout.drawn.folded, folded),
		              ll_format_real(share, share < 0.995 ? 2 : 1, least));
		if (flame->layout.drawn.levels > LL_FLAME_LEVELS)
			ll_buf_printf(note, " or below level %d", LL_FLAME_LEVELS);
		ll_buf_puts(note, " are counted and not drawn. ");
	}
	ll_buf_put_str(note, flame->chart->note);
}

/* Draws the notes, or only measures them. Returns the lines that they take. */
static int put_notes(struct flame *flame, double top, bool is_drawn)
{
	struct ll_svg *const svg = &flame->picture.svg;
	struct ll_buf note;
	struct ll_str rest;
	int lines = 0;

	ll_buf_init(&note, LL_BUF_MESSAGE);
	put_note_text(flame, &note);
	rest = ll_str_trim(ll_buf_str(&note));
	while (rest.size > 0) {
		const struct ll_str line = ll_text_line(&rest, LL_FONT_SIZE, flame->picture.width);

		if (is_drawn) {
			ll_svg_open_text(svg, 0, top + lines * LL_ROW + 10, NULL);
			ll_svg_text(svg, line);
			ll_svg_close(svg);
		}
		lines++;
	}
	ll_buf_done(&note);
	return lines;
}

static void put_foot(struct flame *flame, double top)
{
	struct ll_svg *const svg = &flame->picture.svg;
	int rows;

	ll_svg_open(svg, "g");
	ll_svg_attr(svg, "class", "flame-foot");
	ll_svg_attr(svg, "stroke-width", "1");
	rows = put_legend(flame, top, true);
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	(void)put_notes(flame, top + rows * FLAME_ROW, true);
	ll_svg_close(svg);
	ll_svg_close(svg);
}

/* ------------------------------------------------------------------------ public */

static int draw(struct flame *flame, struct ll_buf *out, struct ll_error *err)
{
	const double top = top_of(flame->layout.drawn.levels) + 10;

	find_sorts(flame);
	flame->picture.height = top + put_legend(flame, 0, false) * FLAME_ROW +
	                        put_notes(flame, 0, false) * LL_ROW + 2;
	ll_picture_open(&flame->picture, "chart-flame", ll_str("A flame graph."));
	if (flame->chart->markup.size > 0)
		ll_svg_markup(&flame->picture.svg, flame->chart->markup);
	put_all_boxes(flame);
	put_all_labels(flame);
	put_foot(flame, top);
	return ll_picture_close(&flame->picture, out, err);
}

int ll_chart_flame(const struct ll_flame_chart *flame, struct ll_buf *out,
                   struct ll_flame_drawn *ret_drawn, struct ll_error *err)
{
	static const struct ll_picture_size size = {1200, 60, 340, 60};
	struct flame drawing LL_CLEANUP(flame_done) = {.chart = flame};
	int rc;

	ll_picture_init(&drawing.picture, &flame->chart, &size);
	if (flame->count == 0 || flame->boxes[0].value <= 0) {
		rc = ll_picture_absence(&drawing.picture, "chart-flame", ll_str("A flame graph."),
		                        out, err);
	} else {
		drawing.scale = drawing.picture.width / value_of(&drawing, 0);
		ll_flame_layout_init(&drawing.layout, flame);
		rc = draw(&drawing, out, err);
	}
	if (rc == LL_OK && ret_drawn)
		*ret_drawn = drawing.layout.drawn;
	return rc;
}
