/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lifetime.c - captures grouped into lives of one process.
 *
 * Rules, for the captures of one instance in order of time:
 *   1. Heap profiles, MemStats and the system carry counters that never fall while a process lives
 *      (alloc_space, alloc_objects; TotalAlloc, Mallocs, NumGC; CPU time). A fall begins another
 *      life; but captures of one round may be crossed: within seconds by any fall, and where a name
 *      gives one of two kinds the time at which a slow round began, by a small one.
 *   2. MemStats also carry the ends of the last 256 collections. An entry that two captures share,
 *      with the same number and the same nanosecond, proves that they are of one process; the same
 *      number with another time proves the contrary. Of two such captures the one with more
 *      collections is the later one: when their times say otherwise, a clock jumped.
 *   3. Two captures with different builds, programs, start times or process numbers are of
 *      different processes. A build that names tell is compared with builds that names tell.
 *   4. Captures without such evidence (goroutine dumps, traces) go to the life that was being
 *      observed at their time, or to the nearest one that had begun by then.
 *      A trace that begins with the first collection was begun by its process: it goes to the life
 *      whose start is nearest to when it began. Its time may be that of its begin or its end.
 *   5. When a capture belongs, by rule 2, to a life that another one had already followed, two
 *      replicas report under one name. Both are marked for the audit.
 *   6. When counters fall again and again and come back each time, the same is true. Captures are
 *      then dealt out to the replicas anew (replicas.c).
 *   7. Metrics of a pod's container tell when that began, how often it was restarted, and how often
 *      something in it was killed. They come seconds or minutes after the fact, so that they count
 *      only where no capture tells of the process itself, and of the three the first that is there.
 *      A counter that falls is of a pod that was made anew.
 *   8. Two traces that both begin with the first collection, and whose first collections differ,
 *      are of two processes: of those that rule 4 gives to one life the nearest one stays, and each
 *      of the others is a life by itself. A log that was copied again later begins as it did.
 */
#include "lifetime.h"

#include "ignore.h"
#include "lives.h"

#include <inttypes.h>

enum {
	MAX_OPEN = 8, /* lives of one instance that are compared: replicas behind one name */
	FALLS_OF_REPLICAS = 4,
};

/* A question of sql/audit. */
struct audit {
	const char *name; /* of its file */
	struct ll_str reason;
	sqlite3_stmt *stmt;
};

struct ll_lifetimes {
	struct ll_ledger *ledger;
	sqlite3 *db;
	sqlite3_stmt *put_life, *put_capture, *put_audit, *captures, *clear[3];
	struct ll_vec audits;  /* struct audit */
	struct ll_arena arena; /* texts of one instance */
	struct ll_vec rows, lives;
	int64_t service_id, instance_id;
};

/* ----------------------------------------------------------------------- lives */

static void mark_clock(struct ll_lifetimes *lifetimes, const struct ll_life *life,
                       const struct ll_life_row *row)
{
	struct ll_life_row *const rows = lifetimes->rows.items;
	size_t wrong, right;

	if (ll_life_is_behind(life, row, &wrong, &right))
		rows[wrong].clock_ns = rows[right].time_ns;
}

/* Rules 1, 2, 3 and 5. */
static void place_evidence(struct ll_lifetimes *lifetimes, struct ll_life_row *row)
{
	struct ll_life *const lives = lifetimes->lives.items;
	const size_t count = lifetimes->lives.count;
	const char *reason =
		count > 0 ? ll_life_contradiction(&lives[count - 1], row, false) : "first capture";

	row->life = count - 1;
	for (size_t back = 2; reason && back <= MAX_OPEN && back <= count; back++) {
		struct ll_life *const older = &lives[count - back];

		if (!ll_life_is_proved(older, row))
			continue;
		older->is_mixed = true;
		lives[count - 1].is_mixed = true;
		row->life = count - back;
		reason = NULL;
	}
	if (reason) {
		row->life = count;
		*(struct ll_life *)ll_vec_push(&lifetimes->lives, sizeof(struct ll_life)) =
			ll_life_of(lifetimes->rows.items, reason);
	} else {
		mark_clock(lifetimes, &lives[row->life], row);
	}
	ll_life_join((struct ll_life *)lifetimes->lives.items + row->life, row);
}

