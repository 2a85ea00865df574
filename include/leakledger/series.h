/* SPDX-License-Identifier: Apache-2.0 */
/*
 * series.h - reading the samples of up to 64 captures of one instance, stack by stack.
 *
 * Consecutive captures of a process are nearly the same: more than half of all samples have not
 * changed since the capture before. A segment therefore keeps, for each stack and size of object,
 * only the changes:
 *
 *     capture            0     1     2     3     4
 *     value              5     5     9     9     9
 *     entries         (0,+5)      (2,+4)
 *
 * The values of a heap profile are estimates made from small counts of sampled objects, by a
 * formula that can be run again; where it gives the same estimates back, the counts are stored
 * (form 1). The bytes are described in sql/schema/0001_ledger.sql.
 */
#ifndef LEAKLEDGER_SERIES_H
#define LEAKLEDGER_SERIES_H

#include <leakledger/capture.h>

enum {
	LL_SEGMENT_CAPTURES = 64, /* most captures of one segment */
	LL_SERIES_VALUES = LL_VALUE_TYPES_MAX,
	LL_FORM_PLAIN = 0,
	LL_FORM_COUNTS = 1,
	LL_HEAP_VALUES = 4, /* alloc_objects, alloc_space, inuse_objects, inuse_space */
};

/** The factor of formats.md 1.8 for objects of one size; 1 when nothing was sampled away. */
double ll_unsample_factor(int64_t period, int64_t block_size);

/** What a raw count stands for: objects and their bytes, each truncated as Go truncates. */
void ll_series_estimate(int64_t count, int64_t block_size, double factor, int64_t *ret_objects,
                        int64_t *ret_space);
/** The raw count behind an estimate of objects: rounding undoes the truncation. */
int64_t ll_series_count_behind(int64_t objects, double factor);

/** One step of a decoded series: the values from capture `index` on, until the next step. */
struct ll_series_step {
	uint32_t index;
	int64_t values[LL_SERIES_VALUES];
};

struct ll_series_reader {
	struct ll_str data;
	size_t offset;
	size_t value_count; /* stored values: of the types, or 2 in form 1 */
	int form;
	int64_t block_size;
	double factor;
	struct ll_series_step stored; /* running sums */
};

/** `value_count` is that of the segment's types; 4 for heap. */
void ll_series_reader_init(struct ll_series_reader *reader, struct ll_str data, int form,
                           size_t value_count, int64_t block_size, double factor);
/** The next step, its index below LL_SEGMENT_CAPTURES. 1, 0 at the end, -1: damaged bytes. */
int ll_series_next(struct ll_series_reader *reader, struct ll_series_step *ret_step);
/**
 * The raw counts behind the last step: counts[0] allocated, counts[1] in use. In form 0 they are
 * computed back from the estimates (formats.md 1.8), rounded.
 */
void ll_series_counts(const struct ll_series_reader *reader, const struct ll_series_step *step,
                      int64_t counts[2]);

#endif
