/* SPDX-License-Identifier: Apache-2.0 */
/*
 * digits.h - decimal numbers eight digits at a time, for str.c and json.c.
 *
 * Eight bytes are one word, the first byte lowest. Rings of 512 numbers in each of a thousand
 * files are why this is not a loop over characters.
 */
#ifndef LL_BASE_DIGITS_H
#define LL_BASE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__) && defined(__x86_64__)
#include <emmintrin.h>
#endif

enum {
	LL_DIGITS_LOOKED_AT = 24, /* bytes that ll_digits_lead may load */
	LL_DIGITS_THAT_FIT = 19,  /* always fit 64 bits */
};

/** Eight bytes as a number, the first one lowest. */
static inline uint64_t ll_digits_load(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/**
 * Of eight bytes, 0x80 in each that is no digit; exact up to and including the first of them.
 * `values` are the bytes with those of '0' taken away, bit by bit.
 */
static inline uint64_t ll_digits_others(uint64_t values)
{
	return ((values + UINT64_C(0x7676767676767676)) | values) & UINT64_C(0x8080808080808080);
}

static inline uint64_t ll_digits_values(uint64_t word)
{
	return word ^ UINT64_C(0x3030303030303030);
}

/** How many of the eight bytes are digits before the first that is none. */
static inline unsigned ll_digits_count(uint64_t word)
{
	const uint64_t others = ll_digits_others(ll_digits_values(word));

	return others != 0 ? (unsigned)__builtin_ctzll(others) >> 3 : 8;
}

/** Eight values from 0 to 9: pairs, then fours, then all are joined by one multiplication each. */
static inline uint64_t ll_digits_join(uint64_t values)
{
	values = values * (256 * 10 + 1) >> 8;
	values = (values & UINT64_C(0x00ff00ff00ff00ff)) * (65536 * 100 + 1) >> 16;
	return (values & UINT64_C(0x0000ffff0000ffff)) * (UINT64_C(4294967296) * 10000 + 1) >> 32;
}

/** Eight digits. */
static inline uint64_t ll_digits_eight(uint64_t word)
{
	return ll_digits_join(ll_digits_values(word));
}

#if defined(__SSE2__) && defined(__x86_64__)
/** The number of exactly 16 digits at `at`; false when they are not all digits. */
static inline bool ll_digits_sixteen(const char *at, uint64_t *ret_value)
{
	const __m128i values = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(const void *)at),
	                                     _mm_set1_epi8('0'));
	const __m128i others = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);
	const __m128i pairs = _mm_add_epi16(
		_mm_mullo_epi16(_mm_and_si128(values, _mm_set1_epi16(255)), _mm_set1_epi16(10)),
		_mm_srli_epi16(values, 8));
	const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(1 << 16 | 100));
	const __m128i eights =
		_mm_madd_epi16(_mm_packs_epi32(fours, fours), _mm_set1_epi32(1 << 16 | 10000));
	const uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);

	*ret_value = (both & UINT32_MAX) * 100000000 + (both >> 32);
	return _mm_movemask_epi8(others) == 0xffff;
}
#else
/** The same where there are no vectors. */
static inline bool ll_digits_sixteen(const char *at, uint64_t *ret_value)
{
	const uint64_t first = ll_digits_values(ll_digits_load(at));
	const uint64_t last = ll_digits_values(ll_digits_load(at + 8));

	*ret_value = ll_digits_join(first) * 100000000 + ll_digits_join(last);
	return (ll_digits_others(first) | ll_digits_others(last)) == 0;
}
#endif

/**
 * The number of exactly 19 digits that begins at `at`, where LL_DIGITS_LOOKED_AT bytes can be
 * loaded; false when they are not all digits. Nanoseconds since 1970 have so many from 2001 to
 * 2286. Who guesses that the next number has, too, need not wait for the end of this one.
 */
static inline bool ll_digits_nineteen(const char *at, uint64_t *ret_value)
{
	const uint64_t last = ll_digits_values(ll_digits_load(at + 11));
	uint64_t front;

	if (!ll_digits_sixteen(at, &front) || ll_digits_others(last) != 0)
		return false;
	*ret_value = front * 1000 + ll_digits_join(last >> 40 << 40);
	return true;
}

/**
 * The number that is all of the `size` bytes at `at`, 1 to 16 of them, where 16 bytes can be
 * loaded; false when they are not all digits. Who knows where the next comma is need not wait for
 * the end of this number either.
 */
static inline bool ll_digits_all(const char *at, size_t size, uint64_t *ret_value)
{
	static const uint32_t tens[] = {1,      10,      100,      1000,     10000,
	                                100000, 1000000, 10000000, 100000000};
	const uint64_t first = ll_digits_values(ll_digits_load(at));
	uint64_t last;

	if (size <= 8) {
		/* Moved up, with zeros in front. */
		last = first << (64 - 8 * size);
		*ret_value = ll_digits_join(last);
		return ll_digits_others(last) == 0;
	}
	last = ll_digits_values(ll_digits_load(at + 8)) << (128 - 8 * size);
	*ret_value = ll_digits_join(first) * tens[size - 8] + ll_digits_join(last);
	return (ll_digits_others(first) | ll_digits_others(last)) == 0;
}

/**
 * The number of up to 19 digits that begins at `at`, where LL_DIGITS_LOOKED_AT bytes can be loaded.
 * Returns how many digits it has; 0: none, or more than that.
 */
static inline size_t ll_digits_lead(const char *at, uint64_t *ret_value)
{
	static const uint32_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
	uint64_t value = 0;
	size_t size = 0;

	for (; size < 16; size += 8) {
		const uint64_t values = ll_digits_values(ll_digits_load(at + size));
		const uint64_t others = ll_digits_others(values);

		if (others != 0) {
			const unsigned bits = (unsigned)__builtin_ctzll(others) & 56;

			/* Moved up, with zeros in front. */
			*ret_value = bits > 0 ? value * tens[bits >> 3] +
			                                ll_digits_join(values << (64 - bits))
			                      : value;
			return size + (bits >> 3);
		}
		value = value * 100000000 + ll_digits_join(values);
	}
	/* Behind sixteen there are three more in nanoseconds since 1970. */
	for (; size < LL_DIGITS_LOOKED_AT && at[size] >= '0' && at[size] <= '9'; size++)
		value = value * 10 + (uint64_t)(at[size] - '0');
	*ret_value = value;
	return size <= LL_DIGITS_THAT_FIT ? size : 0;
}

#endif
