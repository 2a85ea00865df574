/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_rule_cases.c - every rule for replay has a small made-up fleet on which it fires, and one on
 * which it is silent, with exact numbers.
 *
 * tests/analyze/rules/<rule>/<what it shows>.case is written as captures, read, and the rule of the
 * folder is replayed (case_file.h tells the format), once for each expectation:
 *
 *     fires N of M [alarms K] [held H] [with NAME=VALUE ...]
 *     silent of M [with NAME=VALUE ...]
 *     silent needs WORDS               it cannot be evaluated, and says so
 */
#include "case_ledger.h"

#include <leakledger/file.h>

enum {
	OVERRIDES_MAX = 8,
};

struct run {
	struct test_ledger t;
	const char *rule; /* of the folder */
	const char *file; /* of the case, to name it */
	size_t wrong;
	bool expects_fire, expects_silence;
};

struct wanted {
	int64_t fired, looked, alarms, held; /* -1: whatever it is */
	struct ll_str needs;
	const char *overrides[OVERRIDES_MAX];
	size_t override_count;
};

static struct ll_str next_word(struct ll_str *rest)
{
	*rest = ll_str_trim(*rest);
	return ll_str_split(rest, ' ');
}

static int64_t next_number(struct ll_str *rest)
{
	int64_t number;

	return ll_str_to_i64(next_word(rest), &number) ? number : -2;
}

/* False at a word that is none of the format's. */
static bool parse(struct ll_str rest, struct ll_arena *arena, struct wanted *wanted)
{
	*wanted = (struct wanted){.looked = -1, .alarms = -1, .held = -1};
	if (ll_str_equal(next_word(&rest), ll_str("fires")))
		wanted->fired = next_number(&rest);
	while (rest.size > 0) {
		const struct ll_str word = next_word(&rest);

		if (ll_str_equal(word, ll_str("of"))) {
			wanted->looked = next_number(&rest);
		} else if (ll_str_equal(word, ll_str("alarms"))) {
			wanted->alarms = next_number(&rest);
		} else if (ll_str_equal(word, ll_str("held"))) {
			wanted->held = next_number(&rest);
		} else if (ll_str_equal(word, ll_str("needs"))) {
			wanted->needs = ll_str_trim(rest);
			wanted->looked = 0;
			return true;
		} else if (ll_str_equal(word, ll_str("with"))) {
			while (rest.size > 0 && wanted->override_count < OVERRIDES_MAX)
				wanted->overrides[wanted->override_count++] =
					ll_arena_str(arena, next_word(&rest)).data;
		} else {
			return false;
		}
	}
	return true;
}

static void complain(struct run *run, const struct test_expectation *expectation, const char *words)
{
	print_error("%s:%d: '%s': %s\n", run->file, expectation->line, expectation->text, words);
	run->wrong++;
}

static void replay(struct run *run, const struct wanted *wanted)
{
	const struct ll_replay_options options = {
		.rule = run->rule,
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
		.overrides = wanted->overrides,
		.override_count = wanted->override_count,
		.time_limit_ns = 60 * LL_NS_PER_S,
	};
	struct ll_replay_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_replay(run->t.ledger, &options, &result, &err), &err);
	if (result.failed > 0)
		fail_msg("%s: %s", run->file, result.failure.text);
}

static void check(struct run *run, const struct test_expectation *expectation,
                  struct ll_arena *arena)
{
	static const char *const sql[] = {
		"SELECT CAST(fired AS INTEGER) FROM replay_by_rule",
		"SELECT CAST(looked AS INTEGER) FROM replay_by_rule",
		"SELECT CAST(alarms AS INTEGER) FROM replay_by_rule",
		"SELECT CAST(held_back AS INTEGER) FROM replay_by_rule",
	};
	struct wanted wanted;
	struct ll_buf remark;
	char words[256];