/* Rule 4. Distances are to lives as the evidence alone drew them. */
static size_t nearest_life(const struct ll_lifetimes *lifetimes, const struct ll_life_row *row)
{
	const struct ll_life *const lives = lifetimes->lives.items;
	size_t best = 0;

	for (size_t i = 1; i < lifetimes->lives.count; i++) {
		if (ll_life_distance(&lives[i], row) <= ll_life_distance(&lives[best], row))
			best = i;
	}
	return best;
}

/* Rule 8: do two traces begin alike, as far as the shorter one goes? */
static bool begin_alike(struct ll_str a, struct ll_str b)
{
	const size_t size = a.size < b.size ? a.size : b.size;

	return size > 0 && memcmp(a.data, b.data, size) == 0;
}

/* Of the traces that went to a life, the one that is nearest to it; or SIZE_MAX. */
static size_t nearest_trace(const struct ll_lifetimes *lifetimes, const bool *is_new, size_t life)
{
	const struct ll_life_row *const rows = lifetimes->rows.items;
	const struct ll_life *const drawn = (const struct ll_life *)lifetimes->lives.items + life;
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < lifetimes->rows.count; i++) {
		if (!is_new[i] || rows[i].life != life || rows[i].trace_head.size == 0)
			continue;
		if (best == SIZE_MAX ||
		    ll_life_distance(drawn, &rows[i]) < ll_life_distance(drawn, &rows[best]))
			best = i;
	}
	return best;
}

/* Rule 8: a life for the traces that begin otherwise than the one that is nearest to `life`. */
static void part_traces(struct ll_lifetimes *lifetimes, const bool *is_new, size_t life)
{
	struct ll_life_row *const rows = lifetimes->rows.items;
	const size_t nearest = nearest_trace(lifetimes, is_new, life);
	size_t begun[MAX_OPEN], count = 0; /* rows that began another life, the newest ones */

	for (size_t i = 0; nearest != SIZE_MAX && i < lifetimes->rows.count; i++) {
		size_t back = count < MAX_OPEN ? count : MAX_OPEN;

		if (!is_new[i] || rows[i].life != life || rows[i].trace_head.size == 0 ||
		    begin_alike(rows[i].trace_head, rows[nearest].trace_head))
			continue;
		while (back > 0 && !begin_alike(rows[i].trace_head,
		                                rows[begun[(count - back) % MAX_OPEN]].trace_head))
			back--;
		if (back > 0) {
			rows[i].life = rows[begun[(count - back) % MAX_OPEN]].life;
			continue;
		}
		rows[i].life = lifetimes->lives.count;
		*(struct ll_life *)ll_vec_push(&lifetimes->lives, sizeof(struct ll_life)) =
			ll_life_of(rows, "another trace from the first collection on");
		begun[count++ % MAX_OPEN] = i;
	}
}

/* Most instances have no trace at all. */
static void part_all_traces(struct ll_lifetimes *lifetimes, const bool *is_new)
{
	const size_t count = lifetimes->lives.count;
	const struct ll_life_row *const rows = lifetimes->rows.items;
	LL_CLEANUP(ll_freep) size_t *traces = ll_calloc(count, sizeof *traces);

	for (size_t i = 0; i < lifetimes->rows.count; i++)
		traces[rows[i].life] += is_new[i] && rows[i].trace_head.size > 0;
	for (size_t life = 0; life < count; life++) {
		if (traces[life] > 1)
			part_traces(lifetimes, is_new, life);
	}
}

static void place_the_rest(struct ll_lifetimes *lifetimes)
{
	struct ll_life_row *const rows = lifetimes->rows.items;
	LL_CLEANUP(ll_freep) bool *is_new = ll_calloc(lifetimes->rows.count, sizeof *is_new);

	for (size_t i = 0; i < lifetimes->rows.count; i++) {
		is_new[i] = rows[i].life == SIZE_MAX;
		if (is_new[i])
			rows[i].life = nearest_life(lifetimes, &rows[i]);
	}
	part_all_traces(lifetimes, is_new);
	/* Only now do their times widen the lives. */
	for (size_t i = 0; i < lifetimes->rows.count; i++) {
		if (is_new[i])
			ll_life_join((struct ll_life *)lifetimes->lives.items + rows[i].life,
			             &rows[i]);
	}
}

