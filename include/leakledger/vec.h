/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vec.h - a growing array of equal items.
 *
 * The item's size is given at each call, so that one struct serves all types without macros that
 * generate code. Pointers to items are valid until the next push.
 */
#ifndef LEAKLEDGER_VEC_H
#define LEAKLEDGER_VEC_H

#include <leakledger/base.h>

struct ll_vec {
	void *items;
	size_t count, capacity;
};

#define LL_VEC_INIT                                                                                \
	{                                                                                          \
		.items = NULL, .count = 0, .capacity = 0                                           \
	}

/** Adds a cleared item at the end and returns it. */
void *ll_vec_push(struct ll_vec *vec, size_t item_size) __attribute__((returns_nonnull));
/** The item at the end; NULL when there is none. */
static inline void *ll_vec_last(const struct ll_vec *vec, size_t item_size)
{
	return vec->count > 0 ? (char *)vec->items + (vec->count - 1) * item_size : NULL;
}
/** Makes room for `count` items in all. */
void ll_vec_reserve(struct ll_vec *vec, size_t count, size_t item_size);
/** Frees the items; their own contents are the caller's business. */
void ll_vec_done(struct ll_vec *vec);

#endif
