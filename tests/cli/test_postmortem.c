/* SPDX-License-Identifier: Apache-2.0 */
/* test_postmortem.c - leakledger postmortem, as people and machines see it. */
#include "shop.h"

#include <unistd.h>

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

/* Forty minutes of a service that gains 4 MiB a minute. */
static const char growing[] =
	"service cart\nprocess pod-1 captures=40 every=1m build=b2\nmemstats live=16M+2M\n"
	"heap shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9 | size=4096; live=10+5\n"
	"goroutines shop.pump@/src/shop/hub.go:75 | count=3; state=chan receive\n";

/* A kernel's line in "node/kern.log", at a minute of 2026-03-01, of the process "cart". */
static void put_kill(struct shop *shop, const char *file, const char *clock, const char *process)
{
	char command[1024];

	(void)snprintf(
		command, sizeof command,
		"mkdir -p node && printf '2026-03-01T%s,000000+00:00 Memory cgroup out of memory: "
		"Killed process 4711 (%s) total-vm:1751260kB, anon-rss:190000kB, file-rss:2000kB, "
		"shmem-rss:0kB, UID:0 pgtables:216kB oom_score_adj:0\\n' >> %s",
		clock, process, file);
	shop_do(shop, command);
}

static void fill(struct shop *shop)
{
	shop_stock(shop, growing);
	shop_do(shop, "mkdir -p in/node");
	put_kill(shop, "in/node/kern.log", "00:40:10", "cart");
	assert_exit(shop, "ingest in -q", 0);
}

static void a_kill_is_found_by_itself_and_becomes_a_page(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "postmortem cart", 0);

	assert_has(shop->out, "cart (pod-1), 2026-03-01 00:40:10 UTC: killed for its memory");
	assert_has(shop->out, "  slow leak. Its memory rose from");
	assert_has(shop->out, "cart-20260301T004010Z.html\n");
	shop_do(shop, "grep -q 'cart was killed for its memory: slow leak' *.html");
	shop_do(shop, "grep -q 'Content-Security-Policy' *.html");
	shop_do(shop, "! grep -Eq '(src|href)=\"[^#]' *.html");
}

static void the_first_panel_of_the_fleet_and_the_first_box_of_the_kill_say_it(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "analyze -q", 0);
	assert_exit(shop, "report -o site -q", 0);

	shop_do(shop, "sed -n '/aria-labelledby=\"changes\"/,/<\\/section>/p' site/index.html");
	assert_has(shop->out, "One process was killed for its memory");
	assert_has(shop->out, "href=\"incidents/cart-20260301T004010Z.html\"");
	shop_do(shop, "sed -n '/aria-label=\"The kill\"/,/<\\/section>/p' site/incidents/*.html");
	assert_has(shop->out, "<dt>Grew most in the heap</dt>");
	assert_has(shop->out, "shop.put");
	assert_has(shop->out, "<dt>What to do</dt>");
}

static void the_page_goes_where_it_is_told(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "postmortem cart -o kill.html -q", 0);

	assert_string_equal(shop->out.data, "");
	shop_do(shop, "test -s kill.html");
	assert_exit(shop, "postmortem cart -o missing/kill.html", 73);
}

static void two_runs_give_the_same_bytes(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "postmortem cart -o one.html -q", 0);
	assert_exit(shop, "postmortem cart -o two.html -q", 0);

	shop_do(shop, "cmp one.html two.html");
}

static void json_goes_to_standard_output_and_is_json(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "postmortem cart --format json", 0);

	assert_has(shop->out, "{\"head\":{\"service\":\"cart\"");
	assert_has(shop->out, "\"verdict\":\"leak\"");
	assert_has(shop->out, "\"gaps\":[{");
	assert_exit(shop, "postmortem cart --format json -o kill.json", 0);
	shop_do(shop, "sqlite3 :memory: \"SELECT json_valid(readfile('kill.json'))\" | grep -qx 1");
}

