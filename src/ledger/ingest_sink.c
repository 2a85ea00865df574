/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest_sink.c - facts from readers become rows of a batch.
 *
 * The hot path is put_sample: for each sample one multiplication per location and lane gives the
 * hash of its stack, one probe of the segment's table finds its series, and its values are compared
 * with what was there. Frames are looked at only for stacks that the segment has not seen.
 */
#include "ingest_sink.h"

static struct ll_batch_capture *current(struct ll_ingest_sink *sink)
{
	struct ll_batch_capture *const captures = sink->batch->captures.items;

	return &captures[sink->batch->captures.count - 1];
}

static size_t current_index(const struct ll_ingest_sink *sink)
{
	return sink->batch->captures.count - 1;
}

static struct ll_str keep(struct ll_ingest_sink *sink, struct ll_str text)
{
	return ll_arena_str(&sink->batch->arena, text);
}

/* -------------------------------------------------------------------- identity */

static struct ll_str base_name(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return slash == SIZE_MAX ? path : ll_str_from(path, slash + 1);
}

/* Names come from paths and contents: what is stored is UTF-8 without control characters. */
struct ll_str ll_ingest_sink_clean(struct ll_ingest_sink *sink, struct ll_str text)
{
	struct ll_buf out;
	struct ll_str kept;

	text = ll_str_first(text, 1024);
	ll_buf_init(&out, LL_BUF_MESSAGE);
	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(text, i, &code);
		if (code < 0x20 || (code >= 0x7f && code < 0xa0))
			code = 0xfffd;
		ll_buf_put(&out, bytes, ll_utf8_put(code, bytes));
	}
	kept = keep(sink, ll_buf_str(&out));
	ll_buf_done(&out);
	return kept;
}

/* Service: path, then program, then the name of what was given to read. */
static void identify(struct ll_ingest_sink *sink, const struct ll_origin *origin,
                     struct ll_batch_capture *capture, struct ll_str *ret_service,
                     struct ll_str *ret_instance)
{
	const struct ll_path_identity *const path = &sink->path;

	*ret_service = path->service;
	*ret_instance = path->instance;
	capture->rule = ll_str(path->rule ? path->rule : "");
	if (ret_service->size == 0) {
		*ret_service = base_name(origin->program);
		capture->rule = ll_str("name of the program in the capture");
	}
	if (ret_service->size == 0) {
		*ret_service = ll_str(sink->file->fallback_service);
		capture->rule = ll_str("name of the directory that was given");
	}
	*ret_service = ll_ingest_sink_clean(sink, *ret_service);
	*ret_instance = ll_ingest_sink_clean(sink, *ret_instance);
	capture->rule = ll_ingest_sink_clean(sink, capture->rule);
}

/* Time: content, then names, then what bounds it, then the file's own time. */
static void set_time(const struct ll_ingest_sink *sink, const struct ll_origin *origin,
                     struct ll_batch_capture *capture)
{
	capture->not_before_ns = origin->not_before_ns;
	if (origin->time_ns != LL_TIME_NONE) {
		capture->time_ns = origin->time_ns;
		capture->time_source = LL_TIME_FROM_CONTENT;
	} else if (sink->path.time_ns != LL_TIME_NONE) {
		capture->time_ns = sink->path.time_ns;
		capture->time_source = sink->path.time_source;
	} else if (origin->not_before_ns != LL_TIME_NONE) {
		capture->time_ns = origin->not_before_ns;
		capture->time_source = LL_TIME_FROM_LOWER_BOUND;
	} else {
		capture->time_ns = sink->file->modified_ns;
		capture->time_source = sink->file->modified_ns == LL_TIME_NONE
		                               ? LL_TIME_FROM_NONE
		                               : LL_TIME_FROM_MODIFIED;
	}
}

/* -------------------------------------------------------------------- segments */

static const char *const heap_names[LL_HEAP_VALUES] = {"alloc_objects", "alloc_space",
                                                       "inuse_objects", "inuse_space"};

