/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.h - where labels go so that none lies on another.
 *
 * Two problems: labels beside a chart want to be at given heights (slots are spread), and labels
 * above it want to be at given places along a line (intervals are put into lanes).
 */
#ifndef LL_CHART_LAYOUT_H
#define LL_CHART_LAYOUT_H

#include <leakledger/vec.h>

/** Something of a size that wants its middle at a place; `at` is the middle it gets. */
struct ll_slot {
	double wanted;
	double size;
	double at;
};

/**
 * Moves slots apart as little as possible, keeping the order of what they want (equal wishes: the
 * order in the array), all between low and high. Returns false when they do not fit there; then
 * `at` is packed from `low` on.
 */
bool ll_layout_spread(struct ll_slot *slots, size_t count, double low, double high);

enum {
	LL_LANES = 3,
};

/**
 * A flag: a symbol and a text in a lane, on a stem that comes down through the lanes below.
 *
 *     lane 1      o text          from = left end of the symbol, to = right end of the text
 *     lane 0      | o text        (or the text is to the left of the symbol)
 *     ------------+-+-------
 */
struct ll_flag {
	double from, to;
	double text_from, text_to;
	double stem;
};

/** Flags in lanes; lane 0 is the lowest. */
struct ll_lanes {
	struct ll_vec taken[LL_LANES]; /* of struct ll_flag */
};

/** True when no flag of the lane touches from ... to. */
bool ll_lanes_is_free(const struct ll_lanes *lanes, int lane, double from, double to);
/**
 * Puts a flag into the lowest lane where it touches no other flag and where no stem, neither its
 * own nor that of a flag above, runs through a text. Returns -1 when there is no such lane.
 */
int ll_lanes_take(struct ll_lanes *lanes, const struct ll_flag *flag);
void ll_lanes_done(struct ll_lanes *lanes);

#endif
