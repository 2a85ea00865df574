/* SPDX-License-Identifier: Apache-2.0 */
/* vec.c - see vec.h. Capacity doubles, so pushing n items costs O(n). */
#include <leakledger/vec.h>

void ll_vec_reserve(struct ll_vec *vec, size_t count, size_t item_size)
{
	size_t capacity = vec->capacity > 0 ? vec->capacity : 32;

	if (count <= vec->capacity)
		return;
	while (capacity < count)
		capacity *= 2;
	vec->items = ll_realloc(vec->items, capacity, item_size);
	vec->capacity = capacity;
}

void *ll_vec_push(struct ll_vec *vec, size_t item_size)
{
	char *item;

	ll_vec_reserve(vec, vec->count + 1, item_size);
	item = vec->items;
	item += item_size * vec->count++;
	return memset(item, 0, item_size);
}

void ll_vec_done(struct ll_vec *vec)
{
	free(vec->items);
	*vec = (struct ll_vec)LL_VEC_INIT;
}
