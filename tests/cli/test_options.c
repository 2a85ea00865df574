/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_options.c - mistakes on the command line and in the configuration get help and exit code 2.
 */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void a_mistyped_command_is_guessed(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "finding", 2);
	assert_has(shop->err, "no command 'finding'; did you mean 'leakledger findings'?");
	assert_exit(shop, "in", 2);
	assert_has(shop->err, "did you mean 'leakledger run in'?");
	assert_exit(shop, "xylophone", 2);
	assert_has(shop->err, "'leakledger help' lists them");
}

static void a_mistyped_option_is_guessed(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "run in --quite", 2);
	assert_has(shop->err, "--quite");
	assert_has(shop->err, "did you mean '--quiet'?");
}

static void a_short_word_is_not_guessed_to_be_another_one(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "report --format foo", 2);
	assert_has(shop->err, "--format cannot be 'foo'");
	assert_has_not(shop->err, "did you mean");
	assert_exit(shop, "report --format jsn", 2);
	assert_has(shop->err, "did you mean 'json'?");
}

static void an_option_of_another_command_is_refused(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "findings --jobs 2", 2);
	assert_has(shop->err, "--jobs");
}

static void values_are_checked(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "findings --format yaml", 2);
	assert_has(shop->err, "yaml");
	assert_exit(shop, "findings --min-score many", 2);
	assert_has(shop->err, "many");
	assert_exit(shop, "captures --since yesterday", 2);
	assert_has(shop->err, "'yesterday' is no time for --since; try 2026-11-21");
	assert_exit(shop, "findings --service", 2);
	assert_has(shop->err, "--service");
	assert_exit(shop, "run in --pattern '{color}/{size}'", 2);
	assert_has(shop->err, "color");
}

static void a_number_of_threads_beyond_the_range_is_refused(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "run in -j 2305843009213693952", 2);
	assert_has(shop->err, "--jobs takes 0 to 1024, not '2305843009213693952'");
	assert_exit(shop, "ingest in --jobs 1025", 2);
	assert_has(shop->err, "--jobs takes 0 to 1024, not '1025'");

	shop_do(shop, "printf 'jobs = 99999999999\n' > leakledger.conf");
	assert_exit(shop, "run in", 2);
	assert_has(shop->err, "leakledger.conf:1: --jobs takes 0 to 1024, not '99999999999'");
}

static void missing_and_surplus_arguments_are_told(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "run", 2);
	assert_has(shop->err, "'run' needs CAPTURES...");
	assert_exit(shop, "version twice", 2);
	assert_has(shop->err, "twice");
	/* Its usage has two lines, a message has one. */
	assert_exit(shop, "query", 2);
	assert_has(shop->err, "'query' needs SQL|- [-d LEDGER]");
	assert_has(shop->err, "; see 'leakledger help query'\n");
	assert_null(strstr(shop->err.data, "\\x0a"));
}

static void two_dashes_end_the_options(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "mkdir ./-q");

	assert_exit(shop, "ingest -- -q", 4);
}

static void configuration_mistakes_name_their_line(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "printf '# mine\\nledgr = a.db\\n' > leakledger.conf");
	assert_exit(shop, "findings", 2);
	assert_has(shop->err, "leakledger.conf:2: unknown key 'ledgr'; did you mean 'ledger'?");

	shop_do(shop, "printf '[service \"a\"]\\nlimit = much\\n' > leakledger.conf");
	assert_exit(shop, "findings", 2);
	assert_has(shop->err, "leakledger.conf:2: no size: 'much'; try 512MiB or 2GiB");

	shop_do(shop, "printf '\\npattern = {service}/{pod\\n' > leakledger.conf");
	assert_exit(shop, "run in", 2);
	assert_has(shop->err, "leakledger.conf:2: pattern '{service}/{pod': '{' without '}'");
	shop_do(shop, "printf '[owner]\\n' > leakledger.conf");
	assert_exit(shop, "findings", 2);
	assert_has(shop->err, "leakledger.conf:1: unknown section '[owner]'");

	assert_exit(shop, "findings -c elsewhere.conf", 2);
	assert_has(shop->err, "elsewhere.conf");
}

static void a_configuration_that_cannot_be_read_is_not_passed_over(void **state)
{
	struct shop *const shop = *state;

	/* Root may read what has no rights, but nobody can read a directory. */
	shop_do(shop, "mkdir leakledger.conf");

	assert_exit(shop, "findings", 2);
	assert_has(shop->err, "configuration 'leakledger.conf': ");
	shop_do(shop, "rmdir leakledger.conf && ln -s nowhere leakledger.conf");
	assert_exit(shop, "findings", 2);
	assert_has(shop->err, "configuration 'leakledger.conf': ");
}

