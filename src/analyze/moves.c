/* SPDX-License-Identifier: Apache-2.0 */
/*
 * moves.c - the rules by which a place of a function is known again in another build.
 *
 * Two places are alike when they have a size of objects (or a wait reason) and a calling function
 * in common; akin when only the caller is.
 *
 *   M1  Unchanged. When all lines of one build are lines of the other, each place is the one on
 *       its line: nothing shows that the function was touched.
 *   M2  Moved as a whole. Else, when one distance and no other carries every place of the build
 *       with fewer places onto a place of the other that is alike, those are the same. Akin is
 *       enough where another function of the file moved by that distance: a field that makes an
 *       object larger also moves the lines below it.
 *   M3  Edited inside. Else a place on an unchanged line that is alike is the same, and between
 *       such places the others are aligned in their order: as many alike pairs as can be. A pair
 *       counts only when every such alignment has it. What is left and stayed on its line is the
 *       same when it is akin.
 *   M4  What could be one of several is none of them, and is said to be in doubt.
 *
 * Where captures name a place in one build only, it is new; that it was there before and not seen
 * cannot be told. Callers leave out places with too few samples for that (scope_moves.c).
 */
#include <leakledger/moves.h>

struct matching {
	struct ll_spots older, newer;
	const int64_t *distances;
	size_t distance_count;
	struct ll_partner *partners;
	size_t owner[LL_MOVES_MOST]; /* of each older spot: its newer partner, or SIZE_MAX */
};

/* ----------------------------------------------------------------------- likeness */

static bool share_mark(const struct ll_spot *a, const struct ll_spot *b)
{
	size_t i = 0, k = 0;

	while (i < a->mark_count && k < b->mark_count) {
		if (a->marks[i] == b->marks[k])
			return true;
		if (a->marks[i] < b->marks[k])
			i++;
		else
			k++;
	}
	return false;
}

/* A function that nobody of the program's own calls has callers in common with another such. */
static bool are_akin(const struct ll_spot *a, const struct ll_spot *b)
{
	size_t i = 0, k = 0;

	if (a->caller_count == 0 && b->caller_count == 0)
		return true;
	while (i < a->caller_count && k < b->caller_count) {
		if (a->callers[i] == b->callers[k])
			return true;
		if (a->callers[i] < b->callers[k])
			i++;
		else
			k++;
	}
	return false;
}

static bool are_alike(const struct ll_spot *a, const struct ll_spot *b)
{
	return are_akin(a, b) && share_mark(a, b);
}

/* ------------------------------------------------------------------------- pairing */

static void pair(struct matching *matching, size_t older, size_t newer)
{
	matching->partners[newer] = (struct ll_partner){.move = LL_MOVE_SAME, .older = older};
	matching->owner[older] = newer;
}

static size_t find_line(struct ll_spots spots, int64_t line)
{
	for (size_t i = 0; i < spots.count; i++) {
		if (spots.items[i].line == line)
			return i;
	}
	return SIZE_MAX;
}

/* A spot of the older build on that line that has no partner yet: two closures may share a line. */
static size_t find_free(const struct matching *matching, int64_t line)
{
	for (size_t i = 0; i < matching->older.count; i++) {
		if (matching->older.items[i].line == line && matching->owner[i] == SIZE_MAX)
			return i;
	}
	return SIZE_MAX;
}

static bool has_lines_of(struct ll_spots spots, struct ll_spots lines)
{
	for (size_t i = 0; i < lines.count; i++) {
		if (find_line(spots, lines.items[i].line) == SIZE_MAX)
			return false;
	}
	return true;
}

/* Pairs what is `distance` further down. */
static void pair_lines(struct matching *matching, int64_t distance)
{
	for (size_t k = 0; k < matching->newer.count; k++) {
		const size_t i = find_free(matching, matching->newer.items[k].line - distance);

		if (i != SIZE_MAX)
			pair(matching, i, k);
	}
}

/* --------------------------------------------------------------- M2: as a whole */

static bool is_distance_of_file(const struct matching *matching, int64_t distance)
{
	for (size_t i = 0; i < matching->distance_count; i++) {
		if (matching->distances[i] == distance)
			return true;
	}
	return false;
}

/* Does the distance carry every spot of the smaller side onto one of the other that fits? */
static bool carries_all(const struct matching *matching, int64_t distance, bool from_older)
{
	const struct ll_spots from = from_older ? matching->older : matching->newer;
	const struct ll_spots to = from_older ? matching->newer : matching->older;
	const int64_t by = from_older ? distance : -distance;
	const bool akin_is_enough = is_distance_of_file(matching, distance);

	for (size_t i = 0; i < from.count; i++) {
		const size_t at = find_line(to, from.items[i].line + by);

		if (at == SIZE_MAX ||
		    !(akin_is_enough ? are_akin : are_alike)(&from.items[i], &to.items[at]))
			return false;
	}
	return true;
}

/* Returns whether exactly one distance does; several are told apart by that of the file. */
static bool find_distance(const struct matching *matching, int64_t *ret_distance)
{
	const bool from_older = matching->older.count <= matching->newer.count;
	const struct ll_spots to = from_older ? matching->newer : matching->older;
	const int64_t first = (from_older ? matching->older : matching->newer).items[0].line;
	size_t found = 0, of_file = 0;

	for (size_t i = 0; i < to.count; i++) {
		const int64_t gap = to.items[i].line - first;
		const int64_t distance = from_older ? gap : -gap;

		if (distance == 0 || !carries_all(matching, distance, from_older))
			continue;
		if (is_distance_of_file(matching, distance)) {
			if (of_file++ == 0)
				*ret_distance = distance;
		} else if (found++ == 0 && of_file == 0) {
			*ret_distance = distance;
		}
	}
	return of_file == 1 || (of_file == 0 && found == 1);
}

