/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_mail.c - leakledger mail, read by Python's email package where it is installed, and carried
 * by a real mail program to a real SMTP server of the test's own.
 */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Captures of cases are of 2026-03-01; it is a day later. */
static int set_up(void **state)
{
	struct shop *shop;

	(void)setenv("SOURCE_DATE_EPOCH", "1772409600", 1);
	assert_int_equal(shop_set_up(state), 0);
	shop = *state;
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	free(ll_test_write(shop->directory, "in/owners.csv",
	                   ll_str("service,team\ncart,Team <i>A</i>\nmenu,\"caf\xc3\xa9\"\n")));
	assert_exit(shop, "run in -q", 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)unsetenv("SOURCE_DATE_EPOCH");
	return shop_tear_down(state);
}

static void the_subject_carries_the_result(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "mail weekly", 0);

	assert_has(shop->out, "Subject: [leakledger] fleet: 1 new (W09)\r\n");
	assert_has(shop->out, "- [new, warning] cart: objects made in cart.(*Store).Put");
	assert_has(shop->out, "Auto-Submitted: auto-generated\r\n");
	assert_has(shop->out, "In-Reply-To: <weekly.");
	assert_has(shop->out, " of 2 instances of 2 of 2 services.");
}

static void a_week_of_many_leaks_does_not_hide_an_old_one_that_hurts_more(void **state)
{
	struct shop *const shop = *state;
	static const char *const names[] = {"tea", "salt", "rice", "corn"};
	const char *third, *old;
	char later[512];

	/* Three weeks later, and cart still gains most. */
	(void)setenv("SOURCE_DATE_EPOCH", "1774224000", 1);
	for (size_t i = 0; i < LL_COUNT(names); i++) {
		(void)snprintf(
			later, sizeof later,
			"service %s\nprocess pod-1 captures=24 build=b1 start=480h\n"
			"heap %s.(*Shelf).Put@/src/%s/shelf.go:7 < main.main@/src/%s/main.go:9"
			" | size=4096; live=10+3\nmemstats live=32M+1M\n",
			names[i], names[i], names[i], names[i]);
		shop_stock(shop, later);
	}
	assert_exit(shop, "run in -q", 0);

	assert_exit(shop, "mail weekly", 0);

	old = strstr(shop->out.data, "- [open, ");
	third = strstr(shop->out.data, "- [new, ");
	for (size_t i = 0; i < 2 && third; i++)
		third = strstr(third + 1, "- [new, ");
	assert_non_null(old);
	assert_non_null(third);
	assert_true(third < old);
	assert_true(old < strstr(third + 1, "- [new, "));
	assert_ptr_equal(strstr(old, "- [open, warning] cart: "), old);
}

static void a_team_hears_of_its_services_alone(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "mail weekly --team caf\xc3\xa9", 0);
	assert_has(shop->out, "No leak was found.");
	assert_has_not(shop->out, "cart");

	assert_exit(shop, "mail weekly --team nobody", 2);
	assert_has(shop->err, "no service of team 'nobody'");
}

static void the_same_ledger_gives_the_same_bytes(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "\"$LEAKLEDGER\" mail weekly > a.eml && \"$LEAKLEDGER\" mail weekly > b.eml"
	              " && cmp a.eml b.eml");
}

static void a_week_in_which_nothing_was_captured_says_so(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "mail weekly --until 2026-04-12", 0);

	assert_has(shop->out, "fleet: no captures, 1 open (W15)");
	assert_has(shop->out, "Nothing was captured in this time, so nothing is known of it.");
	assert_has(shop->out, "NOT CAPTURED IN THIS TIME");
}

static void a_quiet_night_makes_no_mail_when_that_is_asked_for(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "mail nightly --only-if-changed --team caf\xc3\xa9", 0);

	assert_int_equal(shop->out.size, 0);
	assert_has(shop->err, "0 mails made, 1 not");
}

