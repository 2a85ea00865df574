/* SPDX-License-Identifier: Apache-2.0 */
/*
 * str.h - views of text that somebody else owns, and the only number parsers we use.
 *
 * A struct ll_str is borrowed: it points into a buffer, an arena or a literal, is not terminated,
 * and may contain any byte. `data` may be NULL only when `size` is 0.
 */
#ifndef LEAKLEDGER_STR_H
#define LEAKLEDGER_STR_H

#include <leakledger/base.h>

struct ll_str {
	const char *data;
	size_t size;
};

/** Views a terminated string; NULL gives the empty view. */
static inline struct ll_str ll_str(const char *text)
{
	return (struct ll_str){.data = text, .size = text ? strlen(text) : 0};
}

/** Views `size` bytes. */
static inline struct ll_str ll_str_n(const char *data, size_t size)
{
	return (struct ll_str){.data = data, .size = size};
}

/** For printf: "%.*s". Views longer than INT_MAX are cut. */
#define LL_STR_ARG(s)                                                                              \
	(int)((s).size > 0x7fffffff ? 0x7fffffff : (s).size), ((s).data ? (s).data : "")

/** The same bytes. */
bool ll_str_equal(struct ll_str a, struct ll_str b);
/** Bytewise order, shorter first on a common prefix: <0, 0, >0. */
int ll_str_compare(struct ll_str a, struct ll_str b);
/**
 * Does it begin with the word? Inline, since most words are literals: their size is known
 * where they stand, and short ones are compared without a call. Readers ask this of every line.
 */
LL_INLINE bool ll_str_starts(struct ll_str text, const char *prefix)
{
	const size_t size = strlen(prefix);

	return text.size >= size && (size == 0 || memcmp(text.data, prefix, size) == 0);
}
/** The same of the end. */
LL_INLINE bool ll_str_ends(struct ll_str text, const char *suffix)
{
	const size_t size = strlen(suffix);

	return text.size >= size &&
	       (size == 0 || memcmp(text.data + text.size - size, suffix, size) == 0);
}

/** Offset of the first or last `byte`, or SIZE_MAX. */
size_t ll_str_index(struct ll_str text, char byte);
size_t ll_str_rindex(struct ll_str text, char byte);
/** Offset of the first occurrence of `needle`, or SIZE_MAX; an empty needle is found at 0. */
size_t ll_str_find(struct ll_str text, const char *needle);
/** The view from `from` on; beyond the end it is empty. */
struct ll_str ll_str_from(struct ll_str text, size_t from);
/** The first `size` bytes, or all when there are fewer. */
struct ll_str ll_str_first(struct ll_str text, size_t size);
/** Without leading and trailing blanks, tabs, CR and LF. */
struct ll_str ll_str_trim(struct ll_str text);
/** Drops `prefix` from *text and returns true, or leaves it and returns false. */
LL_INLINE bool ll_str_skip(struct ll_str *text, const char *prefix)
{
	if (!ll_str_starts(*text, prefix))
		return false;
	*text = ll_str_from(*text, strlen(prefix));
	return true;
}

/**
 * Cuts *rest at the first `separator`: the part before it is returned, *rest becomes what follows.
 * Without a separator the whole rest is returned and *rest becomes empty with data NULL.
 */
struct ll_str ll_str_split(struct ll_str *rest, char separator);
/** How many bytes at the start are '0'..'9'. */
size_t ll_str_digits(struct ll_str text);
/** Where the first control character is, a byte below 32; SIZE_MAX when there is none. */
size_t ll_str_control(struct ll_str text);
/** True when every byte is '0'..'9' and there is at least one. */
bool ll_str_is_digits(struct ll_str text);

/**
 * Number parsers: the whole view must be the number; on failure they return false and leave the
 * output alone. u64 and hex reject signs; i64 takes one '-'; f64 takes what strtod takes in the C
 * locale, without hexadecimal floats, and accepts "NaN", "Inf", "+Inf", "-Inf" in any case.
 */
bool ll_str_to_u64(struct ll_str text, uint64_t *ret_value);
bool ll_str_to_i64(struct ll_str text, int64_t *ret_value);
bool ll_str_to_hex(struct ll_str text, uint64_t *ret_value);
bool ll_str_to_f64(struct ll_str text, double *ret_value);
/** Reads leading digits: returns their count and the value (0 digits when there is no number). */
size_t ll_str_lead_u64(struct ll_str text, uint64_t *ret_value);

/** True when the bytes are well-formed UTF-8 (RFC 3629: no surrogates, nothing over-long). */
bool ll_utf8_is_valid(struct ll_str text);
/**
 * Decodes one code point at `offset` and returns its length in bytes; a malformed byte gives
 * U+FFFD and length 1. `offset` must be below the size.
 */
size_t ll_utf8_next(struct ll_str text, size_t offset, uint32_t *ret_code);
/** Encodes a code point into out[4] and returns the bytes used; surrogates become U+FFFD. */
size_t ll_utf8_put(uint32_t code, char out[4]);

/** Damerau-Levenshtein distance (adjacent swaps count 1), capped at `limit` + 1. */
size_t ll_str_distance(struct ll_str a, struct ll_str b, size_t limit);

#endif
