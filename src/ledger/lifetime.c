/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lifetime.c - captures grouped into lives of one process.
 *
 * Rules, for the captures of one instance in order of time:
 *   1. Heap profiles and MemStats carry counters that never fall while a process lives
 *      (alloc_space, alloc_objects; TotalAlloc, Mallocs, NumGC). A fall begins another life.
 *   2. MemStats also carry the ends of the last 256 collections. An entry that two captures share,
 *      with the same number and the same nanosecond, proves that they are of one process; the same
 *      number with another time proves the contrary.
 *   3. Two captures with different builds are of different processes.
 *   4. Captures without such evidence (goroutine dumps, traces) go to the life that was being
 *      observed at their time, or to the nearest one.
 *      A trace that begins with the first collection was begun by its process: it goes to the life
 *      whose start is nearest to when it began. Its time may be that of its begin or its end.
 *   5. When a capture belongs, by rule 2, to a life that another one had already followed, two
 *      replicas report under one name. Both are marked for the audit.
 */
#include "lifetime.h"

#include <leakledger/vec.h>

enum {
	MAX_OPEN = 8, /* lives of one instance that are compared: replicas behind one name */
};

#define SAME_ROUND_NS (5 * LL_NS_PER_S)

struct row {
	int64_t capture_id, time_ns;
	struct ll_str kind, build;
	bool is_apart; /* delta or foreign: no counters to compare */
	int64_t alloc_space, alloc_objects, num_gc, total_alloc, mallocs,
		last_gc; /* -1: not there */
	int64_t ring_first, ring_first_ns;
	struct ll_str ring;
	int64_t trace_ns; /* length of a trace that begins with the first collection; else -1 */
	size_t life;      /* index, or SIZE_MAX while unassigned */
};

struct life {
	int64_t start_ns, first_ns, last_ns;
	int64_t evidence_ns; /* time of the last capture with evidence */
	int64_t alloc_space, alloc_objects, num_gc, total_alloc, mallocs, last_gc;
	struct ll_str build;
	const char *begun_by;
	bool is_mixed;
	size_t captures;
};

struct builder {
	struct ll_ledger *ledger;
	sqlite3 *db;
	sqlite3_stmt *put_life, *put_capture, *put_audit;
	struct ll_arena arena; /* texts of one instance */
	struct ll_vec rows, lives;
	int64_t service_id, instance_id;
};

/* ----------------------------------------------------------------------- rings */

/* End of cycle `number` in a capture's ring, or 0 when the ring does not reach there. */
static int64_t ring_end(const struct row *row, int64_t number)
{
	size_t offset = 0;
	int64_t end_ns = row->ring_first_ns, step, pause;

	if (row->ring.size == 0 || number < row->ring_first)
		return 0;
	for (int64_t at = row->ring_first; ll_zigzag_get(row->ring, &offset, &step); at++) {
		if (!ll_zigzag_get(row->ring, &offset, &pause))
			return 0;
		end_ns += step;
		if (at == number)
			return end_ns;
	}
	return 0;
}

enum proof {
	NO_PROOF,
	SAME_PROCESS,
	OTHER_PROCESS,
};

/* Rule 2: does the capture know the collection that was the life's last? */
static enum proof compare_rings(const struct life *life, const struct row *row)
{
	int64_t end_ns;

	if (life->num_gc <= 0 || life->last_gc <= 0)
		return NO_PROOF;
	end_ns = ring_end(row, life->num_gc);
	if (end_ns == 0)
		return NO_PROOF;
	return end_ns == life->last_gc ? SAME_PROCESS : OTHER_PROCESS;
}

/* ----------------------------------------------------------------------- lives */

static bool has_evidence(const struct row *row)
{
	return !row->is_apart && (row->alloc_space >= 0 || row->num_gc >= 0 || row->build.size > 0);
}

static bool falls(int64_t before, int64_t now, bool is_same_round)
{
	return !is_same_round && before >= 0 && now >= 0 && now < before;
}

/* NULL when the capture can belong to the life; else what speaks against it. */
static const char *contradiction(const struct life *life, const struct row *row)
{
	const bool is_same_round = row->time_ns - life->evidence_ns < SAME_ROUND_NS;

	if (life->build.size > 0 && row->build.size > 0 && !ll_str_equal(life->build, row->build))
		return "another build";
	switch (compare_rings(life, row)) {
	case SAME_PROCESS: return NULL;
	case OTHER_PROCESS: return "another history of collections";
	case NO_PROOF: break;
	}
	if (falls(life->num_gc, row->num_gc, is_same_round) ||
	    falls(life->total_alloc, row->total_alloc, is_same_round) ||
	    falls(life->mallocs, row->mallocs, is_same_round))
		return "MemStats counters fell";
	if (falls(life->alloc_space, row->alloc_space, is_same_round) ||
	    falls(life->alloc_objects, row->alloc_objects, is_same_round))
		return "allocation totals fell";
	return NULL;
}

