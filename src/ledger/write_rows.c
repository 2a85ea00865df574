/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write_rows.c - the tables of which a batch has many rows. Each has a function that gives one
 * cell; ll_rows feeds them to SQLite as INSERT ... SELECT.
 */
#include "rows.h"
#include "write.h"

struct stored_batch {
	const struct ll_batch *batch;
	const struct ll_batch_numbers *numbers;
};

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
	case 11: sqlite3_result_int(result, group->is_cut); break;
	case 12: put_str(result, group->ids); break;
	case 13: put_or_null(result, group->orphans, group->orphans < 0); break;
	default: put_or_null(result, group->ended_creators, group->ended_creators < 0); break;
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
		cycle->sweep_stop_ns,
		cycle->mark_ns,
		cycle->mark_stop_ns,
		cycle->stop_cpu_ns,
		cycle->worker_cpu_ns,
		cycle->idle_cpu_ns,
	};
	const bool is_null =
		column == 3 ? cycle->end_ns == LL_TIME_NONE : column >= 15 && values[column] < 0;

	put_or_null(result, values[column], is_null);
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

static void put_time(sqlite3_context *result, int64_t time_ns)
{
	put_or_null(result, time_ns, time_ns == LL_TIME_NONE);
}

static void reading_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_reading *const reading =
		(const struct ll_batch_reading *)stored->batch->readings.items + row;

	switch (column) {
	case 0: sqlite3_result_int64(result, stored->numbers->captures[reading->capture]); break;
	case 1: sqlite3_result_int64(result, reading->name_id); break;
	case 2: sqlite3_result_int64(result, (int64_t)reading->ordinal); break;
	case 3: sqlite3_result_int64(result, reading->label_id); break;
	case 4:
		if (!reading->is_none)
			sqlite3_result_double(result, reading->value);
		break;
	default: put_time(result, reading->time_ns); break;
	}
}

static void benchmark_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_benchmark *const measured =
		(const struct ll_batch_benchmark *)stored->batch->benchmarks.items + row;

	switch (column) {
	case 0: sqlite3_result_int64(result, stored->numbers->captures[measured->capture]); break;
	case 1: sqlite3_result_int64(result, (int64_t)measured->ordinal); break;
	case 2: sqlite3_result_int64(result, measured->package_id); break;
	case 3: sqlite3_result_int64(result, measured->name_id); break;
	case 4: put_or_null(result, measured->procs, measured->procs == 0); break;
	case 5: sqlite3_result_int64(result, measured->iterations); break;
	case 6: sqlite3_result_int64(result, measured->unit_id); break;
	default: sqlite3_result_double(result, measured->value); break;
	}
}

static void kill_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	enum {
		KEYS = 2,
		TEXTS = 9,
	};
	const struct stored_batch *const stored = self;
	const struct ll_batch_kill *const kill =
		(const struct ll_batch_kill *)stored->batch->kills.items + row;
	const struct ll_kill *const it = &kill->kill;
	const int64_t keys[KEYS] = {stored->numbers->captures[kill->capture],
	                            (int64_t)kill->ordinal};
	const struct ll_str texts[TEXTS] = {
		ll_str(it->source), ll_str(it->scope), it->process,   it->host, it->cgroup,
		it->limiting,       it->pod,           it->container, it->text,
	};
	const int64_t numbers[] = {
		it->pid,  it->total_vm, it->anon_rss, it->file_rss,  it->shmem_rss, it->page_tables,
		it->swap, it->usage,    it->limit,    it->exit_code, it->restarts,
	};
	const int64_t times[] = {it->time_ns, it->started_ns};

	if (column < KEYS)
		sqlite3_result_int64(result, keys[column]);
	else if (column < KEYS + 2)
		put_time(result, times[column - KEYS]);
	else if (column < KEYS + 2 + TEXTS)
		put_str(result, texts[column - KEYS - 2]);
	else
		put_or_null(result, numbers[column - KEYS - 2 - TEXTS],
		            numbers[column - KEYS - 2 - TEXTS] < 0);
}