/* Which of the four heap values a sample type is; "objects" and "space" are live and allocated. */
static uint8_t heap_slots(struct ll_str type)
{
	for (unsigned i = 0; i < LL_HEAP_VALUES; i++) {
		if (ll_str_equal(type, ll_str(heap_names[i])))
			return (uint8_t)(1U << i);
	}
	if (ll_str_equal(type, ll_str("objects")))
		return 1 << 0 | 1 << 2;
	if (ll_str_equal(type, ll_str("space")))
		return 1 << 1 | 1 << 3;
	return 0;
}

static void plan_values(struct ll_ingest_sink *sink, bool is_heap)
{
	sink->is_canonical = true;
	for (size_t i = 0; i < sink->type_count && is_heap; i++) {
		sink->heap_slots[i] = heap_slots(sink->types[i].type);
		sink->is_canonical &= sink->heap_slots[i] == 1U << i;
	}
	if (is_heap && sink->type_count != LL_HEAP_VALUES)
		sink->is_canonical = false;
}

static struct ll_str type_list(struct ll_ingest_sink *sink, bool is_heap)
{
	struct ll_buf list;
	struct ll_str kept;

	if (is_heap)
		return ll_str("alloc_objects,alloc_space,inuse_objects,inuse_space");
	ll_buf_init(&list, LL_BUF_MESSAGE);
	for (size_t i = 0; i < sink->type_count; i++) {
		ll_buf_puts(&list, i > 0 ? "," : "");
		ll_buf_put_str(&list, sink->types[i].type);
	}
	kept = keep(sink, ll_buf_str(&list));
	ll_buf_done(&list);
	return kept;
}

/* Deltas and foreign profiles have segments of their own, so that no query can mix them in. */
static const char *segment_kind(struct ll_ingest_sink *sink, const struct ll_batch_capture *capture)
{
	if (!capture->is_delta && !capture->is_foreign)
		return ll_kind_name(capture->kind);
	return ll_arena_printf(&sink->batch->arena, "%s-%s", ll_kind_name(capture->kind),
	                       capture->is_foreign ? "foreign" : "delta");
}

static int find_stacks(struct ll_ingest_sink *sink, int64_t service_id, struct ll_error *err)
{
	int rc = LL_OK;

	if (sink->stacks_service != service_id)
		rc = ll_dictionary_stacks(sink->shared->dictionary, service_id, &sink->stacks, err);
	sink->stacks_service = rc == LL_OK ? service_id : 0;
	return rc;
}

static int open_segment(struct ll_ingest_sink *sink, const struct ll_batch_capture *capture,
                        struct ll_error *err)
{
	const bool is_heap = capture->kind == LL_KIND_HEAP;
	const char *const kind = segment_kind(sink, capture);
	const struct ll_str types = type_list(sink, is_heap);
	struct ll_batch_segment **const segments = sink->batch->segments.items;
	struct ll_batch_segment *segment;

	for (size_t i = sink->batch->segments.count; i > 0; i--) {
		segment = segments[i - 1];
		if (segment->instance_id == capture->instance_id &&
		    strcmp(segment->kind, kind) == 0 && ll_str_equal(segment->types, types) &&
		    segment->period == capture->period &&
		    segment->segment.captures < LL_SEGMENT_CAPTURES) {
			sink->segment = segment;
			return (int)i - 1;
		}
	}
	segment = ll_calloc(1, sizeof *segment);
	segment->service_id = capture->service_id;
	segment->instance_id = capture->instance_id;
	segment->kind = kind;
	segment->types = types;
	segment->period = capture->period;
	ll_segment_init(&segment->segment, is_heap ? LL_HEAP_VALUES : sink->type_count, is_heap,
	                capture->period);
	*(struct ll_batch_segment **)ll_vec_push(&sink->batch->segments, sizeof segment) = segment;
	sink->segment = segment;
	if (ll_lookup_continue(sink->shared->lookup, segment, sink->stacks, err) < 0)
		return LL_E_DATABASE;
	return (int)sink->batch->segments.count - 1;
}

/* ---------------------------------------------------------- capture by capture */

