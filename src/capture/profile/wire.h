/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wire.h - the protobuf wire format, read forward without copying.
 *
 * Wire types: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes. Types 3 and 4 (groups) are
 * errors. A generated parser would build one allocation per field; reading profiles is what this
 * program exists for, so the hot path walks the bytes itself, and the generated parser is the
 * second opinion in the tests.
 */
#ifndef LL_CAPTURE_WIRE_H
#define LL_CAPTURE_WIRE_H

#include <leakledger/base.h>

struct ll_wire {
	const uint8_t *at, *end;
};

struct ll_wire_field {
	uint32_t number;
	unsigned type;
	uint64_t value;       /* types 0, 1 and 5 */
	struct ll_wire bytes; /* type 2 */
};

/** A varint of any length up to ten bytes: what the short cuts below do not take. */
bool ll_wire_long_varint(struct ll_wire *wire, uint64_t *ret_value);

/** Nearly all numbers of a profile have one or two bytes; false, with nothing taken, for others. */
static inline bool ll_wire_short_varint(struct ll_wire *wire, uint64_t *ret_value)
{
	const uint8_t *const at = wire->at;

	if (at < wire->end && at[0] < 0x80) {
		*ret_value = at[0];
		wire->at = at + 1;
		return true;
	}
	if (wire->end - at >= 2 && at[1] < 0x80) {
		*ret_value = (uint64_t)(at[0] & 0x7f) | (uint64_t)at[1] << 7;
		wire->at = at + 2;
		return true;
	}
	return false;
}

/** A varint of any length. */
static inline bool ll_wire_varint(struct ll_wire *wire, uint64_t *ret_value)
{
	/* Of the slow way's own: so that the caller's view can stay in registers. */
	struct ll_wire rest = *wire;
	uint64_t value;

	if (ll_wire_short_varint(wire, ret_value))
		return true;
	if (!ll_wire_long_varint(&rest, &value))
		return false;
	*ret_value = value;
	*wire = rest;
	return true;
}

#define LL_WIRE_CONTINUED UINT64_C(0x8080808080808080)

/** Eight bytes as a number, the first lowest. */
static inline uint64_t ll_wire_load(const uint8_t *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/** Closes the gaps that the continuation bits leave: 8 times 7 bits become 56. */
static inline uint64_t ll_wire_close_gaps(uint64_t word)
{
	word &= ~LL_WIRE_CONTINUED;
	word = (word & UINT64_C(0x007f007f007f007f)) | (word & UINT64_C(0x7f007f007f007f00)) >> 1;
	word = (word & UINT64_C(0x00003fff00003fff)) | (word & UINT64_C(0x3fff00003fff0000)) >> 2;
	return (word & UINT64_C(0x000000000fffffff)) | (word & UINT64_C(0x0fffffff00000000)) >> 4;
}

/**
 * A varint of any length where those of three to eight bytes are as usual as others, as among the
 * values of samples; bytes up to `readable`, at or behind the end, may be loaded.
 */
static inline bool ll_wire_varint_before(struct ll_wire *wire, const uint8_t *readable,
                                         uint64_t *ret_value)
{
	if (ll_wire_short_varint(wire, ret_value))
		return true;
	if (readable - wire->at >= 8) {
		const uint64_t word = ll_wire_load(wire->at);
		const uint64_t stops = ~word & LL_WIRE_CONTINUED;
		const unsigned size = stops != 0 ? ((unsigned)__builtin_ctzll(stops) >> 3) + 1 : 9;

		if (size <= 8 && size <= (size_t)(wire->end - wire->at)) {
			/* Bits up to the lowest stop. */
			*ret_value = ll_wire_close_gaps(word & (stops ^ (stops - 1)));
			wire->at += size;
			return true;
		}
	}
	return ll_wire_long_varint(wire, ret_value);
}

/**
 * Takes a varint that is announced by exactly this one-byte tag; leaves `wire` as it is and returns
 * false when something else is there.
 */
static inline bool ll_wire_take_number(struct ll_wire *wire, uint8_t tag, uint64_t *ret_value)
{
	struct ll_wire rest = {.at = wire->at + 1, .end = wire->end};

	if (wire->at == wire->end || *wire->at != tag || !ll_wire_varint(&rest, ret_value))
		return false;
	*wire = rest;
	return true;
}

/** The same without its value, which is most of the work when it is long. */
static inline bool ll_wire_pass_number(struct ll_wire *wire, uint8_t tag)
{
	const uint8_t *const end = wire->end - wire->at > 11 ? wire->at + 11 : wire->end;
	const uint8_t *at = wire->at;

	if (at == end || *at != tag)
		return false;
	do {
		if (++at == end)
			return false;
	} while (*at >= 0x80);
	wire->at = at + 1;
	return true;
}

/** The same for up to 16,383 bytes. */
static inline bool ll_wire_take_bytes(struct ll_wire *wire, uint8_t tag, struct ll_wire *ret_bytes)
{
	const uint8_t *at = wire->at;
	ptrdiff_t size;

	if (wire->end - at < 2 || at[0] != tag)
		return false;
	size = at[1];
	at += 2;
	if (size >= 0x80) {
		if (at == wire->end || *at >= 0x80)
			return false;
		size = (size & 0x7f) | (ptrdiff_t)*at++ << 7;
	}
	if (size > wire->end - at)
		return false;
	*ret_bytes = (struct ll_wire){.at = at, .end = at + size};
	wire->at = at + size;
	return true;
}

/** Reads the next field. Returns 1, 0 at the end of the message, -1 when it is malformed. */
int ll_wire_next(struct ll_wire *wire, struct ll_wire_field *ret_field);

/**
 * How eight bytes with numbers of one and two bytes are cut, by the set of those that are continued
 * (bit i for byte i). Made once for many calls.
 */
struct ll_wire_cuts {
	bool has_vectors;        /* the processor can use `spread` */
	uint8_t count[256];      /* numbers that end within the eight bytes; 0: a longer one */
	uint8_t spread[256][16]; /* which byte goes where, for numbers of 16 bits; 0x80: a zero */
};
void ll_wire_cuts_init(struct ll_wire_cuts *cuts);

/**
 * Decodes packed varints into out[0..room). Returns how many there are, or SIZE_MAX when one is
 * malformed, is larger than 32 bits, or there are more than `room`. Bytes up to `readable`, at
 * or behind their end, may be loaded, though they are not used; of `out`, all of the room may be
 * written.
 *
 * Numbers of one and two bytes are nearly all there are in location lists, mixed so that a loop
 * over bytes mispredicts at every other number; eight bytes are looked at together instead, and
 * their continuation bits say how to cut them.
 */
size_t ll_wire_packed_u32(const struct ll_wire_cuts *cuts, struct ll_wire bytes,
                          const uint8_t *readable, uint32_t *out, size_t room);

#endif
