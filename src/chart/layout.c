/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.c - see layout.h.
 *
 * Spreading: slots in order of their wish are put down one by one, each as a group of its own at
 * its wish. While a group overlaps the one before it, the two become one group, which lies at the
 * mean of its members' wishes (that moves them least in the sense of squares). This is the "pool
 * adjacent violators" algorithm; n is the number of labels, so n * n is nothing.
 */
#include "layout.h"

#include <math.h>

struct group {
	size_t count; /* members, neighbours in the order */
	double sum;   /* of the starts its members' wishes would give the group */
	double size;
	double from;
};

static void place_group(struct group *group, double low, double high)
{
	const double wish = group->sum / (double)group->count;

	group->from = fmax(low, fmin(high - group->size, wish));
}

/* The second group's members lie behind the first's, so their wishes are for an earlier start. */
static void join_groups(struct group *first, const struct group *second, double low, double high)
{
	first->sum += second->sum - (double)second->count * first->size;
	first->count += second->count;
	first->size += second->size;
	place_group(first, low, high);
}

/* Indexes in order of the wishes; insertion keeps equals as they are. */
static size_t *order_of(const struct ll_slot *slots, size_t count)
{
	size_t *const order = ll_calloc(count + 1, sizeof *order);

	for (size_t i = 0; i < count; i++) {
		size_t at = i;

		for (; at > 0 && slots[order[at - 1]].wanted > slots[i].wanted; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return order;
}

static void read_groups(struct ll_slot *slots, const size_t *order, const struct group *groups,
                        size_t group_count)
{
	size_t next = 0;

	for (size_t i = 0; i < group_count; i++) {
		double at = groups[i].from;

		for (size_t k = 0; k < groups[i].count; k++) {
			struct ll_slot *const slot = &slots[order[next++]];

			slot->at = at + slot->size / 2;
			at += slot->size;
		}
	}
}

bool ll_layout_spread(struct ll_slot *slots, size_t count, double low, double high)
{
	size_t *order LL_CLEANUP(ll_freep) = order_of(slots, count);
	struct group *groups LL_CLEANUP(ll_freep) = ll_calloc(count + 1, sizeof *groups);
	double size = 0;
	size_t used = 0;
	bool do_fit;

	for (size_t i = 0; i < count; i++)
		size += slots[i].size;
	do_fit = size <= high - low;
	if (!do_fit)
		high = low + size;
	for (size_t i = 0; i < count; i++) {
		const struct ll_slot *const slot = &slots[order[i]];

		groups[used] = (struct group){
			.count = 1, .sum = slot->wanted - slot->size / 2, .size = slot->size};
		place_group(&groups[used++], low, high);
		for (; used > 1 &&
		       groups[used - 2].from + groups[used - 2].size > groups[used - 1].from;
		     used--)
			join_groups(&groups[used - 2], &groups[used - 1], low, high);
	}
	read_groups(slots, order, groups, used);
	return do_fit;
}

bool ll_lanes_is_free(const struct ll_lanes *lanes, int lane, double from, double to)
{
	const struct ll_flag *const taken = lanes->taken[lane].items;

	for (size_t i = 0; i < lanes->taken[lane].count; i++) {
		if (from < taken[i].to && taken[i].from < to)
			return false;
	}
	return true;
}

static bool is_through(const struct ll_flag *flag, double stem)
{
	return stem > flag->text_from - 1 && stem < flag->text_to + 1;
}

/* Do stems and texts keep apart when the flag is in that lane? A stem may pass a symbol. */
static bool is_clear_of_stems(const struct ll_lanes *lanes, int lane, const struct ll_flag *flag)
{
	for (int other = 0; other < LL_LANES; other++) {
		const struct ll_flag *const taken = lanes->taken[other].items;

		for (size_t i = 0; i < lanes->taken[other].count; i++) {
			if (other > lane && is_through(flag, taken[i].stem))
				return false;
			if (other < lane && is_through(&taken[i], flag->stem))
				return false;
		}
	}
	return true;
}

int ll_lanes_take(struct ll_lanes *lanes, const struct ll_flag *flag)
{
	for (int lane = 0; lane < LL_LANES; lane++) {
		if (ll_lanes_is_free(lanes, lane, flag->from, flag->to) &&
		    is_clear_of_stems(lanes, lane, flag)) {
			struct ll_flag *const mine = ll_vec_push(&lanes->taken[lane], sizeof *mine);

			*mine = *flag;
			return lane;
		}
	}
	return -1;
}

void ll_lanes_done(struct ll_lanes *lanes)
{
	for (size_t i = 0; i < LL_LANES; i++)
		ll_vec_done(&lanes->taken[i]);
}
