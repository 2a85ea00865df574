/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base.h - what every file may rely on: ownership words, checked sizes, forbidden functions.
 *
 * Invariants of the whole program that begin here:
 *   - A variable declared with LL_CLEANUP(f) owns what it points to; f runs when it leaves scope.
 *   - A move is visible: ll_take(&p) hands the pointer over and leaves NULL behind.
 *   - A size that comes from a file is added and multiplied only through ll_size_add/ll_size_mul.
 */
#ifndef LEAKLEDGER_BASE_H
#define LEAKLEDGER_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LL_CLEANUP(function) __attribute__((cleanup(function)))
/** Where the arguments are literals, so that what is asked of them is known where they stand. */
#define LL_INLINE            static inline __attribute__((always_inline))
#define LL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define LL_NORETURN          __attribute__((noreturn))
#define LL_UNUSED            __attribute__((unused))
#define LL_COUNT(array)      (sizeof(array) / sizeof((array)[0]))

/**
 * Takes the pointer out of the variable at `pointer_address` and leaves NULL there, so that the
 * variable's cleanup has nothing left to do. The argument is the address of a pointer of any type;
 * copying through memcpy keeps strict aliasing and the sanitizers content.
 */
static inline void *ll_take(void *pointer_address)
{
	void *moved = NULL;
	void *const nothing = NULL;

	memcpy(&moved, pointer_address, sizeof moved);
	memcpy(pointer_address, &nothing, sizeof nothing);
	return moved;
}

/** Stores a + b in *ret_sum. Returns false, leaving *ret_sum alone, when the sum does not fit. */
static inline bool ll_size_add(size_t a, size_t b, size_t *ret_sum)
{
	size_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return false;
	*ret_sum = sum;
	return true;
}

/** Stores a * b in *ret_product. Returns false, leaving it alone, when the product does not fit. */
static inline bool ll_size_mul(size_t a, size_t b, size_t *ret_product)
{
	size_t product;

	if (__builtin_mul_overflow(a, b, &product))
		return false;
	*ret_product = product;
	return true;
}

/** Adds `b` to *sum. Returns false and leaves *sum alone when the result does not fit. */
static inline bool ll_i64_add(int64_t *sum, int64_t b)
{
	int64_t result;

	if (__builtin_add_overflow(*sum, b, &result))
		return false;
	*sum = result;
	return true;
}

/** malloc and friends that never return NULL: out of memory ends the program in one place. */
void *ll_malloc(size_t size) __attribute__((malloc, returns_nonnull));
void *ll_calloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *ll_realloc(void *block, size_t count, size_t size) __attribute__((returns_nonnull));
char *ll_strdup(const char *text) __attribute__((malloc, returns_nonnull));
/** Frees what the variable of type T* at `pointer_address` points to (for LL_CLEANUP). */
void ll_freep(void *pointer_address);

/*
 * Functions that invite mistakes are compile errors. The headers that declare them are included
 * above, so that only our own uses meet the macros.
 */
#define LL_BANNED(name) ll_banned_##name
#ifndef LL_ALLOW_BANNED
#undef strcpy
#define strcpy(to, from) LL_BANNED(strcpy)
#undef strcat
#define strcat(to, from) LL_BANNED(strcat)
#undef strncpy
#define strncpy(to, from, n) LL_BANNED(strncpy)
#undef sprintf
#define sprintf(...) LL_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) LL_BANNED(vsprintf)
#undef strtok
#define strtok(text, separators) LL_BANNED(strtok)
#undef atoi
#define atoi(text) LL_BANNED(atoi)
#undef atol
#define atol(text) LL_BANNED(atol)
#undef strtol
#define strtol(text, end, radix) LL_BANNED(strtol)
#undef gets
#define gets(text) LL_BANNED(gets)
#undef localtime
#define localtime(time) LL_BANNED(localtime)
#undef gmtime
#define gmtime(time) LL_BANNED(gmtime)
#endif

#endif
