/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write.c - stores a batch: dictionary first, then files and contents, captures, and what hangs on
 * them.
 *
 * Numbers of contents, captures and segments are given here, in the order of the batch. Tables with
 * many rows are filled through ll_rows, the few others row by row.
 *
 * A file can hold a content that another worker is still reading. Its row is then made with the
 * reason "not read yet" and an empty reader, which every later run tries again; the other batch
 * fills it in. If the program dies between the two, nothing is lost and nothing counts as known.
 */
#include "write.h"

#include "rows.h"

struct ll_writer {
	sqlite3 *db;
	struct ll_dictionary *dictionary;
	const char *version;
	sqlite3_stmt *file, *content, *find_content, *file_content, *capture, *segment, *resegment,
		*clear_segment, *memstats, *clear_file, *copy_file, *dirty;
};

/* Numbers given to the rows of the batch being stored. */
struct numbers {
	int64_t *files, *contents, *captures, *segments;
};

struct stored_batch {
	const struct ll_batch *batch;
	const struct numbers *numbers;
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
		{"sql/ingest/copy_file_contents.sql", &writer->copy_file},
		{"sql/ingest/put_capture.sql", &writer->capture},
		{"sql/ingest/put_segment.sql", &writer->segment},
	};
	const struct {
		const char *sql;
		sqlite3_stmt **stmt;
	} short_ones[] = {
		{"SELECT content_id FROM content WHERE hash = :hash", &writer->find_content},
		{"DELETE FROM file_content WHERE file_id = :file_id", &writer->clear_file},
		{"UPDATE segment SET captures = :captures WHERE segment_id = :id",
	         &writer->resegment},
		{"DELETE FROM series WHERE segment_id = :segment_id", &writer->clear_segment},
		{"UPDATE service SET is_dirty = 1 WHERE service_id = :service_id", &writer->dirty},
	};
	int rc;

	writer->db = ll_ledger_handle(ledger);
	writer->dictionary = dictionary;
	writer->version = version;
	rc = prepare_memstats(writer, err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(statements); i++)
		rc = ll_sqlite_resource(ledger, writer->db, statements[i].name, statements[i].stmt,
		                        err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(short_ones); i++)
		rc = ll_sqlite_prepare(writer->db, short_ones[i].sql, short_ones[i].stmt, err);
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
	(void)sqlite3_finalize(writer->content);
	(void)sqlite3_finalize(writer->find_content);
	(void)sqlite3_finalize(writer->file_content);
	(void)sqlite3_finalize(writer->clear_file);
	(void)sqlite3_finalize(writer->copy_file);
	(void)sqlite3_finalize(writer->capture);
	(void)sqlite3_finalize(writer->segment);
	(void)sqlite3_finalize(writer->resegment);
	(void)sqlite3_finalize(writer->clear_segment);
	(void)sqlite3_finalize(writer->memstats);
	(void)sqlite3_finalize(writer->dirty);
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

/* Runs a statement that returns one number. *ret_number stays when there is no row. */
static int run_returning(struct ll_writer *writer, sqlite3_stmt *stmt, int64_t *ret_number,
                         struct ll_error *err)
{
	if (sqlite3_step(stmt) == SQLITE_ROW)
		*ret_number = sqlite3_column_int64(stmt, 0);
	return ll_sqlite_run(writer->db, stmt, err);
}

/* ---------------------------------------------------------- files and contents */

static int put_file(struct ll_writer *writer, const struct ll_batch_file *file, int64_t *ret_id,
                    struct ll_error *err)
{
	sqlite3_stmt *const stmt = writer->file;
	int rc;

	bind_text(stmt, 1, file->root);
	bind_text(stmt, 2, file->path);
	if (file->has_stored)
		bind_hash(stmt, 3, file->stored);
	else
		(void)sqlite3_bind_null(stmt, 3);
	(void)sqlite3_bind_int64(stmt, 4, file->size);
	bind_time(stmt, 5, file->modified_ns);
	bind_text_or_null(stmt, 6, file->reason);
	rc = run_returning(writer, stmt, ret_id, err);
	if (rc < 0 || file->is_known)
		return rc;
	(void)sqlite3_bind_int64(writer->clear_file, 1, *ret_id);
	return ll_sqlite_run(writer->db, writer->clear_file, err);
}