static bool is_any_mixed(const struct ll_lifetimes *lifetimes)
{
	const struct ll_life *const lives = lifetimes->lives.items;
	bool is_mixed = false;

	for (size_t i = 0; i < lifetimes->lives.count; i++)
		is_mixed |= lives[i].is_mixed;
	return is_mixed;
}

/* Rule 6. When it does not hold, everything stays as it was. */
static void part_replicas(struct ll_lifetimes *lifetimes)
{
	const bool is_proved = is_any_mixed(lifetimes);
	struct ll_life_row *const rows = lifetimes->rows.items;
	LL_CLEANUP(ll_freep) size_t *before = ll_calloc(lifetimes->rows.count, sizeof *before);

	for (size_t i = 0; i < lifetimes->rows.count; i++)
		before[i] = rows[i].life;
	if (ll_replicas_part(rows, lifetimes->rows.count, is_proved, &lifetimes->lives))
		return;
	for (size_t i = 0; i < lifetimes->rows.count; i++)
		rows[i].life = before[i];
}

static void group(struct ll_lifetimes *lifetimes)
{
	struct ll_life_row *const rows = lifetimes->rows.items;

	lifetimes->lives.count = 0;
	ll_life_take_containers(rows, lifetimes->rows.count);
	for (size_t i = 0; i < lifetimes->rows.count; i++) {
		rows[i].life = SIZE_MAX;
		if (ll_life_has_evidence(&rows[i]))
			place_evidence(lifetimes, &rows[i]);
	}
	if (is_any_mixed(lifetimes) || lifetimes->lives.count > FALLS_OF_REPLICAS)
		part_replicas(lifetimes);
	if (lifetimes->lives.count == 0) {
		*(struct ll_life *)ll_vec_push(&lifetimes->lives, sizeof(struct ll_life)) =
			ll_life_of(rows, "first capture");
		ll_life_join(lifetimes->lives.items, &rows[0]);
	}
	place_the_rest(lifetimes);
}

/* --------------------------------------------------------------------- storing */

static int put_life(struct ll_lifetimes *lifetimes, const struct ll_life *life, size_t ordinal,
                    struct ll_error *err)
{
	sqlite3_stmt *const stmt = lifetimes->put_life;

	(void)sqlite3_bind_int64(stmt, 1, lifetimes->service_id);
	(void)sqlite3_bind_int64(stmt, 2, lifetimes->instance_id);
	(void)sqlite3_bind_int64(stmt, 3, (int64_t)ordinal);
	const struct ll_str build = life->build.size > 0 ? life->build : life->label;

	if (life->start_ns == LL_TIME_NONE || life->start_ns > life->first_ns)
		(void)sqlite3_bind_null(stmt, 4);
	else
		(void)sqlite3_bind_int64(stmt, 4, life->start_ns);
	(void)sqlite3_bind_int64(stmt, 5, life->first_ns);
	(void)sqlite3_bind_int64(stmt, 6, life->last_ns);
	(void)sqlite3_bind_text64(stmt, 7, build.data ? build.data : "", build.size, SQLITE_STATIC,
	                          SQLITE_UTF8);
	(void)sqlite3_bind_text(stmt, 8, life->begun_by, -1, SQLITE_STATIC);
	return ll_sqlite_run(lifetimes->db, stmt, err);
}

