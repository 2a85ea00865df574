/* SPDX-License-Identifier: Apache-2.0 */
/* test_completion.c - leakledger completion and config. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void need(const char *shell)
{
	char command[64];

	(void)snprintf(command, sizeof command, "command -v %s >/dev/null", shell);
	if (ll_test_run(command, NULL) != 0) {
		print_message("skipped: %s is not installed\n", shell);
		skip();
	}
}

/* ------------------------------------------------------------------- completion */

static void bash_completes_commands_options_and_values(void **state)
{
	struct shop *const shop = *state;
	static const char script[] =
		"source ./c.bash\n"
		"try() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _leakledger; "
		"echo \"${COMPREPLY[*]}\"; }\n"
		"try leakledger find\n"
		"try leakledger findings --min\n"
		"try leakledger findings --format sa\n"
		"try leakledger captures --format sa\n"
		"try leakledger run c.ba\n";

	need("bash");
	shop_do(shop, "\"$LEAKLEDGER\" completion bash >c.bash");
	free(ll_test_write(shop->directory, "try.sh", ll_str(script)));

	shop_do(shop, "bash -n c.bash && bash try.sh");

	assert_string_equal(shop->out.data, "findings\n--min-score\nsarif\n\nc.bash\n");
}

static void other_shells_accept_theirs(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "\"$LEAKLEDGER\" completion zsh >_leakledger");
	shop_do(shop, "\"$LEAKLEDGER\" completion fish >c.fish");
	shop_do(shop, "grep -q -- '--format\\[' _leakledger && grep -q -- '-l format' c.fish");
	if (ll_test_run("command -v zsh >/dev/null", NULL) == 0)
		shop_do(shop, "zsh -n _leakledger");
	if (ll_test_run("command -v fish >/dev/null", NULL) == 0)
		shop_do(shop, "fish -n c.fish");
	assert_exit(shop, "completion tcsh", 2);
	assert_has(shop->err, "bash, zsh or fish");
}

/* ------------------------------------------------------------------------ config */

static void write_config(struct shop *shop, const char *text)
{
	free(ll_test_write(shop->directory, "leakledger.conf", ll_str(text)));
}

static const char whole[] = "ledger = other.db\nexclude = *.tmp\nexclude = *.bak\n"
			    "[service \"cart-*\"]\nlimit = 2GiB\nteam = shop\n"
			    "[suppress \"known\"]\nservice = cart-1\nreason = soon\nowner = me\n"
			    "until = 2199-12-31\n";

static void what_is_shown_says_where_it_comes_from(void **state)
{
	struct shop *const shop = *state;

	write_config(shop, whole);

	assert_exit(shop, "config show", 0);
	assert_has(shop->out, "# from leakledger.conf\nledger = other.db\n");
	assert_has(shop->out, "exclude = *.tmp\nexclude = *.bak\n");
	assert_has(shop->out, "# not set: jobs");
	assert_exit(shop, "config show -d flag.db", 0);
	assert_has(shop->out, "# from the command line\nledger = flag.db\n");
	shop_do(shop, "LEAKLEDGER_DB=env.db \"$LEAKLEDGER\" config show");
	assert_has(shop->out, "# from the environment\nledger = env.db\n");
}

static void what_is_shown_can_be_read_again(void **state)
{
	struct shop *const shop = *state;

	write_config(shop, whole);
	shop_do(shop, "\"$LEAKLEDGER\" config show >again.conf");

	assert_exit(shop, "config show -c again.conf", 0);

	assert_has(shop->out, "[service \"cart-*\"]\nlimit = 2147483648\nteam = shop\n");
	assert_has(shop->out, "until = 2200-01-01T00:00:00Z\n");
}

static void a_wrong_configuration_is_told_with_its_line(void **state)
{
	struct shop *const shop = *state;

	write_config(shop, "ledger = x\nexlude = y\n");

	assert_exit(shop, "config check", 2);
	assert_has(shop->err, "leakledger.conf:2: unknown key 'exlude'; did you mean 'exclude'?");
	assert_exit(shop, "config check -c nowhere.conf", 2);
	assert_exit(shop, "config chek", 2);
}

static void a_right_one_is_counted_and_what_expired_is_told(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "config check", 0);
	assert_has(shop->out, "no configuration");
	write_config(shop, whole);
	assert_exit(shop, "config check", 0);
	assert_has(shop->out,
	           "1 services, 1 suppressions, 0 patterns of what is ignored, nothing to say");
	write_config(
		shop,
		"[suppress \"old\"]\nservice = a\nreason = b\nowner = c\nuntil = 2001-01-01\n");
	assert_exit(shop, "config check", 0);
	assert_has(shop->out, "suppression 'old' has expired");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(bash_completes_commands_options_and_values),
		TEST(other_shells_accept_theirs),
		TEST(what_is_shown_says_where_it_comes_from),
		TEST(what_is_shown_can_be_read_again),
		TEST(a_wrong_configuration_is_told_with_its_line),
		TEST(a_right_one_is_counted_and_what_expired_is_told),
	};

	return cmocka_run_group_tests_name("cli.completion", tests, NULL, NULL);
}
