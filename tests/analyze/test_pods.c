/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_pods.c - what is said of pods of which nothing is known but metrics of their containers.
 *
 * Each test is what cAdvisor would have said each hour for two days: the container that is meant, a
 * sidecar, the sum over the pod and the container that only holds its place.
 */
#include "ledgers.h"

#include <leakledger/buf.h>
#include <leakledger/units.h>

#include <inttypes.h>

#define MIB  INT64_C(1048576)
#define HOUR INT64_C(3600)

/* 2026-03-01T12:00:00Z */
#define NOON_S INT64_C(1772366400)

enum {
	HOURS = 48,
};

/*
 * MiB at an hour; the life of a container lasts `life` hours, 0: it is never restarted. With
 * `every` an hour has that many seconds.
 */
struct pod {
	const char *name, *container;
	int64_t limit;
	int64_t rss, rss_step, rss_wobble, sidecar, sidecar_step, cache_step, life, every;
	bool is_answer; /* of the API, without starts of containers */
	bool is_killed; /* each restart is for want of memory, as kube-state-metrics tell */
};

static const char answer_head[] =
	"{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[";

static int64_t time_of(const struct pod *pod, int64_t hour)
{
	return NOON_S + hour * (pod->every > 0 ? pod->every : HOUR);
}

static void put(struct ll_buf *page, const struct pod *pod, const char *name, const char *container,
                int64_t hour, int64_t value)
{
	const int64_t time_s = time_of(pod, hour);

	if (pod->is_answer)
		ll_buf_printf(
			page,
			"%s{\"metric\":{\"__name__\":\"%s\",\"namespace\":\"prod\",\"pod\":\"%s\","
			"\"container\":\"%s\"},\"value\":[%" PRId64 ",\"%" PRId64 "\"]}\n",
			page->size > sizeof answer_head ? "," : "", name, pod->name, container,
			time_s, value);
	else
		ll_buf_printf(page,
		              "%s{namespace=\"prod\",pod=\"%s\",container=\"%s\"} %" PRId64
		              " %" PRId64 "\n",
		              name, pod->name, container, value, time_s * 1000);
}

static void put_hour(struct ll_buf *page, const struct pod *pod, int64_t hour)
{
	const int64_t age = pod->life > 0 ? hour % pod->life : hour;
	const int64_t rss = pod->rss + pod->rss_step * age + pod->rss_wobble * (hour * 7 % 5);
	const int64_t beside = pod->sidecar + pod->sidecar_step * hour;

	put(page, pod, "container_memory_rss", pod->container, hour, rss * MIB);
	put(page, pod, "container_memory_rss", "istio-proxy", hour, beside * MIB);
	put(page, pod, "container_memory_rss", "", hour, (rss + beside + 1) * MIB);
	put(page, pod, "container_memory_rss", "POD", hour, MIB);
	put(page, pod, "container_memory_working_set_bytes", pod->container, hour,
	    (rss + pod->cache_step * hour) * MIB);
	put(page, pod, "container_spec_memory_limit_bytes", pod->container, hour, pod->limit * MIB);
	put(page, pod, "container_spec_memory_limit_bytes", "istio-proxy", hour, 1024 * MIB);
	if (pod->is_answer || pod->is_killed)
		put(page, pod, "kube_pod_container_status_restarts_total", pod->container, hour,
		    pod->life > 0 ? hour / pod->life : 0);
	else
		put(page, pod, "container_start_time_seconds", pod->container, hour,
		    NOON_S + (hour - age) * HOUR - 60);
	if (pod->is_killed && hour >= pod->life)
		ll_buf_printf(
			page,
			"kube_pod_container_status_last_terminated_reason{namespace=\"prod\",pod=\"%s\","
			"container=\"%s\",reason=\"OOMKilled\"} 1 %" PRId64 "\n",
			pod->name, pod->container, time_of(pod, hour) * 1000);
}

static void judge(struct test_ledger *t, const struct pod *pod)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf page;
	char name[64];

	ll_buf_init(&page, LL_BUF_MESSAGE);
	for (int64_t hour = 0; hour < HOURS; hour++) {
		ll_buf_clear(&page);
		if (pod->is_answer)
			ll_buf_puts(&page, answer_head);
		put_hour(&page, pod, hour);
		if (pod->is_answer)
			ll_buf_puts(&page, "]}}");
		(void)snprintf(name, sizeof name, "%s/scrape-%" PRId64 ".txt", pod->name,
		               time_of(pod, hour));
		test_ledger_write(t, name, ll_buf_str(&page));
	}
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 0);
	(void)test_ledger_analyze(t);
}

static const char found[] = "SELECT service, class, summary, time_to_limit_ns / 3600000000000,"
			    " limit_bytes / 1048576 FROM v_finding";

