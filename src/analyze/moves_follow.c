/* SPDX-License-Identifier: Apache-2.0 */
/*
 * moves_follow.c - places of functions followed through several builds.
 *
 * Words:
 *   epoch    what ran the same code: a build
 *   family   functions that may be one: <leakledger/capture.h>, ll_frame_family
 *   track    a place through the epochs
 *
 * Epochs are gone through in order. In each, the places of a family are compared with where its
 * tracks were last (moves.c has the rules), first by themselves, then knowing by how much other
 * functions of their files moved.
 *
 * A place seen in fewer than SOLID samples moves nowhere: one that makes as many objects is missed
 * by sampling in one build in twenty (e^-3), and its absence would look like a move.
 */
#include <leakledger/moves.h>

enum {
	SOLID = 3,
	DISTANCES_MOST = 64, /* of one file in one epoch */
	PLACES_MOST = 2000, /* of a family over all epochs: nobody writes more; lines alone count */
};

struct track {
	const struct ll_moving *last;  /* newest that is solid, else the newest */
	const struct ll_moving *named; /* newest of all */
	bool is_solid;
};

struct family {
	struct ll_moving *places; /* by epoch, line, function */
	size_t count, done;       /* done: places of epochs before */
	struct ll_vec tracks;     /* struct track */
};

struct distance {
	struct ll_str file; /* base name */
	int64_t lines;
};

struct following {
	struct ll_moving *places;
	size_t count;
	struct family *families; /* those that may have moved */
	size_t family_count;
	struct ll_vec distances; /* struct distance, of the epoch */
};

/* -------------------------------------------------------------------------- order */

static int compare_i64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_family(const void *a, const void *b)
{
	const struct ll_moving *const left = a;
	const struct ll_moving *const right = b;
	int order = ll_str_compare(left->family, right->family);

	if (order == 0)
		order = compare_i64(left->epoch, right->epoch);
	if (order == 0)
		order = compare_i64(left->line, right->line);
	if (order == 0)
		order = ll_str_compare(left->function, right->function);
	if (order == 0)
		order = ll_str_compare(left->file, right->file);
	return order != 0 ? order : compare_i64(left->id, right->id);
}

/* How many places from `from` on are of its family. */
static size_t family_size(const struct ll_moving *places, size_t count, size_t from)
{
	size_t to = from + 1;

	while (to < count && ll_str_equal(places[to].family, places[from].family))
		to++;
	return to - from;
}

/* Nothing of a family can have moved when each epoch that shows it shows the same sites. */
static bool is_moving(const struct ll_moving *places, size_t count)
{
	size_t in_first = 1;

	while (in_first < count && places[in_first].epoch == places->epoch)
		in_first++;
	if (count % in_first != 0)
		return true;
	for (size_t i = in_first; i < count; i++) {
		if (places[i].id != places[i % in_first].id ||
		    places[i].epoch != places[i - i % in_first].epoch)
			return true;
	}
	return false;
}

