/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scope_moves.c - sites of several builds joined where they are one place.
 *
 * Words:
 *   epoch    lives that ran the same code: those of one build (sql/scope/epochs.sql)
 *   place    a site of scope_sites.c in one epoch: function, file and line as its frames have them
 *   family   functions that may be one: <leakledger/capture.h>, ll_frame_family
 *   track    a place through the epochs; becomes the site, named as the newest epoch names it
 *
 * Epochs are gone through in order. In each, the places of a family are compared with where its
 * tracks were last (<leakledger/moves.h> has the rules), first by themselves, then knowing by how
 * much other functions of their files moved.
 *
 * A place seen in fewer than SOLID samples moves nowhere: one that makes as many objects is missed
 * by sampling in one build in twenty (e^-3), and its absence would look like a move.
 */
#include "scope.h"

#include <leakledger/hash.h>
#include <leakledger/moves.h>
#include <leakledger/vec.h>

enum {
	SOLID = 3,
	DISTANCES_MOST = 64, /* of one file in one epoch */
	PLACES_MOST = 2000, /* of a family over all epochs: nobody writes more; lines alone count */
};

struct place {
	int64_t site_id, line, epoch, samples;
	struct ll_str function, file, build, family;
	struct ll_vec marks;   /* int64_t, sorted */
	struct ll_vec callers; /* uint64_t, sorted when used */
	size_t track;          /* index in its family's tracks; SIZE_MAX: none yet */
};

struct track {
	const struct place *last;  /* newest that is solid, else the newest */
	const struct place *named; /* newest of all */
	int64_t site_id;
	bool is_solid, is_new_in_doubt;
	const struct place *first;
};

struct family {
	struct place **places; /* by epoch, line, function */
	size_t count, done;    /* done: places of epochs before */
	struct ll_vec tracks;  /* struct track */
};

struct distance {
	struct ll_str file; /* base name */
	int64_t lines;
};

struct moves {
	struct ll_ledger *ledger;
	sqlite3 *db;
	struct ll_arena arena;
	int64_t service_id, last_site;
	struct place *places;
	size_t place_count;
	struct family *families; /* those of several places */
	size_t family_count;
	struct ll_vec distances; /* struct distance, of the epoch */
};

/* ------------------------------------------------------------------------- loading */

static struct ll_str kept(struct moves *moves, const struct ll_stmt *stmt, int column)
{
	return ll_arena_str(&moves->arena, ll_stmt_text(stmt, column));
}

static int load_places(struct moves *moves, struct ll_vec *places, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(moves->ledger, "sql/scope/epoch_places.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", moves->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct place *const place = ll_vec_push(places, sizeof *place);

		*place = (struct place){
			.site_id = ll_stmt_i64(stmt, 0),
			.function = kept(moves, stmt, 1),
			.file = kept(moves, stmt, 2),
			.line = ll_stmt_i64(stmt, 3),
			.epoch = ll_stmt_i64(stmt, 4),
			.build = kept(moves, stmt, 5),
			.samples = ll_stmt_i64(stmt, 6),
			.track = SIZE_MAX,
		};
		place->family = ll_frame_family(place->function, &moves->arena);
	}
	return rc;
}

static int compare_i64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_family(const void *a, const void *b)
{
	const struct place *const left = a;
	const struct place *const right = b;
	int order = ll_str_compare(left->family, right->family);

	if (order == 0)
		order = compare_i64(left->epoch, right->epoch);
	if (order == 0)
		order = compare_i64(left->line, right->line);
	if (order == 0)
		order = ll_str_compare(left->function, right->function);
	if (order == 0)
		order = ll_str_compare(left->file, right->file);
	return order != 0 ? order : compare_i64(left->site_id, right->site_id);
}

/* How many places from `from` on are of its family. */
static size_t family_size(const struct moves *moves, size_t from)
{
	size_t to = from + 1;

	while (to < moves->place_count &&
	       ll_str_equal(moves->places[to].family, moves->places[from].family))
		to++;
	return to - from;
}