static int put_audit(struct ll_lifetimes *lifetimes, const struct ll_life_row *row,
                     const char *reason, const char *detail, bool is_left_out, struct ll_error *err)
{
	sqlite3_stmt *const stmt = lifetimes->put_audit;

	(void)sqlite3_bind_int64(stmt, 1, row->capture_id);
	(void)sqlite3_bind_text(stmt, 2, reason, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(stmt, 3, detail, -1, SQLITE_TRANSIENT);
	(void)sqlite3_bind_int(stmt, 4, is_left_out);
	return ll_sqlite_run(lifetimes->db, stmt, err);
}

/* Its place in time is wrong, and where it belongs is not known. */
static int put_clock(struct ll_lifetimes *lifetimes, const struct ll_life_row *row,
                     struct ll_error *err)
{
	const int64_t seconds = (row->time_ns - row->clock_ns) / LL_NS_PER_S;
	char detail[128];

	(void)snprintf(detail, sizeof detail, "%" PRId64 " s %s that has seen %s collections",
	               seconds < 0 ? -seconds : seconds,
	               seconds < 0 ? "before a capture" : "after a capture",
	               seconds < 0 ? "fewer" : "more");
	return put_audit(lifetimes, row, "clock", detail, true, err);
}

static int put_remarks(struct ll_lifetimes *lifetimes, const struct ll_life_row *row,
                       struct ll_error *err)
{
	const struct ll_life *const lives = lifetimes->lives.items;
	int rc = LL_OK;

	if (lives[row->life].is_mixed)
		rc = put_audit(lifetimes, row, "mixed-replicas",
		               "captures of several processes alternate under this instance's name",
		               false, err);
	if (rc == LL_OK && row->clock_ns != LL_TIME_NONE)
		rc = put_clock(lifetimes, row, err);
	return rc;
}

/* Lives in order of their first capture. */
static size_t *order_of_lives(struct ll_lifetimes *lifetimes)
{
	const struct ll_life *const lives = lifetimes->lives.items;
	const size_t count = lifetimes->lives.count;
	size_t *const order = ll_arena_calloc(&lifetimes->arena, count, sizeof *order);

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

static int store(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	const struct ll_life_row *const rows = lifetimes->rows.items;
	const struct ll_life *const lives = lifetimes->lives.items;
	const size_t *const order = order_of_lives(lifetimes);
	int64_t *const ids =
		ll_arena_calloc(&lifetimes->arena, lifetimes->lives.count, sizeof *ids);
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < lifetimes->lives.count; i++) {
		rc = put_life(lifetimes, &lives[order[i]], i + 1, err);
		ids[order[i]] = sqlite3_last_insert_rowid(lifetimes->db);
	}
	for (size_t i = 0; rc == LL_OK && i < lifetimes->rows.count; i++) {
		(void)sqlite3_bind_int64(lifetimes->put_capture, 1, rows[i].capture_id);
		(void)sqlite3_bind_int64(lifetimes->put_capture, 2, ids[rows[i].life]);
		rc = ll_sqlite_run(lifetimes->db, lifetimes->put_capture, err);
		if (rc == LL_OK)
			rc = put_remarks(lifetimes, &rows[i], err);
	}
	return rc;
}

/* --------------------------------------------------------------------- reading */

static int finish_instance(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	int rc = LL_OK;

	if (lifetimes->rows.count > 0) {
		group(lifetimes);
		rc = store(lifetimes, err);
	}
	lifetimes->rows.count = 0;
	ll_arena_clear(&lifetimes->arena);
	return rc;
}

static int64_t i64_or(sqlite3_stmt *stmt, int column, int64_t otherwise)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL
	               ? otherwise
	               : sqlite3_column_int64(stmt, column);
}

static struct ll_str kept_bytes(struct ll_lifetimes *lifetimes, sqlite3_stmt *stmt, int column)
{
	const void *const bytes = sqlite3_column_blob(stmt, column);

	return ll_arena_str(&lifetimes->arena,
	                    ll_str_n(bytes, (size_t)sqlite3_column_bytes(stmt, column)));
}

