/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unit.c - the loop over a unit's files and their members.
 *
 * A content that turns out to be unreadable takes back what it added: rows behind the mark are cut
 * off. Its index in a segment stays used and belongs to no capture.
 */
#include "unit.h"

#include "ingest_sink.h"

/* Sizes of the batch's vectors, to cut back to. */
struct mark {
	size_t captures, notes, totals, groups, gcs, facts, entries;
	size_t readings, benchmarks, kills, tasks, declared;
};

struct ll_unit {
	const struct ll_unit_shared *shared;
	struct ll_unpacker *unpacker;
	struct ll_ingest_sink *sink;
};

static struct ll_str base_name(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return slash == SIZE_MAX ? path : ll_str_from(path, slash + 1);
}

static struct mark mark_of(const struct ll_batch *batch)
{
	return (struct mark){
		.captures = batch->captures.count,
		.notes = batch->notes.count,
		.totals = batch->totals.count,
		.groups = batch->groups.count,
		.gcs = batch->gcs.count,
		.facts = batch->facts.count,
		.entries = batch->entries.count,
		.readings = batch->readings.count,
		.benchmarks = batch->benchmarks.count,
		.kills = batch->kills.count,
		.tasks = batch->tasks.count,
		.declared = batch->declared.count,
	};
}

static void cut_back(struct ll_batch *batch, const struct mark *mark)
{
	batch->captures.count = mark->captures;
	batch->notes.count = mark->notes;
	batch->totals.count = mark->totals;
	batch->groups.count = mark->groups;
	batch->gcs.count = mark->gcs;
	batch->facts.count = mark->facts;
	batch->entries.count = mark->entries;
	batch->readings.count = mark->readings;
	batch->benchmarks.count = mark->benchmarks;
	batch->kills.count = mark->kills;
	batch->tasks.count = mark->tasks;
	batch->declared.count = mark->declared;
}

/* Failures of the ledger, as opposed to those of a capture. */
static bool is_ours(int rc)
{
	return rc == LL_E_DATABASE || rc == LL_E_BUSY || rc == LL_E_INTERNAL;
}

static void add_reason(struct ll_unit *unit, struct ll_str *reason, const char *text)
{
	*reason = ll_ingest_sink_clean(unit->sink, ll_str(text));
}

/* Captures whose format is that of the reader get its name. */
static void name_formats(struct ll_unit *unit, size_t from, const struct ll_format *format)
{
	struct ll_batch_capture *const captures = unit->sink->batch->captures.items;

	for (size_t i = from; i < unit->sink->batch->captures.count; i++) {
		if (captures[i].format.size == 0)
			captures[i].format = ll_str(format->id);
	}
}

static int read_content(struct ll_unit *unit, struct ll_stream *stream, size_t content,
                        struct ll_error *err)
{
	struct ll_batch_content *const row =
		(struct ll_batch_content *)unit->sink->batch->contents.items + content;
	const struct mark mark = mark_of(unit->sink->batch);
	const struct ll_format *format = NULL;
	struct ll_error problem = LL_ERROR_INIT;
	int rc;

	unit->sink->content = content;
	unit->sink->part = 0;
	unit->sink->ring_entries.count = 0;
	rc = ll_capture_read(stream, base_name(unit->sink->file->path), &unit->sink->sink, &format,
	                     &problem);
	if (rc == LL_OK)
		ll_ingest_sink_finish(unit->sink);
	unit->sink->has_capture = false;
	row->format = ll_str(format ? format->id : NULL);
	if (rc == LL_OK) {
		name_formats(unit, mark.captures, format);
		return LL_OK;
	}
	cut_back(unit->sink->batch, &mark);
	if (is_ours(rc)) {
		*err = problem;
		return rc;
	}
	add_reason(unit, &row->reason, problem.text);
	return LL_OK;
}

static struct ll_batch_content *push_content(struct ll_unit *unit, size_t file, size_t member,
                                             struct ll_hash hash, int64_t size)
{
	struct ll_batch_content *const row = ll_vec_push(&unit->sink->batch->contents, sizeof *row);

	*row = (struct ll_batch_content){
		.hash = hash, .size = size, .file = file, .member = member};
	return row;
}

/*
 * One member of a file. Its hash is known before it is read when it is in memory; a windowed one is
 * hashed while it is read, and is dropped afterwards when it turns out to be known.
 */
