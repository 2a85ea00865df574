/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_pods.c - pods of which nothing is known but the metrics of their containers: whose they are,
 * and which lives they had.
 */
#include "ledgers.h"

#include <leakledger/buf.h>
#include <leakledger/units.h>

#include <inttypes.h>

#define POD "shop-7d9f6c5b8d-x2x4z"

/* 2026-03-01T12:00:00Z */
#define NOON_S INT64_C(1772366400)

static const char lives[] = "SELECT l.ordinal, count(*), l.begun_by FROM lifetime AS l"
			    " JOIN lifetime_capture AS lc USING (lifetime_id)"
			    " GROUP BY l.lifetime_id ORDER BY l.ordinal";
static const char owners[] = "SELECT DISTINCT service, instance FROM v_capture ORDER BY 1, 2";

/* One number of a container of the pod, at a minute after noon. */
static void put(struct ll_buf *page, const char *name, const char *container, int64_t minute,
                double value)
{
	ll_buf_printf(page,
	              "%s{namespace=\"prod\",pod=\"" POD "\",container=\"%s\"} %.0f %" PRId64 "\n",
	              name, container, value, (NOON_S + minute * 60) * 1000);
}

static void write_page(struct test_ledger *t, const char *name, struct ll_buf *page)
{
	test_ledger_write(t, name, ll_buf_str(page));
	ll_buf_clear(page);
}

/* Four scrapes, an hour apart, with two numbers of the container that the pod is named after. */
static void write_scrapes(struct test_ledger *t, const char *number, const double *values)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf page;
	char name[32];

	ll_buf_init(&page, LL_BUF_MESSAGE);
	for (int hour = 0; hour < 4; hour++) {
		put(&page, "container_memory_rss", "shop", 60 * hour, 1e8);
		put(&page, number, "shop", 60 * hour, values[hour]);
		put(&page, number, "istio-proxy", 60 * hour, (double)(NOON_S + hour));
		(void)snprintf(name, sizeof name, "scrape-%d.prom", hour);
		write_page(t, name, &page);
	}
	(void)test_ledger_ingest(t, 1);
}

static void a_pod_that_only_metrics_know_is_an_instance_with_a_life(void **state)
{
	static const double started[] = {NOON_S - 60, NOON_S - 60, NOON_S - 60, NOON_S - 60};
	struct test_ledger *const t = *state;

	write_scrapes(t, "container_start_time_seconds", started);

	assert_rows(t, owners, "shop|" POD "\n");
	assert_rows(t, lives, "1|4|first capture\n");
	assert_rows(t, "SELECT captures, instances FROM v_service", "4|1\n");
}

static void a_container_that_began_anew_begins_a_life(void **state)
{
	static const double started[] = {NOON_S - 60, NOON_S - 60, NOON_S + 7000, NOON_S + 7000};
	struct test_ledger *const t = *state;

	write_scrapes(t, "container_start_time_seconds", started);

	assert_rows(t, lives, "1|2|first capture\n2|2|another start time\n");
	assert_rows(t, "SELECT start_ns / 1000000000 - 1772366400 FROM lifetime ORDER BY ordinal",
	            "-60\n7000\n");
}

/* The kubelet counts restarts; of a pod that is made anew it begins with none. */
static void restarts_that_rise_or_fall_begin_a_life(void **state)
{
	static const double restarts[] = {1, 2, 0, 0};
	struct test_ledger *const t = *state;

	write_scrapes(t, "kube_pod_container_status_restarts_total", restarts);

	assert_rows(t, lives,
	            "1|1|first capture\n2|1|another count of ends of the container\n"
	            "3|2|another count of ends of the container\n");
}

static void without_starts_and_restarts_kills_begin_a_life(void **state)
{
	static const double kills[] = {0, 0, 1, 1};
	struct test_ledger *const t = *state;

	write_scrapes(t, "container_oom_events_total", kills);

	assert_rows(t, lives, "1|2|first capture\n2|2|another count of ends of the container\n");
}

/* As a shop that asks the API for each metric by itself has it. */
static void what_the_cluster_says_of_a_pod_in_a_file_of_its_own_is_of_its_lives(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf page;

	ll_buf_init(&page, LL_BUF_MESSAGE);
	for (int hour = 0; hour < 4; hour++)
		put(&page, "container_memory_rss", "shop", 60 * hour, 1e8);
	write_page(t, "rss.prom", &page);
	for (int hour = 0; hour < 4; hour++)
		put(&page, "kube_pod_container_status_restarts_total", "shop", 60 * hour, hour / 2);
	write_page(t, "restarts.prom", &page);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|4|first capture\n2|4|another count of ends of the container\n");
}

