/* SPDX-License-Identifier: Apache-2.0 */
/* stack_hash.c - see stack_hash.h. */
#include "stack_hash.h"

/* Two odd multipliers without structure (from the golden ratio and pi). */
#define BASE_LOW  UINT64_C(0x9e3779b97f4a7c15)
#define BASE_HIGH UINT64_C(0x243f6a8885a308d3)

struct ll_hash ll_function_hash(struct ll_str name, struct ll_str file)
{
	const struct ll_hash by_name = ll_hash_bytes(name.data, name.size);
	const struct ll_hash by_file = ll_hash_bytes(file.data, file.size);

	return (struct ll_hash){.low = by_name.low + 3 * by_file.low,
	                        .high = by_name.high + 3 * by_file.high};
}

void ll_stack_powers_init(struct ll_stack_powers *powers)
{
	powers->of[0] = (struct ll_hash){.low = 1, .high = 1};
	for (size_t i = 1; i < LL_STACK_POWERS; i++) {
		powers->of[i].low = powers->of[i - 1].low * BASE_LOW;
		powers->of[i].high = powers->of[i - 1].high * BASE_HIGH;
	}
}

/* By squaring: a stack can be as deep as its file is large, and each of its frames asks. */
static struct ll_hash power(const struct ll_stack_powers *powers, uint32_t position)
{
	struct ll_hash result = powers->of[position % LL_STACK_POWERS];
	struct ll_hash square = {.low = powers->of[LL_STACK_POWERS - 1].low * BASE_LOW,
	                         .high = powers->of[LL_STACK_POWERS - 1].high * BASE_HIGH};

	for (uint32_t left = position / LL_STACK_POWERS; left > 0; left >>= 1) {
		if (left & 1) {
			result.low *= square.low;
			result.high *= square.high;
		}
		square.low *= square.low;
		square.high *= square.high;
	}
	return result;
}

void ll_stack_hash_add(struct ll_stack_hasher *hasher, const struct ll_stack_powers *powers,
                       struct ll_hash part, uint32_t frames)
{
	const struct ll_hash scale = hasher->depth < LL_STACK_POWERS ? powers->of[hasher->depth]
	                                                             : power(powers, hasher->depth);

	hasher->low += part.low * scale.low;
	hasher->high += part.high * scale.high;
	hasher->depth += frames;
}

void ll_stack_part_add(struct ll_hash *part, const struct ll_stack_powers *powers,
                       uint32_t position, struct ll_hash frame)
{
	const struct ll_hash scale = power(powers, position);

	part->low += frame.low * scale.low;
	part->high += frame.high * scale.high;
}

struct ll_hash ll_stack_hash_finish(const struct ll_stack_hasher *hasher)
{
	uint64_t low = hasher->low ^ hasher->depth, high = hasher->high + hasher->depth;

	/*
	 * The low bits of a polynomial modulo 2^64 depend on few of its terms' bits: mix downwards.
	 */
	low ^= low >> 32;
	low *= BASE_HIGH;
	low ^= low >> 29;
	high ^= high >> 31;
	high *= BASE_LOW;
	high ^= high >> 33;
	return (struct ll_hash){.low = low, .high = high};
}
