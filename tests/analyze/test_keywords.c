/* SPDX-License-Identifier: Apache-2.0 */
/* test_keywords.c - the short words on findings. */
#include "case_file.h"
#include "ledgers.h"

static void judge(struct test_ledger *t, const char *text)
{
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_open(t, NULL);
	assert_ok(test_case_parse(ll_str(text), &test_case, &err), &err);
	test_case_write(&test_case, t->root);
	test_case_done(&test_case);
	(void)test_ledger_ingest(t, 1);
	(void)test_ledger_analyze(t);
}

static const char all[] = "SELECT group_concat(keyword, ' ') FROM"
			  " (SELECT keyword FROM v_finding_keyword ORDER BY keyword)";

static void a_pile_says_what_it_waits_for_and_what_it_looks_like(void **state)
{
	struct test_ledger t;

	(void)state;
	judge(&t,
	      "service shop\nprocess pod-1 captures=24\n"
	      "goroutines shop/hub.pump@/src/shop/hub.go:75 | by=shop/hub.New@/src/shop/hub.go:20; "
	      "count=5+5; state=chan receive (nil chan); minutes=0+60\n");

	assert_rows(&t,
	            "SELECT group_concat(keyword, ' ') FROM (SELECT keyword FROM"
	            " v_finding_keyword WHERE keyword GLOB 'class:*' OR keyword GLOB 'wait:*' OR"
	            " keyword GLOB 'kind:*' ORDER BY keyword)",
	            "class:channel kind:goroutines wait:chan-receive-nil-chan\n");
	test_ledger_done(&t);
}

static void memory_says_the_library_and_the_build(void **state)
{
	struct test_ledger t;

	(void)state;
	judge(&t, "service shop\n"
	          "process pod-1 captures=24 build=b1\n"
	          "heap bytes.growSlice@/usr/local/go/src/bytes/buffer.go:250 < "
	          "shop/log.put@/src/shop/log.go:31 | size=4096; live=30~3; born=30+40\n"
	          "process pod-1 start=30h captures=24 build=b2\n"
	          "heap bytes.growSlice@/usr/local/go/src/bytes/buffer.go:250 < "
	          "shop/log.put@/src/shop/log.go:33 | size=4096; live=10+9\n");

	assert_rows(
		&t, all,
		"class:slice kind:heap layer:l2 layer:l4 library:bytes moved new-in-build no-limit "
		"score-held\n");
	test_ledger_done(&t);
}

static void a_finding_says_which_routes_disagree_about_its_class(void **state)
{
	struct test_ledger t;

	(void)state;
	judge(&t, "service shop\n"
	          "escape # example.com/shop/login\n"
	          "escape login/login.go:20:8: &session{...} escapes to heap\n"
	          "process pod-1 captures=24\n"
	          "heap shop/login.Enter@/src/shop/login/login.go:20 < "
	          "main.main@/src/shop/main.go:9 | size=1024; live=2+2\n"
	          "heap shop/cache.Put@/src/shop/cache/cache.go:12 < "
	          "shop/login.Enter@/src/shop/login/login.go:21 < "
	          "main.main@/src/shop/main.go:9 | size=458752; live=0; born=1\n"
	          "heap shop/cache.Put@/src/shop/cache/cache.go:12 < "
	          "shop/login.Enter@/src/shop/login/login.go:21 < "
	          "main.main@/src/shop/main.go:9 | size=909312; live=1; born=1\n");

	assert_rows(&t,
	            "SELECT class, line, instr(explanation, 'Routes disagree: class.keeper_beside "
	            "says map, but class.escape_log says object, for the compiler says') > 0"
	            " FROM v_finding",
	            "map|20|1\n");
	assert_rows(&t, "SELECT count(*) FROM v_finding_keyword WHERE keyword = 'routes-disagree'",
	            "1\n");
	test_ledger_done(&t);
}

static void every_keyword_is_one_of_the_table(void **state)
{
	struct test_ledger t;

	(void)state;
	judge(&t, "service shop\nprocess pod-1 captures=24\n"
	          "heap shop/log.put@/src/shop/log.go:31 | size=4096; live=10+9\n");

	assert_rows(&t, "SELECT count(*) > 0 FROM v_finding_keyword", "1\n");
	assert_rows(&t,
	            "SELECT fk.keyword FROM v_finding_keyword AS fk WHERE NOT EXISTS (SELECT 1 FROM"
	            " keyword AS k WHERE fk.keyword = k.keyword OR (k.keyword LIKE '%:' AND"
	            " fk.keyword GLOB k.keyword || '[a-z0-9]*'))",
	            "");
	assert_rows(&t,
	            "SELECT keywords = (SELECT json_group_array(keyword) FROM (SELECT keyword FROM"
	            " v_finding_keyword ORDER BY 1)) FROM v_finding",
	            "1\n");
	test_ledger_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pile_says_what_it_waits_for_and_what_it_looks_like),
		cmocka_unit_test(memory_says_the_library_and_the_build),
		cmocka_unit_test(a_finding_says_which_routes_disagree_about_its_class),
		cmocka_unit_test(every_keyword_is_one_of_the_table),
	};

	return cmocka_run_group_tests_name("analyze keywords", tests, NULL, NULL);
}
