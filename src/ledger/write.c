/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write.c - stores a batch: dictionary first, then files and contents, captures, and what hangs on
 * them.
 *
 * Numbers of contents, captures and segments are given here, in the order of the batch. Tables with
 * many rows are filled through ll_rows, the few others row by row.
 *
 * A file can hold a content that a later place of the same file reads, or that could not be stored.
 * Its row is then made with the reason "not read yet" and an empty reader, which every later run
 * tries again; the other batch fills it in. If the program dies between the two, nothing is lost
 * and nothing counts as known. An archive of several batches has no stored hash before the last.
 *
 * A file that has other bytes than when it was last read (a log that was rotated, the one name that
 * every capture is written to) is another one: former.h.
 */
#include "write.h"

#include "former.h"
#include "rows.h"

struct ll_writer {
	sqlite3 *db;
	struct ll_dictionary *dictionary;
	const char *version;
	struct ll_former *former;
	struct ll_inserts inserts;
	sqlite3_stmt *file, *find_file, *content, *find_content, *file_content, *capture, *segment,
		*resegment, *clear_segment, *memstats, *clear_file, *clear_members, *copy_reason,
		*copy_file, *member, *copy_members, *dirty;
};

/* ------------------------------------------------------------------ statements */

/* The columns of memstats come from the table of metrics, so that the two cannot differ. */
static int prepare_memstats(struct ll_writer *writer, struct ll_error *err)
{
	struct ll_buf sql;
	int rc;

	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_puts(
		&sql,
		"INSERT INTO memstats (capture_id, ring_first, ring_first_ns, ring_last_ns, ring");
	for (enum ll_metric metric = 0; metric < LL_METRIC_COUNT; metric++)
		ll_buf_printf(&sql, ", %s", ll_metric_column(metric));
	ll_buf_puts(&sql, ") VALUES (?1, ?2, ?3, ?4, ?5");
	for (int i = 0; i < LL_METRIC_COUNT; i++)
		ll_buf_printf(&sql, ", ?%d", i + 6);
	ll_buf_puts(&sql, ")");
	rc = ll_sqlite_prepare(writer->db, sql.data, &writer->memstats, err);
	ll_buf_done(&sql);
	return rc;
}

int ll_writer_open(struct ll_ledger *ledger, struct ll_dictionary *dictionary, const char *version,
                   struct ll_writer **ret_writer, struct ll_error *err)
{
	struct ll_writer *const writer = ll_calloc(1, sizeof *writer);
	const struct {
		const char *name;
		sqlite3_stmt **stmt;
	} statements[] = {
		{"sql/ingest/put_file.sql", &writer->file},
		{"sql/ingest/put_content.sql", &writer->content},
		{"sql/ingest/put_file_content.sql", &writer->file_content},
		{"sql/ingest/copy_file_reason.sql", &writer->copy_reason},
		{"sql/ingest/copy_file_contents.sql", &writer->copy_file},
		{"sql/ingest/put_file_member.sql", &writer->member},
		{"sql/ingest/copy_file_members.sql", &writer->copy_members},
		{"sql/ingest/put_capture.sql", &writer->capture},
		{"sql/ingest/put_segment.sql", &writer->segment},
	};
	const struct {
		const char *sql;
		sqlite3_stmt **stmt;
	} short_ones[] = {
		{"SELECT file_id, stored FROM file WHERE root = :root AND path = :path",
	         &writer->find_file},
		{"SELECT content_id FROM content WHERE hash = :hash", &writer->find_content},
		{"DELETE FROM file_content WHERE file_id = :file_id", &writer->clear_file},
		{"DELETE FROM file_member WHERE file_id = :file_id", &writer->clear_members},
		{"UPDATE segment SET captures = :captures WHERE segment_id = :id",
	         &writer->resegment},
		{"DELETE FROM series WHERE segment_id = :segment_id", &writer->clear_segment},
		{"UPDATE service SET is_dirty = 1 WHERE service_id = :service_id", &writer->dirty},
	};
	int rc;

	writer->db = ll_ledger_handle(ledger);
	ll_inserts_init(&writer->inserts, writer->db);
	writer->dictionary = dictionary;
	writer->version = version;
	rc = prepare_memstats(writer, err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(statements); i++)
		rc = ll_sqlite_resource(ledger, writer->db, statements[i].name, statements[i].stmt,
		                        err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(short_ones); i++)
		rc = ll_sqlite_prepare(writer->db, short_ones[i].sql, short_ones[i].stmt, err);
	if (rc == LL_OK)
		rc = ll_former_open(ledger, &writer->former, err);
	if (rc == LL_OK)
		*ret_writer = writer;
	else
		ll_writer_close(writer);
	return rc;
}

