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
/** Sixteen bytes in a register. */
typedef char ll_sixteen __attribute__((vector_size(16)));

/** A bit for each of sixteen bytes that is what all of `wanted` are. */
static inline uint64_t ll_scan_sixteen(const char *at, ll_sixteen wanted)
{
	ll_sixteen bytes;

	memcpy(&bytes, at, sizeof bytes);
	return (uint64_t)(unsigned)__builtin_ia32_pmovmskb128((ll_sixteen)(bytes == wanted));
}

/** A bit for each of LL_SCAN_BYTES bytes that is `byte`, the first one lowest. */
static inline uint64_t ll_scan(const char *at, char byte)
{
	const ll_sixteen wanted = byte - (ll_sixteen){0};

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