static void each_team_gets_a_file(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "mail weekly --each-team -o mails", 0);
	shop_do(shop, "test $(ls mails | wc -l) = 2 && grep -q 'leaks: \\|services leak: ' "
	              "mails/weekly-2026-W09-team*.eml");

	assert_exit(shop, "mail weekly --each-team", 2);
	assert_has(shop->err, "--out DIR or --sendmail says where they go");
}

static void wrong_words_are_told(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "mail monthly", 2);
	assert_has(shop->err, "weekly or nightly");
	assert_exit(shop, "mail weekly --sendmail", 2);
	assert_has(shop->err, "--sendmail needs --to");
	assert_exit(shop, "mail weekly --to nobody", 2);
	assert_has(shop->err, "'nobody' is no mail address");
	assert_exit(shop, "mail weekly --sendmail --to a@example.com --mailer ./none", 74);
	assert_has(shop->err, "cannot run './none'");
	assert_exit(shop, "mail weekly --sendmail --to a@example.com --mailer false", 74);
}

static void the_mail_program_gets_the_message_and_its_refusal_is_told(void **state)
{
	struct shop *const shop = *state;

	free(ll_test_write(shop->directory, "leakledger.conf",
	                   ll_str("mailer = ./post\nfrom = Ledger <ll@example.com>\n"
	                          "[team \"caf\xc3\xa9\"]\nmail = cafe@example.com\n")));
	shop_do(shop, "printf '#!/bin/sh\\necho \"$@\" > args; cat > got; exit $(cat status)\\n'"
	              " > post; chmod +x post; echo 0 > status");

	assert_exit(shop, "mail weekly --each-team --sendmail", 0);
	assert_has(shop->err, "no mail for 'Team <i>A</i>'");
	assert_has(shop->err, "1 mails made, 1 not");
	shop_do(shop, "grep -qx -- '-t -i' args && grep -qx 'To: cafe@example.com' got && "
	              "grep -qx 'From: Ledger <ll@example.com>' got");

	shop_do(shop, "echo 67 > status");
	assert_exit(shop, "mail weekly --sendmail --to a@example.com", 74);
	assert_has(shop->err, "ended with status 67: the mail was not taken");
}

static void another_program_reads_the_same_message(void **state)
{
	struct shop *const shop = *state;
	static const char check[] =
		"import email, email.policy, sys\n"
		"m = email.message_from_binary_file(open('a.eml', 'rb'),"
		" policy=email.policy.default)\n"
		"parts = list(m.walk())\n"
		"assert not any(p.defects for p in parts), [p.defects for p in parts]\n"
		"assert [p.get_content_type() for p in parts] == ['multipart/related',"
		" 'multipart/alternative', 'text/plain', 'text/html', 'image/png']\n"
		"assert 'Team <i>A</i>: 1 new (W09)' in m['subject'], m['subject']\n"
		"text, html, png = (p.get_content() for p in parts[2:])\n"
		"assert 'cart.(*Store).Put' in text and 'cart.(*Store).Put' in html\n"
		"assert 'Team &lt;i&gt;A' in html and '<i>' not in html\n"
		"assert 'cid:' + parts[4]['content-id'].strip('<>') in html\n"
		"assert png.startswith(b'\\x89PNG') and len(html.encode()) < 80000\n"
		"assert m['date'].datetime.isoformat() == '2026-03-02T00:00:00+00:00'\n"
		"raw = open('a.eml', 'rb').read()\n"
		"assert raw.isascii() and max(map(len, raw.split(b'\\r\\n'))) <= 998\n";

	shop_need(SHOP_PYTHON " -c 'import email'", "Python");
	free(ll_test_write(shop->directory, "check.py", ll_str(check)));
	shop_do(shop, "\"$LEAKLEDGER\" mail weekly --team 'Team <i>A</i>' > a.eml && " SHOP_PYTHON
	              " check.py");
}