static void keep_larger(int64_t *value, int64_t now)
{
	if (now > *value)
		*value = now;
}

static void join(struct life *life, const struct row *row)
{
	if (row->time_ns < life->first_ns)
		life->first_ns = row->time_ns;
	if (row->time_ns > life->last_ns)
		life->last_ns = row->time_ns;
	life->captures++;
	if (row->is_apart)
		return;
	if (has_evidence(row))
		life->evidence_ns = row->time_ns;
	keep_larger(&life->alloc_space, row->alloc_space);
	keep_larger(&life->alloc_objects, row->alloc_objects);
	keep_larger(&life->total_alloc, row->total_alloc);
	keep_larger(&life->mallocs, row->mallocs);
	if (row->num_gc >= life->num_gc) {
		life->num_gc = row->num_gc;
		life->last_gc = row->last_gc;
	}
	if (life->build.size == 0)
		life->build = row->build;
	/* The first collection of a process ends within moments of its start. */
	if (row->ring_first == 1 && life->start_ns == LL_TIME_NONE)
		life->start_ns = row->ring_first_ns;
}

static size_t begin_life(struct builder *builder, const struct row *row, const char *begun_by)
{
	struct life *const life = ll_vec_push(&builder->lives, sizeof *life);

	*life = (struct life){
		.start_ns = LL_TIME_NONE,
		.first_ns = row->time_ns,
		.last_ns = row->time_ns,
		.alloc_space = -1,
		.alloc_objects = -1,
		.num_gc = -1,
		.total_alloc = -1,
		.mallocs = -1,
		.last_gc = -1,
		.begun_by = begun_by,
	};
	return builder->lives.count - 1;
}

/* Rules 1, 2, 3 and 5. */
static void place_evidence(struct builder *builder, struct row *row)
{
	struct life *const lives = builder->lives.items;
	const size_t count = builder->lives.count;
	const char *reason = count > 0 ? contradiction(&lives[count - 1], row) : "first capture";

	row->life = count - 1;
	for (size_t back = 2; reason && back <= MAX_OPEN && back <= count; back++) {
		struct life *const older = &lives[count - back];

		if (compare_rings(older, row) != SAME_PROCESS)
			continue;
		older->is_mixed = true;
		lives[count - 1].is_mixed = true;
		row->life = count - back;
		reason = NULL;
	}
	if (reason)
		row->life = begin_life(builder, row, reason);
	join((struct life *)builder->lives.items + row->life, row);
}

static int64_t distance(const struct life *life, int64_t time_ns)
{
	if (time_ns < life->first_ns)
		return life->first_ns - time_ns;
	return time_ns > life->last_ns ? time_ns - life->last_ns : 0;
}

/* Between when a whole trace began and when the life did. */
static int64_t distance_of_starts(const struct life *life, const struct row *row)
{
	const int64_t start = life->start_ns != LL_TIME_NONE ? life->start_ns : life->first_ns;
	const int64_t as_begin = llabs(row->time_ns - start);
	const int64_t as_end = llabs(row->time_ns - row->trace_ns - start);

	return as_begin < as_end ? as_begin : as_end;
}

static int64_t distance_of(const struct life *life, const struct row *row)
{
	return row->trace_ns >= 0 ? distance_of_starts(life, row) : distance(life, row->time_ns);
}

/* Rule 4. Distances are to lives as the evidence alone drew them. */
static size_t nearest_life(const struct builder *builder, const struct row *row)
{
	const struct life *const lives = builder->lives.items;
	size_t best = 0;

	for (size_t i = 1; i < builder->lives.count; i++) {
		if (distance_of(&lives[i], row) <= distance_of(&lives[best], row))
			best = i;
	}
	return best;
}

static void group(struct builder *builder)
{
	struct row *const rows = builder->rows.items;

	builder->lives.count = 0;
	for (size_t i = 0; i < builder->rows.count; i++) {
		rows[i].life = SIZE_MAX;
		if (has_evidence(&rows[i]))
			place_evidence(builder, &rows[i]);
	}
	if (builder->lives.count == 0)
		(void)begin_life(builder, &rows[0], "first capture");
	for (size_t i = 0; i < builder->rows.count; i++) {
		if (rows[i].life == SIZE_MAX)
			rows[i].life = nearest_life(builder, &rows[i]);
	}
	/* Only now do their times widen the lives. */
	for (size_t i = 0; i < builder->rows.count; i++) {
		if (!has_evidence(&rows[i]))
			join((struct life *)builder->lives.items + rows[i].life, &rows[i]);
	}
}

/* --------------------------------------------------------------------- storing */

static int put_life(struct builder *builder, const struct life *life, size_t ordinal,
                    struct ll_error *err)
{
	sqlite3_stmt *const stmt = builder->put_life;

