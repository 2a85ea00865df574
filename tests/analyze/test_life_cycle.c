/* SPDX-License-Identifier: Apache-2.0 */
/* test_life_cycle.c - the state of a finding from run to run, rule by rule (life_cycle.c). */
#include "judge.h"
#include "support.h"

#include <math.h>

/* What was known: 100 a day, last seen at the time 1000. */
static struct ll_known known_as(const char *state)
{
	return (struct ll_known){.state = ll_str(state), .growth = 100, .last_seen_ns = 1000};
}

static const char *next(const char *state, double growth, double low, double high)
{
	const struct ll_known known = known_as(state);

	return ll_state_next(&known, (struct ll_estimate){growth, low, high}, 2000, false);
}

static void what_was_not_known_is_new(void **state)
{
	(void)state;
	assert_string_equal(ll_state_next(NULL, (struct ll_estimate){1, 1, 1}, 2000, false), "new");
}

static void what_the_newest_build_does_not_show_is_fixed(void **state)
{
	const struct ll_known known = known_as("worse");

	(void)state;
	assert_string_equal(ll_state_next(&known, (struct ll_estimate){1, 1, 1}, 2000, true),
	                    "fixed");
	assert_string_equal(ll_state_next(NULL, (struct ll_estimate){1, 1, 1}, 2000, true),
	                    "fixed");
}

static void what_was_fixed_and_is_there_again_has_regressed(void **state)
{
	(void)state;
	assert_string_equal(next("fixed", 100, 90, 110), "regressed");
}

static void without_a_new_capture_nothing_changes(void **state)
{
	static const char *const states[] = {"new", "worse", "same", "improving", "regressed"};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(states); i++) {
		const struct ll_known known = known_as(states[i]);

		assert_string_equal(ll_state_next(&known, (struct ll_estimate){900, 800, 1000},
		                                  known.last_seen_ns, false),
		                    states[i]);
	}
}

static void growth_above_a_quarter_more_is_worse_when_its_interval_agrees(void **state)
{
	(void)state;
	assert_string_equal(next("new", 126, 111, 140), "worse");
	assert_string_equal(next("new", 126, 109, 140), "same");
	assert_string_equal(next("new", 124, 120, 128), "same");
}

static void growth_below_three_quarters_is_improving_when_its_interval_agrees(void **state)
{
	(void)state;
	assert_string_equal(next("worse", 74, 60, 89), "improving");
	assert_string_equal(next("worse", 74, 60, 91), "same");
	assert_string_equal(next("worse", 76, 75, 77), "same");
}

static void growth_that_cannot_be_compared_is_the_same(void **state)
{
	const double none = (double)NAN;
	struct ll_known known = known_as("new");

	(void)state;
	assert_string_equal(next("new", none, none, none), "same");
	known.growth = none;
	assert_string_equal(ll_state_next(&known, (struct ll_estimate){9, 8, 10}, 2000, false),
	                    "same");
	known.growth = -1;
	assert_string_equal(ll_state_next(&known, (struct ll_estimate){9, 8, 10}, 2000, false),
	                    "same");
}

static void what_five_captures_of_a_new_build_do_not_show_any_more_is_fixed(void **state)
{
	const struct ll_known known = known_as("same");

	(void)state;
	assert_int_equal(ll_state_absent(&known, 5, 5), LL_FATE_FIXED);
	assert_int_equal(ll_state_absent(&known, 9, 5), LL_FATE_FIXED);
	assert_int_equal(ll_state_absent(&known, 4, 4), LL_FATE_KEEP);
}

static void what_captures_of_the_same_builds_do_not_bear_out_is_taken_back(void **state)
{
	const struct ll_known known = known_as("same");

	(void)state;
	assert_int_equal(ll_state_absent(&known, 0, 0), LL_FATE_DELETE);
	assert_int_equal(ll_state_absent(&known, 5, 0), LL_FATE_DELETE);
	assert_int_equal(ll_state_absent(&known, 9, 4), LL_FATE_DELETE);
}

static void what_too_few_captures_say_nothing_of_is_kept(void **state)
{
	const struct ll_known known = known_as("same");

	(void)state;
	assert_int_equal(ll_state_absent(&known, 1, 0), LL_FATE_KEEP);
	assert_int_equal(ll_state_absent(&known, 4, 0), LL_FATE_KEEP);
	assert_int_equal(ll_state_absent(&known, 8, 4), LL_FATE_KEEP);
}

static void what_is_fixed_stays_fixed(void **state)
{
	const struct ll_known known = known_as("fixed");

	(void)state;
	assert_int_equal(ll_state_absent(&known, 0, 0), LL_FATE_KEEP);
	assert_int_equal(ll_state_absent(&known, 99, 0), LL_FATE_KEEP);
	assert_int_equal(ll_state_absent(&known, 99, 99), LL_FATE_KEEP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_known_is_new),
		cmocka_unit_test(what_the_newest_build_does_not_show_is_fixed),
		cmocka_unit_test(what_was_fixed_and_is_there_again_has_regressed),
		cmocka_unit_test(without_a_new_capture_nothing_changes),
		cmocka_unit_test(growth_above_a_quarter_more_is_worse_when_its_interval_agrees),
		cmocka_unit_test(growth_below_three_quarters_is_improving_when_its_interval_agrees),
		cmocka_unit_test(growth_that_cannot_be_compared_is_the_same),
		cmocka_unit_test(what_five_captures_of_a_new_build_do_not_show_any_more_is_fixed),
		cmocka_unit_test(what_captures_of_the_same_builds_do_not_bear_out_is_taken_back),
		cmocka_unit_test(what_too_few_captures_say_nothing_of_is_kept),
		cmocka_unit_test(what_is_fixed_stays_fixed),
	};

	return cmocka_run_group_tests_name("analyze life cycle", tests, NULL, NULL);
}
