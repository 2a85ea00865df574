/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_redact.c - --redact, at every door through which data leaves: a service that was killed,
 * with an owner, releases and a suppression, of which every name is looked for in every output.
 */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Names of samples/incident and of what is added below, as grep -E finds them in any case. */
#define NAMES                                                                                      \
	"label-printer|59c4d7fb86|tq8vx|example\\.com|/(proofs|courier|manifest)|courier\\.go|"    \
	"keepers|known-to-us|until-the-manifest|1\\.4\\.0|proofs of posting"

static void prepare(struct shop *shop)
{
	char command[512];

	(void)snprintf(command, sizeof command,
	               "cp -r %s/incident/. in/ && chmod -R u+w in && "
	               "printf 'service,team\\nlabel-printer,keepers\\n' > in/owners.csv && "
	               "printf '[suppress \"known-to-us\"]\\nservice = nothing-*\\nreason = "
	               "until-the-manifest\\nowner = keepers\\nuntil = 2027-01-01\\n"
	               "[service \"label-*\"]\\nlimit = 96MiB\\n' > leakledger.conf",
	               ll_test_source("samples"));
	shop_do(shop, command);
	assert_exit(shop, "run in -q -o plain", 0);
}

static int set_up(void **state)
{
	(void)setenv("SOURCE_DATE_EPOCH", "1795305600", 1);
	return shop_set_up(state);
}

static int tear_down(void **state)
{
	(void)unsetenv("SOURCE_DATE_EPOCH");
	return shop_tear_down(state);
}

/* The pattern finds something where nothing is redacted, or it would prove nothing. */
static void the_names_are_there_without_it(void **state)
{
	struct shop *const shop = *state;

	prepare(shop);

	shop_do(shop, "grep -rqiE '" NAMES "' plain");
	assert_exit(shop, "findings --format jsonl", 0);
	assert_has(shop->out, "label-printer");
}

static void no_output_has_a_name(void **state)
{
	static const char *const commands[] = {
		"report -o site",
		"report --format xml -o out/site.xml",
		"findings >out/findings.table",
		"findings --format text >out/findings.text",
		"findings --format md >out/findings.md",
		"findings --format json >out/findings.json",
		"findings --format jsonl >out/findings.jsonl",
		"findings --format csv >out/findings.csv",
		"findings --format sarif >out/findings.sarif",
		"findings --format junit >out/findings.xml",
		"findings --format prom >out/findings.prom",
		"captures >out/captures.table",
		"captures --format jsonl >out/captures.jsonl",
		"mail weekly --team keepers -q >out/week.eml",
		"mail nightly -q >out/night.eml",
		"postmortem label-printer -o out/kill.html",
		"postmortem label-printer --format json >out/kill.json",
		"postmortem label-printer --format text >out/kill.text",
		"flame --service 'label-*' -o out/flame.html",
		"flame --service 'label-*' --format folded -o out/flame.folded",
		"flame \"$(ls in/label-printer/*/heap-*|tail -1)\" --diff "
		"\"$(ls in/label-printer/*/heap-*|head -1)\" -o out/file.html",
		"flame \"$(ls in/label-printer/*/goroutine-*|tail -1)\" --format speedscope -o "
		"out/goroutines.json",
		"diff in/label-printer/*/heap-*4.pb.gz --format json -o out/diff.json",
		"diff in/label-printer/*/heap-*4.pb.gz -o out/diff.text",
		"export all out/views --format csv",
		"query 'SELECT * FROM v_finding' --format json >out/query.json",
		"query 'SELECT * FROM main.function' --format json >out/functions.json",
		"replay all >out/replay.table",
		"gate --fail-on any >out/gate.text; true",
		"gate --write-baseline out/baseline.json",
	};
	struct shop *const shop = *state;
	char command[512];

	prepare(shop);
	shop_do(shop, "mkdir out");

	for (size_t i = 0; i < LL_COUNT(commands); i++) {
		const char *const split = strchr(commands[i], ' ');
		/* The option behind the command's own arguments, before what the shell does. */
		(void)snprintf(command, sizeof command, "\"$LEAKLEDGER\" %.*s --redact names%s",
		               (int)(split - commands[i]), commands[i], split);
		shop_do(shop, command);
	}

	shop_do(shop, "test -s out/kill.html && test -s out/views/v_capture.csv && "
	              "test -s site/index.html && ls site/finding/*.html");
	/* Base64 of a mail's parts is read by Python where that is there. */
	shop_do(shop, "if grep -riaE '" NAMES "' site out; then exit 1; fi");
	shop_do(shop, "if find site out | grep -iE '" NAMES "'; then exit 1; fi");
	shop_do(shop, "for page in $(find site -name '*.html') out/*.html; do "
	              "grep -q 'Redacted: names' $page || { echo $page; exit 1; }; done");
	shop_do(shop, "grep -q 'Redacted: names' out/week.eml || grep -q 'Redacted' out/week.eml");
}