static void task_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	enum {
		KEYS = 2,
	};
	const struct stored_batch *const stored = self;
	const struct ll_batch_task *const task =
		(const struct ll_batch_task *)stored->batch->tasks.items + row;
	const struct ll_task *const it = &task->task;
	const int64_t numbers[] = {
		it->pid,      it->uid,       it->total_vm,    it->rss,  it->rss_anon,
		it->rss_file, it->rss_shmem, it->page_tables, it->swap,
	};

	if (column == 0)
		sqlite3_result_int64(result, stored->numbers->captures[task->capture]);
	else if (column == 1)
		sqlite3_result_int64(result, (int64_t)task->ordinal);
	else if (column == KEYS)
		put_str(result, it->name);
	else if (column == KEYS + 1)
		sqlite3_result_int64(result, it->oom_score_adj);
	else
		put_or_null(result, numbers[column - KEYS - 2], numbers[column - KEYS - 2] < 0);
}

static void declared_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct stored_batch *const stored = self;
	const struct ll_batch_declared *const declared =
		(const struct ll_batch_declared *)stored->batch->declared.items + row;
	const struct ll_declared *const fact = &declared->fact;

	switch (column) {
	case 0: sqlite3_result_int64(result, stored->numbers->captures[declared->capture]); break;
	case 1: sqlite3_result_int64(result, (int64_t)declared->ordinal); break;
	case 2: put_str(result, ll_str(fact->what)); break;
	case 3: put_str(result, fact->service); break;
	case 4: put_str(result, fact->instance); break;
	case 5: put_time(result, fact->time_ns); break;
	case 6: put_str(result, fact->name); break;
	case 7: put_str(result, fact->value); break;
	case 8: put_str(result, fact->note); break;
	default: sqlite3_result_double(result, fact->number); break;
	}
}

/* A series with the first part of its key, by which nearly all are told apart. */
struct keyed_series {
	uint64_t key;
	const struct ll_series *series;
};

/* Series of one segment, in the order of the table's key. */
struct sorted_series {
	int64_t segment_id;
	const struct keyed_series *series;
};

static struct keyed_series with_key(const struct ll_series *series)
{
	return (struct keyed_series){
		.key = (uint64_t)series->is_live << 32 | series->stack_id,
		.series = series,
	};
}

static int by_rest_of_key(const void *a, const void *b)
{
	const struct ll_series_key *const x = &((const struct keyed_series *)a)->series->key;
	const struct ll_series_key *const y = &((const struct keyed_series *)b)->series->key;

	if (x->block_size != y->block_size)
		return x->block_size < y->block_size ? -1 : 1;
	return x->label_id < y->label_id ? -1 : x->label_id > y->label_id;
}

/* Moves series from one array to the other, in the order of one byte of their keys. */
static void move_by_byte(const struct keyed_series *from, struct keyed_series *to, size_t count,
                         unsigned shift)
{
	size_t places[256] = {0}, place = 0;

	for (size_t i = 0; i < count; i++)
		places[from[i].key >> shift & 0xff]++;
	for (size_t i = 0; i < LL_COUNT(places); i++) {
		const size_t here = places[i];

		places[i] = place;
		place += here;
	}
	for (size_t i = 0; i < count; i++)
		to[places[from[i].key >> shift & 0xff]++] = from[i];
}

/*
 * Byte by byte, lowest first, and only bytes in which keys differ: mostly two or three. To compare
 * them was 600 instructions a series, a fifth of what storing it costs. `spare` has as much room;
 * returns the one of both that is in order.
 */
static struct keyed_series *sort_series(struct keyed_series *series, struct keyed_series *spare,
                                        size_t count)
{
	uint64_t differ = 0;

	for (size_t i = 1; i < count; i++)
		differ |= series[i].key ^ series[0].key;
	for (unsigned shift = 0; shift < 64 && differ >> shift != 0; shift += 8) {
		struct keyed_series *const before = series;

		if ((differ >> shift & 0xff) == 0)
			continue;
		move_by_byte(series, spare, count, shift);
		series = spare;
		spare = before;
	}
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && series[end].key == series[i].key;)
			end++;
		if (end - i > 1)
			qsort(series + i, end - i, sizeof *series, by_rest_of_key);
	}
	return series;
}

