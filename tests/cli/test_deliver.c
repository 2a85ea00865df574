/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_deliver.c - what a run writes and sends beside its site: files for other programs, mails on
 * their days, through a mail program and, where it can be had, to a real SMTP server.
 */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* 2026-03-02, a Monday, at midnight; captures of cases are of the day before. */
#define TODAY    "1772409600"
#define NEXT_DAY "1772496000"

static int set_up(void **state)
{
	struct shop *shop;

	(void)setenv("SOURCE_DATE_EPOCH", TODAY, 1);
	assert_int_equal(shop_set_up(state), 0);
	shop = *state;
	shop_stock(shop, shop_leak);
	free(ll_test_write(shop->directory, "in/owners.csv",
	                   ll_str("service,team\ncart,payments\n")));
	/* A mail program that keeps what it gets, each in a file of its own. */
	shop_do(shop, "printf '#!/bin/sh\\ncat > got.$(ls got.* 2>/dev/null | wc -l)\\n' > post;"
	              "printf '#!/bin/sh\\nexit 75\\n' > refuse; chmod +x post refuse");
	return 0;
}

static int tear_down(void **state)
{
	(void)unsetenv("SOURCE_DATE_EPOCH");
	return shop_tear_down(state);
}

static void configure(struct shop *shop, const char *keys)
{
	free(ll_test_write(shop->directory, "leakledger.conf", ll_str(keys)));
}

static void files_are_what_the_command_findings_writes(void **state)
{
	struct shop *const shop = *state;

	configure(shop, "write = json=out.json\nwrite = sarif=out.sarif\nwrite = prom=out.prom\n");

	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "\"$LEAKLEDGER\" findings --format json | cmp - out.json && "
	              "\"$LEAKLEDGER\" findings --format sarif | cmp - out.sarif && "
	              "grep -q leakledger_findings out.prom");
	assert_string_equal(shop->out.data, "");
	shop_do(shop, "stat -c %a out.prom");
	assert_string_equal(shop->out.data, "644\n");
}

static void a_file_that_cannot_be_written_keeps_nothing_else(void **state)
{
	struct shop *const shop = *state;

	configure(shop, "write = json=no/such/place/out.json\nwrite = sarif=out.sarif\n"
	                "mail = nightly\nmail-to = all@example.com\nmailer = ./post\n");

	assert_exit(shop, "run in -q", 73);

	assert_has(shop->err, "leakledger: json=no/such/place/out.json: ");
	shop_do(shop, "test -e out.sarif && test -e got.0 && "
	              "test -e leakledger-report/index.html");
}

static void a_nightly_mail_goes_once_a_day(void **state)
{
	struct shop *const shop = *state;

	configure(shop, "mail = nightly\nmail-to = all@example.com\nmailer = ./post\n");

	assert_exit(shop, "run in -q", 0);
	shop_do(shop, "grep -q '^To: all@example.com' got.0 && grep -q '^Subject:.*1 new' got.0");
	assert_exit(shop, "run in -q", 0);
	shop_do(shop, "test ! -e got.1");
}

static void a_night_without_news_has_no_mail(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "rm -r in/cart");
	shop_stock(shop, shop_healthy);
	configure(shop, "mail = nightly\nmail-to = all@example.com\nmailer = ./post\n");

	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "test ! -e got.0");
}

static void a_weekly_mail_goes_on_its_day_to_each_team(void **state)
{
	struct shop *const shop = *state;

	configure(shop, "mail = weekly:tuesday\nmailer = ./post\n[team \"payments\"]\n"
	                "mail = pay@example.com\n");

	assert_exit(shop, "run in -q", 0);
	shop_do(shop, "test ! -e got.0");
	(void)setenv("SOURCE_DATE_EPOCH", NEXT_DAY, 1);
	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "grep -q '^To: pay@example.com' got.0 && test ! -e got.1");
}

static void a_mail_that_was_refused_is_tried_again_by_the_next_run(void **state)
{
	struct shop *const shop = *state;

	configure(shop, "mail = nightly\nmail-to = all@example.com\n");

	assert_exit(shop, "run in -q --mailer ./refuse", 74);
	assert_has(shop->err, "leakledger: nightly mail: ");
	shop_do(shop, "test -e leakledger-report/index.html");

	assert_exit(shop, "run in -q --mailer ./post", 0);
	shop_do(shop, "test -e got.0");
}

static void deliveries_of_a_redacted_run_are_redacted(void **state)
{
	struct shop *const shop = *state;

	configure(shop, "redact = names\nwrite = json=out.json\nmail = nightly\n"
	                "mail-to = all@example.com\nmailer = ./post\n");

	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "test -s out.json && test -s got.0 && ! grep -q cart out.json got.0");
}

static void wrong_words_are_told_before_anything_is_read(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "run in --write leaks.prom", 2);
	assert_has(shop->err, "--write takes a format and a file");
	assert_exit(shop, "run in --write best=leaks.prom", 2);
	assert_exit(shop, "run in --mail weekly:someday --mail-to a@example.com", 2);
	assert_has(shop->err, "--mail takes nightly, weekly or weekly:friday");
	assert_exit(shop, "run in --mail nightly", 2);
	assert_has(shop->err, "--mail needs --mail-to");
	shop_do(shop, "test ! -e leakledger.db");
}

static void a_real_server_gets_the_mail_of_a_run(void **state)
{
	struct shop *const shop = *state;
	static const char sink[] =
		"import asyncio, os, sys\n"
		"from aiosmtpd.smtp import SMTP\n"
		"class Sink:\n"
		"    async def handle_DATA(self, server, session, envelope):\n"
		"        open('arrived', 'wb').write(envelope.content)\n"
		"        return '250 OK'\n"
		"async def main():\n"
		"    loop = asyncio.get_running_loop()\n"
		"    server = await loop.create_server(lambda: SMTP(Sink()), '127.0.0.1', 0)\n"
		"    with open('carry', 'w') as carry:\n"
		"        carry.write('#!/bin/sh\\nexec msmtp --file=/dev/null --host=127.0.0.1"
		" --port=%d --from=ll@example.com \"$@\"\\n'"
		" % server.sockets[0].getsockname()[1])\n"
		"    os.chmod('carry', 0o755)\n"
		"    child = await asyncio.create_subprocess_exec(*sys.argv[1:])\n"
		"    return await child.wait()\n"
		"sys.exit(asyncio.run(main()))\n";

	shop_need("command -v msmtp", "msmtp");
	shop_need(SHOP_PYTHON " -c 'import aiosmtpd'", "Python's aiosmtpd");
	free(ll_test_write(shop->directory, "sink.py", ll_str(sink)));
	configure(shop, "mail = weekly:monday\nmail-to = all@example.com\nmailer = ./carry\n");

	shop_do(shop, SHOP_PYTHON " sink.py \"$LEAKLEDGER\" run in -q");

	shop_do(shop, "grep -q '^Subject: \\[leakledger\\] fleet: 1 new' arrived");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_are_what_the_command_findings_writes),
		TEST(a_file_that_cannot_be_written_keeps_nothing_else),
		TEST(a_nightly_mail_goes_once_a_day),
		TEST(a_night_without_news_has_no_mail),
		TEST(a_weekly_mail_goes_on_its_day_to_each_team),
		TEST(a_mail_that_was_refused_is_tried_again_by_the_next_run),
		TEST(deliveries_of_a_redacted_run_are_redacted),
		TEST(wrong_words_are_told_before_anything_is_read),
		TEST(a_real_server_gets_the_mail_of_a_run),
	};

	return cmocka_run_group_tests_name("cli.deliver", tests, NULL, NULL);
}
