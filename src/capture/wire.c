/* SPDX-License-Identifier: Apache-2.0 */
/* wire.c - see wire.h. */
#include "wire.h"

#define CONTINUED UINT64_C(0x8080808080808080)

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

static inline uint64_t load_le(const uint8_t *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Two bytes of a two-byte number, low one first. */
static inline uint32_t two_bytes(uint64_t word)
{
	return (uint32_t)((word & 0x7f) | (word >> 1 & 0x3f80));
}

/* Cuts one number of one or two bytes off the word; *stops marks bytes that end a number. */
static inline uint32_t cut_short(uint64_t *word, uint64_t *stops)
{
	const uint64_t ends_here = *stops >> 7 & 1; /* 1: one byte, 0: two bytes */
	const unsigned bits = 16 - 8 * (unsigned)ends_here;
	const uint32_t value = (uint32_t)(*word & 0x7f) |
	                       ((uint32_t)(*word >> 1 & 0x3f80) & (0U - (uint32_t)!ends_here));

	*word >>= bits;
	*stops >>= bits;
	return value;
}

size_t ll_wire_packed_u32(struct ll_wire bytes, uint32_t *out, size_t room)
{
	size_t count = 0;

	while (bytes.end - bytes.at >= 8 && room - count >= 8) {
		uint64_t word = load_le(bytes.at);
		uint64_t stops = ~word & CONTINUED;
		const uint64_t continued = word & CONTINUED;

		if (continued == 0) {
			for (unsigned i = 0; i < 8; i++)
				out[count + i] = (uint32_t)(word >> (8 * i)) & 0x7f;
			count += 8;
			bytes.at += 8;
		} else if (continued == UINT64_C(0x0080008000800080)) {
			for (unsigned i = 0; i < 4; i++)
				out[count + i] = two_bytes(word >> (16 * i));
			count += 4;
			bytes.at += 8;
		} else if ((continued & continued >> 8) == 0) {
			/* No number here is longer than two bytes, so four of them fit for sure. */
			const uint64_t all_stops = stops;

			for (unsigned i = 0; i < 4; i++)
				out[count + i] = cut_short(&word, &stops);
			count += 4;
			/* Bytes used: up to and including the fourth stop. */
			stops = all_stops;
			stops &= stops - 1;
			stops &= stops - 1;
			stops &= stops - 1;
			bytes.at += ((unsigned)__builtin_ctzll(stops) >> 3) + 1;
		} else {
			uint64_t value;

			if (!ll_wire_varint(&bytes, &value) || value > UINT32_MAX)
				return SIZE_MAX;
			out[count++] = (uint32_t)value;
		}
	}
	while (bytes.at < bytes.end) {
		uint64_t value;

		if (count == room || !ll_wire_varint(&bytes, &value) || value > UINT32_MAX)
			return SIZE_MAX;
		out[count++] = (uint32_t)value;
	}
	return count;
}