static void links_of_a_redacted_site_have_targets(void **state)
{
	struct shop *const shop = *state;

	prepare(shop);
	assert_exit(shop, "report --redact names -o site -q", 0);

	shop_do(shop, "cd site && for page in $(find . -name '*.html'); do "
	              "for link in $(grep -oE 'href=\"[^\"#:]+' $page | cut -c7- | sort -u); do "
	              "test -e $(dirname $page)/$link || { echo \"$page $link\"; exit 1; }; "
	              "done; done");
}

static void two_reports_with_one_key_correspond(void **state)
{
	struct shop *const shop = *state;

	prepare(shop);
	assert_exit(shop, "report --redact names -o a -q", 0);
	shop_do(shop, "ls -l leakledger.db.redact-key");
	assert_has(shop->out, "-rw-------");

	assert_exit(shop, "report --redact names -o a", 0);
	assert_has(shop->err, "nothing new");
	shop_do(shop, "mv leakledger.db.redact-key team.key");
	assert_exit(shop, "report --redact names --redact-key team.key -o b -q", 0);
	shop_do(shop, "diff -r a b && test ! -e leakledger.db.redact-key");
	assert_exit(shop, "report --redact names -o b -q", 0);
	shop_do(shop, "if diff -rq a b; then exit 1; fi");
}

static void a_site_that_was_not_redacted_is_replaced(void **state)
{
	struct shop *const shop = *state;

	prepare(shop);

	assert_exit(shop, "report --redact names -o plain -q", 0);

	shop_do(shop, "if grep -riE '" NAMES "' plain; then exit 1; fi");
}

static void run_shows_what_it_redacts(void **state)
{
	struct shop *const shop = *state;

	prepare(shop);

	assert_exit(shop, "run in -o again --redact names", 0);

	assert_has_not(shop->out, "label-printer");
	shop_do(shop, "if grep -riE '" NAMES "' again; then exit 1; fi");
}

static void level_paths_takes_the_machine_away(void **state)
{
	struct shop *const shop = *state;

	prepare(shop);

	assert_exit(shop, "report --redact paths -o site -q", 0);
	assert_exit(shop, "captures --redact paths --format jsonl", 0);

	shop_do(shop, "if grep -rF \"$PWD\" site; then exit 1; fi; grep -q label-printer "
	              "site/index.html; grep -q 'Redacted: paths' site/index.html");
}

static void what_cannot_be_redacted_is_refused(void **state)
{
	struct shop *const shop = *state;

	prepare(shop);
	shop_do(shop,
	        "printf 'BenchmarkX-8 1 2 ns/op\\n' > a.txt; cp a.txt b.txt; echo short > key");

	assert_exit(shop, "gate a.txt b.txt --redact names", 2);
	assert_has(shop->err, "benchmarks are not redacted");
	assert_exit(shop, "report --redact most", 2);
	assert_has(shop->err, "--redact cannot be 'most'");
	assert_exit(shop, "report --redact names --redact-key key", 2);
	assert_has(shop->err, "too short for a key");
	assert_exit(shop, "report --redact names --redact-key nowhere", 2);
	assert_has(shop->err, "nowhere");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_names_are_there_without_it),
		TEST(no_output_has_a_name),
		TEST(links_of_a_redacted_site_have_targets),
		TEST(two_reports_with_one_key_correspond),
		TEST(a_site_that_was_not_redacted_is_replaced),
		TEST(run_shows_what_it_redacts),
		TEST(level_paths_takes_the_machine_away),
		TEST(what_cannot_be_redacted_is_refused),
	};

	return cmocka_run_group_tests_name("cli.redact", tests, NULL, NULL);
}
