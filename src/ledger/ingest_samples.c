/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest_samples.c - symbols and samples of profiles become series of segments.
 *
 * The hot path is put_sample: for each sample one multiplication per location and lane gives the
 * hash of its stack, one probe of the segment's table finds its series, and its values are compared
 * with what was there. Frames are looked at only for stacks that the segment has not seen.
 */
#include "ingest_sink.h"

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
	kept = ll_sink_keep(sink, ll_buf_str(&list));
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

int ll_ingest_samples_service(struct ll_ingest_sink *sink, int64_t service_id, struct ll_error *err)
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

/* --------------------------------------------------------------------- symbols */

static int put_symbols(void *self, const struct ll_symbols *symbols, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	const size_t lines = symbols->first_line[symbols->location_count];

	(void)err;
	LL_SINK_GROW(sink->parts, sink->part_capacity, symbols->location_count);
	LL_SINK_GROW(sink->function_hashes, sink->function_capacity, symbols->function_count);
	LL_SINK_GROW(sink->line_frames, sink->line_capacity, lines);
	if (lines > 0)
		memset(sink->line_frames, 0, lines * sizeof *sink->line_frames);
	for (size_t i = 0; i < symbols->function_count; i++)
		sink->function_hashes[i] =
			ll_function_hash(symbols->functions[i].name, symbols->functions[i].file);
	sink->most_frames = 1;
	for (size_t i = 0; i < symbols->location_count; i++) {
		const struct ll_line *const line = &symbols->lines[symbols->first_line[i]];
		struct location_part part = {.frames = symbols->first_line[i + 1] -
		                                       symbols->first_line[i]};

		/* The first frame is scaled by 1, and mostly the only one. */
		if (part.frames > 0)
			part.part =
				ll_frame_hash(sink->function_hashes[line->function], line->line);
		for (uint32_t k = 1; k < part.frames; k++)
			ll_stack_part_add(&part.part, &sink->powers, k,
			                  ll_frame_hash(sink->function_hashes[line[k].function],
			                                line[k].line));
		sink->parts[i] = part;
		if (part.frames > sink->most_frames)
			sink->most_frames = (uint32_t)part.frames;
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
	LL_SINK_GROW(sink->frames, sink->frame_capacity, (size_t)depth + 1);
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
			sink->has_no_total[i] = sink->is_overflown = true;
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
		.service_id = ll_sink_capture(sink)->service_id,
		.stack_id = series->stack_id,
		.entry_id = word,
		.block_size = series->key.block_size,
	};
	return LL_OK;
}

/*
 * ll_stack_hash_add for all locations. Where the stack cannot be deeper than the table of powers,
 * which is nearly always, nothing but the sums is left to do; they do not wait for each other.
 */
static struct ll_hash hash_stack(const struct ll_ingest_sink *sink, const uint32_t *locations,
                                 size_t count, uint32_t *ret_depth)
{
	const struct location_part *const parts = sink->parts;
	const struct ll_hash *power = sink->powers.of;
	struct ll_stack_hasher hasher = {0};
	uint64_t low = 0, high = 0;

	if (count * sink->most_frames >= LL_STACK_POWERS) {
		for (size_t k = 0; k < count; k++)
			ll_stack_hash_add(&hasher, &sink->powers, parts[locations[k]].part,
			                  (uint32_t)parts[locations[k]].frames);
	} else {
		size_t k = 0;

		/* By twos: the loop itself was a fifth of it. */
		for (; k + 2 <= count; k += 2) {
			const struct location_part *const one = &parts[locations[k]];
			const struct location_part *const two = &parts[locations[k + 1]];
			const struct ll_hash *const second = power + one->frames;

			low += one->part.low * power->low + two->part.low * second->low;
			high += one->part.high * power->high + two->part.high * second->high;
			power = second + two->frames;
		}
		if (k < count) {
			low += parts[locations[k]].part.low * power->low;
			high += parts[locations[k]].part.high * power->high;
			power += parts[locations[k]].frames;
		}
		hasher.low = low;
		hasher.high = high;
		hasher.depth = (uint32_t)(power - sink->powers.of);
	}
	*ret_depth = hasher.depth;
	return ll_stack_hash_finish(&hasher);
}

static int put_sample(struct ll_ingest_sink *sink, const struct ll_samples *samples, size_t i,
                      struct ll_error *err)
{
	const uint32_t *const locations = samples->locations + samples->first[i];
	const size_t count = samples->first[i + 1] - samples->first[i];
	const int64_t *values = samples->values + i * sink->type_count;
	struct ll_series_key key = {.block_size = samples->block_size ? samples->block_size[i] : 0};
	int64_t heap[LL_HEAP_VALUES];
	struct ll_series *series;
	uint32_t depth;
	bool is_new;
	int rc = LL_OK;

	if (!add_totals(sink, values))
		return LL_OK;
	key.stack = hash_stack(sink, locations, count, &depth);
	if (samples->labels && samples->labels[i].size > 0)
		rc = ll_dictionary_word(sink->shared->dictionary, samples->labels[i], &key.label_id,
		                        err);
	if (rc < 0)
		return rc;
	series = ll_segment_find(&sink->segment->segment, &key, &is_new);
	if (is_new)
		rc = intern_stack(sink, key.stack, locations, count, depth, &series->stack_id, err);
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
	struct ll_batch_capture *const capture = ll_sink_capture(sink);
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

void ll_ingest_samples_connect(struct ll_ingest_sink *sink)
{
	sink->sink.symbols = put_symbols;
	sink->sink.samples = put_samples;
}