/* A known file under a new path holds what the other path holds. */
static int copy_contents(struct ll_writer *writer, const struct ll_batch_file *file,
                         int64_t file_id, struct ll_error *err)
{
	(void)sqlite3_bind_int64(writer->copy_file, 1, file_id);
	bind_hash(writer->copy_file, 2, file->stored);
	return ll_sqlite_run(writer->db, writer->copy_file, err);
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
	return run_returning(writer, stmt, ret_id, err);
}

static int put_content(struct ll_writer *writer, const struct ll_batch_content *content,
                       int64_t file_id, int64_t *ret_id, struct ll_error *err)
{
	int rc = LL_OK;

	*ret_id = 0;
	if (!content->is_read) {
		bind_hash(writer->find_content, 1, content->hash);
		rc = run_returning(writer, writer->find_content, ret_id, err);
	}
	if (rc == LL_OK && *ret_id == 0)
		rc = insert_content(writer, content, ret_id, err);
	if (rc < 0)
		return rc;
	(void)sqlite3_bind_int64(writer->file_content, 1, file_id);
	(void)sqlite3_bind_int64(writer->file_content, 2, (int64_t)content->member);
	(void)sqlite3_bind_int64(writer->file_content, 3, *ret_id);
	return ll_sqlite_run(writer->db, writer->file_content, err);
}

static int put_files(struct ll_writer *writer, const struct ll_batch *batch,
                     const struct numbers *numbers, struct ll_error *err)
{
	const struct ll_batch_file *const files = batch->files.items;
	const struct ll_batch_content *const contents = batch->contents.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < batch->files.count; i++) {
		rc = put_file(writer, &files[i], &numbers->files[i], err);
		if (rc == LL_OK && files[i].is_known)
			rc = copy_contents(writer, &files[i], numbers->files[i], err);
	}
	for (size_t i = 0; rc == LL_OK && i < batch->contents.count; i++)
		rc = put_content(writer, &contents[i], numbers->files[contents[i].file],
		                 &numbers->contents[i], err);
	return rc;
}

/* ------------------------------------------------------- segments and captures */

static int put_segments(struct ll_writer *writer, const struct ll_batch *batch,
                        const struct numbers *numbers, struct ll_error *err)
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
                         const struct numbers *numbers)
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
	if (capture->segment == LL_NO_SEGMENT) {
		(void)sqlite3_bind_null(stmt, 22);
		(void)sqlite3_bind_null(stmt, 23);
	} else {
		(void)sqlite3_bind_int64(stmt, 22, numbers->segments[capture->segment]);
		(void)sqlite3_bind_int64(stmt, 23, capture->segment_index);
	}
}

static int put_captures(struct ll_writer *writer, const struct ll_batch *batch,
                        const struct numbers *numbers, struct ll_error *err)
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

/* ------------------------------------------------------------------------ rows */

static void put_str(sqlite3_context *result, struct ll_str text)
{
	sqlite3_result_text64(result, text.data ? text.data : "", text.size, SQLITE_STATIC,
	                      SQLITE_UTF8);
}

static void note_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_note *const notes = stored->batch->notes.items;

	switch (column) {
	case 0: sqlite3_result_int64(result, stored->numbers->captures[notes[row].capture]); break;
	case 1: sqlite3_result_int64(result, (int64_t)row); break;
	case 2: sqlite3_result_int64(result, (int64_t)notes[row].position); break;
	default: put_str(result, notes[row].text); break;
	}
}

static void total_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_total *const total =
		(const struct ll_batch_total *)stored->batch->totals.items + row;

	switch (column) {
	case 0: sqlite3_result_int64(result, stored->numbers->captures[total->capture]); break;
	case 1: sqlite3_result_int64(result, (int64_t)total->ordinal); break;
	case 2: put_str(result, total->type); break;
	case 3: put_str(result, total->unit); break;
	default: sqlite3_result_int64(result, total->value); break;
	}
}