static void put_total(struct ll_ingest_sink *sink, size_t ordinal, struct ll_str type,
                      struct ll_str unit_name, int64_t value)
{
	struct ll_batch_total *const total = ll_vec_push(&sink->batch->totals, sizeof *total);

	*total = (struct ll_batch_total){
		.capture = current_index(sink),
		.ordinal = ordinal,
		.type = type,
		.unit = unit_name,
		.value = value,
	};
}

static void add_note(struct ll_ingest_sink *sink, uint64_t position, struct ll_str text)
{
	struct ll_batch_note *const note = ll_vec_push(&sink->batch->notes, sizeof *note);

	*note = (struct ll_batch_note){.capture = current_index(sink),
	                               .position = position,
	                               .text = ll_ingest_sink_clean(sink, text)};
	current(sink)->is_partial = true;
}

static int by_number(const void *a, const void *b)
{
	const struct ll_gc *const left = a;
	const struct ll_gc *const right = b;

	return left->number < right->number ? -1 : left->number > right->number;
}

/* The pause ring, oldest first, as differences. */
static void finish_ring(struct ll_ingest_sink *sink)
{
	struct ll_gc *const entries = sink->ring_entries.items;
	struct ll_batch_capture *const capture = current(sink);
	int64_t last_ns = 0;

	if (sink->ring_entries.count == 0)
		return;
	qsort(entries, sink->ring_entries.count, sizeof *entries, by_number);
	ll_buf_clear(&sink->ring);
	capture->ring_first = entries[0].number;
	capture->ring_first_ns = entries[0].end_ns;
	for (size_t i = 0; i < sink->ring_entries.count; i++) {
		/* Numbers are consecutive; an entry out of line ends what can be stored. */
		if (entries[i].number != capture->ring_first + (int64_t)i)
			break;
		ll_buf_put_zigzag(&sink->ring, i > 0 ? entries[i].end_ns - last_ns : 0);
		ll_buf_put_zigzag(&sink->ring, entries[i].pause_ns);
		last_ns = entries[i].end_ns;
	}
	capture->ring_last_ns = last_ns;
	capture->ring = keep(sink, ll_buf_str(&sink->ring));
	sink->ring_entries.count = 0;
}

/* Everything of the current capture has been pushed. */
void ll_ingest_sink_finish(struct ll_ingest_sink *sink)
{
	if (!sink->has_capture)
		return;
	sink->has_capture = false;
	finish_ring(sink);
	if (current(sink)->kind == LL_KIND_GOROUTINE ||
	    current(sink)->kind == LL_KIND_GOROUTINELEAK)
		sink->totals[0] += (int64_t)sink->goroutines;
	for (size_t i = 0; i < sink->type_count; i++)
		put_total(sink, i, sink->types[i].type, sink->types[i].unit, sink->totals[i]);
	if (current(sink)->kind == LL_KIND_ESCAPE) {
		put_total(sink, 0, ll_str("escapes"), ll_str("count"), (int64_t)sink->escapes);
		put_total(sink, 1, ll_str("moved"), ll_str("count"), (int64_t)sink->moved);
		put_total(sink, 2, ll_str("stays"), ll_str("count"), (int64_t)sink->stays);
	}
	if (sink->is_overflown)
		add_note(sink, 0, ll_str("a total does not fit 63 bits"));
}

static void start_fresh(struct ll_ingest_sink *sink, const struct ll_origin *origin)
{
	memset(sink->totals, 0, sizeof sink->totals);
	sink->is_overflown = false;
	sink->goroutines = 0;
	sink->groups = 0;
	sink->segment = NULL;
	sink->escapes = 0;
	sink->moved = 0;
	sink->stays = 0;
	sink->symbols = NULL;
	sink->type_count =
		origin->type_count < LL_VALUE_TYPES_MAX ? origin->type_count : LL_VALUE_TYPES_MAX;
	for (size_t i = 0; i < sink->type_count; i++)
		sink->types[i] = (struct ll_value_type){
			.type = ll_ingest_sink_clean(sink, origin->types[i].type),
			.unit = ll_ingest_sink_clean(sink, origin->types[i].unit)};
}