	(void)sqlite3_bind_int64(stmt, 1, builder->service_id);
	(void)sqlite3_bind_int64(stmt, 2, builder->instance_id);
	(void)sqlite3_bind_int64(stmt, 3, (int64_t)ordinal);
	if (life->start_ns == LL_TIME_NONE || life->start_ns > life->first_ns)
		(void)sqlite3_bind_null(stmt, 4);
	else
		(void)sqlite3_bind_int64(stmt, 4, life->start_ns);
	(void)sqlite3_bind_int64(stmt, 5, life->first_ns);
	(void)sqlite3_bind_int64(stmt, 6, life->last_ns);
	(void)sqlite3_bind_text64(stmt, 7, life->build.data ? life->build.data : "",
	                          life->build.size, SQLITE_STATIC, SQLITE_UTF8);
	(void)sqlite3_bind_text(stmt, 8, life->begun_by, -1, SQLITE_STATIC);
	return ll_sqlite_run(builder->db, stmt, err);
}

static int put_mixed(struct builder *builder, const struct row *row, struct ll_error *err)
{
	sqlite3_stmt *const stmt = builder->put_audit;

	(void)sqlite3_bind_int64(stmt, 1, row->capture_id);
	(void)sqlite3_bind_text(stmt, 2, "mixed-replicas", -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(stmt, 3,
	                        "captures of two processes alternate under this instance's name",
	                        -1, SQLITE_STATIC);
	(void)sqlite3_bind_int(stmt, 4, 0);
	return ll_sqlite_run(builder->db, stmt, err);
}

/* Lives in order of their first capture. */
static size_t *order_of_lives(struct builder *builder)
{
	const struct life *const lives = builder->lives.items;
	const size_t count = builder->lives.count;
	size_t *const order = ll_arena_calloc(&builder->arena, count, sizeof *order);

	for (size_t i = 0; i < count; i++) {
		size_t at = i;

		while (at > 0 && lives[order[at - 1]].first_ns > lives[i].first_ns) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = i;
	}
	return order;
}

static int store(struct builder *builder, struct ll_error *err)
{
	const struct row *const rows = builder->rows.items;
	const struct life *const lives = builder->lives.items;
	const size_t *const order = order_of_lives(builder);
	int64_t *const ids = ll_arena_calloc(&builder->arena, builder->lives.count, sizeof *ids);
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < builder->lives.count; i++) {
		rc = put_life(builder, &lives[order[i]], i + 1, err);
		ids[order[i]] = sqlite3_last_insert_rowid(builder->db);
	}
	for (size_t i = 0; rc == LL_OK && i < builder->rows.count; i++) {
		(void)sqlite3_bind_int64(builder->put_capture, 1, rows[i].capture_id);
		(void)sqlite3_bind_int64(builder->put_capture, 2, ids[rows[i].life]);
		rc = ll_sqlite_run(builder->db, builder->put_capture, err);
		if (rc == LL_OK && lives[rows[i].life].is_mixed)
			rc = put_mixed(builder, &rows[i], err);
	}
	return rc;
}

/* --------------------------------------------------------------------- reading */

static int finish_instance(struct builder *builder, struct ll_error *err)
{
	int rc = LL_OK;

	if (builder->rows.count > 0) {
		group(builder);
		rc = store(builder, err);
	}
	builder->rows.count = 0;
	ll_arena_clear(&builder->arena);
	return rc;
}

static int64_t i64_or(sqlite3_stmt *stmt, int column, int64_t otherwise)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL
	               ? otherwise
	               : sqlite3_column_int64(stmt, column);
}

static struct ll_str kept_bytes(struct builder *builder, sqlite3_stmt *stmt, int column)
{
	const void *const bytes = sqlite3_column_blob(stmt, column);

	return ll_arena_str(&builder->arena,
	                    ll_str_n(bytes, (size_t)sqlite3_column_bytes(stmt, column)));
}

static int read_row(struct builder *builder, sqlite3_stmt *stmt, struct ll_error *err)
{
	const int64_t instance_id = sqlite3_column_int64(stmt, 1);
	struct row *row;

	if (instance_id != builder->instance_id) {
		const int rc = finish_instance(builder, err);

		if (rc < 0)
			return rc;
	}
	builder->service_id = sqlite3_column_int64(stmt, 0);
	builder->instance_id = instance_id;
	row = ll_vec_push(&builder->rows, sizeof *row);
	*row = (struct row){
		.capture_id = sqlite3_column_int64(stmt, 2),
		.kind = kept_bytes(builder, stmt, 3),
		.time_ns = sqlite3_column_int64(stmt, 4),
		.build = kept_bytes(builder, stmt, 5),
		.is_apart = sqlite3_column_int(stmt, 6) != 0,
		.alloc_space = i64_or(stmt, 7, -1),
		.alloc_objects = i64_or(stmt, 8, -1),
		.num_gc = i64_or(stmt, 9, -1),
		.total_alloc = i64_or(stmt, 10, -1),
		.mallocs = i64_or(stmt, 11, -1),
		.last_gc = i64_or(stmt, 12, -1),
		.ring_first = i64_or(stmt, 13, -1),
		.ring_first_ns = i64_or(stmt, 14, -1),
		.ring = kept_bytes(builder, stmt, 15),
		.trace_ns = i64_or(stmt, 16, -1),
	};
	return LL_OK;
}

