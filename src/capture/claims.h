/* SPDX-License-Identifier: Apache-2.0 */
/* claims.h - which formats a content is of, and which of them stands first. */
#ifndef LL_CAPTURE_CLAIMS_H
#define LL_CAPTURE_CLAIMS_H

#include <leakledger/capture.h>

enum {
	LL_CLAIMS_MAX = 8, /* of one content; what is beyond is not told of */
};

/** The formats that claim the head of a content: the one to read first, then the others. */
struct ll_claims {
	const struct ll_format *items[LL_CLAIMS_MAX];
	size_t count;
	bool is_undecided; /* the first two stand at the same place with the same evidence */
	bool is_guess;     /* nobody parsed a record: it may well be nothing */
	bool is_text;      /* captures may stand behind each other */
};

/** Asks every format about the head of a content. No claims when nobody wants it. */
void ll_claims_take(const struct ll_peek *peek, struct ll_claims *ret);

#endif
