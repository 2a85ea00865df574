/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_keeper.c - few blocks tell the container that so many entries need. The sizes are those that
 * programs of the named versions of Go showed.
 */
#include "keeper.h"
#include "support.h"

/* 24,000 objects, of which 48 were sampled, in one life, at Go's own rate of sampling. */
static struct ll_keeper_load load_of(int64_t objects, int64_t samples, int64_t go)
{
	return (struct ll_keeper_load){
		.objects = objects,
		.samples = samples,
		.lives = 1,
		.period = 524288,
		.oldest_go = go,
		.newest_go = go,
	};
}

static void array_and_its_half_are_a_map_of_buckets(void **state)
{
	struct ll_keeper_block blocks[] = {{909312, 1, 1}, {458752, 0, 1}};
	const struct ll_keeper_load load = load_of(20000, 27, 22);
	struct ll_keeper keeper;

	ll_keeper_judge(blocks, LL_COUNT(blocks), &load, &keeper);

	assert_string_equal(keeper.class_name, "map");
	assert_true(keeper.certainty > 0.9);
	assert_int_equal(keeper.slot, 24);
	assert_non_null(strstr(keeper.why, "458752 and 909312 bytes"));
	(void)state;
}

static void two_tables_are_a_map_since_go_1_24(void **state)
{
	struct ll_keeper_block blocks[] = {{27264, 1, 2}};
	const struct ll_keeper_load load = load_of(8200, 14, 24);
	struct ll_keeper keeper;

	ll_keeper_judge(blocks, LL_COUNT(blocks), &load, &keeper);

	assert_string_equal(keeper.class_name, "map");
	assert_true(keeper.certainty > 0.6);
	assert_non_null(strstr(keeper.why, "tables of a map since Go 1.24"));
	(void)state;
}

static void an_array_of_as_many_pointers_is_a_slice(void **state)
{
	struct ll_keeper_block blocks[] = {{40960, 0, 1}, {221184, 1, 1}};
	const struct ll_keeper_load load = load_of(25200, 43, 21);
	struct ll_keeper keeper;

	ll_keeper_judge(blocks, LL_COUNT(blocks), &load, &keeper);

	assert_string_equal(keeper.class_name, "slice");
	assert_true(keeper.certainty > 0.7);
	assert_int_equal(keeper.slot, 8);
	(void)state;
}

/* What a container with a hundred times as many entries would have is no sign of this one. */
static void blocks_of_a_far_larger_container_are_doubted(void **state)
{
	struct ll_keeper_block blocks[] = {{36356096, 1, 1}};
	const struct ll_keeper_load load = load_of(24000, 48, 0);
	struct ll_keeper keeper;

	ll_keeper_judge(blocks, LL_COUNT(blocks), &load, &keeper);

	assert_true(!keeper.class_name || keeper.certainty < 0.3);
	(void)state;
}

static void a_kind_of_map_that_the_version_lacks_is_none(void **state)
{
	struct ll_keeper_block blocks[] = {{909312, 1, 1}, {458752, 0, 1}};
	const struct ll_keeper_load load = load_of(20000, 27, 26);
	struct ll_keeper keeper;

	ll_keeper_judge(blocks, LL_COUNT(blocks), &load, &keeper);

	assert_true(!keeper.class_name || strcmp(keeper.class_name, "map") != 0 ||
	            keeper.certainty < 0.5);
	(void)state;
}

static void small_blocks_alone_say_nothing(void **state)
{
	struct ll_keeper_block blocks[] = {{208, 4, 9}, {48, 3, 3}};
	const struct ll_keeper_load load = load_of(20000, 27, 22);
	struct ll_keeper keeper;

	ll_keeper_judge(blocks, LL_COUNT(blocks), &load, &keeper);

	assert_null(keeper.class_name);
	(void)state;
}

/* Counts from a damaged or hostile profile end in an answer, whatever it is. */
static void absurd_numbers_are_survived(void **state)
{
	struct ll_keeper_block blocks[] = {{INT64_MAX, 1, 1},
	                                   {1024, INT64_MAX, INT64_MAX},
	                                   {2048, 5, 1},
	                                   {4096, 0, INT64_MAX}};
	const struct ll_keeper_load load = {
		.objects = INT64_MAX,
		.samples = INT64_MAX,
		.lives = INT64_MAX,
		.period = INT64_MAX,
	};
	struct ll_keeper keeper;

	ll_keeper_judge(blocks, LL_COUNT(blocks), &load, &keeper);

	assert_true(!(keeper.certainty > 1.0));
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(array_and_its_half_are_a_map_of_buckets),
		cmocka_unit_test(two_tables_are_a_map_since_go_1_24),
		cmocka_unit_test(an_array_of_as_many_pointers_is_a_slice),
		cmocka_unit_test(blocks_of_a_far_larger_container_are_doubted),
		cmocka_unit_test(a_kind_of_map_that_the_version_lacks_is_none),
		cmocka_unit_test(small_blocks_alone_say_nothing),
		cmocka_unit_test(absurd_numbers_are_survived),
	};

	return cmocka_run_group_tests_name("analyze.keeper", tests, NULL, NULL);
}
