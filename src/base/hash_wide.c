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

/*
 * What runs next is compiled for any processor, and waits for the upper halves of registers that
 * were left in use. The compiler clears them only where it sees a caller of another kind, which
 * with link-time optimization depends on what it inlined: dumps took a fifth longer to read.
 */
static inline void leave(void)
{
#ifdef __AVX__
	__builtin_ia32_vzeroupper();
#endif
}

static struct ll_hash from_xxh(XXH128_hash_t hash)
{
	return (struct ll_hash){.low = hash.low64, .high = hash.high64};
}

struct ll_hash ll_hash_wide(const void *bytes, size_t size)
{
	const struct ll_hash hash = from_xxh(XXH3_128bits(bytes, size));

	leave();
	return hash;
}

void *ll_hash_wide_new(void)
{
	XXH3_state_t *const state = XXH3_createState();

	if (!state || XXH3_128bits_reset(state) != XXH_OK)
		abort();
	leave();
	return state;
}

void ll_hash_wide_free(void *state)
{
	(void)XXH3_freeState(state);
}

void ll_hash_wide_put(void *state, const void *bytes, size_t size)
{
	(void)XXH3_128bits_update(state, bytes, size);
	leave();
}

struct ll_hash ll_hash_wide_get(const void *state)
{
	const struct ll_hash hash = from_xxh(XXH3_128bits_digest(state));

	leave();
	return hash;
}
