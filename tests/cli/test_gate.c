/* SPDX-License-Identifier: Apache-2.0 */
/* test_gate.c - leakledger gate: what is new or worse ends with 1, what is not with 0. */
#include "shop.h"

#include <leakledger/ledger.h>

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -q", 0);
}

static void write_text(struct shop *shop, const char *name, const char *text)
{
	free(ll_test_write(shop->directory, name, ll_str(text)));
}

static void change_ledger(struct shop *shop, const char *sql)
{
	struct ll_resources *resources = NULL;
	struct ll_ledger *ledger = NULL;
	struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/leakledger.db", shop->directory);
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_ledger_open(path, LL_LEDGER_WRITE, resources, &ledger, &err), &err);
	assert_ok(ll_stmt_prepare(ledger, ll_str(sql), &stmt, &err), &err);
	assert_ok(ll_stmt_step(stmt, &err), &err);
	ll_stmt_free(stmt);
	ll_ledger_close(ledger);
	ll_resources_close(resources);
}

/* --------------------------------------------------------------------- findings */

static void a_new_finding_fails_and_says_why(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "gate", 1);

	assert_has(shop->out, "gate FAILED: 1 of 1 open findings is new or worse");
	assert_has(shop->out, "new since the judgment before");
	assert_has(shop->out, "there is no baseline");
}

static void what_the_baseline_has_passes(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "gate --write-baseline known.json", 0);
	assert_has(shop->err, "known.json: 1 finding");

	assert_exit(shop, "gate --baseline known.json", 0);
	assert_has(shop->out, "gate passed: 1 open findings, none of them new or worse");
	assert_exit(shop, "gate --baseline known.json --fail-on any", 1);
	assert_has(shop->out, "open; ");
}

static void a_baseline_written_again_has_the_same_bytes(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "gate --write-baseline a.json", 0);
	assert_exit(shop, "gate --write-baseline b.json", 0);

	shop_do(shop, "cmp a.json b.json");
	assert_exit(shop, "gate --write-baseline a.json", 0);
	assert_has(shop->err, ", as before");
	shop_do(shop, "grep -c '^{\"id\":' a.json | grep -qx 1");
}

static void what_grows_much_faster_than_the_baseline_is_worse(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "gate --write-baseline a.json", 0);
	shop_do(shop,
	        "sed -i 's/\"growth_bytes_per_day\":[0-9]*/\"growth_bytes_per_day\":1000/' a.json");

	assert_exit(shop, "gate --baseline a.json", 1);
	assert_has(shop->out, "worse: gains at least");
	assert_exit(shop, "gate --baseline a.json --fail-on new", 0);
}

static void a_higher_severity_is_worse(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "gate --write-baseline a.json", 0);
	shop_do(shop, "sed -i 's/\"severity\":\"[a-z]*\"/\"severity\":\"info\"/' a.json");

	assert_exit(shop, "gate --baseline a.json", 1);
	assert_has(shop->out, "worse: its severity was info, now it is ");
}

static void a_severity_that_is_not_reached_passes(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	change_ledger(shop, "UPDATE finding SET severity = 'warning'");

	assert_exit(shop, "gate --fail-on any:error", 0);
	assert_has(shop->out, "with severity error");
	assert_exit(shop, "gate --fail-on any:warning", 1);
}

static void what_is_no_longer_found_is_told_and_passes(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "gate --write-baseline a.json", 0);
	shop_do(shop,
	        "sed -i 's/^{\"id\":.*/&,{\"id\":\"aaaaaaaaaaaa\",\"service\":\"gone\",\"class\":"
	        "\"map\",\"function\":\"f\",\"severity\":\"error\",\"later\":[{}]}/' a.json");

	assert_exit(shop, "gate --baseline a.json", 0);
	assert_has(shop->out, "1 of the baseline no longer found");
	assert_has(shop->out, "aaaaaaaaaaaa gone: map f");
	assert_exit(shop, "gate --baseline a.json --service cart", 0);
	assert_has_not(shop->out, "no longer found");
}

