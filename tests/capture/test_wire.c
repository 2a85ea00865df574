/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_wire.c - numbers of the protobuf wire format against a reader that takes them bit by bit.
 *
 * Every message lies at the end of a block of its own, so that a byte read too many is an error of
 * the sanitizers.
 */
#include "profile/wire.h"
#include "support.h"

enum {
	ROUNDS = 3000,
	NUMBERS_MAX = 40,
	BYTES_MAX = NUMBERS_MAX * 10,
};

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static size_t put_varint(uint8_t *to, uint64_t value)
{
	size_t size = 0;

	for (; value >= 0x80; value >>= 7)
		to[size++] = (uint8_t)(value | 0x80);
	to[size++] = (uint8_t)value;
	return size;
}

/* Mostly small, as location ids are; of `bits` bits at most. */
static uint64_t random_number(uint64_t *random, unsigned bits)
{
	const unsigned shift = (unsigned)(next_random(random) % 5 == 0 ? 64 - bits : 50);
	const uint64_t value = next_random(random) >> shift;

	return next_random(random) % 2 == 0 ? value & 0x7f : value;
}

/* A copy whose last byte is the last of its block. */
static uint8_t *exactly(const uint8_t *bytes, size_t size)
{
	uint8_t *const copy = ll_malloc(size > 0 ? size : 1);

	if (size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

/* With what the processor can and, where that is more, without: both must say the same. */
static size_t unpack(const uint8_t *bytes, size_t size, size_t readable, uint32_t *out, size_t room)
{
	LL_CLEANUP(ll_freep) uint8_t *block = exactly(bytes, size + readable);
	LL_CLEANUP(ll_freep) uint32_t *plain = ll_calloc(room, sizeof *plain);
	const struct ll_wire wire = {.at = block, .end = block + size};
	struct ll_wire_cuts cuts;
	size_t count;

	ll_wire_cuts_init(&cuts);
	count = ll_wire_packed_u32(&cuts, wire, block + size + readable, out, room);
	cuts.has_vectors = false;
	assert_int_equal(ll_wire_packed_u32(&cuts, wire, block + size + readable, plain, room),
	                 count);
	if (count != SIZE_MAX && count > 0)
		assert_memory_equal(plain, out, count * sizeof *out);
	return count;
}

static void packed_numbers_come_out_as_they_were_put_in(void **state)
{
	uint64_t random = 11;

	(void)state;
	for (size_t round = 0; round < ROUNDS; round++) {
		const size_t count = next_random(&random) % NUMBERS_MAX;
		const unsigned bits = round % 3 == 0 ? 32 : 14;
		const size_t readable = next_random(&random) % 12;
		uint8_t bytes[BYTES_MAX + 12];
		uint32_t numbers[NUMBERS_MAX], out[BYTES_MAX + 8];
		size_t size = 0;

		memset(bytes, 0xff, sizeof bytes);
		for (size_t i = 0; i < count; i++) {
			numbers[i] = (uint32_t)random_number(&random, bits);
			size += put_varint(bytes + size, numbers[i]);
		}

		assert_int_equal(unpack(bytes, size, readable, out, LL_COUNT(out)), count);
		if (count > 0)
			assert_memory_equal(out, numbers, count * sizeof *numbers);
	}
}

static void packed_numbers_that_do_not_end_are_malformed(void **state)
{
	static const uint8_t bytes[] = {1, 2, 0x85, 3, 4, 0x86, 1, 7, 8, 0x81, 0x01, 0x02};
	uint32_t out[16];

	(void)state;
	assert_int_equal(unpack(bytes, 10, 2, out, LL_COUNT(out)), SIZE_MAX);
	assert_int_equal(unpack(bytes, 3, 9, out, LL_COUNT(out)), SIZE_MAX);
	assert_int_equal(unpack(bytes, 3, 0, out, LL_COUNT(out)), SIZE_MAX);
	assert_int_equal(unpack(bytes, 11, 1, out, LL_COUNT(out)), 8);
}

static void packed_numbers_beyond_32_bits_or_the_room_are_refused(void **state)
{
	static const uint8_t large[] = {1, 0x80, 0x80, 0x80, 0x80, 0x10, 1, 1, 1, 1};
	static const uint8_t many[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
	uint32_t out[16];

	(void)state;
	assert_int_equal(unpack(large, sizeof large, 0, out, LL_COUNT(out)), SIZE_MAX);
	assert_int_equal(unpack(many, sizeof many, 0, out, 9), SIZE_MAX);
	assert_int_equal(unpack(many, sizeof many, 0, out, 10), 10);
}

static void a_number_of_any_length_is_read(void **state)
{
	uint64_t random = 5;

	(void)state;
	for (size_t round = 0; round < ROUNDS; round++) {
		const uint64_t value = next_random(&random) >> (round % 64);
		const size_t behind = round % 9;
		uint8_t bytes[20] = {0};
		const size_t size = put_varint(bytes, value);
		LL_CLEANUP(ll_freep) uint8_t *block = exactly(bytes, size + behind);
		struct ll_wire wire = {.at = block, .end = block + size + behind};
		uint64_t found = 0;

		assert_true(ll_wire_varint(&wire, &found));
		assert_true(found == value);
		assert_ptr_equal(wire.at, block + size);
		/* What is behind the end is loaded, but not taken. */
		wire = (struct ll_wire){.at = block, .end = block + size};
		assert_true(ll_wire_varint_before(&wire, block + size + behind, &found));
		assert_true(found == value);
		wire = (struct ll_wire){.at = block, .end = block + size - 1};
		assert_false(ll_wire_varint_before(&wire, block + size + behind, &found));
	}
}

static void a_number_that_does_not_end_is_malformed(void **state)
{
	uint8_t bytes[11];

	(void)state;
	memset(bytes, 0x80, sizeof bytes);
	for (size_t size = 0; size <= sizeof bytes; size++) {
		LL_CLEANUP(ll_freep) uint8_t *block = exactly(bytes, size);
		struct ll_wire wire = {.at = block, .end = block + size};
		uint64_t ignored;

		assert_false(ll_wire_varint(&wire, &ignored));
	}
}

static void a_number_is_passed_as_it_is_read(void **state)
{
	/* three bytes under tag 0x18; one that does not end; one of eleven bytes */
	static const uint8_t bytes[] = {0x18, 0x80, 0x80, 0x01, 0x18, 0x80};
	static const uint8_t endless[] = {0x18, 0x80, 0x80, 0x80, 0x80, 0x80,
	                                  0x80, 0x80, 0x80, 0x80, 0x80, 0x00};
	struct ll_wire wire = {.at = bytes, .end = bytes + sizeof bytes};
	struct ll_wire other = {.at = endless, .end = endless + sizeof endless};

	(void)state;
	assert_false(ll_wire_pass_number(&wire, 0x10));
	assert_true(ll_wire_pass_number(&wire, 0x18));
	assert_ptr_equal(wire.at, bytes + 4);
	assert_false(ll_wire_pass_number(&wire, 0x18));
	assert_ptr_equal(wire.at, bytes + 4);
	assert_false(ll_wire_pass_number(&other, 0x18));
}

static void short_cuts_take_what_is_there_or_nothing(void **state)
{
	/* number 300 under tag 8; two bytes under tag 0x12; one that is cut */
	static const uint8_t bytes[] = {0x08, 0xac, 0x02, 0x12, 2, 'a', 'b', 0x12, 9, 'c'};
	struct ll_wire wire = {.at = bytes, .end = bytes + sizeof bytes};
	struct ll_wire inner;
	uint64_t number;

	(void)state;
	assert_false(ll_wire_take_number(&wire, 0x10, &number));
	assert_false(ll_wire_take_bytes(&wire, 0x12, &inner));
	assert_true(ll_wire_take_number(&wire, 0x08, &number));
	assert_int_equal(number, 300);
	assert_true(ll_wire_take_bytes(&wire, 0x12, &inner));
	assert_int_equal(inner.end - inner.at, 2);
	assert_ptr_equal(wire.at, bytes + 7);
	assert_false(ll_wire_take_bytes(&wire, 0x12, &inner));
	assert_ptr_equal(wire.at, bytes + 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packed_numbers_come_out_as_they_were_put_in),
		cmocka_unit_test(packed_numbers_that_do_not_end_are_malformed),
		cmocka_unit_test(packed_numbers_beyond_32_bits_or_the_room_are_refused),
		cmocka_unit_test(a_number_of_any_length_is_read),
		cmocka_unit_test(a_number_that_does_not_end_is_malformed),
		cmocka_unit_test(a_number_is_passed_as_it_is_read),
		cmocka_unit_test(short_cuts_take_what_is_there_or_nothing),
	};

	return cmocka_run_group_tests_name("capture.wire", tests, NULL, NULL);
}
