/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest_facts.c - facts that are no samples: goroutines, scalars, GC cycles, what the compiler
 * said, and the rest of the shapes in capture.h.
 */
#include "ingest_sink.h"

#include <math.h>

/* ------------------------------------------------------------------ goroutines */

static void request_frame(struct ll_ingest_sink *sink, const struct ll_frame *frame,
                          uint32_t *ret_id)
{
	struct ll_frame_request *const request = ll_vec_push(&sink->requests, sizeof *request);
	const struct ll_hash function = ll_function_hash(frame->function, frame->file);

	*request = (struct ll_frame_request){
		.function_hash = function,
		.frame_hash = ll_frame_hash(function, frame->line),
		.function = frame->function,
		.file = frame->file,
		.line = frame->line,
		.ret_id = ret_id,
	};
}

static int intern_frames(struct ll_ingest_sink *sink, const struct ll_goroutines *same,
                         uint32_t *ret_stack, uint32_t *ret_creator, struct ll_error *err)
{
	struct ll_stack_hasher hasher = {0};
	struct ll_hash hash;
	int rc;

	LL_SINK_GROW(sink->frames, sink->frame_capacity, same->frame_count + 1);
	sink->requests.count = 0;
	for (size_t i = 0; i < same->frame_count; i++) {
		const struct ll_frame *const frame = &same->frames[i];
		const struct ll_hash function = ll_function_hash(frame->function, frame->file);

		request_frame(sink, frame, &sink->frames[i]);
		ll_stack_hash_add(&hasher, &sink->powers, ll_frame_hash(function, frame->line), 1);
	}
	*ret_creator = 0;
	if (same->creator.function.size > 0)
		request_frame(sink, &same->creator, ret_creator);
	rc = ll_dictionary_frames(sink->shared->dictionary, sink->requests.items,
	                          sink->requests.count, err);
	if (rc < 0)
		return rc;
	hash = ll_stack_hash_finish(&hasher);
	*ret_stack = ll_stack_find(sink->stacks, hash);
	if (*ret_stack == LL_MAP_NONE)
		*ret_stack = ll_stack_add(sink->shared->dictionary, sink->stacks, hash,
		                          sink->frames, (uint32_t)same->frame_count);
	return LL_OK;
}

static int put_goroutines(void *self, const struct ll_goroutines *same, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_dictionary *const dictionary = sink->shared->dictionary;
	struct ll_batch_group group = {
		.capture = ll_sink_capture_index(sink),
		.ordinal = sink->groups,
		.count = same->count <= INT64_MAX ? (int64_t)same->count : INT64_MAX,
		.min_minutes = same->min_minutes,
		.max_minutes = same->max_minutes,
		.orphans = same->knows_creators ? (int64_t)same->orphans : -1,
		.ended_creators = same->knows_creators ? (int64_t)same->ended_creators : -1,
		.ids = ll_arena_str(&sink->batch->arena, same->ids),
		.is_leaked = same->is_leaked,
		.is_system = same->is_system,
		.is_cut = same->is_cut,
	};
	int rc = ll_dictionary_word(dictionary, same->state, &group.state_id, err);

	if (rc == LL_OK)
		rc = ll_dictionary_word(dictionary, same->labels, &group.label_id, err);
	if (rc == LL_OK)
		rc = intern_frames(sink, same, &group.stack_id, &group.creator_id, err);
	if (rc < 0)
		return rc;
	sink->groups++;
	ll_sink_capture(sink)->samples++;
	if (__builtin_add_overflow(sink->goroutines, same->count, &sink->goroutines) ||
	    sink->goroutines > INT64_MAX) {
		sink->goroutines = INT64_MAX;
		sink->has_no_total[0] = sink->is_overflown = true;
	}
	*(struct ll_batch_group *)ll_vec_push(&sink->batch->groups, sizeof group) = group;
	return LL_OK;
}

/* ---------------------------------------------------------------- other shapes */

static int put_scalar(void *self, enum ll_metric metric, int64_t value, struct ll_error *err)
{
	struct ll_batch_capture *const capture = ll_sink_capture(self);

	(void)err;
	capture->has_memstats = true;
	capture->has_metric[metric] = true;
	capture->metric[metric] = value;
	return LL_OK;
}

static int put_gc(void *self, const struct ll_gc *cycle, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_batch_gc *row;

	(void)err;
	if (cycle->is_ring_entry) {
		*(struct ll_gc *)ll_vec_push(&sink->ring_entries, sizeof *cycle) = *cycle;
		return LL_OK;
	}
	row = ll_vec_push(&sink->batch->gcs, sizeof *row);
	*row = (struct ll_batch_gc){.capture = ll_sink_capture_index(sink), .cycle = *cycle};
	ll_sink_capture(sink)->samples++;
	return LL_OK;
}

