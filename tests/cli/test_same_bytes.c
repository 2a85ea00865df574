/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_same_bytes.c - the same captures give the same bytes, wherever, whenever and in whichever
 * order they are read, and permanent links stay.
 */
#include "shop.h"

#define STACK      "example.com/shop/till.(*Till).wait@/src/shop/till/till.go:7"
#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

/* All that is written of a ledger, into the directory that is open. */
#define WRITE_ALL                                                                                  \
	"\"$LEAKLEDGER\" report -d l.db -o out/site -q && "                                        \
	"\"$LEAKLEDGER\" mail weekly -d l.db --out out -q && "                                     \
	"\"$LEAKLEDGER\" mail nightly -d l.db --out out -q && "                                    \
	"\"$LEAKLEDGER\" flame -d l.db --service label-printer -o out/flame.html -q && "           \
	"for f in json jsonl csv md sarif junit table; do "                                        \
	"\"$LEAKLEDGER\" findings -d l.db --format $f >out/findings.$f; done"

/* The captures of the sample incident, with the times of files that a checkout does not keep. */
static void copy_incident(struct shop *shop, const char *to)
{
	char command[1024];

	(void)snprintf(command, sizeof command,
	               "mkdir -p '%s/out' && cp -r '" LL_SOURCE_DIR
	               "/samples/incident' '%s/caps' && "
	               "find '%s/caps' -exec touch -d '2026-11-22 01:00 UTC' {} +",
	               to, to, to);
	shop_do(shop, command);
}

static void the_same_captures_give_the_same_bytes_in_another_place_zone_and_order(void **state)
{
	struct shop *const shop = *state;

	copy_incident(shop, "one");
	copy_incident(shop, "another place");

	shop_do(shop,
	        "cd one && export SOURCE_DATE_EPOCH=1795300000 TZ=UTC LC_ALL=C && "
	        "\"$LEAKLEDGER\" ingest caps -d l.db -q -j 1 && \"$LEAKLEDGER\" analyze -d l.db -q && "
	        "" WRITE_ALL);
	/* Every other file is there a night later only. */
	shop_do(shop, "cd 'another place' && umask 077 && "
	              "export SOURCE_DATE_EPOCH=1795300000 TZ=Asia/Kathmandu LC_ALL=C.UTF-8 && "
	              "cp -rp caps all && find caps -type f | sort | sed -n 'n;p' | xargs rm && "
	              "\"$LEAKLEDGER\" ingest caps -d l.db -q && cp -rp all/. caps && "
	              "\"$LEAKLEDGER\" ingest caps -d l.db -q -j 4 && "
	              "\"$LEAKLEDGER\" analyze -d l.db -q && " WRITE_ALL);

	/* The site's list of keys is of what pages are made of, by numbers in the ledger. */
	shop_do(shop,
	        "diff -r -x .leakledger-site one/out 'another place/out' | cut -c1-300 >differ; cat differ");
	assert_string_equal(shop->out.data, "");
	shop_do(shop, "test -s one/out/site/index.html -a -s one/out/findings.sarif");
}

/* Two instances alike, so that whatever chooses one of them must not choose by its number. */
static void twins_give_the_same_bytes_whichever_is_read_first(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_healthy);
	shop_stock(shop,
	           "service till\n"
	           "process pod-1 captures=24\n"
	           "goroutines " STACK " | count=10+5; state=chan receive\nmemstats live=32M\n"
	           "process pod-2 captures=24\n"
	           "goroutines " STACK " | count=11+5; state=chan receive\nmemstats live=31M\n");

	shop_do(shop, "\"$LEAKLEDGER\" run in -d a.db -o a -q -j 1");
	shop_do(shop, "mkdir later && mv in/menu in/till/pod-1 later && "
	              "\"$LEAKLEDGER\" ingest in -d b.db -q -j 1 && "
	              "mv later/menu in && mv later/pod-1 in/till && "
	              "\"$LEAKLEDGER\" run in -d b.db -o b -q -j 1");

	shop_do(shop, "ls a/finding/*.html");
	shop_do(shop, "diff -r -x .leakledger-site a b | cut -c1-300 >differ; cat differ");
	assert_string_equal(shop->out.data, "");
}

static void permanent_links_stay_when_all_is_judged_anew(void **state)
{
	struct shop *const shop = *state;

	copy_incident(shop, "one");
	shop_do(shop, "cd one && \"$LEAKLEDGER\" run caps -d l.db -o site -q && "
	              "find site -name '*.html' | sort >before");
	shop_do(shop,
	        "cd one && \"$LEAKLEDGER\" ingest caps -d new.db -q && "
	        "\"$LEAKLEDGER\" analyze -d new.db -q && \"$LEAKLEDGER\" report -d new.db -o new -q && "
	        "(cd new && find . -name '*.html' | sed 's,^[.],site,' | sort) >after");

	shop_do(shop, "diff one/before one/after && grep -q finding/ one/before");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_same_captures_give_the_same_bytes_in_another_place_zone_and_order),
		TEST(twins_give_the_same_bytes_whichever_is_read_first),
		TEST(permanent_links_stay_when_all_is_judged_anew),
	};

	return cmocka_run_group_tests_name("cli same bytes", tests, NULL, NULL);
}