static void what_only_the_cluster_tells_makes_no_service(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf page;

	ll_buf_init(&page, LL_BUF_MESSAGE);
	put(&page, "kube_pod_container_status_restarts_total", "shop", 0, 1);
	write_page(t, "restarts.prom", &page);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM v_service", "0\n");
	assert_rows(t, lives, "");
}

/* The process knows better: counters of its container come late, and may be of a child. */
static void a_process_that_tells_of_itself_goes_before_its_container(void **state)
{
	static const double started[] = {NOON_S - 60, NOON_S + 3000, NOON_S + 6000, NOON_S + 9000};
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf page;

	ll_buf_init(&page, LL_BUF_MESSAGE);
	for (int hour = 0; hour < 4; hour++) {
		ll_buf_printf(&page,
		              "go_memstats_alloc_bytes_total{pod=\"" POD "\"} %d %" PRId64 "\n",
		              1000 * (hour + 1), (NOON_S + hour * 3600) * 1000);
		ll_buf_printf(&page,
		              "process_start_time_seconds{pod=\"" POD "\"} %" PRId64 " %" PRId64
		              "\n",
		              NOON_S - 30, (NOON_S + hour * 3600) * 1000);
	}
	write_page(t, "process.prom", &page);
	write_scrapes(t, "container_start_time_seconds", started);

	assert_rows(t, lives, "1|8|first capture\n");
}

/* ------------------------------------------------------------------ one pod, one service */

static void write_container(struct test_ledger *t)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf page;

	ll_buf_init(&page, LL_BUF_MESSAGE);
	put(&page, "container_memory_rss", "shop", 0, 1e8);
	write_page(t, "cadvisor.prom", &page);
}

static void write_process(struct test_ledger *t, const char *path)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf page;

	/* The same bytes would be the same capture. */
	ll_buf_init(&page, LL_BUF_MESSAGE);
	ll_buf_printf(&page, "# TYPE go_goroutines gauge\ngo_goroutines %zu\n", strlen(path));
	write_page(t, path, &page);
}

static void metrics_of_a_container_join_the_service_that_is_known_of_the_pod(void **state)
{
	struct test_ledger *const t = *state;

	write_process(t, "storefront/" POD "/metrics-1772366400");
	write_container(t);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, owners, "storefront|" POD "\n");
	assert_rows(t, lives, "1|2|first capture\n");
	assert_rows(t, "SELECT service FROM v_service", "storefront\n");
}

static void it_does_not_matter_which_of_the_two_came_first(void **state)
{
	struct test_ledger *const t = *state;

	write_container(t);
	(void)test_ledger_ingest(t, 1);
	assert_rows(t, owners, "shop|" POD "\n");

	write_process(t, "storefront/" POD "/metrics-1772366400");
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, owners, "storefront|" POD "\n");
	assert_rows(t, "SELECT service FROM v_service", "storefront\n");
	assert_rows(t, lives, "1|2|first capture\n");
}

/* A pod with two programs: the one that it is named after has its containers. */
static void of_two_services_in_a_pod_the_one_it_is_named_after_has_its_containers(void **state)
{
	struct test_ledger *const t = *state;

	write_process(t, "agent-of-it/" POD "/metrics-1772366400");
	write_container(t);
	(void)test_ledger_ingest(t, 1);
	write_process(t, "shop/" POD "/metrics-1772366460");
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT service, kind FROM v_capture ORDER BY 1, 2",
	            "agent-of-it|memstats\nshop|cgroup\nshop|memstats\n");
}

static void pods_of_other_services_stay_theirs(void **state)
{
	struct test_ledger *const t = *state;

	write_process(t, "storefront/storefront-66d4f8d7b9-jjq2v/metrics-1772366400");
	write_container(t);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, owners, "shop|" POD "\nstorefront|storefront-66d4f8d7b9-jjq2v\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_pod_that_only_metrics_know_is_an_instance_with_a_life),
		TEST(a_container_that_began_anew_begins_a_life),
		TEST(restarts_that_rise_or_fall_begin_a_life),
		TEST(without_starts_and_restarts_kills_begin_a_life),
		TEST(what_the_cluster_says_of_a_pod_in_a_file_of_its_own_is_of_its_lives),
		TEST(what_only_the_cluster_tells_makes_no_service),
		TEST(a_process_that_tells_of_itself_goes_before_its_container),
		TEST(metrics_of_a_container_join_the_service_that_is_known_of_the_pod),
		TEST(it_does_not_matter_which_of_the_two_came_first),
		TEST(of_two_services_in_a_pod_the_one_it_is_named_after_has_its_containers),
		TEST(pods_of_other_services_stay_theirs),
	};

	return cmocka_run_group_tests_name("ledger pods", tests, NULL, NULL);
}