static struct ll_str build_of(const struct ll_ingest_sink *sink, const struct ll_origin *origin)
{
	return origin->build_id.size > 0 ? origin->build_id : sink->path.build;
}

static int begin(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_batch_capture *capture;
	struct ll_str service, instance;
	int rc;

	ll_ingest_sink_finish(sink);
	capture = ll_vec_push(&sink->batch->captures, sizeof *capture);
	sink->has_capture = true;
	start_fresh(sink, origin);
	identify(sink, origin, capture, &service, &instance);
	set_time(sink, origin, capture);
	capture->content = sink->content;
	capture->part = sink->part++;
	capture->kind = origin->kind;
	capture->format = ll_str(origin->format);
	capture->variant = keep(sink, ll_str(origin->variant));
	capture->build = ll_ingest_sink_clean(sink, build_of(sink, origin));
	capture->program = ll_ingest_sink_clean(sink, origin->program);
	capture->go_version = ll_ingest_sink_clean(sink, origin->go_version);
	capture->duration_ns = origin->duration_ns;
	capture->period = origin->period;
	capture->sequence = sink->path.sequence;
	capture->is_delta =
		origin->is_delta || (sink->path.is_delta_named && origin->kind != LL_KIND_MEMSTATS);
	capture->is_foreign = origin->is_foreign;
	capture->segment = LL_NO_SEGMENT;
	rc = ll_dictionary_instance(sink->shared->dictionary, service, instance,
	                            &capture->service_id, &capture->instance_id, err);
	return rc < 0 ? rc : find_stacks(sink, capture->service_id, err);
}

static void note(void *self, uint64_t position, const char *text)
{
	struct ll_ingest_sink *const sink = self;

	if (sink->batch->captures.count > 0)
		add_note(sink, position, ll_str(text));
}

/* --------------------------------------------------------------------- symbols */

#define GROW(pointer, capacity, count)                                                             \
	do {                                                                                       \
		if ((count) > (capacity)) {                                                        \
			(capacity) = (count) + (count) / 2 + 64;                                   \
			(pointer) = ll_realloc((pointer), (capacity), sizeof *(pointer));          \
		}                                                                                  \
	} while (0)

static int put_symbols(void *self, const struct ll_symbols *symbols, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	const size_t lines = symbols->first_line[symbols->location_count];

	(void)err;
	GROW(sink->parts, sink->part_capacity, symbols->location_count);
	GROW(sink->function_hashes, sink->function_capacity, symbols->function_count);
	GROW(sink->line_frames, sink->line_capacity, lines);
	if (lines > 0)
		memset(sink->line_frames, 0, lines * sizeof *sink->line_frames);
	for (size_t i = 0; i < symbols->function_count; i++)
		sink->function_hashes[i] =
			ll_function_hash(symbols->functions[i].name, symbols->functions[i].file);
	for (size_t i = 0; i < symbols->location_count; i++) {
		struct location_part part = {.frames = symbols->first_line[i + 1] -
		                                       symbols->first_line[i]};

		for (uint32_t k = 0; k < part.frames; k++) {
			const struct ll_line *const line =
				&symbols->lines[symbols->first_line[i] + k];

			ll_stack_part_add(
				&part.part, &sink->powers, k,
				ll_frame_hash(sink->function_hashes[line->function], line->line));
		}
		sink->parts[i] = part;
	}
	sink->symbols = symbols;
	return LL_OK;
}

/* Asks the dictionary for the frames of lines that were not asked for yet. */
static int resolve_lines(struct ll_ingest_sink *sink, const uint32_t *locations, size_t count,
                         struct ll_error *err)
{
	const struct ll_symbols *const symbols = sink->symbols;

