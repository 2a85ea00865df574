/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest_sink.h - the sink that readers push into while a unit reads its files.
 *
 * One sink serves one thread for a whole run; its scratch memory is reused. The unit sets `batch`,
 * `file`, `path` and `content` before each read.
 */
#ifndef LL_LEDGER_INGEST_SINK_H
#define LL_LEDGER_INGEST_SINK_H

#include "unit.h"

/** What one location adds to a stack's hash. */
struct location_part {
	struct ll_hash part;
	uint64_t frames;
};

struct ll_ingest_sink {
	const struct ll_unit_shared *shared;
	struct ll_stack_powers powers;
	struct ll_sink sink;

	struct ll_batch *batch;
	const struct ll_unit_file *file;
	struct ll_path_identity path;
	size_t content, part; /* of the content being read */

	/* The capture being read. */
	bool has_capture;
	size_t type_count;
	struct ll_value_type types[LL_VALUE_TYPES_MAX]; /* in the batch's arena */
	int64_t totals[LL_VALUE_TYPES_MAX];
	bool is_overflown;                     /* some total */
	bool has_no_total[LL_VALUE_TYPES_MAX]; /* it does not fit */
	uint64_t goroutines;
	size_t groups;
	size_t rows; /* readings, results, kills, tasks and declared facts so far */
	struct ll_batch_segment *segment;
	uint8_t heap_slots[LL_VALUE_TYPES_MAX]; /* bit mask of canonical heap values per type */
	bool is_canonical;                      /* types are the stored values already */
	struct ll_stack_table *stacks;
	int64_t stacks_service; /* service of `stacks`; 0: none yet */
	size_t escapes, moved, stays;
	struct ll_buf ring;
	int64_t ring_last_number, ring_last_ns;
	struct ll_vec ring_entries; /* struct ll_gc */

	/* Symbols of the capture being read. */
	const struct ll_symbols *symbols;
	struct location_part *parts;
	size_t part_capacity;
	uint32_t most_frames; /* of one location; at least 1 */
	struct ll_hash *function_hashes;
	size_t function_capacity;
	uint32_t *line_frames; /* frame number of each line; 0 not asked yet */
	size_t line_capacity;
	struct ll_vec requests; /* struct ll_frame_request */
	uint32_t *frames;       /* of one stack */
	size_t frame_capacity;
};

/** Makes room for `count` items; what was there stays. */
#define LL_SINK_GROW(pointer, capacity, count)                                                     \
	do {                                                                                       \
		if ((count) > (capacity)) {                                                        \
			(capacity) = (count) + (count) / 2 + 64;                                   \
			(pointer) = ll_realloc((pointer), (capacity), sizeof *(pointer));          \
		}                                                                                  \
	} while (0)

/** The capture that began last; there is one. */
static inline struct ll_batch_capture *ll_sink_capture(struct ll_ingest_sink *sink)
{
	struct ll_batch_capture *const captures = sink->batch->captures.items;

	return &captures[sink->batch->captures.count - 1];
}

static inline size_t ll_sink_capture_index(const struct ll_ingest_sink *sink)
{
	return sink->batch->captures.count - 1;
}

/** A copy in the batch's arena. */
static inline struct ll_str ll_sink_keep(struct ll_ingest_sink *sink, struct ll_str text)
{
	return ll_arena_str(&sink->batch->arena, text);
}

struct ll_ingest_sink *ll_ingest_sink_new(const struct ll_unit_shared *shared);
void ll_ingest_sink_free(struct ll_ingest_sink *sink);
/** Everything of the current capture has been pushed: writes its ring and totals. */
void ll_ingest_sink_finish(struct ll_ingest_sink *sink);
/** A text that may be stored: UTF-8, no control characters, at most 1 KiB; in the batch's arena. */
struct ll_str ll_ingest_sink_clean(struct ll_ingest_sink *sink, struct ll_str text);

/* Parts of the sink. */

/** Has the stacks of the current capture's service at hand (ingest_samples.c). */
int ll_ingest_samples_service(struct ll_ingest_sink *sink, int64_t service_id,
                              struct ll_error *err);
/** Sets the members of sink->sink that take symbols and samples (ingest_samples.c). */
void ll_ingest_samples_connect(struct ll_ingest_sink *sink);
/** Sets the members of sink->sink that take facts of other shapes (ingest_facts.c). */
void ll_ingest_facts_connect(struct ll_ingest_sink *sink);

#endif