static void a_container_that_climbs_is_found_with_the_time_to_its_limit(void **state)
{
	struct test_ledger *const t = *state;

	judge(t, &(struct pod){.name = "shop-7d9f6c5b8d-x2x4z",
	                       .container = "shop",
	                       .limit = 512,
	                       .rss = 90,
	                       .rss_step = 4,
	                       .rss_wobble = 1,
	                       .sidecar = 60});

	assert_rows(t, found,
	            "shop|object|shop: resident memory grew from 116 MiB to 262 MiB (96 MiB a "
	            "day) and does not level off; nothing captured tells whether the Go heap holds "
	            "it, nor which line|57|512\n");
	assert_rows(t, "SELECT severity, first_seen_ns > 0 FROM v_finding", "warning|1\n");
	assert_rows(t, "SELECT verdict FROM v_service", "leaks\n");
}

static void a_climb_that_restarts_interrupt_is_one_of_each_life(void **state)
{
	struct test_ledger *const t = *state;

	judge(t, &(struct pod){.name = "shop-7d9f6c5b8d-x2x4z",
	                       .container = "shop",
	                       .limit = 256,
	                       .rss = 60,
	                       .rss_step = 11,
	                       .life = 16});

	assert_rows(t, "SELECT lives, class FROM v_finding", "3|object\n");
}

static void answers_of_the_api_with_restarts_are_judged_the_same(void **state)
{
	struct test_ledger *const t = *state;

	judge(t, &(struct pod){.name = "shop-7d9f6c5b8d-x2x4z",
	                       .container = "shop",
	                       .limit = 256,
	                       .rss = 60,
	                       .rss_step = 11,
	                       .life = 16,
	                       .is_answer = true});

	assert_rows(t, "SELECT lives, class FROM v_finding", "3|object\n");
	assert_rows(t, "SELECT DISTINCT begun_by FROM lifetime ORDER BY 1",
	            "another count of ends of the container\nfirst capture\n");
}

static void page_cache_that_fills_a_container_is_nothing(void **state)
{
	struct test_ledger *const t = *state;

	judge(t, &(struct pod){.name = "images-84b5dcb9d5-7xkqp",
	                       .container = "images",
	                       .limit = 512,
	                       .rss = 150,
	                       .rss_wobble = 2,
	                       .cache_step = 7});

	assert_rows(t, found, "");
	assert_rows(t, "SELECT service, verdict FROM v_service", "images|no leak found\n");
}

static void what_a_sidecar_takes_is_not_the_services(void **state)
{
	struct test_ledger *const t = *state;

	judge(t, &(struct pod){.name = "shop-7d9f6c5b8d-x2x4z",
	                       .container = "shop",
	                       .limit = 512,
	                       .rss = 90,
	                       .rss_wobble = 1,
	                       .sidecar = 60,
	                       .sidecar_step = 6});

	assert_rows(t, found, "");
}

static void a_full_container_has_a_limit_that_is_too_low(void **state)
{
	struct test_ledger *const t = *state;

	judge(t, &(struct pod){.name = "db-0",
	                       .container = "db",
	                       .limit = 256,
	                       .rss = 244,
	                       .rss_wobble = 1});

	assert_rows(t, "SELECT service, class, instances FROM v_finding", "db|limit|[\"db-0\"]\n");
}

/* No process is old enough for a trend, and no kernel's log is there. */
static void a_container_that_is_killed_soon_after_each_start_is_told(void **state)
{
	struct test_ledger *const t = *state;

	judge(t, &(struct pod){.name = "hungry-5c7d9f8b6d-t8m4x",
	                       .container = "hungry",
	                       .limit = 256,
	                       .rss = 160,
	                       .rss_wobble = 1,
	                       .life = 4,
	                       .every = 60,
	                       .is_killed = true});

	assert_rows(
		t, "SELECT class, summary FROM v_finding",
		"limit|hungry: the process was ended 11 times for want of memory, every 4.3 min; a "
		"capture shortly before has 164 MiB resident of a limit of 256 MiB, and nothing "
		"tells what of it is alive\n");
}

static void a_layer_with_too_few_sizes_counts_them(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "a.txt",
	                  ll_str("container_memory_rss{pod=\"db-0\",container=\"db\"} 1e8 "
	                         "1772366400000\n"));
	(void)test_ledger_ingest(t, 1);
	(void)test_ledger_analyze(t);

	assert_rows(t, "SELECT status, reason FROM v_stage WHERE layer = 'L1'",
	            "no-data|captures of resident memory: 1, at most 1 of one process after its "
	            "warm-up; a trend needs 3: capture MemStats (/debug/vars) or /debug/pprof/heap "
	            "more often\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_container_that_climbs_is_found_with_the_time_to_its_limit),
		TEST(a_climb_that_restarts_interrupt_is_one_of_each_life),
		TEST(answers_of_the_api_with_restarts_are_judged_the_same),
		TEST(page_cache_that_fills_a_container_is_nothing),
		TEST(what_a_sidecar_takes_is_not_the_services),
		TEST(a_full_container_has_a_limit_that_is_too_low),
		TEST(a_container_that_is_killed_soon_after_each_start_is_told),
		TEST(a_layer_with_too_few_sizes_counts_them),
	};

	return cmocka_run_group_tests_name("analyze pods", tests, NULL, NULL);
}
