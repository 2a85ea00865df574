/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/arena.h>

static void pieces_are_aligned_and_do_not_overlap(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	unsigned char *pieces[200];

	(void)state;
	for (size_t i = 0; i < LL_COUNT(pieces); i++) {
		pieces[i] = ll_arena_alloc(&arena, i);
		memset(pieces[i], (int)i, i);
	}

	for (size_t i = 0; i < LL_COUNT(pieces); i++) {
		assert_int_equal((uintptr_t)pieces[i] % 16, 0);
		for (size_t k = 0; k < i; k++)
			assert_int_equal(pieces[i][k], i);
	}
}

static void size_zero_is_a_valid_piece(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;

	(void)state;
	assert_non_null(ll_arena_alloc(&arena, 0));
	assert_int_equal(arena.taken, 0);
}

static void a_piece_larger_than_any_block_gets_its_own(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const size_t large = (size_t)9 * 1024 * 1024;
	char *small = ll_arena_alloc(&arena, 8);
	char *piece = ll_arena_alloc(&arena, large);

	(void)state;
	memset(piece, 'x', large);
	small[0] = 'y';

	assert_int_equal(piece[large - 1], 'x');
	assert_int_equal(small[0], 'y');
	assert_true(arena.taken >= large);
}

static void blocks_grow_but_not_without_end(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < 300; i++)
		memset(ll_arena_alloc(&arena, 60000), 1, 60000);

	assert_in_range(arena.taken, 300 * 60000, 300 * 60016);
}

static void cleared_pieces_are_zero_even_in_reused_memory(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const unsigned char *zeros;

	(void)state;
	memset(ll_arena_alloc(&arena, 4096), 0xff, 4096);
	ll_arena_clear(&arena);
	zeros = ll_arena_calloc(&arena, 64, 64);

	for (size_t i = 0; i < 4096; i++)
		assert_int_equal(zeros[i], 0);
}

static void clearing_keeps_one_block_and_forgets_the_count(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const void *first;

	(void)state;
	ll_arena_clear(&arena); /* an empty arena may be cleared, too */
	for (size_t i = 0; i < 10; i++)
		(void)ll_arena_alloc(&arena, 60000);
	ll_arena_clear(&arena);
	first = ll_arena_alloc(&arena, 16);
	ll_arena_clear(&arena);

	assert_int_equal(arena.taken, 0);
	assert_ptr_equal(ll_arena_alloc(&arena, 16), first);
}

static void texts_are_copied_and_terminated(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	char source[] = "a\0b";
	const struct ll_str copy = ll_arena_str(&arena, ll_str_n(source, 3));
	const struct ll_str empty = ll_arena_str(&arena, ll_str_n(NULL, 0));

	(void)state;
	source[0] = 'z';

	assert_int_equal(copy.size, 3);
	assert_memory_equal(copy.data, "a\0b\0", 4);
	assert_int_equal(empty.size, 0);
	assert_string_equal(empty.data, "");
}

static void formatted_texts_of_any_length_are_whole(void **state)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const size_t lengths[] = {0, 1, 254, 255, 256, 257, 5000};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(lengths); i++) {
		const char *const text = ll_arena_printf(&arena, "%*s", (int)lengths[i], "");

		assert_int_equal(strlen(text), lengths[i]);
	}
	assert_string_equal(ll_arena_printf(&arena, "%s-%d", "x", 7), "x-7");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_aligned_and_do_not_overlap),
		cmocka_unit_test(size_zero_is_a_valid_piece),
		cmocka_unit_test(a_piece_larger_than_any_block_gets_its_own),
		cmocka_unit_test(blocks_grow_but_not_without_end),
		cmocka_unit_test(cleared_pieces_are_zero_even_in_reused_memory),
		cmocka_unit_test(clearing_keeps_one_block_and_forgets_the_count),
		cmocka_unit_test(texts_are_copied_and_terminated),
		cmocka_unit_test(formatted_texts_of_any_length_are_whole),
	};

	return cmocka_run_group_tests_name("base.arena", tests, NULL, NULL);
}