static int read_member(struct ll_unit *unit, struct ll_stream *stream, size_t file, size_t member,
                       struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_hash hash = {0};
	const struct mark mark = mark_of(unit->sink->batch);
	bool is_new = true;
	int64_t size = 0;
	int rc;
	struct ll_batch_content *row = push_content(unit, file, member, hash, size);
	const size_t content = unit->sink->batch->contents.count - 1;

	if (ll_unpacker_is_whole(unit->unpacker)) {
		(void)ll_unpacker_content(unit->unpacker, &hash, &size, &damage);
		rc = ll_lookup_claim_content(unit->shared->lookup, hash, &is_new, err);
		if (rc == LL_OK && is_new)
			rc = read_content(unit, stream, content, err);
	} else {
		rc = read_content(unit, stream, content, err);
		(void)ll_unpacker_content(unit->unpacker, &hash, &size, &damage);
		if (rc == LL_OK)
			rc = ll_lookup_claim_content(unit->shared->lookup, hash, &is_new, err);
		if (!is_new)
			cut_back(unit->sink->batch, &mark);
	}
	row = (struct ll_batch_content *)unit->sink->batch->contents.items + content;
	row->hash = hash;
	row->size = size;
	row->is_read = is_new;
	return rc;
}

static int read_members(struct ll_unit *unit, size_t file, struct ll_error *err)
{
	struct ll_error problem = LL_ERROR_INIT;
	struct ll_stream *stream;
	size_t member = 0;
	int state;

	while ((state = ll_unpacker_next(unit->unpacker, &stream, &problem)) != 0) {
		if (state < 0) {
			struct ll_batch_file *const row =
				(struct ll_batch_file *)unit->sink->batch->files.items + file;

			if (row->reason.size == 0)
				add_reason(unit, &row->reason, problem.text);
			continue;
		}
		state = read_member(unit, stream, file, member++, err);
		if (state < 0)
			return state;
	}
	return LL_OK;
}

static int read_file(struct ll_unit *unit, const struct ll_unit_file *file, struct ll_error *err)
{
	struct ll_batch_file *row = ll_vec_push(&unit->sink->batch->files, sizeof *row);
	const size_t index = unit->sink->batch->files.count - 1;
	struct ll_error problem = LL_ERROR_INIT;
	int rc;

	*row = (struct ll_batch_file){.root = file->root,
	                              .path = file->path,
	                              .size = file->size,
	                              .modified_ns = file->modified_ns};
	if (file->reason) {
		add_reason(unit, &row->reason, file->reason);
		return LL_OK;
	}
	rc = ll_unpacker_open(unit->unpacker, file->open_path, &row->stored, &row->size, &problem);
	if (rc < 0) {
		add_reason(unit, &row->reason, problem.text);
		return LL_OK;
	}
	row->has_stored = true;
	unit->sink->batch->bytes += row->size;
	rc = ll_lookup_stored(unit->shared->lookup, row->stored, &row->is_known, err);
	if (rc < 0 || row->is_known)
		return rc;
	unit->sink->file = file;
	ll_identity_from_path(file->path, unit->shared->options->patterns,
	                      unit->shared->options->pattern_count, &unit->sink->path);
	return read_members(unit, index, err);
}

struct ll_batch *ll_unit_read(struct ll_unit *unit, const struct ll_unit_file *files, size_t count)
{
	struct ll_batch *const batch = ll_batch_new();
	struct ll_batch_segment **segments;
	int rc = LL_OK;

	unit->sink->batch = batch;
	for (size_t i = 0; rc == LL_OK && i < count; i++)
		rc = read_file(unit, &files[i], &batch->failure);
	segments = batch->segments.items;
	for (size_t i = 0; i < batch->segments.count; i++)
		ll_segment_finish(&segments[i]->segment);
	unit->sink->batch = NULL;
	return batch;
}

struct ll_unit *ll_unit_new(const struct ll_unit_shared *shared)
{
	struct ll_unit *const unit = ll_calloc(1, sizeof *unit);

	unit->shared = shared;
	unit->unpacker = ll_unpacker_new(&shared->options->limits);
	unit->sink = ll_ingest_sink_new(shared);
	return unit;
}

void ll_unit_free(struct ll_unit *unit)
{
	if (!unit)
		return;
	ll_unpacker_free(unit->unpacker);
	ll_ingest_sink_free(unit->sink);
	free(unit);
}
