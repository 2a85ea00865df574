/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena.c - a chain of blocks, the newest in front:
 *
 *     arena.last -> [ head | used ........ | free ] -> [ head | used (full) ] -> NULL
 *
 * A request that does not fit the newest block gets a new one of twice the size (64 KiB to 4 MiB),
 * or of its own size when that is larger.
 */
#include <leakledger/arena.h>

#include <stdarg.h>

enum {
	ALIGNMENT = 16,
	SMALLEST_BLOCK = 64 * 1024,
	LARGEST_BLOCK = 4 * 1024 * 1024,
};

struct ll_arena_block {
	struct ll_arena_block *older;
	size_t used, size;
	_Alignas(ALIGNMENT) char bytes[];
};

void ll_arena_init(struct ll_arena *arena)
{
	*arena = (struct ll_arena)LL_ARENA_INIT;
}

static void free_chain(struct ll_arena_block *block)
{
	while (block) {
		struct ll_arena_block *const older = block->older;

		free(block);
		block = older;
	}
}

void ll_arena_done(struct ll_arena *arena)
{
	free_chain(arena->last);
	ll_arena_init(arena);
}

void ll_arena_clear(struct ll_arena *arena)
{
	if (arena->last) {
		free_chain(arena->last->older);
		arena->last->older = NULL;
		arena->last->used = 0;
	}
	arena->taken = 0;
}

static struct ll_arena_block *add_block(struct ll_arena *arena, size_t needed)
{
	size_t size = arena->last ? arena->last->size * 2 : SMALLEST_BLOCK;
	struct ll_arena_block *block;

	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < needed)
		size = needed;
	block = ll_realloc(NULL, 1, sizeof *block + size);
	block->older = arena->last;
	block->used = 0;
	block->size = size;
	arena->last = block;
	return block;
}

void *ll_arena_alloc(struct ll_arena *arena, size_t size)
{
	const size_t padding = (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
	struct ll_arena_block *block = arena->last;
	void *piece;

	/* An overflowing size asks for SIZE_MAX, which no system grants: it ends the program. */
	if (!ll_size_add(size, padding, &size))
		size = SIZE_MAX / 2;
	if (!block || block->size - block->used < size)
		block = add_block(arena, size);
	piece = block->bytes + block->used;
	block->used += size;
	arena->taken += size;
	return piece;
}

void *ll_arena_calloc(struct ll_arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (!ll_size_mul(count, size, &bytes))
		bytes = SIZE_MAX / 2;
	return memset(ll_arena_alloc(arena, bytes), 0, bytes);
}

struct ll_str ll_arena_str(struct ll_arena *arena, struct ll_str text)
{
	char *const copy = ll_arena_alloc(arena, text.size + 1);

	if (text.size > 0)
		memcpy(copy, text.data, text.size);
	copy[text.size] = '\0';
	return ll_str_n(copy, text.size);
}

char *ll_arena_printf(struct ll_arena *arena, const char *format, ...)
{
	va_list args;
	char small[256];
	char *text;
	int length;

	va_start(args, format);
	length = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (length < 0)
		length = 0;
	text = ll_arena_alloc(arena, (size_t)length + 1);
	if ((size_t)length < sizeof small) {
		memcpy(text, small, (size_t)length);
	} else {
		va_start(args, format);
		(void)vsnprintf(text, (size_t)length + 1, format, args);
		va_end(args);
	}
	text[length] = '\0';
	return text;
}
