/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_stats_kendall.c - S, its variance and its tail against all pairs and all permutations; the
 * correction for autocorrelation against simulated series.
 *
 * K are rules of fn_trend.c, A those of stats_kendall.c.
 */
#include "stats.h"
#include "support.h"

#include <math.h>

/* --------------------------------------------------------------------- helpers */

static double draw(uint64_t *state)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return (double)(*state >> 11) * 0x1p-53;
}

static double draw_normal(uint64_t *state)
{
	const double radius = sqrt(-2 * log(1 - draw(state)));

	return radius * cos(6.283185307179586 * draw(state));
}

static void assert_near(double actual, double expected, double relative)
{
	if (!(fabs(actual - expected) <= relative * fabs(expected)))
		fail_msg("%.17g is not near %.17g", actual, expected);
}

static void arrange(struct ll_points *points, const double *x, const double *y, size_t count)
{
	points->items.count = 0;
	points->has_real_x = false;
	for (size_t i = 0; i < count; i++)
		ll_points_add_real(points, x[i], y[i], 0);
	assert_true(ll_points_arrange(points));
}

static struct ll_kendall kendall_of(const struct ll_points *points)
{
	struct ll_kendall kendall;

	ll_stats_kendall(points, &kendall);
	return kendall;
}

static int sign_of(double value)
{
	return (value > 0) - (value < 0);
}

/* ------------------------------------------------------------------- all pairs */

static void check_all_pairs(const struct ll_points *points)
{
	const struct ll_point *const items = ll_points_all(points);
	const struct ll_kendall kendall = kendall_of(points);
	int64_t score = 0, pairs = 0, moving = 0, falls = 0;

	for (size_t j = 0; j < points->items.count; j++) {
		for (size_t i = 0; i < j; i++) {
			const int x = sign_of(items[j].x - items[i].x);
			const int y = sign_of(items[j].y - items[i].y);

			if (items[i].stratum != items[j].stratum)
				continue;
			score += (int64_t)x * y;
			pairs += x != 0;
			moving += y != 0;
			falls += x * y < 0;
		}
	}
	assert_int_equal(kendall.score, score);
	assert_int_equal(kendall.pairs, pairs);
	assert_int_equal(kendall.moving, moving);
	assert_int_equal(kendall.discordant_pairs, falls);
	assert_int_equal(kendall.count, points->items.count);
}

static void counting_by_sorting_is_counting_all_pairs(void **state)
{
	static const size_t counts[] = {1, 2, 3, 11, 12, 13, 24, 25, 100, 333};
	uint64_t chance = 3;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(counts); i++) {
		for (int ties = 2; ties < 2000; ties *= 10) {
			LL_CLEANUP(ll_points_done)
			struct ll_points points = {.has_real_x = false};

			for (size_t k = 0; k < counts[i]; k++)
				ll_points_add_whole(&points, (int64_t)(draw(&chance) * ties),
				                    floor(draw(&chance) * ties),
				                    (int64_t)(draw(&chance) * 3));
			assert_true(ll_points_arrange(&points));
			check_all_pairs(&points);
		}
	}
}

static void strata_add_up(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points both = {.has_real_x = false};
	struct ll_kendall sum = {.score = 0}, all;
	uint64_t chance = 5;

	(void)state;
	for (int stratum = 0; stratum < 4; stratum++) {
		LL_CLEANUP(ll_points_done) struct ll_points one = {.has_real_x = false};
		struct ll_kendall part;

		for (int i = 0; i < 20 + stratum; i++) {
			const double y = floor(draw(&chance) * 9);

			ll_points_add_whole(&one, i / 2, y, 7);
			ll_points_add_whole(&both, i / 2, y, stratum - 2);
		}
		assert_true(ll_points_arrange(&one));
		part = kendall_of(&one);
		sum.score += part.score;
		sum.variance += part.variance;
	}
	assert_true(ll_points_arrange(&both));
	all = kendall_of(&both);

	assert_int_equal(all.score, sum.score);
	assert_near(all.variance, sum.variance, 1e-15);
	assert_int_equal(all.strata, 4);
}

