/* SPDX-License-Identifier: Apache-2.0 */
/* test_score.c - how sure a finding may be called, and why not surer. */
#include "case_ledger.h"
#include "judge.h"

#define PUT                                                                                        \
	"heap example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:31 < "                    \
	"main.main@/src/shop/main.go:9 | size=4096; "

static void a_young_finding_has_a_capped_score_and_says_why(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n"
	                   "memstats live=40M+2.5M\n");

	assert_rows(t, "SELECT severity, score, uncapped_score > score, cap_reason FROM v_finding",
	            "warning|69|1|it began with its process, as what fills up does\n");
}

/* A process of the build before lived as long and kept next to nothing: it is no cache. */
static void growth_that_came_with_a_deploy_may_be_an_error(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24 build=b1\n" PUT
	                   "live=2; born=2+1\nmemstats live=40M~1M\n"
	                   "process pod-1 start=30h captures=24 build=b2\n" PUT "live=10+5\n"
	                   "memstats live=40M+2.5M\n");

	assert_rows(t, "SELECT severity, score, cap_reason FROM v_finding",
	            "error|74|fewer than three lives of a process were watched\n");
}

/* Leak or cache, the process ends at its limit within days. */
static void growth_near_the_limit_may_be_an_error(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n"
	                   "memstats live=40M+2.5M\nreading cgroup.memory.max 512M\n");

	assert_rows(t, "SELECT severity, score FROM v_finding WHERE class = 'object'",
	            "error|74\n");
}

/* The total of the profiles rises with the line that they show: it is no second witness. */
static void growth_that_only_heap_profiles_show_is_a_warning(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n");

	assert_rows(t, "SELECT severity, score, cap_reason FROM v_finding",
	            "warning|69|only heap profiles show it\n");
}

/* Its cache may be as large as two halves of a week need: no process lived to tell. */
static void growth_that_each_restart_ends_is_a_warning(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\n"
	                   "process pod-1 captures=24 build=b1\n" PUT "live=10+5\n"
	                   "process pod-1 start=24h captures=24 build=b1\n" PUT "live=10+5\n"
	                   "process pod-1 start=48h captures=24 build=b1\n" PUT "live=10+5\n");

	assert_rows(t, "SELECT severity, score, cap_reason FROM v_finding",
	            "warning|69|no process lived long enough to show whether it levels off\n");
}

/* Their caches would fill together: two do not show more than one does. */
static void replicas_that_were_watched_for_minutes_are_a_warning(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24 every=60s\n" PUT "live=10+5\n"
	                   "process pod-2 captures=24 every=60s\n" PUT "live=11+5\n");

	assert_rows(t, "SELECT severity, score, cap_reason FROM v_finding",
	            "warning|64|they were watched for less than half an hour\n");
}

/* Six captures of each of two instances are twelve captures, and no more than six of a process. */
static void few_captures_of_each_instance_are_a_warning(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=8\n" PUT "live=200+200\n"
	                   "memstats live=32M+1M\n"
	                   "process pod-2 captures=8\n" PUT "live=210+200\nmemstats live=32M+1M\n");

	assert_rows(t, "SELECT severity, score, cap_reason FROM v_finding",
	            "warning|64|fewer than twelve captures of one process could be judged\n");
}

/* Two replicas and one deploy: four lives, and each says as little as the others. */
static void a_deploy_of_replicas_makes_no_more_of_few_captures(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\n"
	                   "process pod-1 captures=10 build=b1\n" PUT "live=10+9\n"
	                   "process pod-2 captures=10 build=b1\n" PUT "live=11+9\n"
	                   "process pod-1 start=10h captures=10 build=b1\n" PUT "live=10+9\n"
	                   "process pod-2 start=10h captures=10 build=b1\n" PUT "live=11+9\n");

	assert_rows(t, "SELECT lives, severity, score, cap_reason FROM v_finding",
	            "4|warning|64|fewer than twelve captures of one process could be judged\n");
}

static void the_score_follows_from_the_terms_that_are_listed(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24\n" PUT "live=10+5\n"
	                   "memstats live=40M+2.5M\n");

	assert_rows(t,
	            "SELECT f.uncapped_score = round(100 * (1 - exp(sum(ln(1 - e.weight *"
	            " e.strength))))) FROM v_finding AS f JOIN v_evidence AS e USING (id)"
	            " WHERE e.is_counted = 1",
	            "1\n");
}

/* Rule 3, of rows that only say what there is, however strong they are. */
static int score_of(const char *term)
{
	const struct ll_analyzer analyzer = {.term = ll_str(term)};
	const struct ll_row row = {.analyzer = &analyzer, .strength = 1};
	struct ll_candidate candidate = {.score = 0};
	int score;

	*(struct ll_counted *)ll_vec_push(&candidate.rows, sizeof(struct ll_counted)) =
		(struct ll_counted){.row = &row, .weight = 0.9};
	*(struct ll_place *)ll_vec_push(&candidate.places, sizeof(struct ll_place)) =
		(struct ll_place){.kind = LL_SUBJECT_GOROUTINES,
	                          .lives = 9,
	                          .longest_captures = 99,
	                          .last_ns = 30 * LL_NS_PER_DAY,
	                          .span_ns = 30 * LL_NS_PER_DAY};
	ll_score(&candidate);
	score = candidate.score;
	ll_vec_done(&candidate.rows);
	ll_vec_done(&candidate.places);
	return score;
}

static void a_level_is_held_where_growth_is_not(void **state)
{
	(void)state;
	assert_int_equal(score_of("growth"), 90);
	assert_int_equal(score_of("stuck"), 90);
	assert_int_equal(score_of("context"), 40);
	assert_int_equal(score_of("pattern"), 40);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_young_finding_has_a_capped_score_and_says_why),
		TEST(growth_that_came_with_a_deploy_may_be_an_error),
		TEST(growth_near_the_limit_may_be_an_error),
		TEST(growth_that_only_heap_profiles_show_is_a_warning),
		TEST(growth_that_each_restart_ends_is_a_warning),
		TEST(replicas_that_were_watched_for_minutes_are_a_warning),
		TEST(few_captures_of_each_instance_are_a_warning),
		TEST(a_deploy_of_replicas_makes_no_more_of_few_captures),
		TEST(the_score_follows_from_the_terms_that_are_listed),
		cmocka_unit_test(a_level_is_held_where_growth_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
