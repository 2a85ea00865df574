/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash_wide.h - XXH3 of long contents with vectors that not every processor has, for hash.c.
 * Nothing of it may be called where ll_hash_has_wide is false.
 */
#ifndef LL_BASE_HASH_WIDE_H
#define LL_BASE_HASH_WIDE_H

#include <leakledger/hash.h>

/** Has this processor what the functions below are made of? */
static inline bool ll_hash_has_wide(void)
{
#if defined(__x86_64__)
	return __builtin_cpu_supports("avx2");
#else
	return false;
#endif
}

/** The same as ll_hash_bytes. */
struct ll_hash ll_hash_wide(const void *bytes, size_t size);
/** The same as struct ll_hasher; what ll_hash_wide_new returns is freed by ll_hash_wide_free. */
void *ll_hash_wide_new(void);
void ll_hash_wide_free(void *state);
void ll_hash_wide_put(void *state, const void *bytes, size_t size);
struct ll_hash ll_hash_wide_get(const void *state);

#endif
