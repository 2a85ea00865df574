/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replicas.c - several processes that report under one name at the same time (rule 6 of
 * lifetime.c).
 *
 * Their counters, in order of time, go up and down alternately:
 *
 *     o   o   o   o      one process, restarted         o   x   o   x   o   x
 *      o   o   o   o     again and again, or            two that are both alive?
 *
 * A restart makes one fall and goes on from there; what alternates comes back, above where it was.
 * So captures of one class are dealt out to tracks in which nothing ever falls, each to the track
 * whose counter is nearest below. Few tracks with many captures each, between which the captures
 * went back and forth often, cannot come from restarts: each track would have to grow by chance.
 * For two tracks of four captures that chance is below 1 in 500, and it is the weakest case that
 * passes. One counter decides: with two of them the nearest track below is not unique, and dealing
 * to the nearest is only known to need the fewest tracks when it is.
 *
 * When rings have proved that there are several, captures with rings are dealt out, and how often
 * they alternate does not matter.
 */
#include "lives.h"

enum {
	TRACKS_MAX = 8, /* when rings prove it */
	TRACKS_GUESSED_MAX = 4,
	CLASSES_MAX = 16, /* there are fewer that have counters */
	TRACK_CAPTURES_MIN = 4,
	RETURNS_MIN = 4, /* captures that fall below the one before */
};

static bool has_counter(const struct ll_life_row *row)
{
	return !row->is_apart && (row->counters.alloc_space >= 0 || row->counters.total_alloc >= 0);
}

/* The class with the most captures that have counters, or rings; empty when there are none. */
static struct ll_str main_class(const struct ll_life_row *rows, size_t count, bool has_rings)
{
	struct {
		struct ll_str name;
		size_t captures;
	} classes[CLASSES_MAX];
	size_t used = 0, best = 0;

	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		if (!has_counter(&rows[i]) || (has_rings && rows[i].ring.size == 0))
			continue;
		while (at < used && !ll_str_equal(classes[at].name, rows[i].class))
			at++;
		if (at == CLASSES_MAX)
			continue;
		if (at == used) {
			classes[used].name = rows[i].class;
			classes[used++].captures = 0;
		}
		classes[at].captures++;
		best = classes[at].captures > classes[best].captures ? at : best;
	}
	return used > 0 ? classes[best].name : ll_str_n(NULL, 0);
}

/* How far the capture's counter is above the life's; INT64_MAX when they share none. */
static int64_t rise(const struct ll_life *life, const struct ll_life_row *row)
{
	if (life->counters.total_alloc >= 0 && row->counters.total_alloc >= 0)
		return llabs(row->counters.total_alloc - life->counters.total_alloc);
	if (life->counters.alloc_space >= 0 && row->counters.alloc_space >= 0)
		return llabs(row->counters.alloc_space - life->counters.alloc_space);
	return INT64_MAX;
}

/* The track that the capture continues; `count` when it contradicts all. */
static size_t find_track(const struct ll_life *tracks, size_t count, const struct ll_life_row *row,
                         bool is_exact)
{
	size_t best = count;

	for (size_t i = 0; i < count; i++) {
		if (ll_life_is_proved(&tracks[i], row))
			return i;
		if (ll_life_contradiction(&tracks[i], row, is_exact))
			continue;
		if (best == count || rise(&tracks[i], row) < rise(&tracks[best], row))
			best = i;
	}
	return best;
}

/* Is that the picture of replicas, and not of restarts? */
static bool is_plausible(const struct ll_life *tracks, size_t used, size_t returns)
{
	for (size_t i = 0; i < used; i++) {
		if (tracks[i].captures < TRACK_CAPTURES_MIN)
			return false;
	}
	return used <= TRACKS_GUESSED_MAX && returns >= RETURNS_MIN;
}

/* Deals the captures of one class out; false when they are not those of replicas. */
static bool deal_out(struct ll_life_row *rows, size_t count, struct ll_str class, bool is_proved,
                     struct ll_life tracks[TRACKS_MAX], size_t *ret_tracks)
{
	static const char *const begun_by[] = {"first capture", "another one at the same time"};
	size_t returns = 0, used = 0, last = 0;

	for (size_t i = 0; i < count; i++) {
		size_t track;

		rows[i].life = SIZE_MAX;
		if (!has_counter(&rows[i]) || !ll_str_equal(rows[i].class, class))
			continue;
		track = find_track(tracks, used, &rows[i], true);
		if (track == TRACKS_MAX)
			return false;
		if (track == used) {
			tracks[used] = ll_life_of(rows, begun_by[used > 0]);
			used++;
		}
		returns += track != last &&
		           ll_life_contradiction(&tracks[last], &rows[i], true) != NULL;
		last = track;
		ll_life_join(&tracks[track], &rows[i]);
		tracks[track].counters.alloc_objects = -1;
		tracks[track].counters.mallocs = -1;
		tracks[track].captures++;
		rows[i].life = track;
	}
	*ret_tracks = used;
	return used >= 2 && (is_proved || is_plausible(tracks, used, returns));
}

bool ll_replicas_part(struct ll_life_row *rows, size_t count, bool is_proved, struct ll_vec *lives)
{
	const struct ll_str class = main_class(rows, count, is_proved);
	struct ll_life tracks[TRACKS_MAX];
	size_t used = 0;

	if (class.size == 0 || !deal_out(rows, count, class, is_proved, tracks, &used))
		return false;
	lives->count = 0;
	for (size_t i = 0; i < used; i++) {
		struct ll_life *const life = ll_vec_push(lives, sizeof *life);

		*life = ll_life_of(rows, tracks[i].begun_by);
		life->is_mixed = true;
	}
	/* Once more in order of time, now with the captures of other classes. */
	for (size_t i = 0; i < count; i++) {
		struct ll_life *const all = lives->items;

		if (rows[i].life == SIZE_MAX && ll_life_has_evidence(&rows[i])) {
			const size_t track = find_track(all, used, &rows[i], false);

			rows[i].life = track < used ? track : SIZE_MAX;
		}
		if (rows[i].life != SIZE_MAX)
			ll_life_join(&all[rows[i].life], &rows[i]);
	}
	return true;
}
