/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats_inversions.c - counting pairs that stand in the wrong order, by merge sort.
 *
 * Merging two sorted runs, an item of the right run that goes before the item at the head of the
 * left run goes before all that are left of that run: so many inversions at once.
 *
 *     left   2 5 7 9        right   1 5 6
 *              ^                      ^     6 before 7, 9: two inversions; 5 before 5: none
 *
 * Both Kendall's S (Knight 1966, "A computer method for calculating Kendall's tau with ungrouped
 * data") and the selection of slopes (stats_slope.c) are made of this count.
 */
#include "stats.h"

enum {
	RUN = 12, /* shorter runs are sorted by insertion; measured, 8 to 16 make no difference */
};

static int64_t sort_run(struct ll_key *keys, size_t count, const struct ll_inversion_sink *sink)
{
	int64_t inversions = 0;

	for (size_t i = 1; i < count; i++) {
		const struct ll_key key = keys[i];
		size_t at = i;

		for (; at > 0 && ll_key_is_less(&key, &keys[at - 1]); at--) {
			if (sink)
				sink->take(sink->self, keys[at - 1].point, key.point);
			keys[at] = keys[at - 1];
		}
		keys[at] = key;
		inversions += (int64_t)(i - at);
	}
	return inversions;
}

static void tell_rest(const struct ll_inversion_sink *sink, const struct ll_key *left,
                      const struct ll_key *left_end, const struct ll_key *right)
{
	for (; left < left_end; left++)
		sink->take(sink->self, left->point, right->point);
}

/* Merges from[0..middle) and from[middle..count) to `to`. */
static int64_t merge(const struct ll_key *from, size_t middle, size_t count, struct ll_key *to,
                     const struct ll_inversion_sink *sink)
{
	const struct ll_key *left = from, *right = from + middle;
	const struct ll_key *const left_end = right, *const right_end = from + count;
	int64_t inversions = 0;

	while (left < left_end && right < right_end) {
		if (!ll_key_is_less(right, left)) {
			*to++ = *left++;
			continue;
		}
		if (sink)
			tell_rest(sink, left, left_end, right);
		inversions += left_end - left;
		*to++ = *right++;
	}
	if (left < left_end)
		memcpy(to, left, (size_t)(left_end - left) * sizeof *to);
	else if (right < right_end)
		memcpy(to, right, (size_t)(right_end - right) * sizeof *to);
	return inversions;
}

int64_t ll_stats_inversions(struct ll_key *keys, struct ll_key *scratch, size_t count,
                            const struct ll_inversion_sink *sink)
{
	struct ll_key *from = keys, *to = scratch;
	int64_t inversions = 0;

	for (size_t at = 0; at < count; at += RUN)
		inversions += sort_run(keys + at, count - at < RUN ? count - at : RUN, sink);
	for (size_t width = RUN; width < count; width *= 2) {
		struct ll_key *const merged = to;

		for (size_t at = 0; at < count; at += 2 * width) {
			const size_t rest = count - at;
			const size_t size = rest < 2 * width ? rest : 2 * width;

			inversions +=
				merge(from + at, rest < width ? rest : width, size, to + at, sink);
		}
		to = from;
		from = merged;
	}
	if (from != keys)
		memcpy(keys, from, count * sizeof *keys);
	return inversions;
}
