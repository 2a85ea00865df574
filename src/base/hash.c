/* SPDX-License-Identifier: Apache-2.0 */
/* hash.c - XXH3-128 behind our own names, and the map that interning uses. */
#include "hash_wide.h"

#include <xxhash.h>

enum {
	SHORT_BYTES = 240, /* up to so many are hashed without vectors */
};

struct ll_hasher {
	XXH3_state_t *state;
	void *wide; /* where the processor has what it needs: then there is no other state */
};

static struct ll_hash from_xxh(XXH128_hash_t hash)
{
	return (struct ll_hash){.low = hash.low64, .high = hash.high64};
}

struct ll_hash ll_hash_bytes(const void *bytes, size_t size)
{
	if (size > SHORT_BYTES && ll_hash_has_wide())
		return ll_hash_wide(bytes, size);
	return from_xxh(XXH3_128bits(bytes, size));
}

void ll_hash_to_bytes(struct ll_hash hash, uint8_t out[16])
{
	for (unsigned i = 0; i < 8; i++) {
		out[i] = (uint8_t)(hash.high >> (56 - 8 * i));
		out[8 + i] = (uint8_t)(hash.low >> (56 - 8 * i));
	}
}

struct ll_hash ll_hash_from_bytes(const uint8_t bytes[16])
{
	struct ll_hash hash = {0};

	for (unsigned i = 0; i < 8; i++) {
		hash.high = hash.high << 8 | bytes[i];
		hash.low = hash.low << 8 | bytes[8 + i];
	}
	return hash;
}

const char *ll_hash_to_hex(struct ll_hash hash, char out[33])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t bytes[16];

	ll_hash_to_bytes(hash, bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[32] = '\0';
	return out;
}

struct ll_hasher *ll_hasher_new(void)
{
	struct ll_hasher *const hasher = ll_calloc(1, sizeof *hasher);

	if (ll_hash_has_wide()) {
		hasher->wide = ll_hash_wide_new();
		return hasher;
	}
	hasher->state = XXH3_createState();
	if (!hasher->state || XXH3_128bits_reset(hasher->state) != XXH_OK)
		abort();
	return hasher;
}

void ll_hasher_free(struct ll_hasher *hasher)
{
	if (!hasher)
		return;
	if (hasher->wide)
		ll_hash_wide_free(hasher->wide);
	else
		(void)XXH3_freeState(hasher->state);
	free(hasher);
}

void ll_hasher_freep(struct ll_hasher **hasher)
{
	ll_hasher_free(ll_take(hasher));
}

void ll_hasher_put(struct ll_hasher *hasher, const void *bytes, size_t size)
{
	if (hasher->wide)
		ll_hash_wide_put(hasher->wide, bytes, size);
	else
		(void)XXH3_128bits_update(hasher->state, bytes, size);
}

struct ll_hash ll_hasher_get(const struct ll_hasher *hasher)
{
	return hasher->wide ? ll_hash_wide_get(hasher->wide)
	                    : from_xxh(XXH3_128bits_digest(hasher->state));
}

void ll_map_done(struct ll_map *map)
{
	free(map->slots);
	*map = (struct ll_map)LL_MAP_INIT;
}

void ll_map_clear(struct ll_map *map)
{
	for (size_t i = 0; map->slots && i <= map->mask; i++)
		map->slots[i].value = LL_MAP_NONE;
	map->count = 0;
}

/* The slot that holds `key`, or the empty one where it would go. The table must not be full. */
static struct ll_map_slot *slot_of(const struct ll_map *map, struct ll_hash key)
{
	size_t at = key.low & map->mask;

	while (map->slots[at].value != LL_MAP_NONE && !ll_hash_equal(map->slots[at].key, key))
		at = (at + 1) & map->mask;
	return &map->slots[at];
}

static void grow(struct ll_map *map)
{
	const struct ll_map old = *map;
	const size_t slots = old.slots ? (old.mask + 1) * 2 : 64;

	map->slots = ll_realloc(NULL, slots, sizeof *map->slots);
	map->mask = slots - 1;
	for (size_t i = 0; i < slots; i++)
		map->slots[i].value = LL_MAP_NONE;
	for (size_t i = 0; old.slots && i <= old.mask; i++) {
		if (old.slots[i].value != LL_MAP_NONE)
			*slot_of(map, old.slots[i].key) = old.slots[i];
	}
	free(old.slots);
}

uint32_t ll_map_find(const struct ll_map *map, struct ll_hash key)
{
	return map->slots ? slot_of(map, key)->value : LL_MAP_NONE;
}

/* The slot for `key` in a table that has room for one more. Filled to two thirds at most. */
static struct ll_map_slot *slot_with_room(struct ll_map *map, struct ll_hash key)
{
	if (!map->slots || (map->count + 1) * 3 > (map->mask + 1) * 2)
		grow(map);
	return slot_of(map, key);
}

uint32_t ll_map_put(struct ll_map *map, struct ll_hash key, uint32_t value)
{
	struct ll_map_slot *const slot = slot_with_room(map, key);

	if (slot->value == LL_MAP_NONE) {
		*slot = (struct ll_map_slot){.key = key, .value = value};
		map->count++;
	}
	return slot->value;
}

void ll_map_set(struct ll_map *map, struct ll_hash key, uint32_t value)
{
	struct ll_map_slot *const slot = slot_with_room(map, key);

	if (slot->value == LL_MAP_NONE)
		map->count++;
	*slot = (struct ll_map_slot){.key = key, .value = value};
}
