/* SPDX-License-Identifier: Apache-2.0 */
/* test_ignore.c - what the configuration leaves out: whose captures, said where, and back again. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

enum {
	SCRAPES = 20,
	FIRST_SCRAPE = 1795220000,
};

struct pod {
	const char *namespace, *name;
	bool is_killed;
};

static void put_scrape(const char *path, int number)
{
	static const struct pod pods[] = {
		{"shop", "cart-6d5f8c7b94-k2wnp", false},
		{"shop", "cart-canary-55d4c9f7b8-9qwlz", false},
		{"kube-system", "coredns-6f9b8c7d5f-abcde", true},
		{"monitoring", "probe-exporter-7c9d8f6b54-9x8kz", false},
	};
	FILE *const file = fopen(path, "w");

	assert_non_null(file);
	for (size_t i = 0; i < LL_COUNT(pods); i++) {
		char labels[256];

		(void)snprintf(labels, sizeof labels,
		               "{namespace=\"%s\",pod=\"%s\",container=\"app\"}", pods[i].namespace,
		               pods[i].name);
		(void)fprintf(file, "container_memory_working_set_bytes%s %d\n", labels,
		              52428800 + number * 4096);
		(void)fprintf(file, "container_oom_events_total%s %d\n", labels,
		              pods[i].is_killed && number > SCRAPES / 2);
	}
	(void)fclose(file);
}

/* Twenty minutes of a cluster: a service of ours, its canary, and what others run. */
static void put_cluster(struct shop *shop, int from, int to)
{
	char path[512];

	shop_do(shop, "mkdir -p in/metrics");
	for (int i = from; i < to; i++) {
		(void)snprintf(path, sizeof path, "%s/in/metrics/pods-%d.prom", shop->directory,
		               FIRST_SCRAPE + i * 60);
		put_scrape(path, i);
	}
}

static void configure(struct shop *shop, const char *sections)
{
	char command[1024];

	(void)snprintf(command, sizeof command, "printf '%s\\n' > leakledger.conf", sections);
	shop_do(shop, command);
}

#define CLUSTER "[ignore \"the cluster\"]\\nnamespace = kube-*\\nservice = *-exporter"

static void a_service_of_each_pod_is_too_many(void **state)
{
	struct shop *const shop = *state;

	put_cluster(shop, 0, SCRAPES);

	assert_exit(shop, "run in", 0);

	assert_has_not(shop->err, "ignores");
	assert_exit(shop, "query 'SELECT count(*) FROM v_service' --format csv", 0);
	assert_has(shop->out, "4");
	shop_do(shop, "test -f leakledger-report/service/coredns.html");
	shop_do(shop,
	        "! grep -q ignored leakledger-report/index.html leakledger-report/captures.html");
	shop_do(shop, "test -n \"$(ls leakledger-report/incidents/coredns-*.html)\"");
}

static void namespaces_services_and_pods_are_left_out_and_counted(void **state)
{
	struct shop *const shop = *state;

	put_cluster(shop, 0, SCRAPES);
	configure(shop, CLUSTER "\\n[ignore \"canaries\"]\\npod = *-canary-*");

	assert_exit(shop, "run in", 0);

	assert_has(shop->err, "the configuration ignores 3 services, with 60 captures");
	assert_exit(shop, "query 'SELECT service FROM v_service' --format csv", 0);
	assert_has(shop->out, "cart");
	assert_has_not(shop->out, "canary");
	assert_has_not(shop->out, "coredns");
	shop_do(shop, "ls leakledger-report/service");
	assert_string_equal(shop->out.data, "cart.html\n");
	shop_do(shop, "tr -s ' \\n' ' ' < leakledger-report/index.html");
	assert_has(shop->out,
	           "3 more instances of 3 services are <a href=\"captures.html#ignored\">"
	           "ignored</a>, as the configuration says.");
	shop_do(shop, "cat leakledger-report/captures.html");
	assert_has(shop->out, "namespace = kube-*");
	assert_has(shop->out, "pod = *-canary-*");
	/* Nor is its kill one of a process that nobody captured. */
	assert_exit(shop, "postmortem", 4);
	assert_has_not(shop->err, "coredns");
}