/* ------------------------------------------------------------- all permutations */

struct moments {
	double count, squares, at_least; /* at_least: with a score of at least `score` */
	int64_t score;
};

/* Adds up S over every order of y (Heap's algorithm, by recursion). */
static void permute(struct ll_points *points, const double *x, double *y, size_t count, size_t left,
                    struct moments *moments)
{
	if (left <= 1) {
		struct ll_kendall kendall;

		arrange(points, x, y, count);
		kendall = kendall_of(points);
		moments->count++;
		moments->squares += (double)(kendall.score * kendall.score);
		moments->at_least += kendall.score >= moments->score;
		return;
	}
	for (size_t i = 0; i < left; i++) {
		const size_t other = left % 2 ? 0 : i;
		double moved;

		permute(points, x, y, count, left - 1, moments);
		moved = y[other];
		y[other] = y[left - 1];
		y[left - 1] = moved;
	}
}

static void variance_is_that_of_all_permutations_with_any_ties(void **state)
{
	static const double cases[][2][6] = {
		{{1, 2, 3, 4, 5, 6}, {6, 2, 9, 1, 4, 7}}, {{1, 1, 3, 4, 5, 6}, {6, 2, 2, 1, 2, 7}},
		{{1, 1, 1, 4, 4, 6}, {1, 2, 3, 4, 5, 6}}, {{1, 1, 2, 2, 2, 2}, {0, 0, 0, 5, 5, 9}},
		{{1, 2, 2, 2, 2, 2}, {3, 3, 3, 3, 3, 1}}, {{1, 2, 3, 4, 5, 6}, {8, 8, 8, 8, 8, 8}},
	};
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(cases); i++) {
		struct moments moments = {.score = 0};
		double y[6];

		memcpy(y, cases[i][1], sizeof y);
		permute(&points, cases[i][0], y, 6, 6, &moments);

		assert_near(moments.count, 720, 0);
		assert_near(kendall_of(&points).variance, moments.squares / moments.count, 1e-13);
	}
}

/* K5 for each of the orders of seven values. */
static void assert_exact_tails(const double (*orders)[7], size_t count)
{
	static const double x[] = {1, 2, 3, 4, 5, 6, 7};
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};

	for (size_t i = 0; i < count; i++) {
		struct moments moments = {.score = 0};
		struct ll_kendall kendall;
		double y[7], p;

		memcpy(y, orders[i], sizeof y);
		arrange(&points, x, y, 7);
		kendall = kendall_of(&points);
		assert_true(ll_stats_kendall_p(&kendall, &p));
		moments.score = kendall.score;
		permute(&points, x, y, 7, 7, &moments);

		assert_near(p, moments.at_least / moments.count, 1e-15);
	}
}

static void exact_tail_is_that_of_all_permutations(void **state)
{
	static const double orders[][7] = {
		{1, 2, 3, 4, 5, 6, 7}, {2, 1, 3, 4, 5, 6, 7}, {3, 1, 2, 7, 4, 6, 5},
		{7, 6, 5, 4, 3, 2, 1}, {4, 7, 1, 6, 2, 5, 3},
	};

	(void)state;
	assert_exact_tails(orders, LL_COUNT(orders));
}

/* Equal y: of the orders of all points some look alike, and all count. */
static void exact_tail_with_equal_y_is_that_of_all_permutations(void **state)
{
	static const double orders[][7] = {
		{1, 1, 3, 4, 5, 6, 7}, {2, 1, 2, 4, 4, 6, 4}, {1, 1, 1, 1, 1, 1, 2},
		{3, 3, 2, 2, 1, 1, 1}, {5, 5, 5, 5, 5, 5, 5},
	};

	(void)state;
	assert_exact_tails(orders, LL_COUNT(orders));
}

