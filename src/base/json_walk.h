/* SPDX-License-Identifier: Apache-2.0 */
/* json_walk.h - what json.c, which goes by tokens, shares with json_walk.c, which does without. */
#ifndef LL_BASE_JSON_WALK_H
#define LL_BASE_JSON_WALK_H

#include "digits.h"

#include <leakledger/json.h>

static inline bool ll_json_is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/** After a value is complete, the level it stands on moves on. */
static inline void ll_json_value_done(struct ll_json *json)
{
	uint8_t *const state = &json->state[json->depth];

	if (*state == 'V')
		*state = 'D';
	else if (*state == 'a')
		*state = 'A';
	else if (*state == 'c')
		*state = 'K';
}

/**
 * The eight bytes among which a string may end or be bad: 0x80 in each that is a quote, a backslash
 * or a control character. Only the first of them is exact.
 */
static inline uint64_t ll_json_string_stops(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	const uint64_t quotes = word ^ ones * '"', slashes = word ^ ones * '\\';

	return ((quotes - ones) & ~quotes & tops) | ((slashes - ones) & ~slashes & tops) |
	       ((word - ones * 0x20) & ~word & tops);
}

/** The first byte at which a string may end or be bad, or `end`. */
static inline const char *ll_json_string_stop(const char *at, const char *end)
{
	for (; end - at >= 8; at += 8) {
		const uint64_t stops = ll_json_string_stops(ll_digits_load(at));

		if (stops != 0)
			return at + (__builtin_ctzll(stops) >> 3);
	}
	while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
		at++;
	return at;
}

/** The quote that ends a string whose text begins at `at`; NULL when it does not end well. */
static inline const char *ll_json_string_end(const char *at, const char *end)
{
	at = ll_json_string_stop(at, end);
	while (end - at >= 2 && *at == '\\')
		at = ll_json_string_stop(at + 2, end);
	return at < end && *at == '"' ? at : NULL;
}

#endif
