/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scope_moves.c - sites of several builds joined where they are one place.
 *
 * A place is a site of scope_sites.c in one epoch: function, file and line as its frames have them;
 * an epoch is the lives of one build (sql/scope/epochs.sql). <leakledger/moves.h> follows places
 * through the epochs; what it takes for one becomes one site, named as the newest epoch names it.
 */
#include "scope.h"

#include <leakledger/hash.h>
#include <leakledger/moves.h>

/* A place through the epochs. */
struct track {
	const struct ll_moving *first, *newest;
	int64_t site_id;
};

/* Places of one family, and their tracks. */
struct family {
	const struct ll_moving *places;
	size_t count;
	struct track *tracks;
	size_t track_count;
};

struct moves {
	struct ll_ledger *ledger;
	sqlite3 *db;
	struct ll_arena arena;
	int64_t service_id, last_site;
	struct ll_moving *places;
	size_t place_count;
	struct ll_vec builds; /* struct ll_str: by epoch */
};

/* ------------------------------------------------------------------------- loading */

static struct ll_str kept(struct moves *moves, const struct ll_stmt *stmt, int column)
{
	return ll_arena_str(&moves->arena, ll_stmt_text(stmt, column));
}

static void keep_build(struct moves *moves, int64_t epoch, const struct ll_stmt *stmt, int column)
{
	while (moves->builds.count <= (size_t)epoch)
		(void)ll_vec_push(&moves->builds, sizeof(struct ll_str));
	((struct ll_str *)moves->builds.items)[epoch] = kept(moves, stmt, column);
}

static struct ll_str build_of(const struct moves *moves, const struct ll_moving *place)
{
	return ((const struct ll_str *)moves->builds.items)[place->epoch];
}

static int load_places(struct moves *moves, struct ll_vec *places, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(moves->ledger, "sql/scope/epoch_places.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", moves->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_moving *const place = ll_vec_push(places, sizeof *place);

		*place = (struct ll_moving){
			.id = ll_stmt_i64(stmt, 0),
			.function = kept(moves, stmt, 1),
			.file = kept(moves, stmt, 2),
			.line = ll_stmt_i64(stmt, 3),
			.epoch = ll_stmt_i64(stmt, 4),
			.samples = ll_stmt_i64(stmt, 6),
		};
		place->family = ll_frame_family(place->function, &moves->arena);
		keep_build(moves, place->epoch, stmt, 5);
	}
	return rc;
}

/* Notes the places of which marks are needed; *ret_count is their number. */
static int put_moving(struct moves *moves, size_t *ret_count, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *put = NULL;
	int rc = ll_sqlite_prepare(moves->db, "INSERT OR IGNORE INTO temp.moving VALUES (?1)", &put,
	                           err);

	*ret_count = 0;
	for (size_t i = 0; rc == LL_OK && i < moves->place_count; i++) {
		if (!moves->places[i].is_moving)
			continue;
		++*ret_count;
		(void)sqlite3_bind_int64(put, 1, moves->places[i].id);
		rc = ll_sqlite_run(moves->db, put, err);
	}
	return rc;
}

/* ----------------------------------------------------------- what happens at places */

static struct ll_hash key_of(int64_t site_id, int64_t epoch)
{
	const int64_t numbers[] = {site_id, epoch};

	return ll_hash_bytes(numbers, sizeof numbers);
}

static void add_mark(struct moves *moves, struct ll_moving *place, int64_t mark,
                     struct ll_str caller)
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

static int load_marks(struct moves *moves, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_map index = LL_MAP_INIT;
	int rc = ll_stmt_resource(moves->ledger, "sql/scope/place_marks.sql", &stmt, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < moves->place_count; i++)
		ll_map_set(&index, key_of(moves->places[i].id, moves->places[i].epoch),
		           (uint32_t)i);
	ll_stmt_bind_i64(stmt, ":service_id", moves->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const uint32_t at =
			ll_map_find(&index, key_of(ll_stmt_i64(stmt, 0), ll_stmt_i64(stmt, 1)));

		if (at != LL_MAP_NONE)
			add_mark(moves, &moves->places[at], ll_stmt_i64(stmt, 2),
			         ll_stmt_text(stmt, 3));
	}
	ll_map_done(&index);
	return rc;
}

/* ------------------------------------------------------------------------- writing */

struct writing {
	sqlite3_stmt *copy_site, *put_move, *put_now, *put_line, *put_doubt;
};

static bool is_same_place(const struct ll_moving *a, const struct ll_moving *b)
{
	return a->line == b->line && ll_str_equal(a->function, b->function) &&
	       ll_str_equal(a->file, b->file);
}

/* Tells where each track begins and where it is now; places come in order of epochs. */
static void find_tracks(struct moves *moves, struct family *family)
{
	for (size_t i = 0; i < family->count; i++) {
		if (family->places[i].track >= family->track_count)
			family->track_count = family->places[i].track + 1;
	}
	family->tracks =
		ll_arena_calloc(&moves->arena, family->track_count, sizeof *family->tracks);
	for (size_t i = 0; i < family->count; i++) {
		struct track *const track = &family->tracks[family->places[i].track];

		if (!track->first)
			track->first = &family->places[i];
		track->newest = &family->places[i];
		track->site_id = family->places[i].id;
	}
}

/* Is a site of one track also of another, or a track of several sites? */
static bool has_moved(const struct family *family)
{
	for (size_t i = 0; i < family->count; i++) {
		const struct ll_moving *const place = &family->places[i];

		for (size_t k = 0; k < family->track_count; k++) {
			if ((family->tracks[k].newest->id == place->id) != (place->track == k))
				return true;
		}
	}
	return false;
}