/* Nothing of a family can have moved when each epoch that shows it shows the same sites. */
static bool is_moving(const struct moves *moves, size_t from, size_t count)
{
	const struct place *const places = moves->places + from;
	size_t in_first = 1;

	while (in_first < count && places[in_first].epoch == places->epoch)
		in_first++;
	if (count % in_first != 0)
		return true;
	for (size_t i = in_first; i < count; i++) {
		if (places[i].site_id != places[i % in_first].site_id ||
		    places[i].epoch != places[i - i % in_first].epoch)
			return true;
	}
	return false;
}

static int make_families(struct moves *moves, struct ll_error *err)
{
	struct ll_vec families = LL_VEC_INIT;
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *put = NULL;
	int rc = ll_sqlite_prepare(moves->db, "INSERT OR IGNORE INTO temp.moving VALUES (?1)", &put,
	                           err);

	for (size_t i = 0, size; rc == LL_OK && i < moves->place_count; i += size) {
		struct family *family;

		size = family_size(moves, i);
		if (size > PLACES_MOST || !is_moving(moves, i, size))
			continue;
		family = ll_vec_push(&families, sizeof *family);
		family->places = ll_arena_calloc(&moves->arena, size, sizeof *family->places);
		family->count = size;
		for (size_t k = 0; rc == LL_OK && k < size; k++) {
			family->places[k] = &moves->places[i + k];
			(void)sqlite3_bind_int64(put, 1, moves->places[i + k].site_id);
			rc = ll_sqlite_run(moves->db, put, err);
		}
	}
	moves->families = families.items;
	moves->family_count = families.count;
	return rc;
}

/* ----------------------------------------------------------- what happens at places */

static struct ll_hash key_of(int64_t site_id, int64_t epoch)
{
	const int64_t numbers[] = {site_id, epoch};

	return ll_hash_bytes(numbers, sizeof numbers);
}

static void add_mark(struct moves *moves, struct place *place, int64_t mark, struct ll_str caller)
{
	const int64_t *const marks = place->marks.items;

	/* Rows come in order of marks. */
	if (!marks || marks[place->marks.count - 1] != mark)
		*(int64_t *)ll_vec_push(&place->marks, sizeof mark) = mark;
	if (caller.size > 0) {
		const struct ll_str family =
			ll_frame_family(ll_frame_normalize(caller, &moves->arena), &moves->arena);

		*(uint64_t *)ll_vec_push(&place->callers, sizeof(uint64_t)) =
			ll_hash_bytes(family.data, family.size).low;
	}
}

static int by_number(const void *a, const void *b)
{
	const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

static void sort_callers(struct place *place)
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

static int load_marks(struct moves *moves, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_map index = LL_MAP_INIT;
	int rc = ll_stmt_resource(moves->ledger, "sql/scope/place_marks.sql", &stmt, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < moves->place_count; i++)
		ll_map_set(&index, key_of(moves->places[i].site_id, moves->places[i].epoch),
		           (uint32_t)i);
	ll_stmt_bind_i64(stmt, ":service_id", moves->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const uint32_t at =
			ll_map_find(&index, key_of(ll_stmt_i64(stmt, 0), ll_stmt_i64(stmt, 1)));

		if (at != LL_MAP_NONE)
			add_mark(moves, &moves->places[at], ll_stmt_i64(stmt, 2),
			         ll_stmt_text(stmt, 3));
	}
	for (size_t i = 0; i < moves->place_count; i++)
		sort_callers(&moves->places[i]);
	ll_map_done(&index);
	return rc;
}

/* -------------------------------------------------------------------------- tracks */

static struct ll_str base_name(struct ll_str file)
{
	const size_t slash = ll_str_rindex(file, '/');

	return slash == SIZE_MAX ? file : ll_str_from(file, slash + 1);
}

static bool is_solid(const struct place *place)
{
	return place->samples >= SOLID;
}

static struct ll_spot spot_of(const struct place *place)
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
static void put_spot(struct ll_vec *spots, struct ll_vec *numbers, const struct place *place,
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

	while (end < family->count && family->places[end]->epoch == epoch)
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
		if (is_solid(family->places[i]))
			put_spot(&meeting->newer, &meeting->newcomers, family->places[i], i);
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
static void note_distances(struct moves *moves, const struct family *family, size_t end)
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
			*(struct distance *)ll_vec_push(&moves->distances,
			                                sizeof(struct distance)) =
				(struct distance){base_name(family->places[at]->file),
			                          newer[i].line - older[partners[i].older].line};
	}
	meeting_done(&meeting);
}

