/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lookup.c - see lookup.h.
 *
 * Segments of a nightly ledger would hold one capture each, which costs ten times the bytes of a
 * full one; rewriting a full one every night would cost time that grows with history. A segment is
 * continued until it has CONTINUE_CAPTURES captures, so each sample is rewritten a bounded number
 * of times.
 */
#include "lookup.h"

#include "dictionary.h"

#include <pthread.h>

enum {
	CONTINUE_CAPTURES = 16,
	QUESTIONS_AT_ONCE = 64,
	IN_LEDGER = 0, /* before every place */
};

struct ll_lookup {
	pthread_mutex_t lock;
	const struct ll_ledger *ledger;
	const char *version;
	bool has_rows;    /* the ledger has something to ask about */
	sqlite3 *db;      /* NULL until it is asked */
	size_t questions; /* asked so far */
	sqlite3_stmt *stored, *content, *segment, *series;
	struct ll_map claimed; /* content -> index in places */
	struct ll_vec places;  /* uint64_t; IN_LEDGER when it need not be read */
	struct ll_map continued;
};

static int prepare(struct ll_lookup *lookup, struct ll_error *err)
{
	const struct {
		const char *name;
		sqlite3_stmt **stmt;
	} statements[] = {
		{"sql/ingest/known_stored.sql", &lookup->stored},
		{"sql/ingest/known_content.sql", &lookup->content},
		{"sql/ingest/open_segments.sql", &lookup->segment},
		{"sql/ingest/segment_series.sql", &lookup->series},
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(statements); i++)
		rc = ll_sqlite_resource(lookup->ledger, lookup->db, statements[i].name,
		                        statements[i].stmt, err);
	return rc;
}

struct ll_lookup *ll_lookup_new(const struct ll_ledger *ledger, const char *version, bool has_rows)
{
	struct ll_lookup *const lookup = ll_calloc(1, sizeof *lookup);

	(void)pthread_mutex_init(&lookup->lock, NULL);
	lookup->ledger = ledger;
	lookup->version = version;
	lookup->has_rows = has_rows;
	return lookup;
}

void ll_lookup_free(struct ll_lookup *lookup)
{
	if (!lookup)
		return;
	(void)sqlite3_finalize(lookup->stored);
	(void)sqlite3_finalize(lookup->content);
	(void)sqlite3_finalize(lookup->segment);
	(void)sqlite3_finalize(lookup->series);
	(void)sqlite3_close_v2(lookup->db);
	(void)pthread_mutex_destroy(&lookup->lock);
	ll_map_done(&lookup->claimed);
	ll_vec_done(&lookup->places);
	ll_map_done(&lookup->continued);
	free(lookup);
}

void ll_lookup_note_rows(struct ll_lookup *lookup)
{
	(void)pthread_mutex_lock(&lookup->lock);
	lookup->has_rows = true;
	(void)pthread_mutex_unlock(&lookup->lock);
}

/* Called with the lock held, when there are rows. */
static int ensure_open(struct ll_lookup *lookup, struct ll_error *err)
{
	int rc;

	if (lookup->db)
		return LL_OK;
	rc = ll_ledger_open_reader(lookup->ledger, &lookup->db, err);
	return rc < 0 ? rc : prepare(lookup, err);
}

static void bind_hash(sqlite3_stmt *stmt, const char *name, struct ll_hash hash)
{
	uint8_t bytes[16];

	ll_hash_to_bytes(hash, bytes);
	(void)sqlite3_bind_blob(stmt, sqlite3_bind_parameter_index(stmt, name), bytes, sizeof bytes,
	                        SQLITE_TRANSIENT);
}

/*
 * Questions are asked inside a transaction, because to begin one costs ten times the answer; now
 * and then a new one sees what was stored since, and lets the log of the ledger be emptied.
 */
static int renew(struct ll_lookup *lookup, struct ll_error *err)
{
	const bool is_first = lookup->questions == 0;

	if (lookup->questions++ % QUESTIONS_AT_ONCE != 0)
		return LL_OK;
	return ll_sqlite_exec(lookup->db, is_first ? "BEGIN" : "COMMIT; BEGIN", err);
}

/*
 * Asks one of our statements about a hash, called `name`; its first column is the answer. No row:
 * false. Called with the lock held.
 */
static int ask(struct ll_lookup *lookup, sqlite3_stmt *const *question, const char *name,
               struct ll_hash hash, bool *ret_answer, struct ll_error *err)
{
	sqlite3_stmt *stmt;
	int state, rc;

	*ret_answer = false;
	if (!lookup->has_rows)
		return LL_OK;
	rc = ensure_open(lookup, err);
	if (rc == LL_OK)
		rc = renew(lookup, err);
	if (rc < 0)
		return rc;
	stmt = *question;
	bind_hash(stmt, name, hash);
	(void)sqlite3_bind_text(stmt, sqlite3_bind_parameter_index(stmt, ":reader"),
	                        lookup->version, -1, SQLITE_STATIC);
	state = sqlite3_step(stmt);
	*ret_answer = state == SQLITE_ROW && sqlite3_column_int(stmt, 0) != 0;
	if (state != SQLITE_ROW && state != SQLITE_DONE)
		rc = ll_sqlite_fail(lookup->db, err, "ledger");
	(void)sqlite3_reset(stmt);
	return rc;
}

