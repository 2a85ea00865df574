/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/hash.h>

#include <xxhash.h>

static void equal_bytes_have_equal_hashes_that_never_change(void **state)
{
	char hex[33];

	(void)state;
	/* XXH3-128 of nothing and of "abc": stored ledgers depend on these very values. */
	assert_string_equal(ll_hash_to_hex(ll_hash_bytes(NULL, 0), hex),
	                    "99aa06d3014798d86001c324468d497f");
	assert_string_equal(ll_hash_to_hex(ll_hash_bytes("abc", 3), hex),
	                    "06b05ab6733a618578af5f94892f3950");
	assert_false(ll_hash_equal(ll_hash_bytes("abc", 3), ll_hash_bytes("abd", 3)));
}

/* Long ones are hashed by other code than short ones, where the processor has what it needs. */
static void contents_of_any_length_have_the_hash_of_the_library(void **state)
{
	char bytes[4100];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 31 >> 3);
	for (size_t size = 0; size <= sizeof bytes; size++) {
		const struct ll_hash hash = ll_hash_bytes(bytes, size);
		const XXH128_hash_t expected = XXH3_128bits(bytes, size);

		assert_true(hash.low == expected.low64 && hash.high == expected.high64);
	}
}

static void pieces_hash_like_the_whole(void **state)
{
	char bytes[5000];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7);
	for (size_t piece = 1; piece < sizeof bytes; piece = piece * 3 + 1) {
		LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();

		for (size_t at = 0; at < sizeof bytes; at += piece)
			ll_hasher_put(hasher, bytes + at,
			              at + piece < sizeof bytes ? piece : sizeof bytes - at);
		assert_true(
			ll_hash_equal(ll_hasher_get(hasher), ll_hash_bytes(bytes, sizeof bytes)));
	}
	ll_hasher_free(NULL);
}

static void stored_bytes_sort_like_the_hashes(void **state)
{
	static const struct ll_hash ordered[] = {
		{.low = 0, .high = 0}, {.low = 1, .high = 0}, {.low = UINT64_MAX, .high = 0},
		{.low = 0, .high = 1}, {.low = 5, .high = 1}, {.low = 0, .high = UINT64_MAX},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(ordered); i++) {
		uint8_t left[16];

		ll_hash_to_bytes(ordered[i], left);
		assert_true(ll_hash_equal(ll_hash_from_bytes(left), ordered[i]));
		for (size_t k = 0; k < LL_COUNT(ordered); k++) {
			uint8_t right[16];
			const int expected = i < k ? -1 : i > k;
			int order;

			ll_hash_to_bytes(ordered[k], right);
			order = memcmp(left, right, 16);
			assert_int_equal(order < 0 ? -1 : order > 0, expected);
		}
	}
}

static struct ll_hash key(uint64_t number)
{
	return ll_hash_bytes(&number, sizeof number);
}

static void a_map_finds_what_was_put_first(void **state)
{
	struct ll_map map = LL_MAP_INIT;

	(void)state;
	assert_int_equal(ll_map_find(&map, key(1)), LL_MAP_NONE);
	for (uint32_t i = 0; i < 10000; i++)
		assert_int_equal(ll_map_put(&map, key(i), i), i);
	for (uint32_t i = 0; i < 10000; i++)
		assert_int_equal(ll_map_put(&map, key(i), i + 1), i);

	assert_int_equal(map.count, 10000);
	assert_int_equal(ll_map_find(&map, key(10000)), LL_MAP_NONE);
	ll_map_done(&map);
}

static void setting_replaces_what_is_there(void **state)
{
	struct ll_map map = LL_MAP_INIT;

	(void)state;
	ll_map_set(&map, key(1), 5);
	ll_map_set(&map, key(1), 6);
	ll_map_set(&map, key(2), 7);

	assert_int_equal(ll_map_find(&map, key(1)), 6);
	assert_int_equal(map.count, 2);
	ll_map_done(&map);
}

static void a_cleared_map_is_empty_and_usable(void **state)
{
	struct ll_map map = LL_MAP_INIT;

	(void)state;
	ll_map_clear(&map);
	for (uint32_t i = 0; i < 100; i++)
		(void)ll_map_put(&map, key(i), i);
	ll_map_clear(&map);

	assert_int_equal(map.count, 0);
	assert_int_equal(ll_map_find(&map, key(3)), LL_MAP_NONE);
	assert_int_equal(ll_map_put(&map, key(3), 9), 9);
	ll_map_done(&map);
}

static void keys_that_share_a_slot_stay_apart(void **state)
{
	struct ll_map map = LL_MAP_INIT;

	(void)state;
	for (uint32_t i = 0; i < 40; i++)
		(void)ll_map_put(&map, (struct ll_hash){.low = 63, .high = i}, i);

	for (uint32_t i = 0; i < 40; i++)
		assert_int_equal(ll_map_find(&map, (struct ll_hash){.low = 63, .high = i}), i);
	ll_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_bytes_have_equal_hashes_that_never_change),
		cmocka_unit_test(contents_of_any_length_have_the_hash_of_the_library),
		cmocka_unit_test(pieces_hash_like_the_whole),
		cmocka_unit_test(stored_bytes_sort_like_the_hashes),
		cmocka_unit_test(a_map_finds_what_was_put_first),
		cmocka_unit_test(setting_replaces_what_is_there),
		cmocka_unit_test(a_cleared_map_is_empty_and_usable),
		cmocka_unit_test(keys_that_share_a_slot_stay_apart),
	};

	return cmocka_run_group_tests_name("base.hash", tests, NULL, NULL);
}
