/* SPDX-License-Identifier: Apache-2.0 */
/* test_commands.c - the commands that ask: findings, captures, report, list, help, version. */
#include "shop.h"

#include <leakledger/json.h>

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

/* A ledger with one leak. */
static void fill(struct shop *shop)
{
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -q", 0);
}

/* Fails unless every line is one JSON object; returns how many. */
static size_t count_objects(const struct ll_buf *out)
{
	struct ll_str rest = ll_buf_str(out);
	size_t count = 0;

	while (rest.size > 0) {
		struct ll_json json;
		struct ll_json_token token;

		ll_json_init(&json, ll_str_split(&rest, '\n'));
		assert_int_equal(ll_json_next(&json).kind, LL_JSON_OBJECT);
		do
			token = ll_json_next(&json);
		while (token.kind != LL_JSON_END && token.kind != LL_JSON_BAD);
		assert_int_equal(token.kind, LL_JSON_END);
		count++;
	}
	return count;
}

static void findings_for_people_are_a_table(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "findings", 0);

	assert_has(shop->out, "severity  score  state");
	assert_has(shop->out, "cart.(*Store).Put store.go:31");
}

static void an_empty_table_says_why_it_is_empty(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_healthy);
	assert_exit(shop, "ingest in -q", 0);
	assert_exit(shop, "findings", 0);
	assert_has(shop->out,
	           "no findings: nothing was judged yet; 'leakledger analyze' does that\n");

	assert_exit(shop, "analyze -q", 0);
	assert_exit(shop, "findings", 0);
	assert_has(shop->out, "no findings\n");

	shop_stock(shop, "service soup\nprocess pod-1 captures=1\nmemstats live=40M\n");
	assert_exit(shop, "run in -q", 0);
	assert_exit(shop, "findings", 0);
	assert_has(shop->out, "no findings; not enough evidence to judge 1 of 2 services\n");

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in -q", 0);
	assert_exit(shop, "findings --class goroutine", 0);
	assert_has(shop->out, "no findings of that choice\n");
	assert_exit(shop, "findings --class gorutine", 2);
	assert_has(shop->err, "no finding can be of class 'gorutine'; did you mean 'goroutine'?");
}

static void findings_for_machines_have_the_keys_of_the_contract(void **state)
{
	struct shop *const shop = *state;
	static const char *const keys[] = {
		"id",
		"class",
		"service",
		"instances",
		"function",
		"file",
		"line",
		"wait_reason",
		"severity",
		"score",
		"growth_bytes_per_day",
		"growth_per_day",
		"state",
		"first_seen",
		"last_seen",
		"first_bad_build",
		"summary",
		"explanation",
		"remedy",
		"evidence",
	};
	char key[64];

	fill(shop);

	assert_exit(shop, "findings --format jsonl", 0);

	assert_int_equal(count_objects(&shop->out), 1);
	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		(void)snprintf(key, sizeof key, "\"%s\":", keys[i]);
		assert_has(shop->out, key);
	}
	assert_has(shop->out, "\"instances\":[\"pod-1\"]");
	assert_has(shop->out, "\"line\":31,");
}

static void findings_can_be_chosen_by_service_class_and_score(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "findings --format jsonl --service 'c*' --class object --min-score 1", 0);
	assert_int_equal(count_objects(&shop->out), 1);
	assert_exit(shop, "findings --format jsonl --service menu", 0);
	assert_int_equal(count_objects(&shop->out), 0);
	assert_exit(shop, "findings --format jsonl --class goroutine", 0);
	assert_int_equal(count_objects(&shop->out), 0);
	assert_exit(shop, "findings --format jsonl --min-score 100", 0);
	assert_int_equal(count_objects(&shop->out), 0);
}

static void csv_has_a_header_and_markdown_a_rule(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "findings --format csv", 0);
	assert_has(shop->out, "id,class,service,instances,function,file,line,");
	assert_exit(shop, "findings --format md", 0);
	assert_has(shop->out, "| --- |");
}

