/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.h - content identities.
 *
 * A capture, a function, a stack is known by 128 bits of its content (XXH3), never by its place in
 * a file or the order of arrival. XXH3 is not cryptographic: somebody who can write captures could
 * make two of them collide and so hide one of his own. That harms nobody else's data, and SHA-256
 * would cost half of what inflating costs.
 */
#ifndef LEAKLEDGER_HASH_H
#define LEAKLEDGER_HASH_H

#include <leakledger/str.h>

struct ll_hash {
	uint64_t low, high;
};

/** XXH3 of the bytes: the same on every machine. */
struct ll_hash ll_hash_bytes(const void *bytes, size_t size);
static inline bool ll_hash_equal(struct ll_hash a, struct ll_hash b)
{
	return a.low == b.low && a.high == b.high;
}
/** 16 bytes, high half first, each half big-endian: sorts by (high, low). */
void ll_hash_to_bytes(struct ll_hash hash, uint8_t out[16]);
struct ll_hash ll_hash_from_bytes(const uint8_t bytes[16]);
/** 32 lower-case hex digits and a terminator. Returns `out`. */
const char *ll_hash_to_hex(struct ll_hash hash, char out[33]);

/** Hashing of a stream in pieces; the result equals ll_hash_bytes of the whole. */
struct ll_hasher;
struct ll_hasher *ll_hasher_new(void);
void ll_hasher_free(struct ll_hasher *hasher);
void ll_hasher_freep(struct ll_hasher **hasher);
void ll_hasher_put(struct ll_hasher *hasher, const void *bytes, size_t size);
struct ll_hash ll_hasher_get(const struct ll_hasher *hasher);

/**
 * A map from 128-bit content hash to a 32-bit number, for interning: open addressing, no deletion.
 * The value LL_MAP_NONE cannot be stored.
 */
#define LL_MAP_NONE UINT32_MAX

struct ll_map_slot {
	struct ll_hash key;
	uint32_t value;
};

struct ll_map {
	struct ll_map_slot *slots;
	size_t mask; /* slots - 1, or 0 when nothing is allocated */
	size_t count;
};

#define LL_MAP_INIT                                                                                \
	{                                                                                          \
		.slots = NULL, .mask = 0, .count = 0                                               \
	}

void ll_map_done(struct ll_map *map);
void ll_map_clear(struct ll_map *map);
/** The number stored under `key`, or LL_MAP_NONE. */
uint32_t ll_map_find(const struct ll_map *map, struct ll_hash key);
/**
 * Returns the number under `key`; when there is none, stores `value` there and returns it. Compare
 * the result with `value` to know which happened only if `value` is fresh.
 */
uint32_t ll_map_put(struct ll_map *map, struct ll_hash key, uint32_t value);
/** Replaces or adds. */
void ll_map_set(struct ll_map *map, struct ll_hash key, uint32_t value);

#endif
