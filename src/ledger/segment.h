/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment.h - building the series of one segment; leakledger/series.h tells what they are and reads
 * them.
 */
#ifndef LL_LEDGER_SEGMENT_H
#define LL_LEDGER_SEGMENT_H

#include <leakledger/series.h>

/** What tells series of a segment apart, besides the stack. */
struct ll_series_key {
	struct ll_hash stack;
	int64_t block_size;
	uint32_t label_id;
};

/**
 * A series being built: two cache lines for a heap profile's. What a sample is compared with stands
 * in front.
 */
struct ll_series {
	struct ll_series_key key;
	uint32_t next; /* number of the series whose sample came behind this one's; 0 unknown */
	uint32_t stack_id;
	uint8_t form;
	bool is_live;
	bool has_entry;   /* data is not empty */
	bool has_pending; /* captures pending_first to pending_last said what is in pending */
	uint8_t pending_first, pending_last;
	uint8_t last_index;      /* of the last entry */
	uint8_t done_index;      /* last capture whose values are in data */
	uint32_t size, capacity; /* of data */
	uint8_t *data;
	int64_t values[]; /* pending: value_count; last: value_count, or two counts, as stored */
};

/** Growing series of one segment. */
struct ll_segment {
	size_t value_count;
	int64_t period;
	bool is_heap;
	uint32_t captures; /* begun so far */
	char *series;      /* count of `stride` bytes each: ll_segment_series */
	size_t stride;
	size_t count, capacity;
	uint32_t *table; /* hash table of numbers: index + 1 */
	size_t mask;
	uint32_t at;    /* number of the series found last in this capture; 0 none yet */
	uint32_t first; /* number of the series of the last capture's first sample */
	struct ll_arena arena;
	int64_t *factor_sizes; /* cache of unsample factors, by block size */
	double *factors;
	size_t factor_count;
};

void ll_segment_init(struct ll_segment *segment, size_t value_count, bool is_heap, int64_t period);
void ll_segment_done(struct ll_segment *segment);
static inline struct ll_series *ll_segment_series(const struct ll_segment *segment, size_t index)
{
	return (struct ll_series *)(void *)(segment->series + index * segment->stride);
}
/** Starts the next capture and returns its index. There must be fewer than LL_SEGMENT_CAPTURES. */
uint32_t ll_segment_begin(struct ll_segment *segment);
/** The series of that key; *ret_is_new tells that it was made now and needs a stack_id. */
struct ll_series *ll_segment_find(struct ll_segment *segment, const struct ll_series_key *key,
                                  bool *ret_is_new);
/** Values of the current capture; several calls for one series and capture add up. */
void ll_segment_add(struct ll_segment *segment, struct ll_series *series, const int64_t *values);
/** All captures are in: closes every series with what the last captures no longer had. */
void ll_segment_finish(struct ll_segment *segment);
/** Takes a stored series into an empty segment that is to be continued. */
void ll_segment_restore(struct ll_segment *segment, const struct ll_series_key *key,
                        uint32_t stack_id, int form, struct ll_str data, uint32_t captures);
double ll_segment_factor(struct ll_segment *segment, int64_t block_size);

#endif
