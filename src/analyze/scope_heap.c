/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scope_heap.c - series of stacks added up to points of sites.
 *
 * For each life, a matrix of sites x captures is filled from the segments that hold its captures,
 * then written row by row, zeros included: a site that is absent from a capture was empty, and a
 * trend that saw only the captures in which it was not would be biased. Only sites that were in use
 * at some time have rows. Series that were never in use in their segment still count towards what
 * was allocated.
 *
 * Memory: (sites of one life) x (captures of one life) x 48 bytes.
 */
#include "scope.h"

#include <leakledger/series.h>
#include <leakledger/vec.h>

enum {
	VALUES = 6, /* inuse_objects, inuse_space, alloc_objects, alloc_space, inuse_count,
	               alloc_count */
};

struct row {
	int64_t site_id;
	int64_t *values; /* captures x VALUES */
	bool is_live;
};

struct heap {
	sqlite3 *db;
	sqlite3_stmt *captures, *series, *put_point;
	int64_t service_id, lifetime_id;
	size_t capture_count;
	struct ll_vec rows; /* struct row */
	struct ll_map site_rows;
	struct ll_arena arena; /* of one life */
	/*
	 * Captures of the segment being added: position in the life by index in the segment, or -1.
	 */
	int64_t places[LL_SEGMENT_CAPTURES];
};

static struct row *row_of(struct heap *heap, int64_t site_id)
{
	const struct ll_hash key = {.low = (uint64_t)site_id * 0x9e3779b97f4a7c15U, .high = 1};
	const uint32_t next = (uint32_t)heap->rows.count;
	const uint32_t index = ll_map_put(&heap->site_rows, key, next);
	struct row *row;

	if (index != next)
		return (struct row *)heap->rows.items + index;
	row = ll_vec_push(&heap->rows, sizeof *row);
	row->site_id = site_id;
	row->values = ll_arena_calloc(&heap->arena, heap->capture_count * VALUES, sizeof(int64_t));
	return row;
}

/* Adds the values of one step to the captures from `from` up to, not including, `to`. */
static void add_step(const struct heap *heap, struct row *row, const struct ll_series_step *step,
                     const int64_t counts[2], uint32_t from, uint32_t to)
{
	const int64_t values[VALUES] = {step->values[2], step->values[3], step->values[0],
	                                step->values[1], counts[1],       counts[0]};

	for (uint32_t i = from; i < to; i++) {
		if (heap->places[i] < 0)
			continue;
		for (size_t k = 0; k < VALUES; k++)
			(void)ll_i64_add(&row->values[(size_t)heap->places[i] * VALUES + k],
			                 values[k]);
	}
	row->is_live |= step->values[3] != 0;
}

static void add_series(struct heap *heap, int64_t site_id, struct ll_series_reader *reader)
{
	struct row *const row = row_of(heap, site_id);
	struct ll_series_step step, next;
	int64_t counts[2];

	if (ll_series_next(reader, &step) <= 0)
		return;
	ll_series_counts(reader, &step, counts);
	while (ll_series_next(reader, &next) > 0) {
		add_step(heap, row, &step, counts, step.index, next.index);
		step = next;
		ll_series_counts(reader, &step, counts);
	}
	add_step(heap, row, &step, counts, step.index, LL_SEGMENT_CAPTURES);
}

static int add_segment(struct heap *heap, int64_t segment_id, struct ll_error *err)
{
	sqlite3_stmt *const stmt = heap->series;
	int state;

	(void)sqlite3_bind_int64(stmt, sqlite3_bind_parameter_index(stmt, ":segment_id"),
	                         segment_id);
	(void)sqlite3_bind_int64(stmt, sqlite3_bind_parameter_index(stmt, ":service_id"),
	                         heap->service_id);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct ll_series_reader reader;

		ll_series_reader_init(&reader,
		                      ll_str_n(sqlite3_column_blob(stmt, 2),
		                               (size_t)sqlite3_column_bytes(stmt, 2)),
		                      sqlite3_column_int(stmt, 1), LL_HEAP_VALUES,
		                      sqlite3_column_int64(stmt, 3),
		                      sqlite3_column_double(stmt, 4));
		add_series(heap, sqlite3_column_int64(stmt, 0), &reader);
	}
	(void)sqlite3_reset(stmt);
	return state == SQLITE_DONE ? LL_OK : ll_sqlite_fail(heap->db, err, "series");
}

