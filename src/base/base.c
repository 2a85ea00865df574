/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base.c - memory that is always there.
 *
 * Every input has a ceiling, so a file cannot make us run out of memory by itself; when the system
 * has none left all the same, there is nothing sensible a report generator can do. It says so and
 * ends, here and nowhere else. The ledger survives: SQLite rolls back what was not committed.
 */
#include <leakledger/base.h>

#include <unistd.h>

static LL_NORETURN void out_of_memory(void)
{
	static const char message[] = "leakledger: out of memory\n";
	const ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);

	(void)written;
	abort();
}

void *ll_malloc(size_t size)
{
	void *block = malloc(size > 0 ? size : 1);

	if (!block)
		out_of_memory();
	return block;
}

void *ll_calloc(size_t count, size_t size)
{
	void *block = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (!block)
		out_of_memory();
	return block;
}

void *ll_realloc(void *block, size_t count, size_t size)
{
	size_t bytes;
	void *moved;

	if (!ll_size_mul(count, size, &bytes))
		out_of_memory();
	moved = realloc(block, bytes > 0 ? bytes : 1);
	if (!moved)
		out_of_memory();
	return moved;
}

char *ll_strdup(const char *text)
{
	const size_t size = strlen(text) + 1;

	return memcpy(ll_malloc(size), text, size);
}

void ll_freep(void *pointer_address)
{
	free(ll_take(pointer_address));
}