static void a_log_beside_the_captures_can_be_read_with_it(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, growing);
	assert_exit(shop, "ingest in -q", 0);
	put_kill(shop, "node/kern.log", "00:40:10", "cart");
	assert_exit(shop, "postmortem cart", 4);
	assert_has(shop->err, "no kill of 'cart' is in 'leakledger.db'; --kernel-log FILE");

	assert_exit(shop, "postmortem cart --kernel-log node/kern.log --format text", 0);

	assert_has(shop->out, "slow leak");
	assert_exit(shop, "postmortem cart --format text", 0);
}

static void a_ledger_that_cannot_be_written_is_copied_for_the_log(void **state)
{
	struct shop *const shop = *state;

	if (geteuid() == 0)
		skip();
	shop_stock(shop, growing);
	assert_exit(shop, "ingest in -q", 0);
	put_kill(shop, "node/kern.log", "00:40:10", "cart");
	shop_do(shop, "mkdir ro tmp && mv leakledger.db ro/ && chmod a-w ro/leakledger.db ro");

	assert_exit(shop,
	            "postmortem cart -d ro/leakledger.db --kernel-log node/kern.log --format text",
	            0);

	assert_has(shop->err, "the log goes into a copy of it");
	assert_has(shop->out, "slow leak");
	assert_exit(shop, "postmortem cart -d ro/leakledger.db --format text", 4);
	shop_do(shop, "chmod u+w ro");
}

static void several_kills_are_a_list_and_a_page_each(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	put_kill(shop, "in/node/more.log", "00:10:30", "cart");
	assert_exit(shop, "ingest in -q", 0);

	assert_exit(shop, "postmortem cart -o kills.html", 0);

	shop_do(shop, "grep -q 'href=\"kills-cart-20260301T004010Z.html\"' kills.html");
	shop_do(shop, "grep -q 'href=\"kills-cart-20260301T001030Z.html\"' kills.html");
	shop_do(shop, "test -s kills-cart-20260301T004010Z.html");
	shop_do(shop, "test -s kills-cart-20260301T001030Z.html");
}

static void a_list_says_of_each_kill_what_its_page_says(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	put_kill(shop, "in/node/kern2.log", "00:20:05", "cart");
	/* No line of the kernel tells the limit, only the metrics of the pod. */
	shop_do(shop, "printf 'kube_pod_container_resource_limits{namespace=\"shop\",pod=\"pod-1\","
	              "container=\"cart\",resource=\"memory\",unit=\"byte\"} 2.68435456e+08\n' "
	              "> in/node/ksm-1772325000.prom");
	assert_exit(shop, "run in -o site -q", 0);

	assert_exit(shop, "postmortem cart -o list -q", 0);

	shop_do(shop, "grep -o 'data-label=\"Limit\" class=\"right\">256 MiB' list | wc -l");
	assert_string_equal(shop->out.data, "2\n");
	shop_do(shop, "grep -q '<dt>Limit</dt><dd><span class=\"number\">256 MiB' "
	              "list-cart-20260301T004010Z.html");
	shop_do(shop, "grep -o '<strong>slow leak</strong>' list | wc -l");
	assert_string_equal(shop->out.data, "1\n");
	shop_do(shop, "cat site/service/cart.html site/kills.html site/index.html | "
	              "grep -o 'data-label=\"Limit\" class=\"right\">256 MiB' | wc -l");
	assert_string_equal(shop->out.data, "6\n");
}

static void at_chooses_the_nearest_of_several(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	put_kill(shop, "in/node/more.log", "00:10:30", "cart");
	assert_exit(shop, "ingest in -q", 0);

	assert_exit(shop, "postmortem cart --at 2026-03-01T00:12Z --format text", 0);

	assert_has(shop->out, "00:10:30 UTC");
	assert_has_not(shop->out, "00:40:10 UTC");
	assert_exit(shop, "postmortem cart --at 2026-03-02 --format text", 0);
	assert_has(shop->out, "00:40:10 UTC");
	assert_has(shop->err, "the nearest kill is 23 h away from that time");
}

