/* SPDX-License-Identifier: Apache-2.0 */
/* keeper.h - which container with so many entries would have blocks of such sizes. */
#ifndef LL_ANALYZE_KEEPER_H
#define LL_ANALYZE_KEEPER_H

#include <leakledger/str.h>

/** Blocks of one size that one line allocated. Counts are of sampled objects, over all lives. */
struct ll_keeper_block {
	int64_t size;        /* bytes */
	int64_t alive;       /* in use at last */
	int64_t alloc_count; /* ever allocated */
};

/** What the container would have to hold, and how it was watched. */
struct ll_keeper_load {
	int64_t objects;   /* in one life at its end, estimate; above 0 */
	int64_t samples;   /* sampled objects behind that, over all lives; above 0 */
	int64_t lives;     /* of a process, added up in the blocks; above 0 */
	int64_t period;    /* bytes between samples (MemProfileRate); above 0 */
	int64_t oldest_go; /* minor versions of Go, 19 for 1.19; 0 where unknown */
	int64_t newest_go;
};

enum {
	LL_KEEPER_TEXT = 200,
};

struct ll_keeper {
	const char *class_name; /* "map" or "slice", a literal; NULL: none of them */
	double certainty;       /* 0 to 1, of the class */
	int64_t slot;           /* bytes of one entry, of the likeliest layout */
	char why[LL_KEEPER_TEXT];
};

/** Sorts `blocks` by size and judges them. Blocks below 1 KiB say nothing and are passed over. */
void ll_keeper_judge(struct ll_keeper_block *blocks, size_t count,
                     const struct ll_keeper_load *load, struct ll_keeper *ret_keeper);

/** Can a full table of a map since Go 1.24 be a block of this size? */
bool ll_keeper_is_table(int64_t size);

#endif