static int read_row(struct ll_lifetimes *lifetimes, sqlite3_stmt *stmt, struct ll_error *err)
{
	const int64_t instance_id = sqlite3_column_int64(stmt, 1);
	struct ll_life_row *row;

	if (instance_id != lifetimes->instance_id) {
		const int rc = finish_instance(lifetimes, err);

		if (rc < 0)
			return rc;
	}
	lifetimes->service_id = sqlite3_column_int64(stmt, 0);
	lifetimes->instance_id = instance_id;
	row = ll_vec_push(&lifetimes->rows, sizeof *row);
	*row = (struct ll_life_row){
		.capture_id = sqlite3_column_int64(stmt, 2),
		.class = kept_bytes(lifetimes, stmt, 3),
		.time_ns = sqlite3_column_int64(stmt, 4),
		.build = kept_bytes(lifetimes, stmt, 5),
		.label = kept_bytes(lifetimes, stmt, 6),
		.program = kept_bytes(lifetimes, stmt, 7),
		.is_apart = sqlite3_column_int(stmt, 8) != 0,
		.counters = {.alloc_space = i64_or(stmt, 9, -1),
	                     .alloc_objects = i64_or(stmt, 10, -1),
	                     .num_gc = i64_or(stmt, 11, -1),
	                     .total_alloc = i64_or(stmt, 12, -1),
	                     .mallocs = i64_or(stmt, 13, -1),
	                     .cpu_ns = i64_or(stmt, 21, -1)},
		.last_gc = i64_or(stmt, 14, -1),
		.ring_first = i64_or(stmt, 15, -1),
		.ring_first_ns = i64_or(stmt, 16, -1),
		.ring = kept_bytes(lifetimes, stmt, 17),
		.trace_ns = i64_or(stmt, 18, -1),
		.trace_head = kept_bytes(lifetimes, stmt, 19),
		.start_ns = i64_or(stmt, 20, LL_TIME_NONE),
		.boot_ns = i64_or(stmt, 22, -1),
		.pid = i64_or(stmt, 23, -1),
		.container = {.start_ns = i64_or(stmt, 24, LL_TIME_NONE),
	                      .restarts = i64_or(stmt, 25, -1),
	                      .kills = i64_or(stmt, 26, -1)},
		.ends = -1,
		.clock_ns = LL_TIME_NONE,
	};
	return LL_OK;
}

static int read_rows(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	int state = SQLITE_DONE;
	int rc = LL_OK;

	while (rc == LL_OK && (state = sqlite3_step(lifetimes->captures)) == SQLITE_ROW)
		rc = read_row(lifetimes, lifetimes->captures, err);
	if (rc == LL_OK && state != SQLITE_DONE)
		rc = ll_sqlite_fail(lifetimes->db, err, "lifetimes");
	(void)sqlite3_reset(lifetimes->captures);
	return rc == LL_OK ? finish_instance(lifetimes, err) : rc;
}

/* What was known of dirty services before is made anew. */
static int clear_old(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(lifetimes->clear); i++)
		rc = ll_sqlite_run(lifetimes->db, lifetimes->clear[i], err);
	return rc;
}

static int run_audit(struct ll_lifetimes *lifetimes, const struct audit *audit,
                     struct ll_error *err)
{
	int state = SQLITE_DONE, rc = LL_OK;

	while (rc == LL_OK && (state = sqlite3_step(audit->stmt)) == SQLITE_ROW) {
		(void)sqlite3_bind_int64(lifetimes->put_audit, 1,
		                         sqlite3_column_int64(audit->stmt, 0));
		(void)sqlite3_bind_text(lifetimes->put_audit, 2, audit->reason.data,
		                        (int)audit->reason.size, SQLITE_STATIC);
		(void)sqlite3_bind_value(lifetimes->put_audit, 3,
		                         sqlite3_column_value(audit->stmt, 1));
		(void)sqlite3_bind_value(lifetimes->put_audit, 4,
		                         sqlite3_column_value(audit->stmt, 2));
		rc = ll_sqlite_run(lifetimes->db, lifetimes->put_audit, err);
	}
	if (rc == LL_OK && state != SQLITE_DONE)
		rc = ll_sqlite_fail(lifetimes->db, err, audit->name);
	(void)sqlite3_reset(audit->stmt);
	return rc;
}

static int find_pods(struct ll_lifetimes *lifetimes, bool *ret_has_any, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(lifetimes->ledger, "sql/ingest/has_pods.sql", &stmt, err);

	if (rc >= 0)
		rc = ll_stmt_step(stmt, err);
	*ret_has_any = rc > 0 && ll_stmt_i64(stmt, 0) != 0;
	return rc < 0 ? rc : LL_OK;
}

/* Few ledgers have pods, and to prepare the script takes longer than to see that there are none. */
static int adopt_pods(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	bool has_any;
	const int rc = find_pods(lifetimes, &has_any, err);

	if (rc < 0 || !has_any)
		return rc;
	return ll_sqlite_script(lifetimes->ledger, "sql/ingest/adopt_pods.sql", err);
}