static void without_the_library_that_draws_the_mail_has_words_for_its_pictures(void **state)
{
	struct shop *const shop = *state;

	/* A file of that name which is no library is found first. */
	shop_do(shop, "mkdir none && : > none/libcairo.so.2 && LD_LIBRARY_PATH=$PWD/none "
	              "\"$LEAKLEDGER\" mail weekly --each-team -o mails 2> told");

	shop_do(shop,
	        "test $(grep -c 'mails have no pictures: cannot load what draws: ' told) = 1");
	shop_do(shop, "cat mails/weekly-2026-W09-team*.eml > a.eml; grep -q 'text/html' a.eml && "
	              "! grep -q 'image/png\\|cid:' a.eml");
	/* In the text and, with its lines put together again, in the HTML part. */
	shop_do(shop, "tr -d '\\r' < a.eml | sed -e ':a' -e '/=$/{N;s/=\\n//;ba' -e '}' > whole; "
	              "test $(grep -c 'rising, ' whole) = 2");
}

static void a_real_mail_program_carries_it_to_a_real_server(void **state)
{
	struct shop *const shop = *state;
	static const char sink[] =
		"import asyncio, os, sys\n"
		"from aiosmtpd.smtp import SMTP\n"
		"class Sink:\n"
		"    async def handle_DATA(self, server, session, envelope):\n"
		"        open('got', 'wb').write(envelope.content)\n"
		"        open('to', 'w').write(','.join(envelope.rcpt_tos) + '\\n')\n"
		"        return '250 OK'\n"
		"async def main():\n"
		"    loop = asyncio.get_running_loop()\n"
		"    server = await loop.create_server(lambda: SMTP(Sink()), '127.0.0.1', 0)\n"
		"    with open('post', 'w') as post:\n"
		"        post.write('#!/bin/sh\\nexec msmtp --file=/dev/null --host=127.0.0.1"
		" --port=%d --from=ll@example.com \"$@\"\\n'"
		" % server.sockets[0].getsockname()[1])\n"
		"    os.chmod('post', 0o755)\n"
		"    child = await asyncio.create_subprocess_exec(*sys.argv[1:])\n"
		"    return await child.wait()\n"
		"sys.exit(asyncio.run(main()))\n";

	shop_need("command -v msmtp", "msmtp");
	shop_need(SHOP_PYTHON " -c 'import aiosmtpd'", "Python's aiosmtpd");
	free(ll_test_write(shop->directory, "sink.py", ll_str(sink)));
	shop_do(shop, "\"$LEAKLEDGER\" mail weekly --to a@example.com > sent.eml");
	shop_do(shop, SHOP_PYTHON " sink.py \"$LEAKLEDGER\" mail weekly --to a@example.com"
	                          " --sendmail --mailer ./post -q");
	/* What arrives is what was written, but for fields that the way adds. */
	shop_do(shop, "grep -qx a@example.com to; tr -d '\\r' < got > arrived; "
	              "tr -d '\\r' < sent.eml | sed -n '/^Subject/,$p' > sent; "
	              "sed -n '/^Subject/,$p' arrived | cmp - sent");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_subject_carries_the_result),
		TEST(a_week_of_many_leaks_does_not_hide_an_old_one_that_hurts_more),
		TEST(a_team_hears_of_its_services_alone),
		TEST(the_same_ledger_gives_the_same_bytes),
		TEST(a_week_in_which_nothing_was_captured_says_so),
		TEST(a_quiet_night_makes_no_mail_when_that_is_asked_for),
		TEST(each_team_gets_a_file),
		TEST(wrong_words_are_told),
		TEST(the_mail_program_gets_the_message_and_its_refusal_is_told),
		TEST(another_program_reads_the_same_message),
		TEST(without_the_library_that_draws_the_mail_has_words_for_its_pictures),
		TEST(a_real_mail_program_carries_it_to_a_real_server),
	};

	return cmocka_run_group_tests_name("cli mail", tests, NULL, NULL);
}