static int put_row(struct heap *heap, const struct row *row, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < heap->capture_count; i++) {
		(void)sqlite3_bind_int64(heap->put_point, 1, row->site_id);
		(void)sqlite3_bind_int64(heap->put_point, 2, heap->lifetime_id);
		(void)sqlite3_bind_int64(heap->put_point, 3, (int64_t)i);
		for (int k = 0; k < VALUES; k++)
			(void)sqlite3_bind_int64(heap->put_point, 4 + k,
			                         row->values[i * VALUES + (size_t)k]);
		rc = ll_sqlite_run(heap->db, heap->put_point, err);
	}
	return rc;
}

/* Segments that hold captures of the life, with the captures' positions in both. */
static int add_life(struct heap *heap, struct ll_error *err)
{
	sqlite3_stmt *const stmt = heap->captures;
	int64_t segment_id = 0;
	int state = SQLITE_DONE, rc = LL_OK;

	(void)sqlite3_bind_int64(stmt, 1, heap->lifetime_id);
	while (rc == LL_OK && (state = sqlite3_step(stmt)) == SQLITE_ROW) {
		const int64_t this_segment = sqlite3_column_int64(stmt, 0);
		const int64_t index = sqlite3_column_int64(stmt, 1);

		if (this_segment != segment_id) {
			if (segment_id != 0)
				rc = add_segment(heap, segment_id, err);
			segment_id = this_segment;
			memset(heap->places, 0xff, sizeof heap->places);
		}
		if (index >= 0 && index < LL_SEGMENT_CAPTURES)
			heap->places[index] = sqlite3_column_int64(stmt, 2);
	}
	(void)sqlite3_reset(stmt);
	if (rc == LL_OK && state != SQLITE_DONE)
		return ll_sqlite_fail(heap->db, err, "captures");
	return rc == LL_OK && segment_id != 0 ? add_segment(heap, segment_id, err) : rc;
}

static int fill_life(struct heap *heap, struct ll_error *err)
{
	const struct row *rows;
	int rc = add_life(heap, err);

	rows = heap->rows.items;
	for (size_t i = 0; rc == LL_OK && i < heap->rows.count; i++) {
		if (rows[i].is_live)
			rc = put_row(heap, &rows[i], err);
	}
	heap->rows.count = 0;
	ll_map_clear(&heap->site_rows);
	ll_arena_clear(&heap->arena);
	return rc;
}

static int prepare(struct heap *heap, struct ll_ledger *ledger, struct ll_error *err)
{
	int rc = ll_sqlite_resource(ledger, heap->db, "sql/scope/heap_segments.sql",
	                            &heap->captures, err);

	if (rc == LL_OK)
		rc = ll_sqlite_resource(ledger, heap->db, "sql/scope/heap_series.sql",
		                        &heap->series, err);
	if (rc == LL_OK)
		rc = ll_sqlite_prepare(
			heap->db,
			"INSERT INTO temp.heap_point VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
			&heap->put_point, err);
	return rc;
}

int ll_scope_heap(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *lives = NULL;
	struct heap heap = {.db = ll_ledger_handle(ledger)};
	int state = SQLITE_DONE;
	int rc = prepare(&heap, ledger, err);

	if (rc == LL_OK)
		rc = ll_sqlite_resource(ledger, heap.db, "sql/scope/heap_lives.sql", &lives, err);
	while (rc == LL_OK && (state = sqlite3_step(lives)) == SQLITE_ROW) {
		heap.service_id = sqlite3_column_int64(lives, 0);
		heap.lifetime_id = sqlite3_column_int64(lives, 1);
		heap.capture_count = (size_t)sqlite3_column_int64(lives, 2);
		rc = fill_life(&heap, err);
	}
	if (rc == LL_OK && state != SQLITE_DONE)
		rc = ll_sqlite_fail(heap.db, err, "lives");
	(void)sqlite3_finalize(heap.captures);
	(void)sqlite3_finalize(heap.series);
	(void)sqlite3_finalize(heap.put_point);
	ll_vec_done(&heap.rows);
	ll_map_done(&heap.site_rows);
	ll_arena_done(&heap.arena);
	return rc;
}