static int read_rows(struct builder *builder, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int state = SQLITE_DONE;
	int rc = ll_sqlite_resource(builder->ledger, builder->db,
	                            "sql/ingest/lifetime_captures.sql", &stmt, err);

	while (rc == LL_OK && (state = sqlite3_step(stmt)) == SQLITE_ROW)
		rc = read_row(builder, stmt, err);
	if (rc == LL_OK && state != SQLITE_DONE)
		rc = ll_sqlite_fail(builder->db, err, "lifetimes");
	return rc == LL_OK ? finish_instance(builder, err) : rc;
}

static int prepare(struct builder *builder, struct ll_error *err)
{
	int rc = ll_sqlite_resource(builder->ledger, builder->db, "sql/ingest/put_lifetime.sql",
	                            &builder->put_life, err);

	if (rc == LL_OK)
		rc = ll_sqlite_resource(builder->ledger, builder->db,
		                        "sql/ingest/put_lifetime_capture.sql",
		                        &builder->put_capture, err);
	if (rc == LL_OK)
		rc = ll_sqlite_resource(builder->ledger, builder->db, "sql/ingest/put_audit.sql",
		                        &builder->put_audit, err);
	return rc;
}

/* What was known of dirty services before is made anew. */
static int clear_old(struct builder *builder, struct ll_error *err)
{
	static const char *const names[] = {
		"sql/ingest/clear_audit.sql",
		"sql/ingest/clear_lifetime_captures.sql",
		"sql/ingest/clear_lifetimes.sql",
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(names); i++) {
		LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;

		rc = ll_sqlite_resource(builder->ledger, builder->db, names[i], &stmt, err);
		if (rc == LL_OK)
			rc = ll_sqlite_run(builder->db, stmt, err);
	}
	return rc;
}

/*
 * Every file in sql/audit is one SELECT of (capture_id, detail, is_left_out); its name is the
 * reason.
 */
static int run_audits(struct builder *builder, struct ll_error *err)
{
	size_t count;
	const struct ll_resource *const all =
		ll_resource_all(ll_ledger_resources(builder->ledger), &count);

	for (size_t i = 0; i < count; i++) {
		LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
		struct ll_str reason = ll_str(all[i].name);
		int state = SQLITE_DONE, rc;

		if (!ll_str_skip(&reason, "sql/audit/") || !ll_str_ends(reason, ".sql"))
			continue;
		reason.size -= 4;
		rc = ll_sqlite_resource(builder->ledger, builder->db, all[i].name, &stmt, err);
		while (rc == LL_OK && (state = sqlite3_step(stmt)) == SQLITE_ROW) {
			(void)sqlite3_bind_int64(builder->put_audit, 1,
			                         sqlite3_column_int64(stmt, 0));
			(void)sqlite3_bind_text(builder->put_audit, 2, reason.data,
			                        (int)reason.size, SQLITE_STATIC);
			(void)sqlite3_bind_value(builder->put_audit, 3,
			                         sqlite3_column_value(stmt, 1));
			(void)sqlite3_bind_value(builder->put_audit, 4,
			                         sqlite3_column_value(stmt, 2));
			rc = ll_sqlite_run(builder->db, builder->put_audit, err);
		}
		if (rc == LL_OK && state != SQLITE_DONE)
			rc = ll_sqlite_fail(builder->db, err, all[i].name);
		if (rc < 0)
			return rc;
	}
	return LL_OK;
}

int ll_lifetimes_rebuild(struct ll_ledger *ledger, struct ll_error *err)
{
	struct builder builder = {.ledger = ledger, .db = ll_ledger_handle(ledger)};
	int rc = prepare(&builder, err);

	if (rc == LL_OK)
		rc = clear_old(&builder, err);
	if (rc == LL_OK)
		rc = read_rows(&builder, err);
	if (rc == LL_OK)
		rc = run_audits(&builder, err);
	(void)sqlite3_finalize(builder.put_life);
	(void)sqlite3_finalize(builder.put_capture);
	(void)sqlite3_finalize(builder.put_audit);
	ll_vec_done(&builder.rows);
	ll_vec_done(&builder.lives);
	ll_arena_done(&builder.arena);
	return rc;
}