int ll_lifetimes_rebuild(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	const struct audit *const audits = lifetimes->audits.items;
	int rc = adopt_pods(lifetimes, err);

	if (rc == LL_OK)
		rc = ll_ignore_apply(lifetimes->ledger, err);
	if (rc == LL_OK)
		rc = clear_old(lifetimes, err);
	if (rc == LL_OK)
		rc = read_rows(lifetimes, err);
	for (size_t i = 0; rc == LL_OK && i < lifetimes->audits.count; i++)
		rc = run_audit(lifetimes, &audits[i], err);
	return rc;
}

/* ------------------------------------------------------------------- preparing */

/*
 * Every file in sql/audit is one SELECT of (capture_id, detail, is_left_out); its name is the
 * reason.
 */
static int prepare_audits(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	size_t count;
	const struct ll_resource *const all =
		ll_resource_all(ll_ledger_resources(lifetimes->ledger), &count);
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		struct audit audit = {.name = all[i].name, .reason = ll_str(all[i].name)};

		if (!ll_str_skip(&audit.reason, "sql/audit/") || !ll_str_ends(audit.reason, ".sql"))
			continue;
		audit.reason.size -= 4;
		rc = ll_sqlite_resource(lifetimes->ledger, lifetimes->db, audit.name, &audit.stmt,
		                        err);
		if (rc == LL_OK)
			*(struct audit *)ll_vec_push(&lifetimes->audits, sizeof audit) = audit;
	}
	return rc;
}

static int prepare(struct ll_lifetimes *lifetimes, struct ll_error *err)
{
	const struct {
		const char *name;
		sqlite3_stmt **stmt;
	} statements[] = {
		{"sql/ingest/put_lifetime.sql", &lifetimes->put_life},
		{"sql/ingest/put_lifetime_capture.sql", &lifetimes->put_capture},
		{"sql/ingest/put_audit.sql", &lifetimes->put_audit},
		{"sql/ingest/lifetime_captures.sql", &lifetimes->captures},
		{"sql/ingest/clear_audit.sql", &lifetimes->clear[0]},
		{"sql/ingest/clear_lifetime_captures.sql", &lifetimes->clear[1]},
		{"sql/ingest/clear_lifetimes.sql", &lifetimes->clear[2]},
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(statements); i++)
		rc = ll_sqlite_resource(lifetimes->ledger, lifetimes->db, statements[i].name,
		                        statements[i].stmt, err);
	return rc == LL_OK ? prepare_audits(lifetimes, err) : rc;
}

int ll_lifetimes_open(struct ll_ledger *ledger, struct ll_lifetimes **ret_lifetimes,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_lifetimes_closep)
	struct ll_lifetimes *lifetimes = ll_calloc(1, sizeof *lifetimes);
	int rc;

	lifetimes->ledger = ledger;
	lifetimes->db = ll_ledger_handle(ledger);
	rc = prepare(lifetimes, err);
	if (rc == LL_OK)
		*ret_lifetimes = ll_take(&lifetimes);
	return rc;
}

void ll_lifetimes_close(struct ll_lifetimes *lifetimes)
{
	if (!lifetimes)
		return;
	for (size_t i = 0; i < lifetimes->audits.count; i++)
		(void)sqlite3_finalize(((struct audit *)lifetimes->audits.items)[i].stmt);
	for (size_t i = 0; i < LL_COUNT(lifetimes->clear); i++)
		(void)sqlite3_finalize(lifetimes->clear[i]);
	(void)sqlite3_finalize(lifetimes->captures);
	(void)sqlite3_finalize(lifetimes->put_life);
	(void)sqlite3_finalize(lifetimes->put_capture);
	(void)sqlite3_finalize(lifetimes->put_audit);
	ll_vec_done(&lifetimes->audits);
	ll_vec_done(&lifetimes->rows);
	ll_vec_done(&lifetimes->lives);
	ll_arena_done(&lifetimes->arena);
	free(lifetimes);
}

void ll_lifetimes_closep(struct ll_lifetimes **lifetimes)
{
	ll_lifetimes_close(ll_take(lifetimes));
}