static void who_asks_for_help_gets_it_though_the_configuration_is_broken(void **state)
{
	static const char *const commands[] = {"help", "help run", "version", "--version",
	                                       "list commands"};
	struct shop *const shop = *state;

	shop_do(shop, "printf 'resources = nowhere\nledgr = a.db\n' > leakledger.conf");
	for (size_t i = 0; i < LL_COUNT(commands); i++) {
		assert_exit(shop, commands[i], 0);
		assert_true(shop->out.size > 0);
	}
	assert_exit(shop, "list commands -c leakledger.conf", 2);
	assert_has(shop->err, "leakledger.conf:2: unknown key 'ledgr'");
}

static void flags_go_before_environment_and_environment_before_configuration(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "printf 'ledger = conf.db\\n' > leakledger.conf");

	assert_exit(shop, "findings", 2);
	assert_has(shop->err, "no ledger at 'conf.db'");
	assert_int_equal(setenv("LEAKLEDGER_DB", "env.db", 1), 0);
	assert_exit(shop, "findings", 2);
	assert_has(shop->err, "no ledger at 'env.db'");
	assert_exit(shop, "findings -d flag.db", 2);
	assert_has(shop->err, "no ledger at 'flag.db'");
	assert_int_equal(unsetenv("LEAKLEDGER_DB"), 0);
}

static void own_templates_go_before_the_built_in_ones(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop,
	        "mkdir -p mine/templates/style && echo 'body{}' > mine/templates/style/site.css");

	assert_exit(shop, "run in --resources mine", 0);

	shop_do(shop, "cat leakledger-report/style.css");
	assert_string_equal(shop->out.data, "body{}\n");
}

static void own_templates_with_mistakes_leave_the_old_site(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in", 0);
	shop_do(shop, "mkdir -p mine/templates && echo '<broken' > mine/templates/page.xsl");

	assert_exit(shop, "report --resources mine", 2);

	assert_has(shop->err, "templates");
	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "What hurts first");
}

static void a_closed_pipe_is_no_crash(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "list resources | head -1", 0);
	assert_has(shop->out, "docs/schema/");
}

/* Small outputs are lost at the end and large ones on the way, printed as rows or as text. */
static const char *const printing[] = {"findings", "captures -v", "list resources", "help"};

static void output_that_cannot_be_written_is_told_once(void **state)
{
	struct shop *const shop = *state;
	char command[256];

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in -q", 0);
	for (size_t i = 0; i < LL_COUNT(printing); i++) {
		(void)snprintf(command, sizeof command,
		               "\"$LEAKLEDGER\" %s >/dev/full; test $? -eq 74", printing[i]);
		shop_do(shop, command);
		assert_string_equal(
			shop->err.data,
			"leakledger: cannot write the output: No space left on device\n");
	}
}

static void a_reader_that_went_away_is_no_failure(void **state)
{
	struct shop *const shop = *state;
	char command[256];

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in -q", 0);
	for (size_t i = 0; i < LL_COUNT(printing); i++) {
		(void)snprintf(command, sizeof command,
		               "{ sleep 0.2; \"$LEAKLEDGER\" %s; echo $? >code; } | true; cat code",
		               printing[i]);
		shop_do(shop, command);
		assert_string_equal(shop->out.data, "0\n");
		assert_string_equal(shop->err.data, "");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_mistyped_command_is_guessed),
		TEST(a_mistyped_option_is_guessed),
		TEST(a_short_word_is_not_guessed_to_be_another_one),
		TEST(an_option_of_another_command_is_refused),
		TEST(values_are_checked),
		TEST(a_number_of_threads_beyond_the_range_is_refused),
		TEST(missing_and_surplus_arguments_are_told),
		TEST(two_dashes_end_the_options),
		TEST(configuration_mistakes_name_their_line),
		TEST(a_configuration_that_cannot_be_read_is_not_passed_over),
		TEST(who_asks_for_help_gets_it_though_the_configuration_is_broken),
		TEST(flags_go_before_environment_and_environment_before_configuration),
		TEST(own_templates_go_before_the_built_in_ones),
		TEST(own_templates_with_mistakes_leave_the_old_site),
		TEST(a_closed_pipe_is_no_crash),
		TEST(output_that_cannot_be_written_is_told_once),
		TEST(a_reader_that_went_away_is_no_failure),
	};

	return cmocka_run_group_tests_name("cli options", tests, NULL, NULL);
}