static size_t distances_of(const struct moves *moves, struct ll_str file,
                           int64_t out[DISTANCES_MOST])
{
	const struct distance *const all = moves->distances.items;
	size_t count = 0;

	for (size_t i = 0; i < moves->distances.count && count < DISTANCES_MOST; i++) {
		if (ll_str_equal(all[i].file, base_name(file)))
			out[count++] = all[i].lines;
	}
	return count;
}

static void put_on(struct track *track, size_t number, struct place *place)
{
	place->track = number;
	track->named = place;
	if (!track->first)
		track->first = place;
	if (is_solid(place) || !track->is_solid)
		track->last = place;
	track->is_solid |= is_solid(place);
}

static struct track *new_track(struct family *family, struct place *place)
{
	struct track *const track = ll_vec_push(&family->tracks, sizeof *track);

	put_on(track, family->tracks.count - 1, place);
	return track;
}

/* A track on the place's line that has no place in this epoch yet; SIZE_MAX: none. */
static size_t free_track(const struct family *family, const struct place *place, bool solid_too)
{
	const struct track *const tracks = family->tracks.items;

	for (size_t i = 0; i < family->tracks.count; i++) {
		if (tracks[i].named->epoch < place->epoch && tracks[i].last->line == place->line &&
		    (solid_too || !tracks[i].is_solid))
			return i;
	}
	return SIZE_MAX;
}

static void put_by_line(struct family *family, struct place *place, bool solid_too)
{
	const size_t number = free_track(family, place, solid_too);

	if (number == SIZE_MAX)
		(void)new_track(family, place);
	else
		put_on((struct track *)family->tracks.items + number, number, place);
}

static void advance(struct moves *moves, struct family *family, size_t end)
{
	int64_t distances[DISTANCES_MOST];
	const struct ll_partner *partners;
	struct meeting meeting;

	meet(family, end, &meeting);
	find_partners(&meeting, distances,
	              end > family->done
	                      ? distances_of(moves, family->places[family->done]->file, distances)
	                      : 0);
	partners = meeting.partners.items;
	for (size_t i = 0; i < meeting.newer.count; i++) {
		struct place *const place =
			family->places[((const size_t *)meeting.newcomers.items)[i]];

		if (partners[i].move == LL_MOVE_SAME) {
			const size_t number =
				((const size_t *)meeting.tracks.items)[partners[i].older];

			put_on((struct track *)family->tracks.items + number, number, place);
		} else if (partners[i].move == LL_MOVE_DOUBTFUL) {
			new_track(family, place)->is_new_in_doubt = true;
		}
	}
	for (size_t i = family->done; i < end; i++) {
		struct place *const place = family->places[i];

		if (place->track == SIZE_MAX)
			put_by_line(family, place, !is_solid(place));
	}
	meeting_done(&meeting);
	family->done = end;
}

static void walk_epochs(struct moves *moves)
{
	int64_t last = -1;

	for (size_t i = 0; i < moves->place_count; i++) {
		if (moves->places[i].epoch > last)
			last = moves->places[i].epoch;
	}
	for (int64_t epoch = 0; moves->family_count > 0 && epoch <= last; epoch++) {
		moves->distances.count = 0;
		for (size_t i = 0; i < moves->family_count; i++)
			note_distances(moves, &moves->families[i],
			               epoch_end(&moves->families[i], epoch));
		for (size_t i = 0; i < moves->family_count; i++)
			advance(moves, &moves->families[i], epoch_end(&moves->families[i], epoch));
	}
}

/* ------------------------------------------------------------------------- writing */

struct writing {
	sqlite3_stmt *copy_site, *put_move, *put_now, *put_line, *put_doubt;
};

static bool is_same_place(const struct place *a, const struct place *b)
{
	return a->line == b->line && ll_str_equal(a->function, b->function) &&
	       ll_str_equal(a->file, b->file);
}

/* Is a site of one track also of another, or a track of several sites? */
static bool has_moved(const struct family *family)
{
	const struct track *const tracks = family->tracks.items;

	for (size_t i = 0; i < family->count; i++) {
		const struct place *const place = family->places[i];

		for (size_t k = 0; k < family->tracks.count; k++) {
			if ((tracks[k].named->site_id == place->site_id) != (place->track == k))
				return true;
		}
	}
	return false;
}