	if (!parse(ll_str(expectation->text), arena, &wanted)) {
		complain(run, expectation, "unknown word");
		return;
	}
	replay(run, &wanted);
	for (size_t i = 0; i < LL_COUNT(sql); i++) {
		const int64_t expected = (const int64_t[]){wanted.fired, wanted.looked,
		                                           wanted.alarms, wanted.held}[i];
		const int64_t actual = test_ledger_i64(&run->t, sql[i]);

		if (expected == -1 || expected == actual)
			continue;
		(void)snprintf(words, sizeof words, "%s is %lld", sql[i], (long long)actual);
		complain(run, expectation, words);
	}
	ll_buf_init(&remark, LL_BUF_MESSAGE);
	test_ledger_rows(&run->t, "SELECT remark FROM replay_by_rule", &remark);
	(void)snprintf(words, sizeof words, "not evaluable: needs %.*s\n",
	               LL_STR_ARG(wanted.needs));
	if (wanted.needs.size > 0 && !ll_str_equal(ll_buf_str(&remark), ll_str(words)))
		complain(run, expectation, remark.data);
	ll_buf_done(&remark);
	run->expects_fire |= wanted.fired > 0;
	run->expects_silence |= wanted.fired == 0 && wanted.looked > 0;
}

static void run_case(struct run *run, const struct ll_file *file)
{
	struct test_case test_case;
	struct ll_buf text;
	struct ll_error err = LL_ERROR_INIT;
	const struct test_expectation *expectations;

	run->file = file->relative;
	ll_buf_init(&text, LL_BUF_PAGE);
	assert_ok(ll_file_read(file->path, &text, &err), &err);
	if (test_case_parse(ll_buf_str(&text), &test_case, &err) < 0)
		fail_msg("%s: %s", file->relative, err.text);
	test_ledger_open(&run->t, NULL);
	test_case_store(&test_case, &run->t);
	expectations = test_case.expectations.items;
	for (size_t i = 0; i < test_case.expectations.count; i++)
		check(run, &expectations[i], &test_case.arena);
	test_ledger_done(&run->t);
	test_case_done(&test_case);
	ll_buf_done(&text);
}

/* The folder of a case, which is the rule's id. */
static bool is_of(const struct ll_file *file, struct ll_str id)
{
	struct ll_str rest = ll_str(file->relative);

	return ll_str_equal(ll_str_split(&rest, '/'), id) && ll_str_ends(rest, ".case");
}

/* Benchmarks have no form in cases: test_replay.c has them. */
static size_t run_rule(const struct ll_rule *rule, const struct ll_file_list *files)
{
	struct run run = {.rule = rule->id.data};

	if (ll_str_equal(rule->asks, ll_str("benchmark")))
		return 0;
	for (size_t i = 0; i < files->count; i++) {
		if (is_of(&files->items[i], rule->id))
			run_case(&run, &files->items[i]);
	}
	if (!run.expects_fire)
		print_error("%s: no case in which it fires\n", run.rule);
	if (!run.expects_silence)
		print_error("%s: no case in which it is silent\n", run.rule);
	return run.wrong + !run.expects_fire + !run.expects_silence;
}

static void every_rule_fires_where_it_should_and_is_silent_where_it_should(void **state)
{
	struct ll_resources *resources = NULL;
	struct ll_rules *rules = NULL;
	struct ll_arena arena = LL_ARENA_INIT;
	struct ll_file_list files;
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_rule *all;
	const char *const only = getenv("LEAKLEDGER_CASE"); /* an id, to run its cases alone */
	size_t count, wrong = 0;

	(void)state;
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_rules_open(resources, &rules, &err), &err);
	assert_ok(ll_file_walk(ll_test_source("tests/analyze/rules"), &arena, &files, &err), &err);
	all = ll_rules_all(rules, &count);
	assert_true(count > 25);
	for (size_t i = 0; i < count; i++) {
		if (!only || ll_str_equal(all[i].id, ll_str(only)))
			wrong += run_rule(&all[i], &files);
	}
	for (size_t i = 0; i < files.count; i++) {
		struct ll_str rest = ll_str(files.items[i].relative);
		const char *const id = ll_arena_str(&arena, ll_str_split(&rest, '/')).data;

		if (!ll_rules_find(rules, id))
			fail_msg("%s: there is no rule %s", files.items[i].relative, id);
	}

	assert_int_equal(wrong, 0);
	ll_arena_done(&arena);
	ll_rules_close(rules);
	ll_resources_close(resources);
}

