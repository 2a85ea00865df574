/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena.h - memory that dies together.
 *
 * A run's small things (names, rows, nodes) are cut from an arena and never freed one by one; the
 * arena goes as a whole. One arena per capture, per analysis, per report. Blocks are at least 64
 * KiB, so an arena that holds n bytes takes at most 2 n + 64 KiB from the system.
 */
#ifndef LEAKLEDGER_ARENA_H
#define LEAKLEDGER_ARENA_H

#include <leakledger/base.h>
#include <leakledger/str.h>

struct ll_arena_block;

struct ll_arena {
	struct ll_arena_block *last; /* the block being filled; older ones hang behind it */
	size_t taken;                /* bytes handed out since init or clear */
};

#define LL_ARENA_INIT                                                                              \
	{                                                                                          \
		.last = NULL, .taken = 0                                                           \
	}

void ll_arena_init(struct ll_arena *arena);
/** Frees every block; everything cut from the arena is gone. Accepts an empty arena. */
void ll_arena_done(struct ll_arena *arena);
/** Forgets all contents but keeps the newest block for reuse. */
void ll_arena_clear(struct ll_arena *arena);

/** Cuts `size` bytes, aligned to 16, not cleared. Size 0 gives a valid pointer. Never NULL. */
void *ll_arena_alloc(struct ll_arena *arena, size_t size) __attribute__((returns_nonnull));
/** Cuts count * size bytes, cleared. The product is checked; overflow ends the program. */
void *ll_arena_calloc(struct ll_arena *arena, size_t count, size_t size)
	__attribute__((returns_nonnull));
/** Copies a text into the arena and terminates it; the view includes no terminator. */
struct ll_str ll_arena_str(struct ll_arena *arena, struct ll_str text);
/** printf into the arena. The result lives as long as the arena. */
char *ll_arena_printf(struct ll_arena *arena, const char *format, ...) LL_PRINTF(2, 3);

#endif