static void without_a_service_all_kills_are_listed(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_stock(shop, "service menu\nprocess pod-1 captures=10 every=1m\nmemstats live=60M\n");
	put_kill(shop, "in/node/more.log", "00:09:30", "menu");
	assert_exit(shop, "ingest in -q", 0);

	assert_exit(shop, "postmortem", 0);

	assert_has(shop->out, "cart (pod-1), 2026-03-01 00:40:10 UTC");
	assert_has(shop->out, "menu (pod-1), 2026-03-01 00:09:30 UTC");
	assert_has(shop->out, "leakledger-incidents.html\n");
	assert_exit(shop, "postmortem --format json", 0);
	assert_true(ll_str_starts(ll_buf_str(&shop->out), "[{\"head\""));
}

static void kills_of_what_was_never_captured_are_named(void **state)
{
	struct shop *const shop = *state;

	put_kill(shop, "kern.log", "00:40:10", "billing");
	assert_exit(shop, "ingest kern.log -q", 0);

	assert_exit(shop, "postmortem", 4);

	assert_has(shop->err, "kills of processes of no captured service: 1 (billing)");
}

static void what_cannot_be_asked_is_a_matter_of_usage(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "postmortem cart --at yesterday", 2);
	assert_has(shop->err, "'yesterday' is no time for --at");
	assert_exit(shop, "postmortem cart --format pdf", 2);
	assert_exit(shop, "postmortem cart menu", 2);
	assert_exit(shop, "postmortem cart --kernel-log missing.log", 2);
	assert_exit(shop, "postmortem cart -d missing.db", 2);
}

static void a_table_that_is_cut_says_so(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, growing);
	shop_do(shop,
	        "mkdir -p in/node && T='2026-03-01T00:40:10,000000+00:00 ' && { echo \"${T}cart "
	        "invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\"; "
	        "echo \"${T}Tasks state (memory values in pages):\"; echo \"${T}[  pid  ]   uid  tgid "
	        "total_vm      rss pgtables_bytes swapents oom_score_adj name\"; for i in 11 12 13 14 15 "
	        "16 17 18 19 20 21 22 23 24 25 26 27; do echo \"${T}[   $i]     0    $i   4000    ${i}"
	        "00   8192        0             0 task-$i\"; done; } > in/node/kern.log");
	put_kill(shop, "in/node/kern.log", "00:40:10", "cart");
	assert_exit(shop, "ingest in -q", 0);

	assert_exit(shop, "postmortem cart -o page.html -q", 0);
	shop_do(shop, "grep -q 'task-13' page.html && ! grep -q 'task-12' page.html");
	shop_do(shop, "grep -q '>2 more, not shown here; <code>leakledger postmortem --format "
	              "json</code> has all' page.html");
	assert_exit(shop, "postmortem cart --format json", 0);
	assert_has(shop->out, "task-11");
}

static void hostile_names_stay_text(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "mkdir -p 'in/<script>x\"&/pod-1' in/node");
	shop_stock(shop, growing);
	shop_do(shop, "for f in in/cart/pod-1/*; do cp \"$f\" 'in/<script>x\"&/pod-1/'; done;"
	              " rm -r in/cart");
	put_kill(shop, "in/node/kern.log", "00:40:10", "<script>x\"&");
	assert_exit(shop, "ingest in -q", 0);

	assert_exit(shop, "postmortem -o kill.html", 0);

	shop_do(shop, "! grep -q '<script' kill.html");
	shop_do(shop, "grep -q '&lt;script&gt;' kill.html");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_kill_is_found_by_itself_and_becomes_a_page),
		TEST(the_first_panel_of_the_fleet_and_the_first_box_of_the_kill_say_it),
		TEST(the_page_goes_where_it_is_told),
		TEST(two_runs_give_the_same_bytes),
		TEST(json_goes_to_standard_output_and_is_json),
		TEST(a_log_beside_the_captures_can_be_read_with_it),
		TEST(a_ledger_that_cannot_be_written_is_copied_for_the_log),
		TEST(several_kills_are_a_list_and_a_page_each),
		TEST(a_list_says_of_each_kill_what_its_page_says),
		TEST(at_chooses_the_nearest_of_several),
		TEST(without_a_service_all_kills_are_listed),
		TEST(kills_of_what_was_never_captured_are_named),
		TEST(what_cannot_be_asked_is_a_matter_of_usage),
		TEST(a_table_that_is_cut_says_so),
		TEST(hostile_names_stay_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
