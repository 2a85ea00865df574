/* SPDX-License-Identifier: Apache-2.0 */
/* compare_moves.h - lines of a comparison that are one place on different lines of two versions. */
#ifndef LL_REPORT_COMPARE_MOVES_H
#define LL_REPORT_COMPARE_MOVES_H

#include <leakledger/profile.h>

/** What one sample of a version says of a row of lines. */
struct ll_compare_seen {
	uint32_t row, version;
	int64_t mark;    /* size of an object; 1 of goroutines */
	uint64_t caller; /* hash of the family of the own function that called; 0: none */
	int64_t samples; /* behind it */
};

/** Joins the rows of lines that are one place, by the rules of <leakledger/moves.h>. */
void ll_compare_join(struct ll_compare *compare, const struct ll_vec *seen);

#endif
