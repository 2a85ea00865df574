/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan.h - where a byte stands among 64, for readers of large texts.
 *
 * A call of memchr costs as much as a line is long; here the ends of several lines come out of one
 * look.
 */
#ifndef LEAKLEDGER_SCAN_H
#define LEAKLEDGER_SCAN_H

#include <leakledger/base.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
	LL_SCAN_BYTES = 64, /* that are looked at */
	LL_SCAN_AHEAD = 2048,
};

/**
 * Asks for the bytes that are read soon, which may be behind the end. A processor foresees them
 * itself, but not over the end of a page.
 */
static inline void ll_scan_ahead(const char *at)
{
	__builtin_prefetch((const void *)((uintptr_t)at + LL_SCAN_AHEAD));
}

#if defined(__SSE2__)
/** A bit for each of sixteen bytes that is what all sixteen of `wanted` are. */
static inline uint64_t ll_scan_sixteen(const char *at, __m128i wanted)
{
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);

	return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted));
}

/** A bit for each of LL_SCAN_BYTES bytes that is `byte`, the first one lowest. */
static inline uint64_t ll_scan(const char *at, char byte)
{
	const __m128i wanted = _mm_set1_epi8(byte);

	return ll_scan_sixteen(at, wanted) | ll_scan_sixteen(at + 16, wanted) << 16 |
	       ll_scan_sixteen(at + 32, wanted) << 32 | ll_scan_sixteen(at + 48, wanted) << 48;
}
#else
/** The same where there are no vectors. */
static inline uint64_t ll_scan(const char *at, char byte)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < LL_SCAN_BYTES; i++)
		mask |= (uint64_t)(at[i] == byte) << i;
	return mask;
}
#endif

#endif
