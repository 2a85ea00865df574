/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unit.c - the loop over a unit's files and their members.
 *
 * Files of a unit fill one batch. An archive can be of any size: whenever what was read of it fills
 * a batch, the batch is handed over, and the next one goes on with the same file, which counts as
 * known only when its end was stored.
 *
 * A content that turns out to be unreadable takes back what it added: rows behind the mark are cut
 * off. Its index in a segment stays used and belongs to no capture.
 */
#include "unit.h"

#include "ingest_sink.h"

#include <leakledger/file.h>

/* Sizes of the batch's vectors, to cut back to. */
struct mark {
	size_t captures, notes, totals, groups, gcs, facts, entries;
	size_t readings, benchmarks, kills, tasks, declared;
};

enum {
	/* An archive's part of one batch. */
	BATCH_CONTENTS = 256,
	BATCH_BYTES = 32 * 1024 * 1024,
};

struct ll_unit {
	const struct ll_unit_shared *shared;
	struct ll_unpacker *unpacker;
	struct ll_ingest_sink *sink;
	const struct ll_unit_out *out;

	size_t file;                /* the row of the file that is being read */
	size_t member;              /* which of its contents */
	struct ll_unit_file inside; /* the member as a file */
	size_t contents;            /* of the batch so far, and their bytes */
	int64_t bytes;
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
	ll_stream_set_modified(stream, unit->sink->file->modified_ns);
	rc = ll_capture_read(stream, base_name(unit->sink->file->path), &unit->sink->sink, &format,
	                     &problem);
	if (rc == LL_OK)
		ll_ingest_sink_finish(unit->sink);
	unit->sink->has_capture = false;
	row->format = ll_str(format ? format->id : NULL);
	if (rc == LL_OK) {
		if (format)
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

static struct ll_batch_file *file_row(const struct ll_unit *unit)
{
	return (struct ll_batch_file *)unit->sink->batch->files.items + unit->file;
}

static struct ll_batch_content *content_row(const struct ll_unit *unit, size_t content)
{
	return (struct ll_batch_content *)unit->sink->batch->contents.items + content;
}

static int claim(struct ll_unit *unit, size_t content, bool *ret_is_new, struct ll_error *err)
{
	const struct ll_batch_content *const row = content_row(unit, content);

	return ll_lookup_claim_content(unit->shared->lookup, row->hash,
	                               ll_batch_place(unit->sink->batch, row), ret_is_new, err);
}

static void put_word(struct ll_hasher *hasher, struct ll_str word)
{
	ll_hasher_put(hasher, &word.size, sizeof word.size);
	ll_hasher_put(hasher, word.data ? word.data : "", word.size);
}

/*
 * What tells a content from others: its bytes; of a cgroup's lone number also whose it is and when
 * it was taken, for another container's limit has the same bytes and is not the same fact.
 */
static void take_content(const struct ll_unit *unit, struct ll_batch_content *row)
{
	const struct ll_path_identity *const path = &unit->sink->path;
	const struct ll_str name = base_name(unit->sink->file->path);
	const int64_t time_ns = path->time_is_date ? LL_TIME_NONE : path->time_ns;
	struct ll_error damage = LL_ERROR_INIT;

	(void)ll_unpacker_content(unit->unpacker, &row->hash, &row->size, &damage);
	if (ll_capture_is_bare(name, row->size)) {
		LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
		uint8_t bytes[16];

		ll_hash_to_bytes(row->hash, bytes);
		ll_hasher_put(hasher, bytes, sizeof bytes);
		put_word(hasher, path->service);
		put_word(hasher, path->instance);
		put_word(hasher, name);
		ll_hasher_put(hasher, &time_ns, sizeof time_ns);
		row->hash = ll_hasher_get(hasher);
	}
}

/* In memory: the hash is known before it is read. */
static int read_whole(struct ll_unit *unit, struct ll_stream *stream, size_t content,
                      bool *ret_is_new, struct ll_error *err)
{
	int rc;

	take_content(unit, content_row(unit, content));
	rc = claim(unit, content, ret_is_new, err);
	return rc == LL_OK && *ret_is_new ? read_content(unit, stream, content, err) : rc;
}

/* Through a window: hashed while it is read, and dropped when it turns out to be known. */
static int read_windowed(struct ll_unit *unit, struct ll_stream *stream, size_t content,
                         bool *ret_is_new, struct ll_error *err)
{
	const struct mark mark = mark_of(unit->sink->batch);
	int rc = read_content(unit, stream, content, err);

	take_content(unit, content_row(unit, content));
	if (rc == LL_OK)
		rc = claim(unit, content, ret_is_new, err);
	if (!*ret_is_new)
		cut_back(unit->sink->batch, &mark);
	return rc;
}

static int read_member(struct ll_unit *unit, struct ll_stream *stream, struct ll_error *err)
{
	struct ll_batch *const batch = unit->sink->batch;
	const size_t content = batch->contents.count;
	const size_t first_entry = batch->entries.count;
	struct ll_batch_content *row = ll_vec_push(&batch->contents, sizeof *row);
	bool is_new = true;
	int rc;

	*row = (struct ll_batch_content){
		.file = unit->file, .member = unit->member, .first_entry = first_entry};
	if (ll_unpacker_is_whole(unit->unpacker))
		rc = read_whole(unit, stream, content, &is_new, err);
	else
		rc = read_windowed(unit, stream, content, &is_new, err);
	row = content_row(unit, content);
	row->is_read = is_new;
	row->entry_count = batch->entries.count - first_entry;
	unit->contents++;
	unit->bytes += row->size;
	return rc;
}

/* ------------------------------------------------------------------------ members */

static void identify(struct ll_unit *unit, const struct ll_unit_file *file)
{
	unit->sink->file = file;
	ll_identity_from_path(file->path, unit->shared->options->patterns,
	                      unit->shared->options->pattern_count, &unit->sink->path);
}

static struct ll_str base_of(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return ll_str_from(path, slash == SIZE_MAX ? 0 : slash + 1);
}

static struct ll_str directory_of(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return ll_str_first(path, slash == SIZE_MAX ? 0 : slash);
}

/*
 * Whose a member is, is told as if the archive had been unpacked where it lies, and its time is the
 * archive's own where it has none.
 */
static void identify_member(struct ll_unit *unit, const struct ll_unit_file *file,
                            const struct ll_member *member)
{
	struct ll_arena *const arena = &unit->sink->batch->arena;
	const struct ll_str above = directory_of(file->path);

	unit->inside = *file;
	unit->inside.path =
		ll_str(ll_arena_printf(arena, "%.*s%s%.*s", LL_STR_ARG(above),
	                               above.size > 0 ? "/" : "", LL_STR_ARG(member->name)));
	if (member->modified_ns != LL_TIME_NONE)
		unit->inside.modified_ns = member->modified_ns;
	unit->sink->file = &unit->inside;
	ll_identity_from_member(unit->inside.path, unit->inside.path.size - member->name.size,
	                        base_of(file->path), unit->shared->options->patterns,
	                        unit->shared->options->pattern_count, &unit->sink->path);
}

static bool is_excluded(const struct ll_unit *unit)
{
	const struct ll_walk_skip skip = {.globs = unit->shared->options->excludes,
	                                  .glob_count = unit->shared->options->exclude_count};

	return ll_file_is_excluded(&skip, unit->inside.path.data);
}

static void push_member(struct ll_unit *unit, const struct ll_member *member, const char *reason)
{
	struct ll_batch *const batch = unit->sink->batch;
	struct ll_batch_member *const row = ll_vec_push(&batch->members, sizeof *row);

	*row = (struct ll_batch_member){.file = unit->file,
	                                .member = unit->member,
	                                .name = ll_arena_str(&batch->arena, member->name),
	                                .modified_ns = member->modified_ns};
	if (reason)
		add_reason(unit, &row->reason, reason);
}

/* What came of one step of the unpacker: a content, or a reason why there is none. */
static int take_step(struct ll_unit *unit, const struct ll_unit_file *file, int state,
                     struct ll_stream *stream, const struct ll_error *problem, struct ll_error *err)
{
	const struct ll_member *const member = ll_unpacker_member(unit->unpacker);

	if (member->name.size > 0) {
		identify_member(unit, file, member);
		if (is_excluded(unit))
			return LL_OK;
		push_member(unit, member, state < 0 ? problem->text : NULL);
	} else if (state < 0 && file_row(unit)->reason.size == 0) {
		add_reason(unit, &file_row(unit)->reason, problem->text);
	}
	return state > 0 ? read_member(unit, stream, err) : LL_OK;
}

/* ------------------------------------------------------------------------ batches */

static void begin_batch(struct ll_unit *unit)
{
	unit->sink->batch = ll_batch_new();
	unit->contents = 0;
	unit->bytes = 0;
}

/* Hands the batch over. False: no more are wanted. */
static bool end_batch(struct ll_unit *unit, bool is_last)
{
	struct ll_batch *const batch = unit->sink->batch;
	struct ll_batch_segment *const *const segments = batch->segments.items;

	for (size_t i = 0; i < batch->segments.count; i++)
		ll_segment_finish(&segments[i]->segment);
	batch->is_last = is_last;
	unit->sink->batch = NULL;
	return unit->out->put(unit->out->self, batch);
}

static bool is_full(const struct ll_unit *unit)
{
	return unit->contents >= BATCH_CONTENTS || unit->bytes >= BATCH_BYTES;
}

/* Hands over what was read of an archive until now, and goes on with it in a new batch. */
static bool go_on(struct ll_unit *unit)
{
	struct ll_batch_file file = *file_row(unit);

	file_row(unit)->is_unfinished = true;
	if (!end_batch(unit, false))
		return false;
	begin_batch(unit);
	file.is_begun = true;
	file.reason = ll_str_n(NULL, 0);
	unit->file = 0;
	*(struct ll_batch_file *)ll_vec_push(&unit->sink->batch->files, sizeof file) = file;
	return true;
}

static int read_members(struct ll_unit *unit, const struct ll_unit_file *file, struct ll_error *err)
{
	struct ll_error problem = LL_ERROR_INIT;
	struct ll_stream *stream = NULL;
	int state;

	unit->member = 0;
	while ((state = ll_unpacker_next(unit->unpacker, &stream, &problem)) != 0) {
		int rc;

		if (unit->member > 0 && is_full(unit) && !go_on(unit))
			return LL_E_BUSY;
		rc = take_step(unit, file, state, stream, &problem, err);
		if (rc < 0)
			return rc;
		unit->member++;
	}
	return LL_OK;
}

/* -------------------------------------------------------------------------- files */

/* `next` is the file that comes behind it, or NULL. */
static int read_file(struct ll_unit *unit, const struct ll_unit_file *file,
                     const struct ll_unit_file *next, struct ll_error *err)
{
	struct ll_batch_file *const row = ll_vec_push(&unit->sink->batch->files, sizeof *row);
	struct ll_error problem = LL_ERROR_INIT;
	int rc;

	unit->file = unit->sink->batch->files.count - 1;
	*row = (struct ll_batch_file){.place = file->place,
	                              .root = file->root,
	                              .path = file->path,
	                              .size = file->size,
	                              .modified_ns = file->modified_ns,
	                              .changed_ns = file->changed_ns};
	if (file->reason) {
		add_reason(unit, &row->reason, file->reason);
		return LL_OK;
	}
	rc = ll_unpacker_open(unit->unpacker, file->open_path, &row->stored, &row->size, &problem);
	if (next && !next->reason)
		ll_unpacker_expect(unit->unpacker, next->open_path);
	if (rc < 0) {
		add_reason(unit, &row->reason, problem.text);
		return LL_OK;
	}
	row->has_stored = true;
	unit->sink->batch->bytes += row->size;
	rc = ll_lookup_stored(unit->shared->lookup, row->stored, &row->is_known, err);
	if (rc < 0 || row->is_known)
		return rc;
	identify(unit, file);
	return read_members(unit, file, err);
}

void ll_unit_read(struct ll_unit *unit, const struct ll_unit_file *files, size_t count,
                  const struct ll_unit_out *out)
{
	struct ll_error failure = LL_ERROR_INIT;
	int rc = LL_OK;

	unit->out = out;
	begin_batch(unit);
	for (size_t i = 0; rc == LL_OK && i < count; i++)
		rc = read_file(unit, &files[i], i + 1 < count ? &files[i + 1] : NULL, &failure);
	/* Without a batch the last one was refused: there is nobody to tell. */
	if (!unit->sink->batch)
		return;
	unit->sink->batch->failure = failure;
	(void)end_batch(unit, true);
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
