/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash_wide.c - see hash_wide.h.
 *
 * The package's library uses the vectors of the oldest processor of its kind. Its functions that
 * ask for more use the widest there are, 512 bits, and leave registers behind that slow down
 * whatever runs after them. So the library's own header is compiled here once more, for 256 bits
 * (CMakeLists.txt); where that cannot be, for what any processor has.
 */
#include "hash_wide.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static struct ll_hash from_xxh(XXH128_hash_t hash)
{
	return (struct ll_hash){.low = hash.low64, .high = hash.high64};
}

struct ll_hash ll_hash_wide(const void *bytes, size_t size)
{
	return from_xxh(XXH3_128bits(bytes, size));
}

void *ll_hash_wide_new(void)
{
	XXH3_state_t *const state = XXH3_createState();

	if (!state || XXH3_128bits_reset(state) != XXH_OK)
		abort();
	return state;
}

void ll_hash_wide_free(void *state)
{
	(void)XXH3_freeState(state);
}

void ll_hash_wide_put(void *state, const void *bytes, size_t size)
{
	(void)XXH3_128bits_update(state, bytes, size);
}

struct ll_hash ll_hash_wide_get(const void *state)
{
	return from_xxh(XXH3_128bits_digest(state));
}
