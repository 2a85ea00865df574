/* SPDX-License-Identifier: Apache-2.0 */
/*
 * growth.h - how much a heap series held at both ends of a window, and how fast that rose, from its
 * bytes and without a row for each capture.
 *
 * The slope of least squares is a sum with weights, and the weights depend on times alone:
 *
 *     slope = sum of w[i] * value[i],   w[i] = (t[i] - mean) / (sum of (t[k] - mean)^2)
 *
 * So they are computed once for a segment, in SQL, and a series needs one multiplication for each
 * change: between two changes the value is the same, and only the sum of the weights is wanted. A
 * window may span several segments; then each has a part of the weights, and slopes of one stack
 * add up. Captures in which a series is zero count as zero.
 */
#ifndef LL_LEDGER_GROWTH_H
#define LL_LEDGER_GROWTH_H

#include <leakledger/series.h>
#include <leakledger/sqlite.h>

/** The part of a window that lies in one segment; SQL hands it around as a blob. */
struct ll_growth_window {
	/** Index of the window's first and last capture; -1 when it lies in another segment. */
	int32_t first, last;
	int64_t has_weights;                    /* 0: times do not differ, so nothing has a slope */
	double before[LL_SEGMENT_CAPTURES + 1]; /* sum of the weights of the captures before */
};

struct ll_growth {
	int64_t first_objects, first_space; /* at the first capture; 0 when that lies elsewhere */
	int64_t last_objects, last_space;
	double slope; /* of bytes in use, by the unit of the times */
};

/** False when the bytes are damaged. The reader must be that of a heap series, at its beginning. */
bool ll_growth_measure(struct ll_series_reader *reader, const struct ll_growth_window *window,
                       struct ll_growth *ret_growth);

/**
 * Registers the SQL aggregate segment_window(segment_index, weight, is_first, is_last): the blob of
 * a window from the captures of one segment that are in it. Weights that are NULL are none.
 */
int ll_growth_register(sqlite3 *db, struct ll_error *err);

#endif