void ll_writer_close(struct ll_writer *writer)
{
	if (!writer)
		return;
	(void)sqlite3_finalize(writer->file);
	(void)sqlite3_finalize(writer->find_file);
	(void)sqlite3_finalize(writer->content);
	(void)sqlite3_finalize(writer->find_content);
	(void)sqlite3_finalize(writer->file_content);
	(void)sqlite3_finalize(writer->clear_file);
	(void)sqlite3_finalize(writer->clear_members);
	(void)sqlite3_finalize(writer->copy_reason);
	(void)sqlite3_finalize(writer->copy_file);
	(void)sqlite3_finalize(writer->member);
	(void)sqlite3_finalize(writer->copy_members);
	(void)sqlite3_finalize(writer->capture);
	(void)sqlite3_finalize(writer->segment);
	(void)sqlite3_finalize(writer->resegment);
	(void)sqlite3_finalize(writer->clear_segment);
	(void)sqlite3_finalize(writer->memstats);
	(void)sqlite3_finalize(writer->dirty);
	ll_former_close(writer->former);
	ll_inserts_done(&writer->inserts);
	free(writer);
}

/* --------------------------------------------------------------------- binding */

static void bind_text(sqlite3_stmt *stmt, int index, struct ll_str text)
{
	(void)sqlite3_bind_text64(stmt, index, text.data ? text.data : "", text.size, SQLITE_STATIC,
	                          SQLITE_UTF8);
}

static void bind_text_or_null(sqlite3_stmt *stmt, int index, struct ll_str text)
{
	if (text.size > 0)
		bind_text(stmt, index, text);
	else
		(void)sqlite3_bind_null(stmt, index);
}

static void bind_time(sqlite3_stmt *stmt, int index, int64_t time_ns)
{
	if (time_ns == LL_TIME_NONE)
		(void)sqlite3_bind_null(stmt, index);
	else
		(void)sqlite3_bind_int64(stmt, index, time_ns);
}