/*
 * A track is called as the newest place on it; two that were called the same at different times
 * cannot both be, so the newer has the name and the other a copy.
 */
static int name_tracks(struct moves *moves, const struct writing *writing, struct family *family,
                       struct ll_error *err)
{
	struct track *const tracks = family->tracks.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < family->tracks.count; i++) {
		bool is_taken = false;

		for (size_t k = 0; k < family->tracks.count; k++)
			is_taken |= k != i &&
			            tracks[k].named->site_id == tracks[i].named->site_id &&
			            (tracks[k].named->epoch > tracks[i].named->epoch ||
			             (tracks[k].named->epoch == tracks[i].named->epoch && k < i));
		tracks[i].site_id = tracks[i].named->site_id;
		if (!is_taken)
			continue;
		tracks[i].site_id = ++moves->last_site;
		(void)sqlite3_bind_int64(writing->copy_site, 1, tracks[i].site_id);
		(void)sqlite3_bind_int64(writing->copy_site, 2, tracks[i].named->site_id);
		rc = ll_sqlite_run(moves->db, writing->copy_site, err);
	}
	return rc;
}

static int put_line(struct moves *moves, sqlite3_stmt *stmt, int64_t site_id,
                    const struct place *place, struct ll_error *err)
{
	const struct ll_str texts[] = {place->build, place->function, place->file};

	(void)sqlite3_bind_int64(stmt, 1, site_id);
	(void)sqlite3_bind_int64(stmt, 2, place->epoch);
	for (int i = 0; i < (int)LL_COUNT(texts); i++)
		(void)sqlite3_bind_text64(stmt, 3 + i, texts[i].data ? texts[i].data : "",
		                          texts[i].size, SQLITE_STATIC, SQLITE_UTF8);
	(void)sqlite3_bind_int64(stmt, 6, place->line);
	return ll_sqlite_run(moves->db, stmt, err);
}

static int write_place(struct moves *moves, const struct writing *writing,
                       const struct family *family, const struct place *place, struct ll_error *err)
{
	const struct track *const track = (const struct track *)family->tracks.items + place->track;
	int rc;

	(void)sqlite3_bind_int64(writing->put_move, 1, place->site_id);
	(void)sqlite3_bind_int64(writing->put_move, 2, track->site_id);
	(void)sqlite3_bind_int64(writing->put_move, 3, moves->service_id);
	(void)sqlite3_bind_int64(writing->put_move, 4, place->epoch);
	rc = ll_sqlite_run(moves->db, writing->put_move, err);
	/* Places come in order of epochs: the newest stays. */
	(void)sqlite3_bind_int64(writing->put_now, 1, place->site_id);
	(void)sqlite3_bind_int64(writing->put_now, 2, track->site_id);
	if (rc == LL_OK)
		rc = ll_sqlite_run(moves->db, writing->put_now, err);
	if (rc == LL_OK && !is_same_place(track->first, track->named))
		rc = put_line(moves, writing->put_line, track->site_id, place, err);
	return rc;
}

static int write_doubts(struct moves *moves, const struct writing *writing,
                        const struct family *family, struct ll_error *err)
{
	const struct track *const tracks = family->tracks.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < family->tracks.count; i++) {
		const struct ll_str build = tracks[i].first->build;

		if (!tracks[i].is_new_in_doubt || build.size == 0)
			continue;
		(void)sqlite3_bind_int64(writing->put_doubt, 1, tracks[i].site_id);
		(void)sqlite3_bind_text64(writing->put_doubt, 2, build.data, build.size,
		                          SQLITE_STATIC, SQLITE_UTF8);
		rc = ll_sqlite_run(moves->db, writing->put_doubt, err);
	}
	return rc;
}

static int write_family(struct moves *moves, const struct writing *writing, struct family *family,
                        struct ll_error *err)
{
	const bool is_written = has_moved(family);
	int rc = name_tracks(moves, writing, family, err);

	for (size_t i = 0; is_written && rc == LL_OK && i < family->count; i++)
		rc = write_place(moves, writing, family, family->places[i], err);
	return rc == LL_OK ? write_doubts(moves, writing, family, err) : rc;
}

