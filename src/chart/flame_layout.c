/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flame_layout.c - see flame_layout.h.
 *
 * A caller is never smaller than what it calls, so "at least that large" always keeps whole paths
 * from the top, and one threshold is enough to meet a ceiling of boxes.
 */
#include "flame_layout.h"

#include <math.h>

/* The share of the whole that can still be seen. */
#define NARROWEST 0.001

enum {
	SEARCH_STEPS = 24,
};

/* From which value on boxes are drawn, and how many of those that are a little smaller. */
struct threshold {
	double least, nearly;
	size_t more;
};

static bool can_draw(const struct ll_flame_layout *layout, size_t box, struct threshold *threshold)
{
	const struct ll_flame_box *const of = &layout->chart->boxes[box];
	const struct ll_flame_place *const parent = &layout->places[of->parent];
	const double value = ll_flame_value(of);

	if (!parent->is_drawn || parent->level + 1 >= LL_FLAME_LEVELS)
		return false;
	if (value >= threshold->least)
		return true;
	if (value < threshold->nearly || threshold->more == 0)
		return false;
	threshold->more--;
	return true;
}

static void put_box(struct ll_flame_layout *layout, size_t box, struct threshold *threshold)
{
	struct ll_flame_place *const place = &layout->places[box];
	struct ll_flame_place *const parent = &layout->places[layout->chart->boxes[box].parent];
	const double value = ll_flame_value(&layout->chart->boxes[box]);

	*place = (struct ll_flame_place){.level = parent->level + 1, .anchor = parent->anchor};
	if (can_draw(layout, box, threshold)) {
		place->is_drawn = true;
		place->anchor = box;
		place->left = place->cursor = parent->cursor;
		parent->cursor += value;
	} else if (value > 0) {
		layout->places[place->anchor].folded++;
		if (parent->is_drawn)
			parent->rest += value;
	}
	if (!place->is_drawn && parent->is_drawn && layout->chart->boxes[box].older > 0)
		parent->older += (double)layout->chart->boxes[box].older;
}

bool ll_flame_has_grey(const struct ll_flame_layout *layout, size_t box)
{
	const struct ll_flame_place *const place = &layout->places[box];

	return place->is_drawn && place->rest > 0 &&
	       place->rest >= NARROWEST * ll_flame_value(&layout->chart->boxes[0]);
}

/* Lays out what is large enough, and counts. */
static void lay(struct ll_flame_layout *layout, struct threshold threshold)
{
	const size_t count = layout->chart->count;
	struct ll_flame_drawn drawn = {.boxes = 0};

	layout->places[0] = (struct ll_flame_place){.is_drawn = true};
	for (size_t i = 1; i < count; i++)
		put_box(layout, i, &threshold);
	for (size_t i = 0; i < count; i++) {
		const struct ll_flame_place *const place = &layout->places[i];
		const size_t grey = ll_flame_has_grey(layout, i) ? 1 : 0;

		drawn.boxes += (place->is_drawn ? 1 : 0) + grey;
		drawn.folded += place->folded;
		if (place->is_drawn && place->level + 1 + grey > drawn.levels)
			drawn.levels = place->level + 1 + grey;
	}
	layout->drawn = drawn;
	layout->least = threshold.least;
}

void ll_flame_layout_init(struct ll_flame_layout *layout, const struct ll_flame_chart *chart)
{
	const size_t most = chart->most_boxes > 0 ? chart->most_boxes : LL_FLAME_BOXES;
	double high = ll_flame_value(&chart->boxes[0]), low = high * NARROWEST;

	*layout = (struct ll_flame_layout){
		.chart = chart,
		.places = ll_calloc(chart->count, sizeof *layout->places),
	};
	lay(layout, (struct threshold){.least = low});
	if (layout->drawn.boxes <= most)
		return;
	for (int i = 0; i < SEARCH_STEPS; i++) {
		const double middle = sqrt(low * high);

		lay(layout, (struct threshold){.least = middle});
		if (layout->drawn.boxes > most)
			low = middle;
		else
			high = middle;
	}
	lay(layout, (struct threshold){.least = high});
	/* Many boxes may be of one size: some of them are better than none. Each may bring a grey
	 * one with it. */
	if (layout->drawn.boxes < most)
		lay(layout, (struct threshold){high, low, (most - layout->drawn.boxes) / 2});
}

void ll_flame_layout_done(struct ll_flame_layout *layout)
{
	free(layout->places);
}