/*
 * A track is called as the newest place on it; two that were called the same at different times
 * cannot both be, so the newer has the name and the other a copy.
 */
static int name_tracks(struct moves *moves, const struct writing *writing,
                       const struct family *family, struct ll_error *err)
{
	struct track *const tracks = family->tracks;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < family->track_count; i++) {
		const struct ll_moving *const own = tracks[i].newest;
		bool is_taken = false;

		for (size_t k = 0; k < family->track_count; k++) {
			const struct ll_moving *const other = tracks[k].newest;

			is_taken |= k != i && other->id == own->id &&
			            (other->epoch > own->epoch ||
			             (other->epoch == own->epoch && k < i));
		}
		if (!is_taken)
			continue;
		tracks[i].site_id = ++moves->last_site;
		(void)sqlite3_bind_int64(writing->copy_site, 1, tracks[i].site_id);
		(void)sqlite3_bind_int64(writing->copy_site, 2, own->id);
		rc = ll_sqlite_run(moves->db, writing->copy_site, err);
	}
	return rc;
}

static int put_line(struct moves *moves, sqlite3_stmt *stmt, int64_t site_id,
                    const struct ll_moving *place, struct ll_error *err)
{
	const struct ll_str texts[] = {build_of(moves, place), place->function, place->file};

	(void)sqlite3_bind_int64(stmt, 1, site_id);
	(void)sqlite3_bind_int64(stmt, 2, place->epoch);
	for (int i = 0; i < (int)LL_COUNT(texts); i++)
		(void)sqlite3_bind_text64(stmt, 3 + i, texts[i].data ? texts[i].data : "",
		                          texts[i].size, SQLITE_STATIC, SQLITE_UTF8);
	(void)sqlite3_bind_int64(stmt, 6, place->line);
	return ll_sqlite_run(moves->db, stmt, err);
}

static int write_place(struct moves *moves, const struct writing *writing,
                       const struct family *family, const struct ll_moving *place,
                       struct ll_error *err)
{
	const struct track *const track = &family->tracks[place->track];
	int rc;

	(void)sqlite3_bind_int64(writing->put_move, 1, place->id);
	(void)sqlite3_bind_int64(writing->put_move, 2, track->site_id);
	(void)sqlite3_bind_int64(writing->put_move, 3, moves->service_id);
	(void)sqlite3_bind_int64(writing->put_move, 4, place->epoch);
	rc = ll_sqlite_run(moves->db, writing->put_move, err);
	/* Places come in order of epochs: the newest stays. */
	(void)sqlite3_bind_int64(writing->put_now, 1, place->id);
	(void)sqlite3_bind_int64(writing->put_now, 2, track->site_id);
	if (rc == LL_OK)
		rc = ll_sqlite_run(moves->db, writing->put_now, err);
	if (rc == LL_OK && !is_same_place(track->first, track->newest))
		rc = put_line(moves, writing->put_line, track->site_id, place, err);
	return rc;
}

static int write_doubts(struct moves *moves, const struct writing *writing,
                        const struct family *family, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < family->count; i++) {
		const struct ll_moving *const place = &family->places[i];
		const struct ll_str build = build_of(moves, place);

		if (!place->is_in_doubt || build.size == 0)
			continue;
		(void)sqlite3_bind_int64(writing->put_doubt, 1,
		                         family->tracks[place->track].site_id);
		(void)sqlite3_bind_text64(writing->put_doubt, 2, build.data, build.size,
		                          SQLITE_STATIC, SQLITE_UTF8);
		rc = ll_sqlite_run(moves->db, writing->put_doubt, err);
	}
	return rc;
}

static int write_family(struct moves *moves, const struct writing *writing, struct family *family,
                        struct ll_error *err)
{
	bool is_written;
	int rc;

	find_tracks(moves, family);
	is_written = has_moved(family);
	rc = name_tracks(moves, writing, family, err);
	for (size_t i = 0; is_written && rc == LL_OK && i < family->count; i++)
		rc = write_place(moves, writing, family, &family->places[i], err);
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

	for (size_t i = 0, size = 1; rc == LL_OK && i < moves->place_count; i += size) {
		struct family family = {.places = moves->places + i, .count = 1};

		while (i + family.count < moves->place_count &&
		       ll_str_equal(family.places[family.count].family, family.places->family))
			family.count++;
		size = family.count;
		if (family.places->is_moving)
			rc = write_family(moves, &writing, &family, err);
	}
	(void)sqlite3_finalize(writing.copy_site);
	(void)sqlite3_finalize(writing.put_move);
	(void)sqlite3_finalize(writing.put_now);
	(void)sqlite3_finalize(writing.put_line);
	(void)sqlite3_finalize(writing.put_doubt);
	return rc;
}

/* ------------------------------------------------------------------------- services */

static int match_service(struct moves *moves, struct ll_error *err)
{
	struct ll_vec places = LL_VEC_INIT;
	size_t moving = 0;
	int rc = load_places(moves, &places, err);

	moves->places = places.items;
	moves->place_count = places.count;
	if (rc == LL_OK) {
		ll_moves_sort(moves->places, moves->place_count);
		rc = put_moving(moves, &moving, err);
	}
	if (rc == LL_OK && moving > 0)
		rc = load_marks(moves, err);
	if (rc == LL_OK && moving > 0) {
		ll_moves_follow(moves->places, moves->place_count);
		rc = write_all(moves, err);
	}
	for (size_t i = 0; i < places.count; i++)
		ll_moving_done(&moves->places[i]);
	ll_vec_done(&places);
	moves->builds.count = 0;
	ll_arena_clear(&moves->arena);
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
	ll_vec_done(&moves.builds);
	ll_arena_done(&moves.arena);
	return rc;
}