static void bind_hash(sqlite3_stmt *stmt, int index, struct ll_hash hash)
{
	uint8_t bytes[16];

	ll_hash_to_bytes(hash, bytes);
	(void)sqlite3_bind_blob(stmt, index, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

/* Ends a question of at most one row, whose first step gave that state. */
static int end_question(struct ll_writer *writer, sqlite3_stmt *stmt, int state,
                        struct ll_error *err)
{
	int rc = LL_OK;

	if (state != SQLITE_ROW && state != SQLITE_DONE)
		rc = ll_sqlite_fail(writer->db, err, "ledger");
	(void)sqlite3_reset(stmt);
	return rc;
}

/*
 * Runs a statement that adds a row, or changes the one whose number is *number. (RETURNING would
 * tell the number, but keeps a table of its own for it: that cost more than all the rest.)
 */
static int add_or_change(struct ll_writer *writer, sqlite3_stmt *stmt, int64_t *number,
                         struct ll_error *err)
{
	const int rc = ll_sqlite_run(writer->db, stmt, err);

	if (rc == LL_OK && *number == 0)
		*number = sqlite3_last_insert_rowid(writer->db);
	return rc;
}

/* ---------------------------------------------------------- files and contents */

static int clear_file(struct ll_writer *writer, int64_t file_id, struct ll_error *err)
{
	int rc;

	(void)sqlite3_bind_int64(writer->clear_file, 1, file_id);
	rc = ll_sqlite_run(writer->db, writer->clear_file, err);
	(void)sqlite3_bind_int64(writer->clear_members, 1, file_id);
	return rc < 0 ? rc : ll_sqlite_run(writer->db, writer->clear_members, err);
}

/* What the ledger has under the name of a file. */
struct stored_file {
	int64_t id; /* 0: nothing */
	bool has_stored;
	struct ll_hash stored;
};

static int find_file(struct ll_writer *writer, const struct ll_batch_file *file,
                     struct stored_file *ret_found, struct ll_error *err)
{
	sqlite3_stmt *const stmt = writer->find_file;
	int state;

	bind_text(stmt, 1, file->root);
	bind_text(stmt, 2, file->path);
	*ret_found = (struct stored_file){.id = 0};
	state = sqlite3_step(stmt);
	if (state == SQLITE_ROW) {
		ret_found->id = sqlite3_column_int64(stmt, 0);
		ret_found->has_stored = sqlite3_column_bytes(stmt, 1) == 16;
		if (ret_found->has_stored)
			ret_found->stored = ll_hash_from_bytes(sqlite3_column_blob(stmt, 1));
	}
	return end_question(writer, stmt, state, err);
}

static int put_file_row(struct ll_writer *writer, const struct ll_batch_file *file, int64_t *id,
                        struct ll_error *err)
{
	sqlite3_stmt *const stmt = writer->file;

	bind_text(stmt, 1, file->root);
	bind_text(stmt, 2, file->path);
	if (file->has_stored && !file->is_unfinished)
		bind_hash(stmt, 3, file->stored);
	else
		(void)sqlite3_bind_null(stmt, 3);
	(void)sqlite3_bind_int64(stmt, 4, file->size);
	bind_time(stmt, 5, file->modified_ns);
	bind_text_or_null(stmt, 6,
	                  file->is_unfinished ? ll_str("not read to its end") : file->reason);
	bind_time(stmt, 7, file->changed_ns);
	(void)sqlite3_bind_text(stmt, 8, writer->version, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int(stmt, 9, file->is_known);
	return add_or_change(writer, stmt, id, err);
}

/* A file whose bytes are known from another holds what that one holds. */
static int copy_contents(struct ll_writer *writer, const struct ll_batch_file *file,
                         int64_t file_id, struct ll_error *err)
{
	sqlite3_stmt *const copies[] = {writer->copy_reason, writer->copy_file,
	                                writer->copy_members};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(copies); i++) {
		(void)sqlite3_bind_int64(copies[i], 1, file_id);
		bind_hash(copies[i], 2, file->stored);
		rc = ll_sqlite_run(writer->db, copies[i], err);
	}
	return rc;
}

static int put_file(struct ll_writer *writer, const struct ll_batch_file *file, int64_t *ret_id,
                    struct ll_error *err)
{
	struct stored_file found;
	bool is_same;
	int rc = find_file(writer, file, &found, err);

	if (rc < 0)
		return rc;
	is_same = file->has_stored && found.has_stored && ll_hash_equal(file->stored, found.stored);
	if (found.has_stored && !is_same) {
		rc = ll_former_set_aside(writer->former, found.id, err);
		found.id = 0;
	} else if (found.id != 0 && !file->is_begun && !(file->is_known && is_same)) {
		rc = clear_file(writer, found.id, err);
	}
	*ret_id = found.id;
	if (rc == LL_OK)
		rc = put_file_row(writer, file, ret_id, err);
	if (rc == LL_OK && file->is_known && !is_same)
		rc = copy_contents(writer, file, *ret_id, err);
	return rc;
}

static int put_member(struct ll_writer *writer, const struct ll_batch_member *member,
                      int64_t file_id, struct ll_error *err)
{
	sqlite3_stmt *const stmt = writer->member;

	(void)sqlite3_bind_int64(stmt, 1, file_id);
	(void)sqlite3_bind_int64(stmt, 2, (int64_t)member->member);
	bind_text(stmt, 3, member->name);
	bind_time(stmt, 4, member->modified_ns);
	bind_text_or_null(stmt, 5, member->reason);
	(void)sqlite3_bind_text(stmt, 6, writer->version, -1, SQLITE_STATIC);
	return ll_sqlite_run(writer->db, stmt, err);
}

static int insert_content(struct ll_writer *writer, const struct ll_batch_content *content,
                          int64_t *ret_id, struct ll_error *err)
{
	sqlite3_stmt *const stmt = writer->content;

	bind_hash(stmt, 1, content->hash);
	(void)sqlite3_bind_int64(stmt, 2, content->size);
	bind_text_or_null(stmt, 3, content->format);
	if (content->is_read) {
		bind_text_or_null(stmt, 4, content->reason);
		(void)sqlite3_bind_text(stmt, 5, writer->version, -1, SQLITE_STATIC);
	} else {
		bind_text(stmt, 4, ll_str("not read yet"));
		(void)sqlite3_bind_text(stmt, 5, "", -1, SQLITE_STATIC);
	}
	return add_or_change(writer, stmt, ret_id, err);
}

static int put_content(struct ll_writer *writer, const struct ll_batch_content *content,
                       int64_t file_id, int64_t *ret_id, struct ll_error *err)
{
	sqlite3_stmt *const find = writer->find_content;
	int state, rc;

	bind_hash(find, 1, content->hash);
	state = sqlite3_step(find);
	*ret_id = state == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
	rc = end_question(writer, find, state, err);
	if (rc == LL_OK && *ret_id != 0)
		rc = ll_former_note_content(writer->former, *ret_id, err);
	if (rc == LL_OK && (content->is_read || *ret_id == 0))
		rc = insert_content(writer, content, ret_id, err);
	if (rc < 0)
		return rc;
	(void)sqlite3_bind_int64(writer->file_content, 1, file_id);
	(void)sqlite3_bind_int64(writer->file_content, 2, (int64_t)content->member);
	(void)sqlite3_bind_int64(writer->file_content, 3, *ret_id);
	return ll_sqlite_run(writer->db, writer->file_content, err);
}

static int put_files(struct ll_writer *writer, const struct ll_batch *batch,
                     const struct ll_batch_numbers *numbers, struct ll_error *err)
{
	const struct ll_batch_file *const files = batch->files.items;
	const struct ll_batch_member *const members = batch->members.items;
	const struct ll_batch_content *const contents = batch->contents.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < batch->files.count; i++)
		rc = put_file(writer, &files[i], &numbers->files[i], err);
	for (size_t i = 0; rc == LL_OK && i < batch->members.count; i++)
		rc = put_member(writer, &members[i], numbers->files[members[i].file], err);
	for (size_t i = 0; rc == LL_OK && i < batch->contents.count; i++)
		rc = put_content(writer, &contents[i], numbers->files[contents[i].file],
		                 &numbers->contents[i], err);
	return rc;
}

/* ------------------------------------------------------- segments and captures */

static int put_segments(struct ll_writer *writer, const struct ll_batch *batch,
                        const struct ll_batch_numbers *numbers, struct ll_error *err)
{
	struct ll_batch_segment *const *const segments = batch->segments.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < batch->segments.count; i++) {
		const struct ll_batch_segment *const segment = segments[i];

		numbers->segments[i] = segment->segment_id;
		if (segment->segment_id != 0) {
			(void)sqlite3_bind_int64(writer->resegment, 1, segment->segment.captures);
			(void)sqlite3_bind_int64(writer->resegment, 2, segment->segment_id);
			rc = ll_sqlite_run(writer->db, writer->resegment, err);
			(void)sqlite3_bind_int64(writer->clear_segment, 1, segment->segment_id);
			if (rc == LL_OK)
				rc = ll_sqlite_run(writer->db, writer->clear_segment, err);
			continue;
		}
		(void)sqlite3_bind_int64(writer->segment, 1, segment->service_id);
		(void)sqlite3_bind_int64(writer->segment, 2, segment->instance_id);
		(void)sqlite3_bind_text(writer->segment, 3, segment->kind, -1, SQLITE_STATIC);
		bind_text(writer->segment, 4, segment->types);
		(void)sqlite3_bind_int64(writer->segment, 5, segment->period);
		(void)sqlite3_bind_int64(writer->segment, 6, segment->segment.captures);
		rc = ll_sqlite_run(writer->db, writer->segment, err);
		numbers->segments[i] = sqlite3_last_insert_rowid(writer->db);
	}
	return rc;
}