static void every_rule_is_documented_and_says_where_it_is_from(void **state)
{
	struct ll_resources *resources = NULL;
	struct ll_rules *rules = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf page;
	const struct ll_rule *all;
	size_t count;

	(void)state;
	ll_test_read("docs/rules.md", &page);
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_rules_open(resources, &rules, &err), &err);
	all = ll_rules_all(rules, &count);
	for (size_t i = 0; i < count; i++) {
		char wanted[128];

		(void)snprintf(wanted, sizeof wanted, "`%.*s`", LL_STR_ARG(all[i].id));
		if (!strstr(page.data, wanted))
			fail_msg("docs/rules.md says nothing of %s", wanted);
		if (all[i].source.size == 0)
			fail_msg("%s does not say where it is from", wanted);
	}
	ll_rules_close(rules);
	ll_resources_close(resources);
	ll_buf_done(&page);
}

/* As somebody would copy it into a file. */
static void the_example_of_the_page_is_a_rule_that_runs(void **state)
{
	static const char mark[] = "```sql\n";
	char *const directory = ll_test_scratch();
	struct test_ledger t;
	struct ll_replay_result result;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf page;
	struct ll_str text;

	(void)state;
	ll_test_read("docs/rules.md", &page);
	text = ll_buf_str(&page);
	text = ll_str_from(text, ll_str_find(text, mark) + strlen(mark));
	text = ll_str_first(text, ll_str_find(text, "```"));
	free(ll_test_write(directory, "sql/catalog/rules/ours_rss.sql", text));
	test_ledger_open(&t, directory);

	assert_ok(ll_replay(t.ledger,
	                    &(struct ll_replay_options){.rule = "ours_rss",
	                                                .since_ns = LL_TIME_NONE,
	                                                .until_ns = LL_TIME_NONE},
	                    &result, &err),
	          &err);

	assert_int_equal(result.rules, 1);
	test_ledger_done(&t);
	ll_test_scratch_done(directory);
	ll_buf_done(&page);
}

static void the_page_names_every_input(void **state)
{
	struct test_ledger t;
	struct ll_replay_result result;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf page, inputs, sql;
	struct ll_str rest;
	size_t count = 0;

	(void)state;
	ll_test_read("docs/rules.md", &page);
	ll_buf_init(&inputs, LL_BUF_PAGE);
	test_ledger_open(&t, NULL);
	assert_ok(ll_replay(t.ledger,
	                    &(struct ll_replay_options){.since_ns = LL_TIME_NONE,
	                                                .until_ns = LL_TIME_NONE},
	                    &result, &err),
	          &err);
	ll_test_read("sql/replay/inputs.sql", &sql);
	test_ledger_rows(&t, sql.data, &inputs);
	rest = ll_buf_str(&inputs);
	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');
		char wanted[64];

		(void)snprintf(wanted, sizeof wanted, "`%.*s`",
		               LL_STR_ARG(ll_str_split(&line, '|')));
		if (!strstr(page.data, wanted))
			fail_msg("docs/rules.md says nothing of the input %s", wanted);
		count++;
	}
	assert_true(count >= 13);
	test_ledger_done(&t);
	ll_buf_done(&sql);
	ll_buf_done(&inputs);
	ll_buf_done(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_fires_where_it_should_and_is_silent_where_it_should),
		cmocka_unit_test(every_rule_is_documented_and_says_where_it_is_from),
		cmocka_unit_test(the_example_of_the_page_is_a_rule_that_runs),
		cmocka_unit_test(the_page_names_every_input),
	};

	return cmocka_run_group_tests_name("rules for replay", tests, NULL, NULL);
}