static void what_is_suppressed_never_fails(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	write_text(shop, "leakledger.conf",
	           "[suppress \"known\"]\nservice = cart\nreason = soon\nowner = me\n"
	           "until = 2199-12-31\n");
	assert_exit(shop, "analyze -q", 0);

	assert_exit(shop, "gate --fail-on any", 0);
	assert_has(shop->out, "1 suppressed.");
	assert_exit(shop, "gate --write-baseline a.json", 0);
	assert_has(shop->err, "a.json: 0 findings");
}

static void every_form_has_the_reason(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "gate --format junit", 1);
	assert_has(shop->out, "<failure message=\"new since the judgment before\"");
	assert_exit(shop, "gate --format sarif", 1);
	assert_has(shop->out, "\"ruleId\":\"leak/object\"");
	assert_exit(shop, "gate --format md", 1);
	assert_has(shop->out, "| new since the judgment before |");
	assert_exit(shop, "gate --write-baseline a.json", 0);
	assert_exit(shop, "gate --baseline a.json --format junit", 0);
	assert_has(shop->out, "failures=\"0\"");
	assert_exit(shop, "gate --baseline a.json --format sarif", 0);
	assert_has_not(shop->out, "\"ruleId\"");
}

static void nothing_to_judge_is_no_pass(void **state)
{
	struct shop *const shop = *state;

	write_text(shop, "in/cart/pod-1/dump.txt",
	           "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:10 +0x20\n");
	assert_exit(shop, "run in -q", 0);

	assert_exit(shop, "gate", 4);
	assert_has(shop->err, "that is no pass");
}

static void what_is_no_baseline_is_refused(void **state)
{
	struct shop *const shop = *state;
	static const struct {
		const char *text, *why;
	} bad[] = {
		{"", "is no baseline"},
		{"[]", "is no baseline"},
		{"{\"format\":\"leakledger-findings\"}", "is no baseline"},
		{"{\"format\":\"leakledger-baseline\",\"schema_version\":1,\n\"findings\":[{\"id\":",
	         "is damaged in line 2"},
		{"{\"format\":\"leakledger-baseline\",\"schema_version\":1,\"findings\":[{}]}",
	         "is damaged in line 1"},
		{"{\"format\":\"leakledger-baseline\",\"schema_version\":2,\"findings\":[]}",
	         "is of another version"},
	};

	fill(shop);
	for (size_t i = 0; i < LL_COUNT(bad); i++) {
		write_text(shop, "bad.json", bad[i].text);
		assert_exit(shop, "gate --baseline bad.json", 2);
		assert_has(shop->err, bad[i].why);
	}
	assert_exit(shop, "gate --baseline nowhere.json", 2);
	assert_has(shop->err, "baseline 'nowhere.json'");
	assert_exit(shop, "gate --write-baseline nowhere/a.json", 73);
	assert_exit(shop, "gate --baseline a.json --write-baseline a.json", 2);
	assert_exit(shop, "gate --fail-on worst", 2);
	assert_exit(shop, "gate --fail-on new:", 2);
	assert_exit(shop, "gate --fail-on new:fatal", 2);
}

/* ------------------------------------------------------------------- benchmarks */

static void write_bench(struct shop *shop, const char *name, int lines, const char *line)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	for (int i = 0; i < lines; i++)
		ll_buf_printf(&text, "%s\n", line);
	write_text(shop, name, text.data);
	ll_buf_done(&text);
}