static int put_memstats(struct ll_writer *writer, const struct ll_batch_capture *capture,
                        int64_t id, struct ll_error *err)
{
	sqlite3_stmt *const stmt = writer->memstats;
	const bool has_ring = capture->ring.size > 0;

	(void)sqlite3_clear_bindings(stmt);
	(void)sqlite3_bind_int64(stmt, 1, id);
	if (has_ring) {
		(void)sqlite3_bind_int64(stmt, 2, capture->ring_first);
		(void)sqlite3_bind_int64(stmt, 3, capture->ring_first_ns);
		(void)sqlite3_bind_int64(stmt, 4, capture->ring_last_ns);
		(void)sqlite3_bind_blob64(stmt, 5, capture->ring.data, capture->ring.size,
		                          SQLITE_STATIC);
	}
	for (int i = 0; i < LL_METRIC_COUNT; i++) {
		if (capture->has_metric[i])
			(void)sqlite3_bind_int64(stmt, i + 6, capture->metric[i]);
	}
	return ll_sqlite_run(writer->db, stmt, err);
}

static void bind_capture(sqlite3_stmt *stmt, const struct ll_batch_capture *capture,
                         const struct ll_batch_numbers *numbers)
{
	(void)sqlite3_bind_int64(stmt, 1, numbers->contents[capture->content]);
	(void)sqlite3_bind_int64(stmt, 2, (int64_t)capture->part);
	(void)sqlite3_bind_int64(stmt, 3, capture->service_id);
	(void)sqlite3_bind_int64(stmt, 4, capture->instance_id);
	(void)sqlite3_bind_text(stmt, 5, ll_kind_name(capture->kind), -1, SQLITE_STATIC);
	bind_text(stmt, 6, capture->format);
	bind_text_or_null(stmt, 7, capture->variant);
	bind_time(stmt, 8, capture->time_ns);
	(void)sqlite3_bind_text(stmt, 9, ll_time_source_name(capture->time_source), -1,
	                        SQLITE_STATIC);
	bind_time(stmt, 10, capture->not_before_ns);
	(void)sqlite3_bind_int64(stmt, 11, capture->duration_ns);
	(void)sqlite3_bind_int64(stmt, 12, capture->period);
	(void)sqlite3_bind_int64(stmt, 13, capture->sequence);
	(void)sqlite3_bind_int(stmt, 14, capture->is_delta);
	(void)sqlite3_bind_int(stmt, 15, capture->is_foreign);
	(void)sqlite3_bind_int(stmt, 16, capture->is_partial);
	bind_text(stmt, 17, capture->build);
	bind_text(stmt, 18, capture->program);
	bind_text(stmt, 19, capture->go_version);
	bind_text(stmt, 20, capture->rule);
	(void)sqlite3_bind_int64(stmt, 21, capture->samples);
	(void)sqlite3_bind_int(stmt, 24, ll_kind_is_observation(capture->kind));
	bind_text(stmt, 25, capture->layout);
	bind_text(stmt, 26, capture->build_source);
	(void)sqlite3_bind_int(stmt, 27, capture->is_zone_assumed);
	bind_text(stmt, 28, capture->namespace);
	if (capture->segment == LL_NO_SEGMENT) {
		(void)sqlite3_bind_null(stmt, 22);
		(void)sqlite3_bind_null(stmt, 23);
	} else {
		(void)sqlite3_bind_int64(stmt, 22, numbers->segments[capture->segment]);
		(void)sqlite3_bind_int64(stmt, 23, capture->segment_index);
	}
}