static void put_or_null(sqlite3_context *result, int64_t value, bool is_null)
{
	if (is_null)
		sqlite3_result_null(result);
	else
		sqlite3_result_int64(result, value);
}

static void group_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_group *const group =
		(const struct ll_batch_group *)stored->batch->groups.items + row;

	switch (column) {
	case 0: sqlite3_result_int64(result, stored->numbers->captures[group->capture]); break;
	case 1: sqlite3_result_int64(result, (int64_t)group->ordinal); break;
	case 2: sqlite3_result_int64(result, group->stack_id); break;
	case 3: sqlite3_result_int64(result, group->state_id); break;
	case 4: put_or_null(result, group->creator_id, group->creator_id == 0); break;
	case 5: sqlite3_result_int64(result, group->label_id); break;
	case 6: sqlite3_result_int64(result, group->count); break;
	case 7: put_or_null(result, group->min_minutes, group->min_minutes < 0); break;
	case 8: put_or_null(result, group->max_minutes, group->max_minutes < 0); break;
	case 9: sqlite3_result_int(result, group->is_leaked); break;
	case 10: sqlite3_result_int(result, group->is_system); break;
	default: sqlite3_result_int(result, group->is_cut); break;
	}
}

static void gc_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_gc *const gc =
		(const struct ll_batch_gc *)stored->batch->gcs.items + row;
	const struct ll_gc *const cycle = &gc->cycle;
	const int64_t values[] = {
		stored->numbers->captures[gc->capture],
		cycle->number,
		cycle->since_start_ns,
		cycle->end_ns,
		cycle->pause_ns,
		cycle->heap_start,
		cycle->heap_end,
		cycle->heap_live,
		cycle->heap_goal,
		cycle->stacks,
		cycle->globals,
		cycle->assist_ns,
		cycle->cpu_percent,
		cycle->procs,
		cycle->is_forced,
	};

	put_or_null(result, values[column], column == 3 && cycle->end_ns == LL_TIME_NONE);
}

static void fact_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_fact *const fact =
		(const struct ll_batch_fact *)stored->batch->facts.items + row;

	switch (column) {
	case 0: sqlite3_result_int64(result, stored->numbers->captures[fact->capture]); break;
	case 1: sqlite3_result_int64(result, fact->file_id); break;
	case 2: sqlite3_result_int64(result, fact->line); break;
	case 3: sqlite3_result_int64(result, fact->column); break;
	case 4: put_str(result, ll_str(fact->what)); break;
	case 5: sqlite3_result_int64(result, fact->message_id); break;
	default: sqlite3_result_int64(result, fact->package_id); break;
	}
}

static void entry_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_entry *const entry =
		(const struct ll_batch_entry *)stored->batch->entries.items + row;
	const int64_t values[] = {entry->service_id, entry->stack_id, entry->block_size,
	                          entry->entry_id};

	sqlite3_result_int64(result, values[column]);
}

/* Series of one segment, in the order of the table's key. */
struct sorted_series {
	int64_t segment_id;
	const struct ll_series **series;
};

static int by_series_key(const void *a, const void *b)
{
	const struct ll_series *const left = *(const struct ll_series *const *)a;
	const struct ll_series *const right = *(const struct ll_series *const *)b;

	if (left->is_live != right->is_live)
		return left->is_live ? 1 : -1;
	if (left->stack_id != right->stack_id)
		return left->stack_id < right->stack_id ? -1 : 1;
	if (left->key.block_size != right->key.block_size)
		return left->key.block_size < right->key.block_size ? -1 : 1;
	return left->key.label_id < right->key.label_id ? -1
	                                                : left->key.label_id > right->key.label_id;
}

static void series_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct sorted_series *const sorted = self;
	const struct ll_series *const series = sorted->series[row];

	switch (column) {
	case 0: sqlite3_result_int64(result, sorted->segment_id); break;
	case 1: sqlite3_result_int(result, series->is_live); break;
	case 2: sqlite3_result_int64(result, series->stack_id); break;
	case 3: sqlite3_result_int64(result, series->key.block_size); break;
	case 4: sqlite3_result_int64(result, series->key.label_id); break;
	case 5: sqlite3_result_int(result, series->form); break;
	default: sqlite3_result_blob64(result, series->data, series->size, SQLITE_STATIC); break;
	}
}

