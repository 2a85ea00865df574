/* SPDX-License-Identifier: Apache-2.0 */
/* claims.h - which formats a content is of, and which of them stands first. */
#ifndef LL_CAPTURE_CLAIMS_H
#define LL_CAPTURE_CLAIMS_H

#include <leakledger/capture.h>

enum {
	LL_CLAIMS_MAX = 8, /* of one content; what is beyond is not told of */
};

struct ll_claim {
	const struct ll_format *format;
	size_t from; /* where in the content it begins to read: 0 unless only a line there is its */
};

/** The formats that a content is of: the one to read first, then the others. */
struct ll_claims {
	struct ll_claim items[LL_CLAIMS_MAX];
	size_t count;
	bool is_undecided; /* the first two stand at the same place with the same evidence */
};

/** Asks every format about the head of a content. No claims when nobody wants it. */
void ll_claims_take(const struct ll_peek *peek, struct ll_claims *ret);

#endif