static int put_captures(struct ll_writer *writer, const struct ll_batch *batch,
                        const struct ll_batch_numbers *numbers, struct ll_error *err)
{
	const struct ll_batch_capture *const captures = batch->captures.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < batch->captures.count; i++) {
		bind_capture(writer->capture, &captures[i], numbers);
		rc = ll_sqlite_run(writer->db, writer->capture, err);
		numbers->captures[i] = sqlite3_last_insert_rowid(writer->db);
		if (rc == LL_OK && captures[i].has_memstats)
			rc = put_memstats(writer, &captures[i], numbers->captures[i], err);
		if (rc == LL_OK) {
			(void)sqlite3_bind_int64(writer->dirty, 1, captures[i].service_id);
			rc = ll_sqlite_run(writer->db, writer->dirty, err);
		}
	}
	return rc;
}

int ll_writer_finish(struct ll_writer *writer, struct ll_error *err)
{
	return ll_former_finish(writer->former, err);
}

int ll_writer_put(struct ll_writer *writer, struct ll_batch *batch, struct ll_error *err)
{
	const struct ll_batch_numbers numbers = {
		.files = ll_arena_calloc(&batch->arena, batch->files.count, sizeof(int64_t)),
		.contents = ll_arena_calloc(&batch->arena, batch->contents.count, sizeof(int64_t)),
		.captures = ll_arena_calloc(&batch->arena, batch->captures.count, sizeof(int64_t)),
		.segments = ll_arena_calloc(&batch->arena, batch->segments.count, sizeof(int64_t)),
	};
	int rc = ll_dictionary_write(writer->dictionary, &writer->inserts, err);

	if (rc == LL_OK)
		rc = put_files(writer, batch, &numbers, err);
	if (rc == LL_OK)
		rc = put_segments(writer, batch, &numbers, err);
	if (rc == LL_OK)
		rc = put_captures(writer, batch, &numbers, err);
	if (rc == LL_OK)
		rc = ll_write_rows(&writer->inserts, batch, &numbers, err);
	return rc;
}
