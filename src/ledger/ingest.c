/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest.c - directories in, ledger out: plan, workers, one writer.
 *
 *     walk -> units of files -> workers: read, parse, intern -> queue -> writer (this thread)
 *
 * Files of one directory go to one worker in the order of their names, because consecutive captures
 * of one instance compress against each other. A unit has at most UNIT_FILES files or UNIT_BYTES
 * stored bytes, so memory is bounded by (workers + queue) units and their captures, whatever the
 * number of files. Units are taken largest first: the tail of a run is then short.
 *
 * The writer commits after every COMMIT_BYTES of input or COMMIT_BATCHES batches. What was
 * committed is known to the next run; what was not is read again.
 */
#include "dictionary.h"
#include "internal.h"
#include "lifetime.h"
#include "lookup.h"
#include "unit.h"
#include "write.h"

#include <leakledger/file.h>
#include <leakledger/threads.h>

#include <pthread.h>
#include <stdatomic.h>

enum {
	UNIT_FILES = 256,
	UNIT_BYTES = 16 * 1024 * 1024,
	QUEUE_BATCHES = 4,
	COMMIT_BATCHES = 16,
	COMMIT_BYTES = 64 * 1024 * 1024,
};

struct unit_range {
	size_t first, count;
	int64_t bytes;
};

struct ingest {
	struct ll_ledger *ledger;
	const struct ll_ingest_options *options;
	struct ll_ingest_result *result;
	struct ll_arena arena;
	struct ll_vec roots; /* const char *, no two the same */
	struct ll_vec files; /* struct ll_unit_file */
	struct ll_vec units; /* struct unit_range */
	struct ll_unit_shared shared;
	struct ll_queue *queue;
	struct ll_ticket *ticket;
	atomic_size_t workers;
	int64_t bytes_total, bytes_done;
	size_t files_done;
};

/* ------------------------------------------------------------------------ plan */

/*
 * "captures/" -> "captures"; "." -> the name of the working directory, which only realpath knows.
 */
static const char *fallback_service(struct ll_arena *arena, const char *root)
{
	LL_CLEANUP(ll_freep) char *resolved = realpath(root, NULL);
	const char *const slash = resolved ? strrchr(resolved, '/') : NULL;

	if (!slash || !slash[1])
		return "unknown";
	return ll_arena_str(arena, ll_str(slash + 1)).data;
}

/* "./in//" and "in" are one root: it is part of what a file is known by. */
static const char *plain_root(struct ll_arena *arena, const char *root)
{
	size_t size;

	while (root[0] == '.' && root[1] == '/') {
		const char *rest = root + 2;

		while (*rest == '/')
			rest++;
		if (!*rest)
			return ".";
		root = rest;
	}
	size = strlen(root);
	while (size > 1 && root[size - 1] == '/')
		size--;
	return ll_arena_str(arena, ll_str_n(root, size)).data;
}

/* False when the root was there before. */
static bool is_new_root(struct ingest *ingest, const char *root)
{
	const char *const *const roots = ingest->roots.items;

	for (size_t i = 0; i < ingest->roots.count; i++) {
		if (strcmp(roots[i], root) == 0)
			return false;
	}
	*(const char **)ll_vec_push(&ingest->roots, sizeof root) = root;
	return true;
}

static int add_root(struct ingest *ingest, const char *root, const struct ll_walk_skip *skip,
                    struct ll_error *err)
{
	const char *const fallback = fallback_service(&ingest->arena, root);
	struct ll_file_list list;
	const int rc = ll_file_walk_but(root, skip, &ingest->arena, &list, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < list.count; i++) {
		const struct ll_file *const item = &list.items[i];
		struct ll_unit_file *const file = ll_vec_push(&ingest->files, sizeof *file);

		*file = (struct ll_unit_file){
			.root = ll_str(root),
			.path = ll_str(item->relative),
			.open_path = item->path,
			.fallback_service = fallback,
			.size = item->size,
			.modified_ns = item->modified_ns,
			.reason = item->reason,
		};
		ingest->bytes_total += item->size;
	}
	return LL_OK;
}

static int add_roots(struct ingest *ingest, struct ll_error *err)
{
	struct ll_file_id own[LL_LEDGER_FILES];
	const struct ll_walk_skip skip = {
		.files = own,
		.file_count = ll_ledger_files(ingest->ledger, own),
		.marker = ingest->options->skip_marker,
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < ingest->options->root_count; i++) {
		const char *const root = plain_root(&ingest->arena, ingest->options->roots[i]);

		if (is_new_root(ingest, root))
			rc = add_root(ingest, root, &skip, err);
	}
	return rc;
}