/* Four captures before a restart and five after it: each life is put in every order by itself. */
static void exact_tail_of_two_lives_is_that_of_all_pairs_of_orders(void **state)
{
	static const double all[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
	static const double lives[][9] = {
		{1, 2, 3, 4, 5, 6, 7, 8, 9},
		{2, 1, 3, 4, 6, 5, 7, 8, 9},
		{2, 2, 3, 4, 6, 6, 7, 6, 9},
		{4, 3, 2, 1, 9, 8, 7, 6, 5},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(lives); i++) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
		double chances[2][21] = {{0}}, expected = 0, p;
		struct ll_kendall kendall;
		int64_t score;

		for (size_t k = 0; k < 9; k++)
			ll_points_add_real(&points, all[k], lives[i][k], k >= 4);
		assert_true(ll_points_arrange(&points));
		kendall = kendall_of(&points);
		score = kendall.score;
		assert_true(ll_stats_kendall_p(&kendall, &p));
		/* Chances of each S of one life, -10 to 10, by its permutations. */
		for (size_t life = 0; life < 2; life++) {
			for (int64_t s = -10; s <= 10; s++) {
				LL_CLEANUP(ll_points_done)
				struct ll_points one = {.has_real_x = false};
				struct moments at = {.score = s}, above = {.score = s + 1};
				const size_t count = 4 + life;
				double y[5];

				memcpy(y, lives[i] + 4 * life, count * sizeof *y);
				permute(&one, all, y, count, count, &at);
				permute(&one, all, y, count, count, &above);
				chances[life][s + 10] = (at.at_least - above.at_least) / at.count;
			}
		}
		for (int64_t a = -10; a <= 10; a++) {
			for (int64_t b = -10; b <= 10; b++)
				expected += a + b >= score ? chances[0][a + 10] * chances[1][b + 10]
				                           : 0;
		}
		assert_near(p, expected, 1e-13); /* K5 */
	}
}

static void rises_before_and_after_a_restart_count_together(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	struct ll_kendall kendall;
	double p;

	(void)state;
	for (int i = 0; i < 9; i++)
		ll_points_add_whole(&points, i, i < 4 ? i : i - 4, i >= 4);
	assert_true(ll_points_arrange(&points));
	kendall = kendall_of(&points);

	assert_true(ll_stats_kendall_p(&kendall, &p));
	assert_near(p, 1.0 / (24 * 120), 1e-15);
}

static void the_most_falls_are_those_with_at_most_that_chance(void **state)
{
	/* Of 120 orders of five 1 has no fall, 4 have one; of 720 of six 1, 5, 14. */
	static const struct {
		int count;
		double p;
		int64_t falls;
	} cases[] = {{4, 0.025, -1}, {5, 0.025, 0}, {5, 0.042, 1}, {6, 0.025, 1}, {6, 0.028, 2}};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(cases); i++) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
		struct ll_kendall kendall;
		int64_t falls;

		for (int k = 0; k < cases[i].count; k++)
			ll_points_add_whole(&points, k, k, 0);
		assert_true(ll_points_arrange(&points));
		kendall = kendall_of(&points);
		assert_true(ll_stats_kendall_falls(&kendall, cases[i].p, &falls));
		assert_int_equal(falls, cases[i].falls);
	}
}

/* ------------------------------------------------------------------ tau, z and p */

/* `count` different points of one stratum. */
static struct ll_kendall kendall_of_count(size_t count)
{
	struct ll_kendall kendall = {.count = count, .strata = 1};

	kendall.pairs = kendall.moving = (int64_t)(count * (count - 1) / 2);
	kendall.powers[1] = 1 - (int)count;
	for (size_t m = 2; m <= count; m++)
		kendall.powers[m] = 1;
	return kendall;
}

static void chances_of_a_rise_and_of_its_mirror_add_to_one(void **state)
{
	(void)state;
	/* P(S >= s) + P(S >= 2 - s) = 1: S and -S are equally likely and move in steps of 2. */
	for (size_t count = 2; count <= 20; count++) {
		const int64_t pairs = (int64_t)(count * (count - 1) / 2);

		for (int64_t falls = 0; falls < pairs; falls++) {
			struct ll_kendall here = kendall_of_count(count), mirror = here;
			double p, q;

			here.discordant_pairs = falls;
			mirror.discordant_pairs = pairs - 1 - falls;
			assert_true(ll_stats_kendall_p(&here, &p));
			assert_true(ll_stats_kendall_p(&mirror, &q));
			assert_near(p + q, 1, 1e-15);
		}
	}
}

