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

/** Up to ten bytes, the rest of a number that starts with a continuation bit. */
bool ll_wire_long_varint(struct ll_wire *wire, uint64_t *ret_value);

static inline bool ll_wire_varint(struct ll_wire *wire, uint64_t *ret_value)
{
	if (wire->at < wire->end && *wire->at < 0x80) {
		*ret_value = *wire->at++;
		return true;
	}
	return ll_wire_long_varint(wire, ret_value);
}

/** Reads the next field. Returns 1, 0 at the end of the message, -1 when it is malformed. */
int ll_wire_next(struct ll_wire *wire, struct ll_wire_field *ret_field);

/**
 * Decodes packed varints into out[0..room). Returns how many there are, or SIZE_MAX when one is
 * malformed, is larger than 32 bits, or there are more than `room`.
 *
 * Numbers of one and two bytes are nearly all there are in location lists, mixed so that a loop
 * over bytes mispredicts at every other number; eight bytes are looked at together instead, and
 * their continuation bits say how to cut them.
 */
size_t ll_wire_packed_u32(struct ll_wire bytes, uint32_t *out, size_t room);

#endif