	sink->requests.count = 0;
	for (size_t i = 0; i < count; i++) {
		for (uint32_t k = symbols->first_line[locations[i]];
		     k < symbols->first_line[locations[i] + 1]; k++) {
			const struct ll_line *const line = &symbols->lines[k];
			const struct ll_function *const function =
				&symbols->functions[line->function];
			struct ll_frame_request *request;

			if (sink->line_frames[k] != 0)
				continue;
			request = ll_vec_push(&sink->requests, sizeof *request);
			*request = (struct ll_frame_request){
				.function_hash = sink->function_hashes[line->function],
				.frame_hash = ll_frame_hash(sink->function_hashes[line->function],
			                                    line->line),
				.function = function->name,
				.file = function->file,
				.line = line->line,
				.start_line = function->start_line,
				.ret_id = &sink->line_frames[k],
			};
		}
	}
	if (sink->requests.count == 0)
		return LL_OK;
	return ll_dictionary_frames(sink->shared->dictionary, sink->requests.items,
	                            sink->requests.count, err);
}

/* Number of a stack that this segment has not seen. */
static int intern_stack(struct ll_ingest_sink *sink, struct ll_hash hash, const uint32_t *locations,
                        size_t count, uint32_t depth, uint32_t *ret_id, struct ll_error *err)
{
	const struct ll_symbols *const symbols = sink->symbols;
	size_t used = 0;
	int rc;

	*ret_id = ll_stack_find(sink->stacks, hash);
	if (*ret_id != LL_MAP_NONE)
		return LL_OK;
	rc = resolve_lines(sink, locations, count, err);
	if (rc < 0)
		return rc;
	GROW(sink->frames, sink->frame_capacity, (size_t)depth + 1);
	for (size_t i = 0; i < count; i++) {
		for (uint32_t k = symbols->first_line[locations[i]];
		     k < symbols->first_line[locations[i] + 1]; k++)
			sink->frames[used++] = sink->line_frames[k];
	}
	*ret_id = ll_stack_add(sink->shared->dictionary, sink->stacks, hash, sink->frames, depth);
	return LL_OK;
}

/* --------------------------------------------------------------------- samples */

/* Adds to totals. Returns false when all values are zero: such a sample is counted, not stored. */
static bool add_totals(struct ll_ingest_sink *sink, const int64_t *values)
{
	int64_t any = 0;

	for (size_t i = 0; i < sink->type_count; i++) {
		any |= values[i];
		if (!ll_i64_add(&sink->totals[i], values[i]))
			sink->is_overflown = true;
	}
	return any != 0;
}

static void to_heap_values(const struct ll_ingest_sink *sink, const int64_t *values,
                           int64_t out[LL_HEAP_VALUES])
{
	memset(out, 0, LL_HEAP_VALUES * sizeof *out);
	for (size_t i = 0; i < sink->type_count; i++) {
		for (unsigned k = 0; k < LL_HEAP_VALUES; k++) {
			if (sink->heap_slots[i] >> k & 1)
				out[k] = values[i];
		}
	}
}

static int put_entry(struct ll_ingest_sink *sink, const struct ll_series *series,
                     struct ll_str text, struct ll_error *err)
{
	struct ll_batch_entry *entry;
	uint32_t word;
	const int rc = ll_dictionary_word(sink->shared->dictionary, text, &word, err);

	if (rc < 0 || word == 0)
		return rc;
	entry = ll_vec_push(&sink->batch->entries, sizeof *entry);
	*entry = (struct ll_batch_entry){
		.service_id = current(sink)->service_id,
		.stack_id = series->stack_id,
		.entry_id = word,
		.block_size = series->key.block_size,
	};
	return LL_OK;
}

static int put_sample(struct ll_ingest_sink *sink, const struct ll_samples *samples, size_t i,
                      struct ll_error *err)
{
	const uint32_t *const locations = samples->locations + samples->first[i];
	const size_t count = samples->first[i + 1] - samples->first[i];
	const int64_t *values = samples->values + i * sink->type_count;
	struct ll_stack_hasher hasher = {0};
	struct ll_series_key key = {.block_size = samples->block_size ? samples->block_size[i] : 0};
	int64_t heap[LL_HEAP_VALUES];
	struct ll_series *series;
	bool is_new;
	int rc = LL_OK;

