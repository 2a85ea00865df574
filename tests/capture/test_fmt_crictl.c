/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_json(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "cart.json", &err), &err);
	assert_string_equal(facts->format->id, "crictl");
}

#define POD    "shop-cart-7d9f6c5b8d-x2x4z"
#define LABELS "\"labels\":{\"io.kubernetes.pod.name\":\"" POD "\"}"

static void a_container_that_was_killed_is_told_with_its_pod_and_limit(void **state)
{
	read_json(*state,
	          "{\"status\":{\"id\":\"6895a3e1\",\"metadata\":{\"attempt\":3,\"name\":\"cart\"},"
	          "\"state\":\"CONTAINER_EXITED\",\"startedAt\":\"2026-11-21T00:00:00Z\","
	          "\"finishedAt\":\"2026-11-21T01:06:27Z\",\"exitCode\":137,"
	          "\"reason\":\"OOMKilled\"," LABELS ",\"resources\":{\"linux\":"
	          "{\"memoryLimitInBytes\":\"536870912\"}}},\"info\":{\"pid\":0}}\n");

	assert_facts(*state,
	             "capture pod after=2026-11-21T01:06:27Z service=shop-cart instance=" POD "\n"
	             "reading limit.memory 536870912\n"
	             "kill cri memcg time=2026-11-21T01:06:27Z started=2026-11-21T00:00:00Z "
	             "pod=" POD
	             " container=cart limit=536870912 exit=137 restarts=3 text=OOMKilled\n");
}

static void a_kill_by_anybody_keeps_its_own_reason(void **state)
{
	read_json(*state, "{\"status\":{\"metadata\":{\"name\":\"cart\"},"
	                  "\"state\":\"CONTAINER_EXITED\",\"exitCode\":137,"
	                  "\"finishedAt\":\"2026-11-21T01:06:27Z\",\"reason\":\"Error\"}}");

	assert_facts(*state, "capture pod after=2026-11-21T01:06:27Z\n"
	                     "kill cri  time=2026-11-21T01:06:27Z container=cart exit=137 "
	                     "text=Error\n");
}

static void a_container_that_runs_is_a_capture_without_a_kill(void **state)
{
	read_json(*state, "[{\"status\":{\"metadata\":{\"name\":\"cart\"},"
	                  "\"state\":\"CONTAINER_RUNNING\",\"exitCode\":0,"
	                  "\"finishedAt\":\"1970-01-01T00:00:00Z\"," LABELS "}},{\"status\":{}}]");

	assert_facts(*state, "capture pod service=shop-cart instance=" POD "\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_container_that_was_killed_is_told_with_its_pod_and_limit),
		test(a_kill_by_anybody_keeps_its_own_reason),
		test(a_container_that_runs_is_a_capture_without_a_kill),
	};

	return cmocka_run_group_tests_name("capture.fmt_crictl", tests, NULL, NULL);
}