int ll_lookup_stored(struct ll_lookup *lookup, struct ll_hash stored, bool *ret_is_known,
                     struct ll_error *err)
{
	int rc;

	(void)pthread_mutex_lock(&lookup->lock);
	rc = ask(lookup, &lookup->stored, ":stored", stored, ret_is_known, err);
	(void)pthread_mutex_unlock(&lookup->lock);
	return rc;
}

int ll_lookup_claim_content(struct ll_lookup *lookup, struct ll_hash content, uint64_t place,
                            bool *ret_is_new, struct ll_error *err)
{
	uint64_t *holder;
	bool is_stored = false;
	uint32_t index;
	int rc = LL_OK;

	(void)pthread_mutex_lock(&lookup->lock);
	index = ll_map_find(&lookup->claimed, content);
	if (index != LL_MAP_NONE) {
		holder = (uint64_t *)lookup->places.items + index;
	} else {
		ll_map_set(&lookup->claimed, content, (uint32_t)lookup->places.count);
		holder = ll_vec_push(&lookup->places, sizeof *holder);
		rc = ask(lookup, &lookup->content, ":hash", content, &is_stored, err);
		*holder = is_stored ? IN_LEDGER : UINT64_MAX;
	}
	*ret_is_new = place < *holder;
	if (*ret_is_new)
		*holder = place;
	(void)pthread_mutex_unlock(&lookup->lock);
	return rc;
}

bool ll_lookup_has_claim(struct ll_lookup *lookup, struct ll_hash content, uint64_t place)
{
	uint32_t index;
	bool has_claim;

	(void)pthread_mutex_lock(&lookup->lock);
	index = ll_map_find(&lookup->claimed, content);
	has_claim = index != LL_MAP_NONE && ((uint64_t *)lookup->places.items)[index] == place;
	(void)pthread_mutex_unlock(&lookup->lock);
	return has_claim;
}

static int restore(struct ll_lookup *lookup, struct ll_batch_segment *segment, uint32_t captures,
                   struct ll_stack_table *stacks, struct ll_error *err)
{
	sqlite3_stmt *const stmt = lookup->series;
	int state;

	(void)sqlite3_bind_int64(stmt, 1, segment->segment_id);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct ll_series_key key = {.block_size = sqlite3_column_int64(stmt, 1),
		                            .label_id = (uint32_t)sqlite3_column_int64(stmt, 2)};
		const uint32_t stack_id = (uint32_t)sqlite3_column_int64(stmt, 0);

		if (!ll_stack_hash_of(stacks, stack_id, &key.stack)) {
			(void)sqlite3_reset(stmt);
			return ll_fail(err, LL_E_DATABASE,
			               "segment %lld refers to an unknown stack",
			               (long long)segment->segment_id);
		}
		ll_segment_restore(&segment->segment, &key, stack_id, sqlite3_column_int(stmt, 3),
		                   ll_str_n(sqlite3_column_blob(stmt, 4),
		                            (size_t)sqlite3_column_bytes(stmt, 4)),
		                   captures);
	}
	(void)sqlite3_reset(stmt);
	/* A segment whose captures were all empty has no series, but its indexes are taken. */
	segment->segment.captures = captures;
	return state == SQLITE_DONE ? LL_OK : ll_sqlite_fail(lookup->db, err, "series");
}

/* The newest stored segment of that kind that can be continued, into segment->segment_id. */
static void find_open_segment(struct ll_lookup *lookup, struct ll_batch_segment *segment,
                              uint32_t *ret_captures)
{
	sqlite3_stmt *const stmt = lookup->segment;

	(void)sqlite3_bind_int64(stmt, 1, segment->instance_id);
	(void)sqlite3_bind_text(stmt, 2, segment->kind, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text64(stmt, 3, segment->types.data, segment->types.size, SQLITE_STATIC,
	                          SQLITE_UTF8);
	(void)sqlite3_bind_int64(stmt, 4, segment->period);
	(void)sqlite3_bind_int64(stmt, 5, CONTINUE_CAPTURES);
	while (segment->segment_id == 0 && sqlite3_step(stmt) == SQLITE_ROW) {
		const int64_t id = sqlite3_column_int64(stmt, 0);
		const struct ll_hash key = {.low = (uint64_t)id * 0x9e3779b97f4a7c15U, .high = 0};

		if (ll_map_find(&lookup->continued, key) != LL_MAP_NONE)
			continue;
		ll_map_set(&lookup->continued, key, 0);
		segment->segment_id = id;
		*ret_captures = (uint32_t)sqlite3_column_int64(stmt, 1);
	}
	(void)sqlite3_reset(stmt);
}

int ll_lookup_continue(struct ll_lookup *lookup, struct ll_batch_segment *segment,
                       struct ll_stack_table *stacks, struct ll_error *err)
{
	uint32_t captures = 0;
	int rc = LL_OK;

	(void)pthread_mutex_lock(&lookup->lock);
	if (lookup->has_rows) {
		rc = ensure_open(lookup, err);
		if (rc == LL_OK)
			find_open_segment(lookup, segment, &captures);
	}
	if (segment->segment_id != 0)
		rc = restore(lookup, segment, captures, stacks, err);
	(void)pthread_mutex_unlock(&lookup->lock);
	return rc;
}
