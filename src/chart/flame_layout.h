/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flame_layout.h - where the boxes of a flame graph lie, and which of them are only counted.
 *
 *     |  whole                          |   level 0
 *     |  a                 | b     |    |   level 1: what no child has is the caller's own
 *     |  c       | grey |               |   level 2: grey is all that is too small below "a"
 */
#ifndef LL_CHART_FLAME_LAYOUT_H
#define LL_CHART_FLAME_LAYOUT_H

#include <leakledger/chart.h>

struct ll_flame_place {
	double left;   /* in values */
	double cursor; /* where the next box below it begins; at last its grey one */
	double rest;   /* value of what is folded right below it */
	double older;  /* the same of the older values */
	size_t folded; /* frames in that, and below them */
	size_t anchor; /* itself, or the drawn box that it is folded below */
	size_t level;
	bool is_drawn;
};

struct ll_flame_layout {
	const struct ll_flame_chart *chart;
	struct ll_flame_place *places; /* one for each box */
	double least;                  /* value of the smallest drawn box */
	struct ll_flame_drawn drawn;
};

/** Lays out a chart whose whole is more than 0. */
void ll_flame_layout_init(struct ll_flame_layout *layout, const struct ll_flame_chart *chart);
void ll_flame_layout_done(struct ll_flame_layout *layout);
/** Is there a grey box below that one? It begins at its cursor and is as wide as its rest. */
bool ll_flame_has_grey(const struct ll_flame_layout *layout, size_t box);

/** A box's value as the layout takes it: never negative. */
static inline double ll_flame_value(const struct ll_flame_box *box)
{
	return box->value > 0 ? (double)box->value : 0;
}

#endif