static struct ll_str directory_of(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return ll_str_first(path, slash == SIZE_MAX ? 0 : slash);
}

static bool by_size_first(const struct unit_range *a, const struct unit_range *b)
{
	return a->bytes != b->bytes ? a->bytes > b->bytes : a->first < b->first;
}

static int by_size(const void *a, const void *b)
{
	return by_size_first(a, b) ? -1 : by_size_first(b, a);
}

/* Cuts the sorted files into units, between directories where possible. */
static void plan(struct ingest *ingest)
{
	const struct ll_unit_file *const files = ingest->files.items;
	struct unit_range *unit = NULL;

	for (size_t i = 0; i < ingest->files.count; i++) {
		const bool is_full =
			unit && (unit->count >= UNIT_FILES || unit->bytes >= UNIT_BYTES);
		const bool is_half =
			unit && (unit->count >= UNIT_FILES / 2 || unit->bytes >= UNIT_BYTES / 2);
		const bool is_other_directory =
			i > 0 &&
			!ll_str_equal(directory_of(files[i].path), directory_of(files[i - 1].path));

		if (!unit || is_full || (is_half && is_other_directory)) {
			unit = ll_vec_push(&ingest->units, sizeof *unit);
			*unit = (struct unit_range){.first = i};
		}
		unit->count++;
		unit->bytes += files[i].size;
	}
	if (ingest->units.count > 0)
		qsort(ingest->units.items, ingest->units.count, sizeof(struct unit_range), by_size);
}

/* --------------------------------------------------------------------- workers */

static void work(void *self, size_t index)
{
	struct ingest *const ingest = self;
	const struct unit_range *const units = ingest->units.items;
	const struct ll_unit_file *const files = ingest->files.items;
	struct ll_unit *const unit = ll_unit_new(&ingest->shared);

	(void)index;
	for (;;) {
		const size_t next = ll_ticket_next(ingest->ticket);
		struct ll_batch *batch;

		if (next >= ingest->units.count)
			break;
		batch = ll_unit_read(unit, &files[units[next].first], units[next].count);
		if (!ll_queue_put(ingest->queue, batch)) {
			ll_batch_free(batch);
			break;
		}
	}
	ll_unit_free(unit);
	/* The last one out tells the writer that nothing more will come. */
	if (atomic_fetch_sub(&ingest->workers, 1) == 1)
		ll_queue_close(ingest->queue);
}

/* ---------------------------------------------------------------------- writer */

static void count_batch(struct ingest *ingest, const struct ll_batch *batch)
{
	struct ll_ingest_result *const result = ingest->result;
	const struct ll_batch_file *const files = batch->files.items;
	const struct ll_batch_capture *const captures = batch->captures.items;

	for (size_t i = 0; i < batch->files.count; i++) {
		result->files++;
		result->new_files += !files[i].is_known && files[i].has_stored;
		ingest->bytes_done += files[i].size;
	}
	for (size_t i = 0; i < batch->captures.count; i++) {
		result->captures++;
		result->partial += captures[i].is_partial;
	}
	result->bytes += batch->bytes;
	ingest->files_done += batch->files.count;
}

static void tell(const struct ingest *ingest)
{
	const struct ll_progress *const progress = ingest->options->progress;

	if (progress)
		progress->files(progress->self, ingest->files_done, ingest->files.count,
		                ingest->bytes_done, ingest->bytes_total);
}

static int commit_and_begin(struct ingest *ingest, struct ll_error *err)
{
	const int rc = ll_ledger_commit(ingest->ledger, err);

	return rc < 0 ? rc : ll_ledger_begin(ingest->ledger, err);
}

/* Stores batches until the workers are done. After a failure it only drains. */
static int write_batches(struct ingest *ingest, struct ll_writer *writer, struct ll_error *err)
{
	struct ll_batch *batch;
	size_t batches = 0;
	int64_t bytes = 0;
	int rc = ll_ledger_begin(ingest->ledger, err);

	if (rc < 0)
		ll_queue_close(ingest->queue);
	while ((batch = ll_queue_get(ingest->queue)) != NULL) {
		if (rc == LL_OK && batch->failure.code != LL_OK)
			rc = ll_fail(err, batch->failure.code, "%s", batch->failure.text);
		if (rc == LL_OK)
			rc = ll_writer_put(writer, batch, err);
		if (rc == LL_OK)
			count_batch(ingest, batch);
		else
			ll_queue_close(ingest->queue);
		bytes += batch->bytes;
		ll_batch_free(batch);
		if (rc == LL_OK && (++batches >= COMMIT_BATCHES || bytes >= COMMIT_BYTES)) {
			rc = commit_and_begin(ingest, err);
			batches = 0;
			bytes = 0;
		}
		tell(ingest);
	}
	return rc;
}