static int prepare(struct moves *moves, struct writing *writing, struct ll_error *err)
{
	const struct {
		const char *sql;
		sqlite3_stmt **stmt;
	} all[] = {
		{"INSERT INTO temp.site SELECT ?1, service_id, function, file, line, package, owner"
	         " FROM temp.site WHERE site_id = ?2",
	         &writing->copy_site},
		{"INSERT INTO temp.site_move SELECT ?1, lifetime_id, ?2 FROM temp.epoch"
	         " WHERE service_id = ?3 AND ordinal = ?4",
	         &writing->put_move},
		{"INSERT OR REPLACE INTO temp.site_now VALUES (?1, ?2)", &writing->put_now},
		{"INSERT INTO temp.site_line VALUES (?1, ?2, ?3, ?4, ?5, ?6)", &writing->put_line},
		{"INSERT OR REPLACE INTO temp.site_doubt VALUES (?1, ?2)", &writing->put_doubt},
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(all); i++)
		rc = ll_sqlite_prepare(moves->db, all[i].sql, all[i].stmt, err);
	return rc;
}

static int write_all(struct moves *moves, struct ll_error *err)
{
	struct writing writing = {NULL, NULL, NULL, NULL, NULL};
	int rc = prepare(moves, &writing, err);

	for (size_t i = 0; rc == LL_OK && i < moves->family_count; i++)
		rc = write_family(moves, &writing, &moves->families[i], err);
	(void)sqlite3_finalize(writing.copy_site);
	(void)sqlite3_finalize(writing.put_move);
	(void)sqlite3_finalize(writing.put_now);
	(void)sqlite3_finalize(writing.put_line);
	(void)sqlite3_finalize(writing.put_doubt);
	return rc;
}

/* ------------------------------------------------------------------------- services */

static void forget(struct moves *moves)
{
	for (size_t i = 0; i < moves->place_count; i++) {
		ll_vec_done(&moves->places[i].marks);
		ll_vec_done(&moves->places[i].callers);
	}
	for (size_t i = 0; i < moves->family_count; i++)
		ll_vec_done(&moves->families[i].tracks);
	free(moves->families);
	moves->families = NULL;
	moves->family_count = 0;
	moves->place_count = 0;
	ll_arena_clear(&moves->arena);
}

static int match_service(struct moves *moves, struct ll_error *err)
{
	struct ll_vec places = LL_VEC_INIT;
	int rc = load_places(moves, &places, err);

	moves->places = places.items;
	moves->place_count = places.count;
	if (rc == LL_OK && places.count > 0) {
		qsort(places.items, places.count, sizeof *moves->places, by_family);
		rc = make_families(moves, err);
	}
	if (rc == LL_OK && moves->family_count > 0) {
		rc = load_marks(moves, err);
		if (rc == LL_OK) {
			walk_epochs(moves);
			rc = write_all(moves, err);
		}
	}
	forget(moves);
	ll_vec_done(&places);
	return rc;
}

int ll_scope_moves(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *services = NULL;
	struct moves moves = {.ledger = ledger, .db = ll_ledger_handle(ledger)};
	int64_t moved = 0;
	int state = SQLITE_DONE;
	int rc = ll_sqlite_i64(moves.db, "SELECT coalesce(max(site_id), 0) FROM temp.site",
	                       &moves.last_site, err);

	if (rc == LL_OK)
		rc = ll_sqlite_prepare(moves.db,
		                       "SELECT service_id FROM temp.epoch GROUP BY service_id"
		                       " HAVING max(ordinal) > 0 ORDER BY service_id",
		                       &services, err);
	while (rc == LL_OK && (state = sqlite3_step(services)) == SQLITE_ROW) {
		moves.service_id = sqlite3_column_int64(services, 0);
		rc = match_service(&moves, err);
	}
	if (rc == LL_OK && state != SQLITE_DONE)
		rc = ll_sqlite_fail(moves.db, err, "services");
	if (rc == LL_OK)
		rc = ll_sqlite_i64(moves.db, "SELECT count(*) FROM temp.site_now", &moved, err);
	if (rc == LL_OK && moved > 0)
		rc = ll_sqlite_script(ledger, "sql/scope/apply_moves.sql", err);
	ll_vec_done(&moves.distances);
	ll_arena_done(&moves.arena);
	return rc;
}
