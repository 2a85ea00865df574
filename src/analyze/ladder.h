/* SPDX-License-Identifier: Apache-2.0 */
/* ladder.h - what the sizes of the objects of one place say about its kind. */
#ifndef LL_ANALYZE_LADDER_H
#define LL_ANALYZE_LADDER_H

#include <leakledger/str.h>

/** Objects of one size at one place, over what was watched. Counts are of sampled objects. */
struct ll_block {
	int64_t size;          /* bytes of one object */
	int64_t first_objects; /* in use at first, estimate */
	int64_t last_objects;  /* in use at last, estimate */
	int64_t last_count;    /* in use at last, sampled */
	int64_t alloc_count;   /* ever allocated, sampled */
};

enum {
	LL_LADDER_VOTES = 5,
	LL_LADDER_TEXT = 160,
};

struct ll_ladder_vote {
	const char *class_name; /* a literal */
	double strength;        /* 0 to 1 */
};

struct ll_ladder {
	struct ll_ladder_vote votes[LL_LADDER_VOTES]; /* strongest first */
	size_t vote_count;                            /* 0: the sizes say nothing */
	const char *rule;                             /* which rule decided; a literal */
	char why[LL_LADDER_TEXT];                     /* in words */
};

/** Sorts `blocks` by size and judges them. */
void ll_ladder_judge(struct ll_block *blocks, size_t count, struct ll_ladder *ret_ladder);

#endif
