/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest.c - directories in, ledger out: plan, workers, one writer.
 *
 *     plan -> units of files -> workers: read, parse, intern -> turn -> writer (this thread)
 *
 * The plan (plan.h) is the order of everything: units are begun and written in it (turn.h). Memory
 * is bounded by (workers + QUEUE_BATCHES) units and their captures, whatever the number of files.
 * With one job there are no workers and no turns: this thread reads a unit, stores it, and goes on.
 *
 * The writer commits after every COMMIT_BYTES of input or COMMIT_FILES files. What was committed is
 * known to the next run; what was not is read again.
 */
#include "dictionary.h"
#include "gone.h"
#include "internal.h"
#include "lifetime.h"
#include "lookup.h"
#include "plan.h"
#include "settled.h"
#include "turn.h"
#include "unit.h"
#include "write.h"

#include <leakledger/threads.h>

enum {
	QUEUE_BATCHES = 4,
	COMMIT_FILES = 2048,
	COMMIT_BYTES = 64 * 1024 * 1024,
};

struct ingest {
	struct ll_ledger *ledger;
	const struct ll_ingest_options *options;
	struct ll_ingest_result *result;
	struct ll_plan plan;
	struct ll_unit_shared shared;
	struct ll_turn *turn;
	struct ll_lifetimes *lifetimes; /* NULL until it is ready */
	int64_t bytes_done;
	size_t files_done;
	size_t given_up; /* contents that were read for nothing: a lower place had them, too */
};

/* --------------------------------------------------------------------- workers */

struct worker {
	struct ingest *ingest;
	size_t unit;
};

static bool hand_over(void *self, struct ll_batch *batch)
{
	const struct worker *const worker = self;

	batch->unit = worker->unit;
	return ll_turn_put(worker->ingest->turn, batch);
}

static void work(void *self, size_t index)
{
	struct ingest *const ingest = self;
	struct worker worker = {.ingest = ingest};
	const struct ll_unit_out out = {.self = &worker, .put = hand_over};
	const struct ll_plan_unit *const units = ingest->plan.units.items;
	const struct ll_unit_file *const files = ingest->plan.files.items;
	struct ll_unit *const unit = ll_unit_new(&ingest->shared);

	(void)index;
	while ((worker.unit = ll_turn_begin(ingest->turn, ingest->plan.units.count)) != SIZE_MAX)
		ll_unit_read(unit, &files[units[worker.unit].first], units[worker.unit].count,
		             &out);
	ll_unit_free(unit);
	ll_turn_leave(ingest->turn);
}

/* ---------------------------------------------------------------------- writer */

static void count_batch(struct ingest *ingest, const struct ll_batch *batch)
{
	struct ll_ingest_result *const result = ingest->result;
	const struct ll_batch_file *const files = batch->files.items;
	const struct ll_batch_capture *const captures = batch->captures.items;

	for (size_t i = 0; i < batch->files.count; i++) {
		if (files[i].is_unfinished)
			continue;
		result->files++;
		result->new_files += !files[i].is_known && files[i].has_stored;
		ingest->bytes_done += files[i].size;
		ingest->files_done++;
	}
	for (size_t i = 0; i < batch->captures.count; i++) {
		result->captures++;
		result->partial += captures[i].is_partial;
	}
	result->bytes += batch->bytes;
}

/* Contents that were claimed by a lower place after they had been read are that place's. */
static void give_up_lost(struct ingest *ingest, struct ll_batch *batch)
{
	struct ll_batch_content *const contents = batch->contents.items;
	LL_CLEANUP(ll_freep) bool *lost = ll_calloc(batch->contents.count + 1, sizeof *lost);
	size_t count = 0;

	for (size_t i = 0; i < batch->contents.count; i++) {
		lost[i] = contents[i].is_read &&
		          !ll_lookup_has_claim(ingest->shared.lookup, contents[i].hash,
		                               ll_batch_place(batch, &contents[i]));
		if (lost[i])
			contents[i].is_read = false;
		count += lost[i];
	}
	if (count > 0)
		ll_batch_give_up(batch, lost);
	ingest->given_up += count;
}

static void tell(const struct ingest *ingest)
{
	const struct ll_progress *const progress = ingest->options->progress;

	if (progress)
		progress->files(progress->self, ingest->files_done, ingest->plan.to_read,
		                ingest->bytes_done, ingest->plan.bytes);
}

/* Until lifetimes are grouped, what is committed has work left that a run has to do. */
static int commit_and_begin(struct ingest *ingest, struct ll_error *err)
{
	static const char note[] = "INSERT OR IGNORE INTO unfinished (work) VALUES ('lifetimes')";
	int rc = ll_sqlite_exec(ll_ledger_handle(ingest->ledger), note, err);

	if (rc == LL_OK)
		rc = ll_ledger_commit(ingest->ledger, err);
	if (rc < 0)
		return rc;
	ll_lookup_note_rows(ingest->shared.lookup);
	return ll_ledger_begin(ingest->ledger, err);
}