static void captures_say_what_each_file_is_and_what_told_it(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "captures --format jsonl", 0);

	assert_true(count_objects(&shop->out) > 48);
	assert_has(shop->out, "\"kind\":\"heap\"");
	assert_has(shop->out, "\"service\":\"cart\",\"instance\":\"pod-1\"");
	assert_has(shop->out, "\"status\":\"ok\",\"reason\":null");
	assert_has(shop->out, "\"totals\":{");
	assert_has(shop->out, "\"time_source\":\"content\",\"time_zone_assumed\":0");
	assert_has(shop->out, "\"identity_rule\":\"directories: service/instance\","
	                      "\"build_source\":\"content\",\"layout\":\"\"");
	assert_has(shop->out, "\"audit\":null,\"is_left_out\":0");
	assert_exit(shop, "captures --format csv", 0);
	assert_has(shop->out, ",time_source,time_zone_assumed,lifetime,status,reason,size,"
	                      "identity_rule,build_source,layout,audit,is_left_out,totals");
	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "status  kind");
}

static void report_makes_the_same_site_again(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "report -o again", 0);

	assert_has(shop->out, "again/index.html\n");
	shop_do(shop, "diff -r leakledger-report again");
}

static void a_window_cuts_the_pictures(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "report -o cut --since 2100-01-01", 0);

	shop_do(shop, "cat cut/service/cart.html");
	assert_has(shop->out, "No heap profiles were captured");
}

static void asking_a_ledger_that_is_not_there_tells_how_to_make_one(void **state)
{
	struct shop *const shop = *state;
	static const char *const commands[] = {"findings", "captures", "report", "analyze"};

	for (size_t i = 0; i < LL_COUNT(commands); i++) {
		assert_exit(shop, commands[i], 2);
		assert_has(shop->err,
		           "no ledger at 'leakledger.db'; 'leakledger run CAPTURES' makes one");
	}
	shop_do(shop, "test ! -e leakledger.db");
}

static void analyze_can_show_the_rows_of_one_analyzer(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "analyze --rule heap.site_growth", 0);

	assert_has(shop->out, "heap.site_growth\tcart\tsite:");
	assert_has_not(shop->out, "menu");
}

static void every_command_has_help_with_examples(void **state)
{
	struct shop *const shop = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf list;
	struct ll_str rest;

	ll_buf_init(&list, LL_BUF_PAGE);
	assert_exit(shop, "list commands", 0);
	ll_buf_put_str(&list, ll_buf_str(&shop->out));
	rest = ll_buf_str(&list);
	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');
		const struct ll_str name = ll_str_split(&line, ' ');
		char command[64];

		(void)snprintf(command, sizeof command, "%.*s --help", LL_STR_ARG(name));
		assert_exit(shop, command, 0);
		assert_has(shop->out, "Usage: leakledger ");
		assert_has(shop->out, "Examples:\n  leakledger");
	}
}

static void lists_are_not_empty_and_unknown_ones_are_refused(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "list analyzers", 0);
	assert_has(shop->out, "heap.site_growth");
	assert_exit(shop, "list formats", 0);
	assert_has(shop->out, "pprof");
	assert_exit(shop, "list functions", 0);
	assert_has(shop->out, "theil_sen");
	assert_exit(shop, "list reports", 0);
	assert_has(shop->out, "site");
	assert_exit(shop, "list resources", 0);
	assert_has(shop->out, "templates/page.xsl");
	assert_exit(shop, "list analyser", 2);
	assert_has(shop->err, "did you mean 'list analyzers'?");
}

static void help_explains_analyzers(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "help heap.site_growth", 0);
	assert_has(shop->out, "Why it tells something");
	assert_has(shop->out, "What it cannot see");
	assert_has(shop->out, "Source");
	assert_exit(shop, "help nonsense", 2);
	assert_has(shop->err, "no command, analyzer or rule 'nonsense'");
}

static void version_is_one_line(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "version", 0);
	assert_has(shop->out, "leakledger 0.1.0");
	assert_exit(shop, "--version", 0);
	assert_has(shop->out, "leakledger 0.1.0");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(findings_for_people_are_a_table),
		TEST(an_empty_table_says_why_it_is_empty),
		TEST(findings_for_machines_have_the_keys_of_the_contract),
		TEST(findings_can_be_chosen_by_service_class_and_score),
		TEST(csv_has_a_header_and_markdown_a_rule),
		TEST(captures_say_what_each_file_is_and_what_told_it),
		TEST(report_makes_the_same_site_again),
		TEST(a_window_cuts_the_pictures),
		TEST(asking_a_ledger_that_is_not_there_tells_how_to_make_one),
		TEST(analyze_can_show_the_rows_of_one_analyzer),
		TEST(every_command_has_help_with_examples),
		TEST(lists_are_not_empty_and_unknown_ones_are_refused),
		TEST(help_explains_analyzers),
		TEST(version_is_one_line),
	};

	return cmocka_run_group_tests_name("cli commands", tests, NULL, NULL);
}