static void a_ledger_that_knows_them_forgets_and_shows_them_again(void **state)
{
	struct shop *const shop = *state;

	put_cluster(shop, 0, SCRAPES);
	assert_exit(shop, "run in -q -o before", 0);
	configure(shop, CLUSTER);
	assert_exit(shop, "run in -q -o ignored", 0);
	shop_do(shop, "ls ignored/service");
	assert_string_equal(shop->out.data, "cart-canary.html\ncart.html\n");

	shop_do(shop, "rm leakledger.conf");
	assert_exit(shop, "analyze -q", 0);
	assert_exit(shop, "report -q -o after", 0);

	shop_do(shop, "diff -r before after");
	assert_exit(shop, "verify", 0);
}

static void later_captures_are_left_out_when_they_are_read(void **state)
{
	struct shop *const shop = *state;

	put_cluster(shop, 0, SCRAPES / 2);
	configure(shop, CLUSTER);
	assert_exit(shop, "run in -q -o site", 0);
	put_cluster(shop, SCRAPES / 2, SCRAPES);

	assert_exit(shop, "run in -o site", 0);

	assert_has(shop->err, "the configuration ignores 2 services, with 40 captures");
	assert_has(shop->err, "2 services judged");
	shop_do(shop, "ls site/service");
	assert_string_equal(shop->out.data, "cart-canary.html\ncart.html\n");
}

static void one_instance_of_a_service_can_be_left_out(void **state)
{
	struct shop *const shop = *state;

	static const char two[] =
		"service cart\n"
		"process pod-1 captures=24 build=b1\n"
		"heap shop.put@/src/shop/shop.go:31 | size=4096; live=10+5\nmemstats live=32M+2M\n"
		"process pod-canary-1 captures=24 build=b1\n"
		"heap shop.put@/src/shop/shop.go:31 | size=4096; live=12+7\nmemstats live=33M+3M\n";

	shop_stock(shop, two);
	assert_exit(shop, "run in -q", 0);
	assert_exit(shop, "findings --format jsonl", 0);
	assert_has(shop->out, "\"instances\":[\"pod-1\",\"pod-canary-1\"]");
	configure(shop, "[ignore \"canaries\"]\\npod = pod-canary-*");

	assert_exit(shop, "run in", 0);

	assert_has(shop->err, "the configuration ignores 1 instance, with 48 captures");
	assert_exit(shop, "findings --format jsonl", 0);
	assert_has(shop->out, "\"instances\":[\"pod-1\"]");
	shop_do(shop, "cat leakledger-report/captures.html");
	assert_has(shop->out, "a part");
	shop_do(shop, "! grep -q pod-canary leakledger-report/service/cart.html");
}

static void a_section_that_says_nothing_is_an_error_with_its_line(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "mkdir -p in");
	configure(shop, "# nothing\\n[ignore \"empty\"]");
	assert_exit(shop, "run in", 2);
	assert_has(shop->err,
	           "leakledger.conf:2: [ignore \"empty\"] says not what: give it service, "
	           "namespace or pod");
	configure(shop, "[ignore \"x\"]\\nnamespaces = a");
	assert_exit(shop, "run in", 2);
	assert_has(shop->err,
	           "leakledger.conf:2: unknown key 'namespaces'; did you mean 'namespace'?");
	configure(shop, "[ignore \"x\"]\\npod =");
	assert_exit(shop, "run in", 2);
	assert_has(shop->err, "leakledger.conf:2: no pattern for 'pod'; '*' is all");
}

static void the_configuration_shows_it_in_a_form_that_can_be_read_again(void **state)
{
	struct shop *const shop = *state;

	configure(shop, CLUSTER);

	assert_exit(shop, "config show", 0);

	assert_has(shop->out,
	           "\n[ignore \"the cluster\"]\nnamespace = kube-*\nservice = *-exporter\n");
	assert_exit(shop, "config check", 0);
	assert_has(shop->out, "2 patterns of what is ignored");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_service_of_each_pod_is_too_many),
		TEST(namespaces_services_and_pods_are_left_out_and_counted),
		TEST(a_ledger_that_knows_them_forgets_and_shows_them_again),
		TEST(later_captures_are_left_out_when_they_are_read),
		TEST(one_instance_of_a_service_can_be_left_out),
		TEST(a_section_that_says_nothing_is_an_error_with_its_line),
		TEST(the_configuration_shows_it_in_a_form_that_can_be_read_again),
	};

	return cmocka_run_group_tests_name("cli.ignore", tests, NULL, NULL);
}