static void series_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct sorted_series *const sorted = self;
	const struct ll_series *const series = sorted->series[row].series;

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
	const struct keyed_series *series;
};

static void factor_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct factors *const factors = self;
	const int64_t size = factors->series[row].series->key.block_size;

	if (column == 0)
		sqlite3_result_int64(result, factors->period);
	else if (column == 1)
		sqlite3_result_int64(result, size);
	else
		sqlite3_result_double(result, ll_unsample_factor(factors->period, size));
}

/* Keeps one series of each size of object; returns how many that are. */
static size_t keep_sizes(struct keyed_series *series, size_t count)
{
	struct ll_map sizes = LL_MAP_INIT;
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const uint64_t size = (uint64_t)series[i].series->key.block_size;
		const struct ll_hash key = {.low = size * 0x9e3779b97f4a7c15U, .high = size};

		if (ll_map_put(&sizes, key, (uint32_t)kept) == kept)
			series[kept++] = series[i];
	}
	ll_map_done(&sizes);
	return kept;
}

static int put_series(struct ll_inserts *inserts, const struct ll_batch_segment *segment,
                      int64_t segment_id, struct ll_error *err)
{
	const struct ll_segment *const from = &segment->segment;
	LL_CLEANUP(ll_freep)
	struct keyed_series *keyed = ll_calloc(from->count, 2 * sizeof *keyed);
	struct sorted_series sorted = {.segment_id = segment_id};
	struct factors factors = {.period = segment->period};
	struct ll_rows rows = {.self = &sorted, .cell = series_cell};
	struct keyed_series *series;
	int rc;

	for (size_t i = 0; i < from->count; i++) {
		const struct ll_series *const one = ll_segment_series(from, i);

		if (one->size > 0)
			keyed[rows.count++] = with_key(one);
	}
	series = sort_series(keyed, keyed + from->count, rows.count);
	sorted.series = series;
	factors.series = series;
	rc = ll_rows_insert(inserts, "INTO series", 7, &rows, err);
	if (rc < 0 || !from->is_heap)
		return rc;
	rows.count = keep_sizes(series, rows.count);
	rows.self = &factors;
	rows.cell = factor_cell;
	return ll_rows_insert(inserts, "OR IGNORE INTO unsample", 3, &rows, err);
}

int ll_write_rows(struct ll_inserts *inserts, const struct ll_batch *batch,
                  const struct ll_batch_numbers *numbers, struct ll_error *err)
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
		{"INTO goroutine_group", 15, batch->groups.count, group_cell},
		{"OR REPLACE INTO gc_cycle", 21, batch->gcs.count, gc_cell},
		{"OR IGNORE INTO build_fact", 7, batch->facts.count, fact_cell},
		{"OR IGNORE INTO alloc_entry", 4, batch->entries.count, entry_cell},
		{"INTO reading", 6, batch->readings.count, reading_cell},
		{"INTO benchmark", 8, batch->benchmarks.count, benchmark_cell},
		{"INTO kill", 24, batch->kills.count, kill_cell},
		{"INTO task", 13, batch->tasks.count, task_cell},
		{"INTO declared", 10, batch->declared.count, declared_cell},
	};
	struct ll_batch_segment *const *const segments = batch->segments.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(tables); i++) {
		const struct ll_rows rows = {
			.self = &stored, .count = tables[i].count, .cell = tables[i].cell};

		rc = ll_rows_insert(inserts, tables[i].into, tables[i].columns, &rows, err);
	}
	for (size_t i = 0; rc == LL_OK && i < batch->segments.count; i++)
		rc = put_series(inserts, segments[i], numbers->segments[i], err);
	return rc;
}