static int put_build_fact(void *self, const struct ll_build_fact *fact, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_dictionary *const dictionary = sink->shared->dictionary;
	struct ll_batch_fact row = {.capture = ll_sink_capture_index(sink),
	                            .line = fact->line,
	                            .column = fact->column,
	                            .what = fact->what};
	int rc;

	ll_sink_capture(sink)->samples++;
	if (strcmp(fact->what, "stays") == 0) {
		sink->stays++;
		return LL_OK;
	}
	sink->moved += strcmp(fact->what, "moved") == 0;
	sink->escapes += strcmp(fact->what, "moved") != 0;
	rc = ll_dictionary_word(dictionary, fact->file, &row.file_id, err);
	if (rc == LL_OK)
		rc = ll_dictionary_word(dictionary, ll_str_first(fact->message, 512),
		                        &row.message_id, err);
	if (rc == LL_OK)
		rc = ll_dictionary_word(dictionary, fact->package, &row.package_id, err);
	if (rc == LL_OK)
		*(struct ll_batch_fact *)ll_vec_push(&sink->batch->facts, sizeof row) = row;
	return rc;
}

/* Numbers that are no numbers have no place in a ledger; the reader says what "none" means. */
static int put_reading(void *self, const struct ll_reading *reading, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_dictionary *const dictionary = sink->shared->dictionary;
	struct ll_batch_reading row = {
		.capture = ll_sink_capture_index(sink),
		.ordinal = sink->rows++,
		.value = reading->value,
		.is_none = reading->is_none || !isfinite(reading->value),
		.time_ns = reading->time_ns,
	};
	int rc = ll_dictionary_word(dictionary, ll_ingest_sink_clean(sink, reading->name),
	                            &row.name_id, err);

	if (rc == LL_OK)
		rc = ll_dictionary_word(dictionary, reading->labels, &row.label_id, err);
	if (rc < 0)
		return rc;
	ll_sink_capture(sink)->samples++;
	*(struct ll_batch_reading *)ll_vec_push(&sink->batch->readings, sizeof row) = row;
	return LL_OK;
}

static int put_benchmark(void *self, const struct ll_benchmark *result, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_dictionary *const dictionary = sink->shared->dictionary;
	struct ll_batch_benchmark row = {
		.capture = ll_sink_capture_index(sink),
		.ordinal = sink->rows++,
		.procs = result->procs,
		.iterations = result->iterations,
		.value = result->value,
	};
	int rc = ll_dictionary_word(dictionary, ll_ingest_sink_clean(sink, result->package),
	                            &row.package_id, err);

	if (rc == LL_OK)
		rc = ll_dictionary_word(dictionary, ll_ingest_sink_clean(sink, result->name),
		                        &row.name_id, err);
	if (rc == LL_OK)
		rc = ll_dictionary_word(dictionary, ll_ingest_sink_clean(sink, result->unit),
		                        &row.unit_id, err);
	if (rc < 0)
		return rc;
	ll_sink_capture(sink)->samples++;
	*(struct ll_batch_benchmark *)ll_vec_push(&sink->batch->benchmarks, sizeof row) = row;
	return LL_OK;
}

static int put_kill(void *self, const struct ll_kill *kill, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_batch_kill *const row = ll_vec_push(&sink->batch->kills, sizeof *row);

	(void)err;
	*row = (struct ll_batch_kill){
		.capture = ll_sink_capture_index(sink), .ordinal = sink->rows++, .kill = *kill};
	row->kill.process = ll_ingest_sink_clean(sink, kill->process);
	row->kill.host = ll_ingest_sink_clean(sink, kill->host);
	row->kill.cgroup = ll_ingest_sink_clean(sink, kill->cgroup);
	row->kill.limiting = ll_ingest_sink_clean(sink, kill->limiting);
	row->kill.pod = ll_ingest_sink_clean(sink, kill->pod);
	row->kill.container = ll_ingest_sink_clean(sink, kill->container);
	row->kill.text = ll_ingest_sink_clean(sink, ll_str_first(kill->text, 512));
	ll_sink_capture(sink)->samples++;
	return LL_OK;
}

static int put_task(void *self, const struct ll_task *task, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_batch_task *const row = ll_vec_push(&sink->batch->tasks, sizeof *row);

	(void)err;
	*row = (struct ll_batch_task){
		.capture = ll_sink_capture_index(sink), .ordinal = sink->rows++, .task = *task};
	row->task.name = ll_ingest_sink_clean(sink, task->name);
	return LL_OK;
}

static int put_declared(void *self, const struct ll_declared *fact, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_batch_declared *const row = ll_vec_push(&sink->batch->declared, sizeof *row);

	(void)err;
	*row = (struct ll_batch_declared){
		.capture = ll_sink_capture_index(sink), .ordinal = sink->rows++, .fact = *fact};
	row->fact.service = ll_ingest_sink_clean(sink, fact->service);
	row->fact.instance = ll_ingest_sink_clean(sink, fact->instance);
	row->fact.name = ll_ingest_sink_clean(sink, fact->name);
	row->fact.value = ll_ingest_sink_clean(sink, fact->value);
	row->fact.note = ll_ingest_sink_clean(sink, fact->note);
	ll_sink_capture(sink)->samples++;
	return LL_OK;
}

void ll_ingest_facts_connect(struct ll_ingest_sink *sink)
{
	sink->sink.goroutines = put_goroutines;
	sink->sink.scalar = put_scalar;
	sink->sink.gc = put_gc;
	sink->sink.build_fact = put_build_fact;
	sink->sink.reading = put_reading;
	sink->sink.benchmark = put_benchmark;
	sink->sink.kill = put_kill;
	sink->sink.task = put_task;
	sink->sink.declared = put_declared;
}