/* The factor of every size that the segment's counts are to be multiplied with. */
struct factors {
	int64_t period;
	const struct ll_series **series;
};

static void factor_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct factors *const factors = self;
	const int64_t size = factors->series[row]->key.block_size;

	if (column == 0)
		sqlite3_result_int64(result, factors->period);
	else if (column == 1)
		sqlite3_result_int64(result, size);
	else
		sqlite3_result_double(result, ll_unsample_factor(factors->period, size));
}

static int put_series(struct ll_writer *writer, const struct ll_batch_segment *segment,
                      int64_t segment_id, struct ll_error *err)
{
	const struct ll_segment *const from = &segment->segment;
	LL_CLEANUP(ll_freep)
	const struct ll_series **series = ll_calloc(from->count, sizeof *series);
	const struct sorted_series sorted = {.segment_id = segment_id, .series = series};
	const struct factors factors = {.period = segment->period, .series = series};
	struct ll_rows rows = {.self = &sorted, .cell = series_cell};
	int rc;

	for (size_t i = 0; i < from->count; i++) {
		if (from->series[i].size > 0)
			series[rows.count++] = &from->series[i];
	}
	qsort(series, rows.count, sizeof *series, by_series_key);
	rc = ll_rows_insert(writer->db, "INTO series", 7, &rows, err);
	if (rc < 0 || !from->is_heap)
		return rc;
	rows.self = &factors;
	rows.cell = factor_cell;
	return ll_rows_insert(writer->db, "OR IGNORE INTO unsample", 3, &rows, err);
}

static int put_rows(struct ll_writer *writer, const struct ll_batch *batch,
                    const struct numbers *numbers, struct ll_error *err)
{
	const struct stored_batch stored = {.batch = batch, .numbers = numbers};
	const struct {
		const char *into;
		int columns;
		size_t count;
		void (*cell)(const void *self, size_t row, int column, sqlite3_context *result);
	} tables[] = {
		{"INTO note", 4, batch->notes.count, note_cell},
		{"INTO total", 5, batch->totals.count, total_cell},
		{"INTO goroutine_group", 12, batch->groups.count, group_cell},
		{"OR REPLACE INTO gc_cycle", 15, batch->gcs.count, gc_cell},
		{"OR IGNORE INTO build_fact", 7, batch->facts.count, fact_cell},
		{"OR IGNORE INTO alloc_entry", 4, batch->entries.count, entry_cell},
	};
	struct ll_batch_segment *const *const segments = batch->segments.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(tables); i++) {
		const struct ll_rows rows = {
			.self = &stored, .count = tables[i].count, .cell = tables[i].cell};

		rc = ll_rows_insert(writer->db, tables[i].into, tables[i].columns, &rows, err);
	}
	for (size_t i = 0; rc == LL_OK && i < batch->segments.count; i++)
		rc = put_series(writer, segments[i], numbers->segments[i], err);
	return rc;
}

int ll_writer_put(struct ll_writer *writer, struct ll_batch *batch, struct ll_error *err)
{
	const struct numbers numbers = {
		.files = ll_arena_calloc(&batch->arena, batch->files.count, sizeof(int64_t)),
		.contents = ll_arena_calloc(&batch->arena, batch->contents.count, sizeof(int64_t)),
		.captures = ll_arena_calloc(&batch->arena, batch->captures.count, sizeof(int64_t)),
		.segments = ll_arena_calloc(&batch->arena, batch->segments.count, sizeof(int64_t)),
	};
	int rc = ll_dictionary_write(writer->dictionary, writer->db, err);

	if (rc == LL_OK)
		rc = put_files(writer, batch, &numbers, err);
	if (rc == LL_OK)
		rc = put_segments(writer, batch, &numbers, err);
	if (rc == LL_OK)
		rc = put_captures(writer, batch, &numbers, err);
	if (rc == LL_OK)
		rc = put_rows(writer, batch, &numbers, err);
	return rc;
}