/* ---------------------------------------------------------------------- ingest */

/* Files of this run, old and new, that hold something rejected or something usable. */
static int count_known(struct ingest *ingest, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const char *const *const roots = ingest->roots.items;
	int rc = ll_stmt_resource(ingest->ledger, "sql/ingest/root_counts.sql", &stmt, err);

	for (size_t i = 0; rc >= 0 && i < ingest->roots.count; i++) {
		ll_stmt_bind_text(stmt, ":root", ll_str(roots[i]));
		rc = ll_stmt_step(stmt, err);
		if (rc > 0) {
			ingest->result->rejected += (size_t)ll_stmt_i64(stmt, 0);
			ingest->result->usable += (size_t)ll_stmt_i64(stmt, 1);
		}
		ll_stmt_reset(stmt);
	}
	return rc < 0 ? rc : LL_OK;
}

/* Fewer threads than wanted do the work as well; the missing ones must not be waited for. */
static int start_workers(struct ingest *ingest, size_t wanted, struct ll_workers **ret_workers,
                         struct ll_error *err)
{
	size_t started;
	const int rc = ll_workers_start(wanted, work, ingest, ret_workers, &started, err);

	if (rc == LL_OK && started < wanted &&
	    atomic_fetch_sub(&ingest->workers, wanted - started) == wanted - started)
		ll_queue_close(ingest->queue);
	return rc;
}

static int run(struct ingest *ingest, struct ll_error *err)
{
	const size_t wanted =
		ingest->options->jobs > 0 ? ingest->options->jobs : ll_workers_available();
	struct ll_workers *workers = NULL;
	struct ll_writer *writer = NULL;
	int rc = ll_writer_open(ingest->ledger, ingest->shared.dictionary, ingest->options->version,
	                        &writer, err);

	ingest->queue = ll_queue_new(QUEUE_BATCHES);
	ingest->ticket = ll_ticket_new();
	atomic_init(&ingest->workers, wanted);
	tell(ingest);
	if (rc == LL_OK)
		rc = start_workers(ingest, wanted, &workers, err);
	if (rc == LL_OK)
		rc = write_batches(ingest, writer, err);
	ll_workers_join(workers);
	if (rc == LL_OK)
		rc = ll_lifetimes_rebuild(ingest->ledger, err);
	if (rc == LL_OK)
		rc = ll_ledger_commit(ingest->ledger, err);
	else
		ll_ledger_rollback(ingest->ledger);
	if (rc == LL_OK)
		rc = count_known(ingest, err);
	ll_writer_close(writer);
	ll_queue_free(ingest->queue);
	ll_ticket_free(ingest->ticket);
	return rc;
}

static int open_shared(struct ingest *ingest, struct ll_error *err)
{
	sqlite3 *reader;
	int rc = ll_ledger_open_reader(ingest->ledger, &reader, err);

	if (rc < 0)
		return rc;
	ingest->shared.options = ingest->options;
	ingest->shared.dictionary = ll_dictionary_new(reader);
	return ll_lookup_open(ingest->ledger, ingest->options->version, &ingest->shared.lookup,
	                      err);
}

int ll_ingest(struct ll_ledger *ledger, const struct ll_ingest_options *options,
              struct ll_ingest_result *ret_result, struct ll_error *err)
{
	struct ingest ingest = {.ledger = ledger, .options = options, .result = ret_result};
	int rc;

	memset(ret_result, 0, sizeof *ret_result);
	rc = add_roots(&ingest, err);
	if (rc == LL_OK)
		rc = open_shared(&ingest, err);
	if (rc == LL_OK) {
		plan(&ingest);
		rc = run(&ingest, err);
	}
	ll_lookup_close(ingest.shared.lookup);
	ll_dictionary_free(ingest.shared.dictionary);
	ll_vec_done(&ingest.roots);
	ll_vec_done(&ingest.files);
	ll_vec_done(&ingest.units);
	ll_arena_done(&ingest.arena);
	return rc;
}
