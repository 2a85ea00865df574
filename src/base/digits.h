/* SPDX-License-Identifier: Apache-2.0 */
/*
 * digits.h - decimal numbers eight digits at a time, for str.c and json.c.
 *
 * Eight bytes are one word, the first byte lowest. Rings of 512 numbers in each of a thousand
 * files are why this is not a loop over characters.
 */
#ifndef LL_BASE_DIGITS_H
#define LL_BASE_DIGITS_H

#include <stdint.h>
#include <string.h>

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

/** How many of the eight bytes are digits before the first that is none. */
static inline unsigned ll_digits_count(uint64_t word)
{
	const uint64_t digits = word ^ UINT64_C(0x3030303030303030);
	/* 0x80 in each byte that is no digit; right up to and including the first of them. */
	const uint64_t others =
		((digits + UINT64_C(0x7676767676767676)) | digits) & UINT64_C(0x8080808080808080);

	return others != 0 ? (unsigned)__builtin_ctzll(others) >> 3 : 8;
}

/** Eight digits: pairs, then fours, then all of them are joined by one multiplication each. */
static inline uint64_t ll_digits_eight(uint64_t word)
{
	word = (word & UINT64_C(0x0f0f0f0f0f0f0f0f)) * (256 * 10 + 1) >> 8;
	word = (word & UINT64_C(0x00ff00ff00ff00ff)) * (65536 * 100 + 1) >> 16;
	return (word & UINT64_C(0x0000ffff0000ffff)) * (UINT64_C(4294967296) * 10000 + 1) >> 32;
}

/** The first n digits of a word, 1 to 7 of them. */
static inline uint64_t ll_digits_some(uint64_t word, unsigned n)
{
	/* Moved up, with zeros in front. */
	return ll_digits_eight(word << (64 - 8 * n) | UINT64_C(0x3030303030303030) >> (8 * n));
}

/**
 * The number of up to 19 digits that begins at `at`, where LL_DIGITS_LOOKED_AT bytes can be loaded.
 * Returns how many digits it has; 0: none, or more than that.
 */
static inline size_t ll_digits_lead(const char *at, uint64_t *ret_value)
{
	static const uint32_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
	uint64_t value = 0;

	for (size_t i = 0; i <= 16; i += 8) {
		const uint64_t word = ll_digits_load(at + i);
		const unsigned n = ll_digits_count(word);

		if (n == 8) {
			value = value * 100000000 + ll_digits_eight(word);
			continue;
		}
		if (i + n > LL_DIGITS_THAT_FIT)
			return 0;
		*ret_value = n > 0 ? value * tens[n] + ll_digits_some(word, n) : value;
		return i + n;
	}
	return 0;
}

#endif