	if (!add_totals(sink, values))
		return LL_OK;
	for (size_t k = 0; k < count; k++) {
		const struct location_part *const part = &sink->parts[locations[k]];

		ll_stack_hash_add(&hasher, &sink->powers, part->part, part->frames);
	}
	key.stack = ll_stack_hash_finish(&hasher);
	if (samples->labels && samples->labels[i].size > 0)
		rc = ll_dictionary_word(sink->shared->dictionary, samples->labels[i], &key.label_id,
		                        err);
	if (rc < 0)
		return rc;
	series = ll_segment_find(&sink->segment->segment, &key, &is_new);
	if (is_new)
		rc = intern_stack(sink, key.stack, locations, count, hasher.depth,
		                  &series->stack_id, err);
	if (rc < 0)
		return rc;
	if (!sink->is_canonical) {
		to_heap_values(sink, values, heap);
		values = heap;
	}
	ll_segment_add(&sink->segment->segment, series, values);
	if (samples->entries && samples->entries[i].size > 0)
		return put_entry(sink, series, samples->entries[i], err);
	return LL_OK;
}

static int put_samples(void *self, const struct ll_samples *samples, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_batch_capture *const capture = current(sink);
	int rc = LL_OK;

	capture->samples += (int64_t)samples->count;
	if (capture->segment == LL_NO_SEGMENT) {
		plan_values(sink, capture->kind == LL_KIND_HEAP);
		capture->segment = open_segment(sink, capture, err);
		if (capture->segment < 0)
			return capture->segment;
		capture->segment_index = ll_segment_begin(&sink->segment->segment);
	}
	for (size_t i = 0; rc == LL_OK && i < samples->count; i++)
		rc = put_sample(sink, samples, i, err);
	return rc;
}

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

	GROW(sink->frames, sink->frame_capacity, same->frame_count + 1);
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
		.capture = current_index(sink),
		.ordinal = sink->groups,
		.count = same->count <= INT64_MAX ? (int64_t)same->count : INT64_MAX,
		.min_minutes = same->min_minutes,
		.max_minutes = same->max_minutes,
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
	current(sink)->samples++;
	if (__builtin_add_overflow(sink->goroutines, same->count, &sink->goroutines) ||
	    sink->goroutines > INT64_MAX) {
		sink->goroutines = INT64_MAX;
		sink->is_overflown = true;
	}
	*(struct ll_batch_group *)ll_vec_push(&sink->batch->groups, sizeof group) = group;
	return LL_OK;
}

/* ---------------------------------------------------------------- other shapes */

static int put_scalar(void *self, enum ll_metric metric, int64_t value, struct ll_error *err)
{
	struct ll_batch_capture *const capture = current(self);

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
	*row = (struct ll_batch_gc){.capture = current_index(sink), .cycle = *cycle};
	current(sink)->samples++;
	return LL_OK;
}

static int put_build_fact(void *self, const struct ll_build_fact *fact, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_dictionary *const dictionary = sink->shared->dictionary;
	struct ll_batch_fact row = {.capture = current_index(sink),
	                            .line = fact->line,
	                            .column = fact->column,
	                            .what = fact->what};
	int rc;

	current(sink)->samples++;
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

/* ------------------------------------------------------------------ life cycle */

struct ll_ingest_sink *ll_ingest_sink_new(const struct ll_unit_shared *shared)
{
	struct ll_ingest_sink *const sink = ll_calloc(1, sizeof *sink);

	sink->shared = shared;
	ll_stack_powers_init(&sink->powers);
	ll_buf_init(&sink->ring, LL_BUF_MESSAGE);
	sink->sink = (struct ll_sink){
		.self = sink,
		.begin = begin,
		.symbols = put_symbols,
		.samples = put_samples,
		.goroutines = put_goroutines,
		.scalar = put_scalar,
		.gc = put_gc,
		.build_fact = put_build_fact,
		.note = note,
	};
	return sink;
}

void ll_ingest_sink_free(struct ll_ingest_sink *sink)
{
	if (!sink)
		return;
	ll_buf_done(&sink->ring);
	ll_vec_done(&sink->ring_entries);
	ll_vec_done(&sink->requests);
	free(sink->parts);
	free(sink->function_hashes);
	free(sink->line_frames);
	free(sink->frames);
	free(sink);
}