static int store(struct ingest *ingest, struct ll_writer *writer, struct ll_batch *batch,
                 struct ll_error *err)
{
	int rc;

	if (batch->failure.code != LL_OK)
		return ll_fail(err, batch->failure.code, "%s", batch->failure.text);
	give_up_lost(ingest, batch);
	rc = ll_writer_put(writer, batch, err);
	if (rc == LL_OK)
		count_batch(ingest, batch);
	return rc;
}

/* What stores batches, on this thread. After a failure it only drains. */
struct storing {
	struct ingest *ingest;
	struct ll_writer *writer;
	struct ll_error *err;
	int rc;
	size_t files; /* since the last commit, and their bytes */
	int64_t bytes;
};

/* Stores a batch and frees it; false when nothing more is to come. */
static bool store_next(struct storing *storing, struct ll_batch *batch)
{
	struct ingest *const ingest = storing->ingest;

	if (storing->rc == LL_OK) {
		storing->rc = store(ingest, storing->writer, batch, storing->err);
		storing->files += batch->files.count;
		storing->bytes += batch->bytes;
	}
	ll_batch_free(batch);
	if (storing->rc == LL_OK &&
	    (storing->files >= COMMIT_FILES || storing->bytes >= COMMIT_BYTES)) {
		storing->rc = commit_and_begin(ingest, storing->err);
		storing->files = 0;
		storing->bytes = 0;
	}
	tell(ingest);
	return storing->rc == LL_OK;
}

static void store_all(struct storing *storing)
{
	struct ll_turn *const turn = storing->ingest->turn;
	struct ll_batch *batch;

	while ((batch = ll_turn_get(turn)) != NULL) {
		if (!store_next(storing, batch))
			ll_turn_stop(turn);
	}
}

/* --------------------------------------------------------------------- one job */

static bool store_here(void *self, struct ll_batch *batch)
{
	return store_next(self, batch);
}

static void read_and_store(struct storing *storing)
{
	const struct ll_unit_out out = {.self = storing, .put = store_here};
	const struct ll_plan *const plan = &storing->ingest->plan;
	const struct ll_plan_unit *const units = plan->units.items;
	const struct ll_unit_file *const files = plan->files.items;
	struct ll_unit *const unit = ll_unit_new(&storing->ingest->shared);

	for (size_t i = 0; storing->rc == LL_OK && i < plan->units.count; i++)
		ll_unit_read(unit, &files[units[i].first], units[i].count, &out);
	ll_unit_free(unit);
}

/* ---------------------------------------------------------------------- ingest */

/* Fewer threads than wanted do the work as well; the missing ones must not be waited for. */
static int start_workers(struct ingest *ingest, size_t wanted, struct ll_workers **ret_workers,
                         struct ll_error *err)
{
	size_t started;
	int rc;

	ll_turn_expect(ingest->turn, wanted);
	rc = ll_workers_start(wanted, work, ingest, ret_workers, &started, err);
	for (size_t i = started; rc == LL_OK && i < wanted; i++)
		ll_turn_leave(ingest->turn);
	return rc;
}

/* What was made for contents that were given up: services and instances without a capture. */
static int forget_strays(struct ingest *ingest, struct ll_error *err)
{
	static const char *const statements[] = {
		"sql/ingest/forget_series.sql",    "sql/ingest/forget_segments.sql",
		"sql/ingest/forget_instances.sql", "sql/ingest/forget_stacks.sql",
		"sql/ingest/forget_services.sql",
	};
	int rc = LL_OK;

	for (size_t i = 0; rc >= 0 && ingest->given_up > 0 && i < LL_COUNT(statements); i++) {
		LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;

		rc = ll_stmt_resource(ingest->ledger, statements[i], &stmt, err);
		if (rc >= 0)
			rc = ll_stmt_step(stmt, err);
	}
	return rc < 0 ? rc : LL_OK;
}

/* What was rejected and taken away since is no reason to complain. */
static int forget_gone(struct ingest *ingest, struct ll_error *err)
{
	struct ll_plan *const plan = &ingest->plan;
	int rc = LL_OK;

	if (plan->to_read > 0)
		rc = ll_settled_count(plan, ingest->ledger, ingest->options->version, err);
	if (rc == LL_OK)
		rc = ll_gone_forget(ingest->ledger, plan->gone.items, plan->gone.count, err);
	ingest->result->rejected = plan->rejected;
	ingest->result->usable = plan->usable;
	return rc;
}