static void twenty_rises_in_a_row_have_one_chance_in_twenty_factorial(void **state)
{
	const struct ll_kendall kendall = kendall_of_count(20);
	double p;

	(void)state;
	assert_true(ll_stats_kendall_p(&kendall, &p));
	assert_near(p, 1 / 2432902008176640000.0, 1e-15);
}

static void tau_is_one_for_what_always_rises(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	struct ll_kendall kendall;
	double tau;

	(void)state;
	for (int i = 0; i < 100; i++)
		ll_points_add_whole(&points, i, exp(i / 9.0), i / 25);
	assert_true(ll_points_arrange(&points));
	kendall = kendall_of(&points);

	assert_true(ll_stats_kendall_tau(&kendall, &tau));
	assert_near(tau, 1, 0); /* K1: cut to 1 */
}

static void what_never_moves_has_no_tau_and_every_chance(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	struct ll_kendall kendall;
	double value = 7;

	(void)state;
	for (int i = 0; i < 9; i++)
		ll_points_add_whole(&points, i, 4, 0);
	assert_true(ll_points_arrange(&points));
	kendall = kendall_of(&points);

	assert_false(ll_stats_kendall_tau(&kendall, &value));
	assert_true(ll_stats_kendall_z(&kendall, &value)); /* K3 */
	assert_near(value, 0, 0);
	assert_true(ll_stats_kendall_p(&kendall, &value)); /* K7 */
	assert_near(value, 1, 0);
	assert_true(ll_stats_kendall_p_corrected(&points, &value));
	assert_near(value, 1, 0);
}

static void rising_functions_of_y_change_nothing(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points plain = {.has_real_x = false};
	LL_CLEANUP(ll_points_done) struct ll_points bent = {.has_real_x = false};
	struct ll_kendall a, b;
	uint64_t chance = 7;

	(void)state;
	for (int i = 0; i < 200; i++) {
		const double y = floor(draw(&chance) * 50) + floor(i / 10.0);

		ll_points_add_whole(&plain, i, y, 0);
		ll_points_add_whole(&bent, i, exp(y / 8) - 3, 0);
	}
	assert_true(ll_points_arrange(&plain) && ll_points_arrange(&bent));
	a = kendall_of(&plain);
	b = kendall_of(&bent);

	assert_int_equal(a.score, b.score);
	assert_near(a.variance, b.variance, 0);
}

/* -------------------------------------------------------------- autocorrelation */

/* Adds `count` values of a process with memory rho, without any trend. */
static void add_process(struct ll_points *points, size_t count, double rho, int64_t stratum,
                        uint64_t *chance)
{
	double level = draw_normal(chance) / sqrt(1 - rho * rho);

	for (size_t i = 0; i < count; i++) {
		ll_points_add_whole(points, (int64_t)i, level, stratum);
		level = rho * level + draw_normal(chance);
	}
}

/* How many of `series` processes either test calls rising at 5 %. */
static void count_alarms(size_t count, double rho, int strata, int series, int *ret_plain,
                         int *ret_corrected)
{
	uint64_t chance = 12345;

	*ret_plain = *ret_corrected = 0;
	for (int i = 0; i < series; i++) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
		struct ll_kendall kendall;
		double p, corrected;

		for (int stratum = 0; stratum < strata; stratum++)
			add_process(&points, count, rho, stratum, &chance);
		assert_true(ll_points_arrange(&points));
		kendall = kendall_of(&points);
		assert_true(ll_stats_kendall_p(&kendall, &p));
		assert_true(ll_stats_kendall_p_corrected(&points, &corrected));
		*ret_plain += p < 0.05;
		*ret_corrected += corrected < 0.05;
		if (kendall.score > 0 && corrected < p * (1 - 1e-12) && count > 20)
			fail_msg("%g is below %g", corrected, p); /* K9 */
	}
}

