/* SPDX-License-Identifier: Apache-2.0 */
/* wire.c - see wire.h. */
#include "wire.h"

#if defined(__x86_64__)
#include <tmmintrin.h>
#endif

bool ll_wire_long_varint(struct ll_wire *wire, uint64_t *ret_value)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 70; shift += 7) {
		uint8_t byte;

		if (wire->at == wire->end)
			return false;
		byte = *wire->at++;
		value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
		if (byte < 0x80) {
			*ret_value = value;
			return true;
		}
	}
	return false;
}

static bool take_fixed(struct ll_wire *wire, size_t size, uint64_t *ret_value)
{
	uint64_t value = 0;

	if ((size_t)(wire->end - wire->at) < size)
		return false;
	for (size_t i = 0; i < size; i++)
		value |= (uint64_t)wire->at[i] << (8 * i);
	wire->at += size;
	*ret_value = value;
	return true;
}

int ll_wire_next(struct ll_wire *wire, struct ll_wire_field *ret_field)
{
	uint64_t key, size;

	if (wire->at == wire->end)
		return 0;
	if (!ll_wire_varint(wire, &key) || key >> 3 == 0 || key >> 3 > 536870911)
		return -1;
	ret_field->number = (uint32_t)(key >> 3);
	ret_field->type = key & 7;
	switch (ret_field->type) {
	case 0: return ll_wire_varint(wire, &ret_field->value) ? 1 : -1;
	case 1: return take_fixed(wire, 8, &ret_field->value) ? 1 : -1;
	case 5: return take_fixed(wire, 4, &ret_field->value) ? 1 : -1;
	case 2:
		if (!ll_wire_varint(wire, &size) || size > (uint64_t)(wire->end - wire->at))
			return -1;
		ret_field->bytes = (struct ll_wire){.at = wire->at, .end = wire->at + size};
		wire->at += size;
		return 1;
	default: return -1;
	}
}

/* Four numbers of two bytes each. */
static inline void cut_pairs(uint64_t word, uint32_t *out)
{
	const uint64_t four =
		(word & UINT64_C(0x007f007f007f007f)) | (word & UINT64_C(0x7f007f007f007f00)) >> 1;

	for (unsigned i = 0; i < 4; i++)
		out[i] = (uint16_t)(four >> (16 * i));
}

/* Cuts one number of one or two bytes off the word; *stops marks bytes that end a number. */
static inline uint32_t cut_short(uint64_t *word, uint64_t *stops)
{
	const uint64_t ends_here = *stops >> 7 & 1; /* 1: one byte, 0: two bytes */
	const unsigned bits = 16 - 8 * (unsigned)ends_here;
	const uint32_t value = (uint32_t)(*word & 0x7f) |
	                       ((uint32_t)(*word >> 1 & 0x3f80) & ((uint32_t)ends_here - 1));

	*word >>= bits;
	*stops >>= bits;
	return value;
}

/*
 * Numbers from the eight bytes at `at`; `out` has room for eight. Returns where it stopped, which
 * is `at` when a number has more than two bytes.
 */
static inline const uint8_t *cut_word(const uint8_t *at, uint32_t *out, size_t *count)
{
	uint64_t word = ll_wire_load(at);
	uint64_t stops = ~word & LL_WIRE_CONTINUED, fourth = stops;

	if (stops == UINT64_C(0x8000800080008000)) {
		cut_pairs(word, out);
		*count += 4;
		return at + 8;
	}
	if (stops == LL_WIRE_CONTINUED) {
		for (unsigned i = 0; i < 8; i++)
			out[i] = (uint32_t)(word >> (8 * i)) & 0x7f;
		*count += 8;
		return at + 8;
	}
	if (((word & LL_WIRE_CONTINUED) & (word & LL_WIRE_CONTINUED) >> 8) != 0)
		return at;
	/* No number here is longer than two bytes, so four of them fit for sure. */
	for (unsigned i = 0; i < 4; i++)
		out[i] = cut_short(&word, &stops);
	*count += 4;
	/* Up to and including the fourth stop. */
	fourth &= fourth - 1;
	fourth &= fourth - 1;
	fourth &= fourth - 1;
	return at + ((unsigned)__builtin_ctzll(fourth) >> 3) + 1;
}

/* The last one to seven bytes, loaded with what is behind them; as cut_word. */
static inline const uint8_t *cut_rest(const uint8_t *at, const uint8_t *end, uint32_t *out,
                                      size_t *count)
{
	const unsigned bits = 8 * (unsigned)(end - at);
	const uint64_t own = (UINT64_C(1) << bits) - 1;
	uint64_t word = ll_wire_load(at) & own;
	uint64_t stops = ~word & LL_WIRE_CONTINUED & own;
	const uint64_t continued = word & LL_WIRE_CONTINUED;
	size_t made = 0;

	/* A long number, or one that does not end. */
	if ((continued & continued >> 8) != 0 || !(stops >> (bits - 1) & 1))
		return at;
	while (stops != 0)
		out[made++] = cut_short(&word, &stops);
	*count += made;
	return end;
}