static int by_number(const void *a, const void *b)
{
	const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

static void sort_callers(struct ll_moving *place)
{
	uint64_t *const callers = place->callers.items;
	size_t count = 0;

	if (!callers)
		return;
	qsort(callers, place->callers.count, sizeof *callers, by_number);
	for (size_t i = 0; i < place->callers.count; i++) {
		if (count == 0 || callers[count - 1] != callers[i])
			callers[count++] = callers[i];
	}
	place->callers.count = count;
}

/* -------------------------------------------------------------------------- tracks */

static struct ll_str base_name(struct ll_str file)
{
	const size_t slash = ll_str_rindex(file, '/');

	return slash == SIZE_MAX ? file : ll_str_from(file, slash + 1);
}

static bool is_solid(const struct ll_moving *place)
{
	return place->samples >= SOLID;
}

static struct ll_spot spot_of(const struct ll_moving *place)
{
	return (struct ll_spot){
		.line = place->line,
		.marks = place->marks.items,
		.mark_count = place->marks.count,
		.callers = place->callers.items,
		.caller_count = place->callers.count,
	};
}

/* One family in one epoch: the newer spots, and the older ones with their tracks. */
struct meeting {
	struct ll_vec older, newer;      /* struct ll_spot */
	struct ll_vec tracks, newcomers; /* size_t: behind each spot */
	struct ll_vec partners;          /* struct ll_partner */
};

static void meeting_done(struct meeting *meeting)
{
	ll_vec_done(&meeting->older);
	ll_vec_done(&meeting->newer);
	ll_vec_done(&meeting->tracks);
	ll_vec_done(&meeting->newcomers);
	ll_vec_done(&meeting->partners);
}

/* Inserts in order of lines; equal lines in order of arrival. */
static void put_spot(struct ll_vec *spots, struct ll_vec *numbers, const struct ll_moving *place,
                     size_t number)
{
	struct ll_spot *items;
	size_t *behind;
	size_t at = spots->count;

	(void)ll_vec_push(spots, sizeof *items);
	(void)ll_vec_push(numbers, sizeof *behind);
	items = spots->items;
	behind = numbers->items;
	for (; at > 0 && items[at - 1].line > place->line; at--) {
		items[at] = items[at - 1];
		behind[at] = behind[at - 1];
	}
	items[at] = spot_of(place);
	behind[at] = number;
}

static size_t epoch_end(const struct family *family, int64_t epoch)
{
	size_t end = family->done;

	while (end < family->count && family->places[end].epoch == epoch)
		end++;
	return end;
}

static void meet(const struct family *family, size_t end, struct meeting *meeting)
{
	const struct track *const tracks = family->tracks.items;

	*meeting = (struct meeting){.older = LL_VEC_INIT};
	for (size_t i = 0; i < family->tracks.count; i++) {
		if (tracks[i].is_solid)
			put_spot(&meeting->older, &meeting->tracks, tracks[i].last, i);
	}
	for (size_t i = family->done; i < end; i++) {
		if (is_solid(&family->places[i]))
			put_spot(&meeting->newer, &meeting->newcomers, &family->places[i], i);
	}
	for (size_t i = 0; i < meeting->newer.count; i++)
		(void)ll_vec_push(&meeting->partners, sizeof(struct ll_partner));
}

static void find_partners(struct meeting *meeting, const int64_t *distances, size_t count)
{
	if (meeting->newer.count > 0)
		ll_moves_find((struct ll_spots){meeting->older.items, meeting->older.count},
		              (struct ll_spots){meeting->newer.items, meeting->newer.count},
		              distances, count, meeting->partners.items);
}

/* First pass: by how much the functions of each file moved. */
static void note_distances(struct following *following, const struct family *family, size_t end)
{
	const struct ll_partner *partners;
	const struct ll_spot *older, *newer;
	struct meeting meeting;

	meet(family, end, &meeting);
	find_partners(&meeting, NULL, 0);
	partners = meeting.partners.items;
	older = meeting.older.items;
	newer = meeting.newer.items;
	for (size_t i = 0; i < meeting.newer.count; i++) {
		const size_t at = ((const size_t *)meeting.newcomers.items)[i];

		if (partners[i].move == LL_MOVE_SAME &&
		    newer[i].line != older[partners[i].older].line)
			*(struct distance *)ll_vec_push(&following->distances,
			                                sizeof(struct distance)) =
				(struct distance){base_name(family->places[at].file),
			                          newer[i].line - older[partners[i].older].line};
	}
	meeting_done(&meeting);
}

static size_t distances_of(const struct following *following, struct ll_str file,
                           int64_t out[DISTANCES_MOST])
{
	const struct distance *const all = following->distances.items;
	size_t count = 0;

	for (size_t i = 0; i < following->distances.count && count < DISTANCES_MOST; i++) {
		if (ll_str_equal(all[i].file, base_name(file)))
			out[count++] = all[i].lines;
	}
	return count;
}

static void put_on(struct track *track, size_t number, struct ll_moving *place)
{
	place->track = number;
	track->named = place;
	if (is_solid(place) || !track->is_solid)
		track->last = place;
	track->is_solid |= is_solid(place);
}

static void new_track(struct family *family, struct ll_moving *place)
{
	struct track *const track = ll_vec_push(&family->tracks, sizeof *track);

	put_on(track, family->tracks.count - 1, place);
}

/* A track on the place's line that has no place in this epoch yet; SIZE_MAX: none. */
static size_t free_track(const struct family *family, const struct ll_moving *place, bool solid_too)
{
	const struct track *const tracks = family->tracks.items;

	for (size_t i = 0; i < family->tracks.count; i++) {
		if (tracks[i].named->epoch < place->epoch && tracks[i].last->line == place->line &&
		    (solid_too || !tracks[i].is_solid))
			return i;
	}
	return SIZE_MAX;
}

static void put_by_line(struct family *family, struct ll_moving *place, bool solid_too)
{
	const size_t number = free_track(family, place, solid_too);

	if (number == SIZE_MAX)
		new_track(family, place);
	else
		put_on((struct track *)family->tracks.items + number, number, place);
}

static void advance(struct following *following, struct family *family, size_t end)
{
	int64_t distances[DISTANCES_MOST];
	const struct ll_partner *partners;
	struct meeting meeting;

	meet(family, end, &meeting);
	find_partners(
		&meeting, distances,
		end > family->done
			? distances_of(following, family->places[family->done].file, distances)
			: 0);
	partners = meeting.partners.items;
	for (size_t i = 0; i < meeting.newer.count; i++) {
		struct ll_moving *const place =
			&family->places[((const size_t *)meeting.newcomers.items)[i]];

		if (partners[i].move == LL_MOVE_SAME) {
			const size_t number =
				((const size_t *)meeting.tracks.items)[partners[i].older];

			put_on((struct track *)family->tracks.items + number, number, place);
		} else if (partners[i].move == LL_MOVE_DOUBTFUL) {
			new_track(family, place);
			place->is_in_doubt = true;
		}
	}
	for (size_t i = family->done; i < end; i++) {
		struct ll_moving *const place = &family->places[i];

		if (place->track == SIZE_MAX)
			put_by_line(family, place, !is_solid(place));
	}
	meeting_done(&meeting);
	family->done = end;
}

static void walk_epochs(struct following *following)
{
	int64_t last = -1;

	for (size_t i = 0; i < following->count; i++) {
		if (following->places[i].epoch > last)
			last = following->places[i].epoch;
	}
	for (int64_t epoch = 0; following->family_count > 0 && epoch <= last; epoch++) {
		following->distances.count = 0;
		for (size_t i = 0; i < following->family_count; i++)
			note_distances(following, &following->families[i],
			               epoch_end(&following->families[i], epoch));
		for (size_t i = 0; i < following->family_count; i++)
			advance(following, &following->families[i],
			        epoch_end(&following->families[i], epoch));
	}
}

/* -------------------------------------------------------------------------- public */

void ll_moves_sort(struct ll_moving *places, size_t count)
{
	if (count > 0)
		qsort(places, count, sizeof *places, by_family);
	for (size_t i = 0, size; i < count; i += size) {
		bool moves;

		size = family_size(places, count, i);
		moves = size <= PLACES_MOST && is_moving(places + i, size);
		for (size_t k = i; k < i + size; k++)
			places[k].is_moving = moves;
	}
}

void ll_moves_follow(struct ll_moving *places, size_t count)
{
	struct following following = {.places = places, .count = count};
	struct ll_vec families = LL_VEC_INIT;

	for (size_t i = 0, size; i < count; i += size) {
		size = family_size(places, count, i);
		if (places[i].is_moving)
			*(struct family *)ll_vec_push(&families, sizeof(struct family)) =
				(struct family){.places = places + i, .count = size};
	}
	for (size_t i = 0; i < count; i++) {
		places[i].track = SIZE_MAX;
		places[i].is_in_doubt = false;
		sort_callers(&places[i]);
	}
	following.families = families.items;
	following.family_count = families.count;
	walk_epochs(&following);
	for (size_t i = 0; i < families.count; i++)
		ll_vec_done(&following.families[i].tracks);
	ll_vec_done(&families);
	ll_vec_done(&following.distances);
}

void ll_moving_done(struct ll_moving *place)
{
	ll_vec_done(&place->marks);
	ll_vec_done(&place->callers);
}
