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
static inline bool ll_series_is_same_key(const struct ll_series_key *a,
                                         const struct ll_series_key *b)
{
	return ll_hash_equal(a->stack, b->stack) && a->block_size == b->block_size &&
	       a->label_id == b->label_id;
}
/** The part of ll_segment_find that looks in the table, or adds. */
struct ll_series *ll_segment_look_up(struct ll_segment *segment, const struct ll_series_key *key,
                                     bool *ret_is_new);
/** Goes on to the series of that number, and asks for the one that should come next. */
static inline struct ll_series *ll_segment_go_to(struct ll_segment *segment, uint32_t number)
{
	struct ll_series *const series = ll_segment_series(segment, number - 1);

	segment->at = number;
	if (series->next > 0) {
		const char *const next = (const char *)ll_segment_series(segment, series->next - 1);

		__builtin_prefetch(next);
		__builtin_prefetch(next + 64);
	}
	return series;
}
/**
 * The series of that key; *ret_is_new tells that it was made now and needs a stack_id. Consecutive
 * profiles of a process list their samples in much the same order, so the series that came behind
 * the last one in the capture before is tried first.
 */
static inline struct ll_series *ll_segment_find(struct ll_segment *segment,
                                                const struct ll_series_key *key, bool *ret_is_new)
{
	const uint32_t guess = segment->at > 0 ? ll_segment_series(segment, segment->at - 1)->next
	                                       : segment->first;

	*ret_is_new = false;
	if (guess == 0 || !ll_series_is_same_key(&ll_segment_series(segment, guess - 1)->key, key))
		return ll_segment_look_up(segment, key, ret_is_new);
	return ll_segment_go_to(segment, guess);
}
/** The part of ll_segment_add for values that are not those of the capture before. */
void ll_segment_change(struct ll_segment *segment, struct ll_series *series, const int64_t *values);
/** Values of the current capture; several calls for one series and capture add up. */
static inline void ll_segment_add(struct ll_segment *segment, struct ll_series *series,
                                  const int64_t *values)
{
	const uint8_t index = (uint8_t)(segment->captures - 1);
	uint64_t differ = 0;

	if (series->has_pending && series->pending_last + 1U == index) {
		for (size_t i = 0; i < segment->value_count; i++)
			differ |= (uint64_t)(series->values[i] ^ values[i]);
		if (differ == 0) {
			series->pending_last = index;
			return;
		}
	}
	ll_segment_change(segment, series, values);
}
/** All captures are in: closes every series with what the last captures no longer had. */
void ll_segment_finish(struct ll_segment *segment);
/** Takes a stored series into an empty segment that is to be continued. */
void ll_segment_restore(struct ll_segment *segment, const struct ll_series_key *key,
                        uint32_t stack_id, int form, struct ll_str data, uint32_t captures);
double ll_segment_factor(struct ll_segment *segment, int64_t block_size);

#endif