/* Groups lifetimes anew when there are captures that no run has grouped. */
static int group_lifetimes(struct ingest *ingest, struct ll_error *err)
{
	sqlite3 *const db = ll_ledger_handle(ingest->ledger);
	int64_t left = 0;
	int rc = ll_sqlite_i64(db, "SELECT count(*) FROM unfinished WHERE work = 'lifetimes'",
	                       &left, err);

	if (rc < 0 || (left == 0 && ingest->result->captures == 0))
		return rc;
	if (!ingest->lifetimes)
		rc = ll_lifetimes_open(ingest->ledger, &ingest->lifetimes, err);
	if (rc == LL_OK)
		rc = ll_lifetimes_rebuild(ingest->lifetimes, err);
	if (rc == LL_OK && left > 0)
		rc = ll_sqlite_exec(db, "DELETE FROM unfinished WHERE work = 'lifetimes'", err);
	return rc;
}

static int begin_storing(struct storing *storing, struct ll_error *err)
{
	struct ingest *const ingest = storing->ingest;
	const int rc = ll_writer_open(ingest->ledger, ingest->shared.dictionary,
	                              ingest->options->version, &storing->writer, err);

	tell(ingest);
	return rc == LL_OK ? ll_ledger_begin(ingest->ledger, err) : rc;
}

/* This thread has nothing to store at first, and prepares what comes in the end, too. */
static int read_with_workers(struct storing *storing, size_t wanted, struct ll_error *err)
{
	struct ingest *const ingest = storing->ingest;
	struct ll_workers *workers = NULL;
	int rc;

	ingest->turn = ll_turn_new(wanted + QUEUE_BATCHES);
	rc = start_workers(ingest, wanted, &workers, err);
	if (rc == LL_OK) {
		storing->rc = begin_storing(storing, err);
		if (storing->rc == LL_OK)
			storing->rc = ll_lifetimes_open(ingest->ledger, &ingest->lifetimes, err);
		store_all(storing);
		rc = storing->rc;
	}
	ll_workers_join(workers);
	ll_turn_free(ingest->turn);
	return rc;
}

/* Reads and stores; leaves a transaction open. */
static int read_and_write(struct ingest *ingest, struct ll_error *err)
{
	const size_t wanted =
		ingest->options->jobs > 0 ? ingest->options->jobs : ll_workers_available();
	struct storing storing = {.ingest = ingest, .err = err};
	int rc;

	if (wanted > 1) {
		rc = read_with_workers(&storing, wanted, err);
	} else {
		storing.rc = begin_storing(&storing, err);
		if (storing.rc == LL_OK)
			read_and_store(&storing);
		rc = storing.rc;
	}
	if (rc == LL_OK)
		rc = ll_writer_finish(storing.writer, err);
	ll_writer_close(storing.writer);
	return rc;
}

static int run(struct ingest *ingest, struct ll_error *err)
{
	int rc = ingest->plan.to_read > 0 ? read_and_write(ingest, err)
	                                  : ll_ledger_begin(ingest->ledger, err);

	if (rc == LL_OK)
		rc = forget_strays(ingest, err);
	if (rc == LL_OK)
		rc = forget_gone(ingest, err);
	if (rc == LL_OK)
		rc = group_lifetimes(ingest, err);
	if (rc == LL_OK)
		rc = ll_ledger_commit(ingest->ledger, err);
	else
		ll_ledger_rollback(ingest->ledger);
	return rc;
}

static int open_shared(struct ingest *ingest, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	bool has_rows;
	int rc = ll_stmt_resource(ingest->ledger, "sql/ingest/has_rows.sql", &stmt, err);

	if (rc >= 0)
		rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	has_rows = ll_stmt_i64(stmt, 0) != 0;
	ingest->shared.options = ingest->options;
	ingest->shared.dictionary = ll_dictionary_new(ingest->ledger, has_rows);
	ingest->shared.lookup = ll_lookup_new(ingest->ledger, ingest->options->version, has_rows);
	return LL_OK;
}

int ll_ingest(struct ll_ledger *ledger, const struct ll_ingest_options *options,
              struct ll_ingest_result *ret_result, struct ll_error *err)
{
	struct ingest ingest = {.ledger = ledger, .options = options, .result = ret_result};
	int rc;

	memset(ret_result, 0, sizeof *ret_result);
	ll_plan_init(&ingest.plan);
	rc = ll_plan_make(&ingest.plan, ledger, options, err);
	ret_result->files = ingest.plan.files.count - ingest.plan.to_read;
	if (rc == LL_OK && ingest.plan.to_read > 0)
		rc = open_shared(&ingest, err);
	if (rc == LL_OK)
		rc = run(&ingest, err);
	ll_lifetimes_close(ingest.lifetimes);
	ll_lookup_free(ingest.shared.lookup);
	ll_dictionary_free(ingest.shared.dictionary);
	ll_plan_done(&ingest.plan);
	return rc;
}
