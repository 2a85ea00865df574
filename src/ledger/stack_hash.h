/* SPDX-License-Identifier: Apache-2.0 */
/* stack_hash.h - by which functions, frames and stacks are known: content only. */
#ifndef LL_LEDGER_STACK_HASH_H
#define LL_LEDGER_STACK_HASH_H

#include <leakledger/hash.h>

/** Hash of a function, and of a line in it: content only, never ids or addresses. */
struct ll_hash ll_function_hash(struct ll_str name, struct ll_str file);
static inline struct ll_hash ll_frame_hash(struct ll_hash function, int64_t line)
{
	const uint64_t mixed = (uint64_t)line * 0x9e3779b97f4a7c15U + 0x7f4a7c159e3779b9U;

	return (struct ll_hash){
		.low = (function.low ^ mixed) * 0xff51afd7ed558ccdU,
		.high = (function.high + (mixed << 1)) * 0xc4ceb9fe1a85ec53U,
	};
}

/**
 * A stack's hash is a polynomial over its frames' hashes, so that the part which one location adds
 * can be computed once per profile and merely scaled by its position.
 */
struct ll_stack_hasher {
	uint64_t low, high;
	uint32_t depth;
};
struct ll_hash ll_stack_hash_finish(const struct ll_stack_hasher *hasher);

/** Powers of the two bases, by position; from LL_STACK_POWERS on they are computed. */
enum {
	LL_STACK_POWERS = 256,
};
struct ll_stack_powers {
	struct ll_hash of[LL_STACK_POWERS];
};
void ll_stack_powers_init(struct ll_stack_powers *powers);
/** Adds what `frames` frames, whose own polynomial is `part`, contribute behind those before. */
void ll_stack_hash_add(struct ll_stack_hasher *hasher, const struct ll_stack_powers *powers,
                       struct ll_hash part, uint32_t frames);
/** The polynomial of frames that follow each other, as ll_stack_hash_add takes it. */
void ll_stack_part_add(struct ll_hash *part, const struct ll_stack_powers *powers,
                       uint32_t position, struct ll_hash frame);

#endif