static void correction_keeps_false_alarms_near_what_was_asked_for(void **state)
{
	static const struct {
		size_t count;
		double rho;
		int strata, plain_at_least, corrected_at_most; /* of 1000 */
	} cases[] = {
		{50, 0.0, 1, 20, 60},   {50, 0.6, 1, 160, 90},  {150, 0.6, 1, 160, 80},
		{20, 0.6, 1, 120, 110}, {12, 0.6, 5, 120, 110}, {30, 0.8, 3, 200, 130},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(cases); i++) {
		int plain, corrected;

		count_alarms(cases[i].count, cases[i].rho, cases[i].strata, 1000, &plain,
		             &corrected);
		if (plain < cases[i].plain_at_least || corrected > cases[i].corrected_at_most)
			fail_msg("n %zu, rho %g, %d strata: plain %d, corrected %d of 1000",
			         cases[i].count, cases[i].rho, cases[i].strata, plain, corrected);
	}
}

static void a_line_stays_certain_although_it_is_no_double(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	struct ll_kendall kendall;
	double p, corrected;

	(void)state;
	for (int i = 0; i < 40; i++)
		ll_points_add_whole(&points, i, i / 3.0, 0);
	assert_true(ll_points_arrange(&points));
	kendall = kendall_of(&points);

	assert_true(ll_stats_kendall_p(&kendall, &p));
	assert_true(ll_stats_kendall_p_corrected(&points, &corrected));
	assert_near(corrected, p, 0); /* A1, A5 */
}

static void lives_too_short_to_tell_are_left_as_they_are(void **state)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
	struct ll_kendall kendall;
	double p, corrected;
	uint64_t chance = 99;

	(void)state;
	for (int stratum = 0; stratum < 12; stratum++)
		add_process(&points, 4, 0.9, stratum, &chance);
	assert_true(ll_points_arrange(&points));
	kendall = kendall_of(&points);

	assert_true(ll_stats_kendall_p(&kendall, &p));
	assert_true(ll_stats_kendall_p_corrected(&points, &corrected));
	assert_near(corrected, p, 0); /* A2 */
}

static void correction_stands_the_ends_of_double_range(void **state)
{
	static const double scales[] = {1e-320, 1e-300, 1e300, 1.7e308};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(scales); i++) {
		LL_CLEANUP(ll_points_done) struct ll_points points = {.has_real_x = false};
		uint64_t chance = 1;
		double p;

		for (int k = 0; k < 30; k++)
			ll_points_add_whole(&points, k, (draw(&chance) * 2 - 1) * scales[i], 0);
		assert_true(ll_points_arrange(&points));
		assert_true(ll_stats_kendall_p_corrected(&points, &p));
		assert_true(p > 0 && p < 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counting_by_sorting_is_counting_all_pairs),
		cmocka_unit_test(strata_add_up),
		cmocka_unit_test(variance_is_that_of_all_permutations_with_any_ties),
		cmocka_unit_test(exact_tail_is_that_of_all_permutations),
		cmocka_unit_test(exact_tail_with_equal_y_is_that_of_all_permutations),
		cmocka_unit_test(exact_tail_of_two_lives_is_that_of_all_pairs_of_orders),
		cmocka_unit_test(rises_before_and_after_a_restart_count_together),
		cmocka_unit_test(the_most_falls_are_those_with_at_most_that_chance),
		cmocka_unit_test(chances_of_a_rise_and_of_its_mirror_add_to_one),
		cmocka_unit_test(twenty_rises_in_a_row_have_one_chance_in_twenty_factorial),
		cmocka_unit_test(tau_is_one_for_what_always_rises),
		cmocka_unit_test(what_never_moves_has_no_tau_and_every_chance),
		cmocka_unit_test(rising_functions_of_y_change_nothing),
		cmocka_unit_test(correction_keeps_false_alarms_near_what_was_asked_for),
		cmocka_unit_test(a_line_stays_certain_although_it_is_no_double),
		cmocka_unit_test(lives_too_short_to_tell_are_left_as_they_are),
		cmocka_unit_test(correction_stands_the_ends_of_double_range),
	};

	return cmocka_run_group_tests_name("analyze.stats_kendall", tests, NULL, NULL);
}