/* The next number where short cuts do not help: it is long, or there is no room to overshoot. */
static bool cut_any(const uint8_t **at, const uint8_t *end, uint32_t *out)
{
	struct ll_wire rest = {.at = *at, .end = end};
	uint64_t value;

	if (!ll_wire_varint(&rest, &value) || value > UINT32_MAX)
		return false;
	*out = (uint32_t)value;
	*at = rest.at;
	return true;
}

static size_t packed_plain(struct ll_wire bytes, const uint8_t *readable, uint32_t *out,
                           size_t room)
{
	const uint8_t *at = bytes.at;
	const uint8_t *const end = bytes.end;
	size_t count = 0;

	while (at < end) {
		const uint8_t *const before = at;

		if (room - count >= 8 && end - at >= 8)
			at = cut_word(at, out + count, &count);
		else if (room - count >= 8 && readable - at >= 8)
			at = cut_rest(at, end, out + count, &count);
		if (at != before)
			continue;
		if (count == room || !cut_any(&at, end, out + count))
			return SIZE_MAX;
		count++;
	}
	return count;
}

#if defined(__x86_64__)

/* Numbers of the eight bytes at `at`, of which those in the set are continued. */
__attribute__((target("ssse3"))) static inline void
spread_word(const struct ll_wire_cuts *cuts, __m128i word, unsigned continued, uint32_t *out)
{
	const __m128i *const spread = (const __m128i *)(const void *)cuts->spread[continued];
	const __m128i cut = _mm_shuffle_epi8(word, _mm_loadu_si128(spread));
	const __m128i low = _mm_and_si128(cut, _mm_set1_epi16(0x007f));
	const __m128i high = _mm_and_si128(cut, _mm_set1_epi16(0x7f00));
	const __m128i numbers = _mm_or_si128(low, _mm_srli_epi16(high, 1));
	const __m128i zeros = _mm_setzero_si128();

	_mm_storeu_si128((__m128i *)(void *)out, _mm_unpacklo_epi16(numbers, zeros));
	_mm_storeu_si128((__m128i *)(void *)(out + 4), _mm_unpackhi_epi16(numbers, zeros));
}

/*
 * The same with one shuffle for eight bytes, whatever the mixture; there must be room for one
 * number a byte, and eight more.
 */
__attribute__((target("ssse3"))) static size_t packed_vectors(const struct ll_wire_cuts *cuts,
                                                              struct ll_wire bytes,
                                                              const uint8_t *readable,
                                                              uint32_t *out, size_t room)
{
	const uint8_t *at = bytes.at;
	const uint8_t *const end = bytes.end;
	size_t count = 0, more;

	while (end - at >= 8) {
		const __m128i word = _mm_loadl_epi64((const __m128i *)(const void *)at);
		const unsigned continued = (unsigned)_mm_movemask_epi8(word) & 0xff;

		if (cuts->count[continued] == 0) {
			if (!cut_any(&at, end, out + count))
				return SIZE_MAX;
			count++;
			continue;
		}
		spread_word(cuts, word, continued, out + count);
		count += cuts->count[continued];
		/* The last byte may begin a number that the next eight bytes end. */
		at += 8 - (continued >> 7);
	}
	if (at < end && readable - at >= 8) {
		const __m128i word = _mm_loadl_epi64((const __m128i *)(const void *)at);
		const unsigned own = (1U << (end - at)) - 1;
		const unsigned continued = (unsigned)_mm_movemask_epi8(word) & own;

		/* What is behind the end passes for numbers of a byte, unless the last is open. */
		if (cuts->count[continued] > 0 && continued <= own >> 1) {
			spread_word(cuts, word, continued, out + count);
			return count + cuts->count[continued] - (size_t)(8 - (end - at));
		}
	}
	more = packed_plain((struct ll_wire){.at = at, .end = end}, readable, out + count,
	                    room - count);
	return more == SIZE_MAX ? SIZE_MAX : count + more;
}

#endif

/* Where each number begins; none is longer than two bytes. */
static void make_cut(struct ll_wire_cuts *cuts, unsigned continued)
{
	uint8_t *const spread = cuts->spread[continued];
	size_t at = 0, count = 0;

	memset(spread, 0x80, sizeof cuts->spread[continued]);
	for (; at < 8 && !(at == 7 && continued >> 7); count++) {
		spread[2 * count] = (uint8_t)at;
		if (continued >> at++ & 1)
			spread[2 * count + 1] = (uint8_t)at++;
	}
	cuts->count[continued] = (uint8_t)count;
}

void ll_wire_cuts_init(struct ll_wire_cuts *cuts)
{
	cuts->has_vectors = false;
#if defined(__x86_64__)
	cuts->has_vectors = __builtin_cpu_supports("ssse3");
#endif
	for (unsigned continued = 0; cuts->has_vectors && continued < 256; continued++) {
		cuts->count[continued] = 0;
		if ((continued & continued >> 1) == 0)
			make_cut(cuts, continued);
	}
}

size_t ll_wire_packed_u32(const struct ll_wire_cuts *cuts, struct ll_wire bytes,
                          const uint8_t *readable, uint32_t *out, size_t room)
{
#if defined(__x86_64__)
	if (cuts->has_vectors && room >= (size_t)(bytes.end - bytes.at) + 8)
		return packed_vectors(cuts, bytes, readable, out, room);
#endif
	return packed_plain(bytes, readable, out, room);
}
