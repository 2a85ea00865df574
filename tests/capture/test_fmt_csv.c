/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "csv", "table.csv", text);
}

static void releases_have_a_time_and_a_version(void **state)
{
	read_text(*state, "service,time,version,build,note\n"
	                  "cart,2026-11-21T01:06:27Z,v1.4.2,abc123,\"cache, larger\"\n"
	                  "cart,1795223188,v1.4.3,,\n");

	assert_facts(*state,
	             "capture facts (releases)\n"
	             "declared release cart time=2026-11-21T01:06:27Z name=v1.4.2 value=abc123 "
	             "note=cache, larger\n"
	             "declared release cart time=2026-11-21T01:06:28Z name=v1.4.3\n");
}

static void limits_have_a_name_and_a_value(void **state)
{
	read_text(*state, "service,instance,name,value\n"
	                  "cart,,memory,512MiB\n"
	                  "cart,cart-7,memory,4Gi\n"
	                  "cart,,open files,2000\n"
	                  "cart,,cpu,250m\n");

	assert_facts(*state, "capture facts (limits)\n"
	                     "declared limit cart name=memory value=512MiB number=536870912\n"
	                     "declared limit cart instance=cart-7 name=memory value=4Gi "
	                     "number=4294967296\n"
	                     "declared limit cart name=open files value=2000 number=2000\n"
	                     "declared limit cart name=cpu value=250m number=0.25\n");
}

static void owners_have_a_team(void **state)
{
	read_text(*state, "service,team,mail\ncart,Checkout,checkout@example.com\n");

	assert_facts(*state, "capture facts (owners)\n"
	                     "declared owner cart value=Checkout note=mail: "
	                     "checkout@example.com\n");
}

static void titles_come_in_any_case_order_and_by_other_names(void **state)
{
	read_text(*state, "\xef\xbb\xbf# made by hand\r\n\r\nRelease;Deployed At;Region;App\r\n"
	                  "v2;2026-11-21;eu;cart\r\n");
	assert_facts(*state, "capture facts (releases)\n"
	                     "declared release cart time=2026-11-21T00:00:00Z name=v2 note=Region: "
	                     "eu\n");
	read_text(*state, "squad\tapplication\nCheckout\tcart\n");
	assert_facts(*state, "capture facts (owners)\ndeclared owner cart value=Checkout\n");
}

static void quotes_may_hold_separators_quotes_and_line_feeds(void **state)
{
	read_text(*state, "service,team,note\n"
	                  "\"ca\"\"rt\",\"A, B\",\"one\ntwo\"\n"
	                  "hub,\"C\" and D,x");

	assert_facts(*state, "capture facts (owners)\n"
	                     "declared owner ca\"rt value=A, B note=one\ntwo\n"
	                     "declared owner hub value=C and D note=x\n");
}

static void a_bad_row_costs_only_itself(void **state)
{
	read_text(*state, "service,time,version\n"
	                  "cart,yesterday,v1\n"
	                  ",2026-11-21,v2\n"
	                  "cart,2026-11-21,\n"
	                  "cart,2026-11-21,v4,oops,x\n"
	                  "cart,2026-11-21,v5,,\n"
	                  "cart,123456789012,v6\n"
	                  "cart\n"
	                  "cart,2026-11-22,\"v7\n"
	                  "cart,2026-11-23,v8\n");

	assert_facts(*state, "capture facts (releases)\n"
	                     "note 2 row left out: column 'time': 'yesterday' cannot be read\n"
	                     "note 3 row left out: column 'service' is empty\n"
	                     "note 4 row left out: column 'version' is empty\n"
	                     "note 5 row left out: 5 columns, the header has 3\n"
	                     "declared release cart time=2026-11-21T00:00:00Z name=v5\n"
	                     "note 7 row left out: column 'time': '123456789012' cannot be read\n"
	                     "note 8 row left out: column 'time' is empty\n"
	                     "note 9 row left out: a quote that does not end\n"
	                     "declared release cart time=2026-11-23T00:00:00Z name=v8\n");
}

static void values_that_are_no_amount_are_noted(void **state)
{
	read_text(*state, "service,name,value\ncart,memory,unlimited\ncart,,5\ncart,memory,\n");

	assert_facts(*state, "capture facts (limits)\n"
	                     "note 2 row left out: column 'value': 'unlimited' cannot be read\n"
	                     "note 3 row left out: column 'name' is empty\n"
	                     "note 4 row left out: column 'value' is empty\n");
}

static void many_bad_rows_are_counted_in_one_note(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_facts *const facts = *state;
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_SQL);
	ll_buf_puts(&text, "service,team\n");
	for (size_t i = 0; i < 100; i++)
		ll_buf_puts(&text, ",nobody\n");
	assert_ok(ll_facts_read(facts, ll_buf_str(&text), "x", &err), &err);
	ll_buf_done(&text);

	assert_int_equal(facts->captures[0].notes, 21);
	assert_fact(facts, "note 0 80 more rows left out");
}

static void tables_about_other_things_are_nobodys(void **state)
{
	static const char *const texts[] = {
		"service\ncart\n",
		"service,color\ncart,red\n",
		"time,version\n2026-11-21,v1\n",
		"service,time\ncart,2026-11-21\n",
		"\"service,team\ncart,x\n",
		"a;b,service\n",
		"# service,team\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x.csv", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, "no known capture format");
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(releases_have_a_time_and_a_version),
		test(limits_have_a_name_and_a_value),
		test(owners_have_a_team),
		test(titles_come_in_any_case_order_and_by_other_names),
		test(quotes_may_hold_separators_quotes_and_line_feeds),
		test(a_bad_row_costs_only_itself),
		test(values_that_are_no_amount_are_noted),
		test(many_bad_rows_are_counted_in_one_note),
		test(tables_about_other_things_are_nobodys),
	};

	return cmocka_run_group_tests_name("capture.fmt_csv", tests, NULL, NULL);
}