static void more_bytes_of_a_benchmark_fail(void **state)
{
	struct shop *const shop = *state;

	write_bench(shop, "a.txt", 5, "BenchmarkPut-8 100 50 ns/op 100 B/op 2 allocs/op");
	write_bench(shop, "b.txt", 5, "BenchmarkPut-8 100 90 ns/op 150 B/op 2 allocs/op");

	assert_exit(shop, "gate a.txt b.txt", 1);
	assert_has(shop->out, "gate FAILED: 1 of 2 comparisons got worse");
	assert_has(shop->out, "FAILED   Put-8      B/op");
	assert_exit(shop, "gate b.txt a.txt", 0);
	assert_exit(shop, "gate a.txt b.txt --min-effect 60", 0);
	assert_exit(shop, "gate a.txt b.txt --unit ns/op --format junit", 1);
	assert_has(shop->out, "tests=\"3\" failures=\"2\"");
	assert_exit(shop, "gate a.txt b.txt --format md", 1);
	assert_has(shop->out, "| FAILED | Put-8 | B/op |");
}

static void too_few_results_are_no_pass(void **state)
{
	struct shop *const shop = *state;

	write_bench(shop, "a.txt", 3, "BenchmarkPut-8 100 50 ns/op 100 B/op");
	write_bench(shop, "b.txt", 3, "BenchmarkPut-8 100 50 ns/op 900 B/op");

	assert_exit(shop, "gate a.txt b.txt", 4);
	assert_has(shop->out, "1 had too few results");
}

static void several_sets_in_a_file_are_told(void **state)
{
	struct shop *const shop = *state;

	write_bench(shop, "a.txt", 4, "BenchmarkPut-8 100 50 ns/op 100 B/op");
	write_text(shop, "b.txt",
	           "BenchmarkPut-8 100 50 ns/op 100 B/op\n\nWith the change:\n\n"
	           "BenchmarkPut-8 100 40 ns/op 90 B/op\n");

	assert_exit(shop, "gate a.txt b.txt", 4);
	assert_has(shop->out, "; the 2 sets of results in the newer file count as one\n");
}

static void names_of_benchmarks_are_inert(void **state)
{
	struct shop *const shop = *state;

	write_bench(shop, "a.txt", 4, "BenchmarkPut/<script>\x1b[2J|`x`-8 100 50 ns/op 100 B/op");

	assert_exit(shop, "gate a.txt a.txt", 0);
	assert_has_not(shop->out, "\x1b");
	assert_exit(shop, "gate a.txt a.txt --format md", 0);
	assert_has_not(shop->out, "<script>");
	assert_exit(shop, "gate a.txt a.txt --format junit", 0);
	assert_has_not(shop->out, "<script>");
}

static void one_file_or_options_of_findings_are_refused(void **state)
{
	struct shop *const shop = *state;

	write_bench(shop, "a.txt", 4, "BenchmarkPut-8 100 50 ns/op 100 B/op");
	write_text(shop, "none.txt", "goroutine 1 [running]:\nmain.main()\n\t/m.go:1 +0x1\n");

	assert_exit(shop, "gate a.txt", 2);
	assert_exit(shop, "gate a.txt a.txt --baseline x", 2);
	assert_exit(shop, "gate a.txt a.txt --format sarif", 2);
	assert_exit(shop, "gate a.txt none.txt", 2);
	assert_has(shop->err, "holds no result of a benchmark");
	assert_exit(shop, "gate a.txt nowhere.txt", 74);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_new_finding_fails_and_says_why),
		TEST(what_the_baseline_has_passes),
		TEST(a_baseline_written_again_has_the_same_bytes),
		TEST(what_grows_much_faster_than_the_baseline_is_worse),
		TEST(a_higher_severity_is_worse),
		TEST(a_severity_that_is_not_reached_passes),
		TEST(what_is_no_longer_found_is_told_and_passes),
		TEST(what_is_suppressed_never_fails),
		TEST(every_form_has_the_reason),
		TEST(nothing_to_judge_is_no_pass),
		TEST(what_is_no_baseline_is_refused),
		TEST(more_bytes_of_a_benchmark_fail),
		TEST(too_few_results_are_no_pass),
		TEST(several_sets_in_a_file_are_told),
		TEST(names_of_benchmarks_are_inert),
		TEST(one_file_or_options_of_findings_are_refused),
	};

	return cmocka_run_group_tests_name("cli.gate", tests, NULL, NULL);
}