static bool move_as_a_whole(struct matching *matching)
{
	int64_t distance = 0;

	if (!find_distance(matching, &distance))
		return false;
	pair_lines(matching, distance);
	return true;
}

/* ------------------------------------------------------------ M3: edited inside */

/* A stretch between two places that are known again. */
struct stretch {
	size_t older_from, older_to, newer_from, newer_to;
};

/*
 * The length of the longest alignment in order of alike pairs; the pair (skip_older, skip_newer)
 * is left out, SIZE_MAX for none.
 */
static size_t longest(const struct matching *matching, const struct stretch *stretch,
                      size_t skip_older, size_t skip_newer)
{
	size_t lengths[LL_MOVES_MOST + 1] = {0};

	for (size_t i = stretch->older_from; i < stretch->older_to; i++) {
		size_t before = 0; /* the length for i - 1 and k - 1 */

		for (size_t k = stretch->newer_from; k < stretch->newer_to; k++) {
			size_t *const length = &lengths[k - stretch->newer_from + 1];
			const size_t above = *length;

			if (length[-1] > *length)
				*length = length[-1];
			if (before + 1 > *length && !(i == skip_older && k == skip_newer) &&
			    are_alike(&matching->older.items[i], &matching->newer.items[k]))
				*length = before + 1;
			before = above;
		}
	}
	return lengths[stretch->newer_to - stretch->newer_from];
}

static void align(struct matching *matching, const struct stretch *stretch)
{
	const size_t most = longest(matching, stretch, SIZE_MAX, SIZE_MAX);

	for (size_t k = stretch->newer_from; most > 0 && k < stretch->newer_to; k++) {
		for (size_t i = stretch->older_from; i < stretch->older_to; i++) {
			if (are_alike(&matching->older.items[i], &matching->newer.items[k]) &&
			    longest(matching, stretch, i, k) < most)
				pair(matching, i, k);
		}
	}
	/* M4: what is alike to something that is still free. */
	for (size_t k = stretch->newer_from; k < stretch->newer_to; k++) {
		for (size_t i = stretch->older_from; i < stretch->older_to; i++) {
			if (matching->partners[k].move == LL_MOVE_NEW &&
			    matching->owner[i] == SIZE_MAX &&
			    are_alike(&matching->older.items[i], &matching->newer.items[k]))
				matching->partners[k].move = LL_MOVE_DOUBTFUL;
		}
	}
}

static void align_between(struct matching *matching)
{
	struct stretch stretch = {0, 0, 0, 0};

	for (size_t k = 0; k <= matching->newer.count; k++) {
		const size_t i = k < matching->newer.count
		                         ? find_line(matching->older, matching->newer.items[k].line)
		                         : matching->older.count;

		if (k < matching->newer.count &&
		    (i == SIZE_MAX || i < stretch.older_from ||
		     !are_alike(&matching->older.items[i], &matching->newer.items[k])))
			continue;
		stretch.older_to = i;
		stretch.newer_to = k;
		align(matching, &stretch);
		if (k < matching->newer.count)
			pair(matching, i, k);
		stretch.older_from = i + 1;
		stretch.newer_from = k + 1;
	}
}

/* What stayed on its line and changed only in what it makes: an object that got larger. */
static void pair_akin_lines(struct matching *matching)
{
	for (size_t k = 0; k < matching->newer.count; k++) {
		const size_t i = find_free(matching, matching->newer.items[k].line);

		if (matching->partners[k].move == LL_MOVE_NEW && i != SIZE_MAX &&
		    are_akin(&matching->older.items[i], &matching->newer.items[k]))
			pair(matching, i, k);
	}
}

/* Too many places to align: what stayed on its line. */
static void pair_by_line(struct ll_spots older, struct ll_spots newer, struct ll_partner *partners)
{
	for (size_t k = 0; k < newer.count; k++) {
		const size_t i = find_line(older, newer.items[k].line);

		if (i != SIZE_MAX && find_line(newer, newer.items[k].line) == k)
			partners[k] = (struct ll_partner){.move = LL_MOVE_SAME, .older = i};
	}
}

void ll_moves_find(struct ll_spots older, struct ll_spots newer, const int64_t *distances,
                   size_t distance_count, struct ll_partner *ret_partners)
{
	struct matching matching = {
		.older = older,
		.newer = newer,
		.distances = distances,
		.distance_count = distance_count,
		.partners = ret_partners,
	};

	for (size_t k = 0; k < newer.count; k++)
		ret_partners[k] = (struct ll_partner){.move = LL_MOVE_NEW, .older = SIZE_MAX};
	if (older.count == 0 || newer.count == 0)
		return;
	for (size_t i = 0; i < LL_MOVES_MOST; i++)
		matching.owner[i] = SIZE_MAX;
	if (older.count > LL_MOVES_MOST || newer.count > LL_MOVES_MOST) {
		pair_by_line(older, newer, ret_partners);
		return;
	}
	if (has_lines_of(older, newer) || has_lines_of(newer, older)) {
		pair_lines(&matching, 0);
		return;
	}
	if (move_as_a_whole(&matching))
		return;
	align_between(&matching);
	pair_akin_lines(&matching);
}
