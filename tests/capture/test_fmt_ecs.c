/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_json(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "tasks.json", &err), &err);
	assert_string_equal(facts->format->id, "ecs");
}

#define ARN "\"taskArn\":\"arn:aws:ecs:eu-west-1:1:task/prod/0056d389\""
#define OOM "OutOfMemoryError: Container killed due to memory usage"

static void a_container_that_was_killed_is_told_with_its_limit(void **state)
{
	read_json(*state,
	          "{\"tasks\":[{\"group\":\"service:cart\"," ARN ",\"memory\":\"1024\","
	          "\"startedAt\":\"2026-11-21T00:00:00+00:00\","
	          "\"executionStoppedAt\":\"2026-11-21T02:06:27.5+01:00\","
	          "\"stoppedAt\":\"2026-11-21T01:06:50+00:00\",\"containers\":["
	          "{\"name\":\"app\",\"exitCode\":137,\"memory\":\"512\",\"reason\":\"" OOM "\"},"
	          "{\"name\":\"proxy\",\"exitCode\":0}]}],\"failures\":[]}\n");

	assert_facts(*state,
	             "capture pod after=2026-11-21T01:06:50Z service=cart instance=0056d389\n"
	             "reading limit.memory 1073741824\n"
	             "kill ecs memcg time=2026-11-21T01:06:27.500000000Z "
	             "started=2026-11-21T00:00:00Z container=app limit=536870912 exit=137 "
	             "text=" OOM "\n");
}

static void an_event_has_its_task_inside(void **state)
{
	read_json(*state,
	          "{\"detail-type\":\"ECS Task State Change\",\"detail\":{" ARN ","
	          "\"group\":\"family:nightly\",\"stoppedAt\":1795223187.25,"
	          "\"stoppedReason\":\"Essential container in task exited\","
	          "\"memory\":256,\"containers\":[{\"name\":\"app\",\"exitCode\":137}]}}\n");

	assert_facts(*state, "capture pod after=2026-11-21T01:06:27.250000000Z service=nightly "
	                     "instance=0056d389\n"
	                     "reading limit.memory 268435456\n"
	                     "kill ecs  time=2026-11-21T01:06:27.250000000Z container=app "
	                     "limit=268435456 exit=137 text=Essential container in task exited\n");
}

static void a_task_that_ended_well_is_a_capture_without_a_kill(void **state)
{
	read_json(*state,
	          "{\"tasks\":[{\"group\":\"cart\"," ARN
	          ",\"containers\":[{\"name\":\"app\",\"exitCode\":0}]},{\"group\":\"x\"}]}");

	assert_facts(*state, "capture pod service=cart instance=0056d389\n");
}

static void numbers_that_cannot_be_are_not_believed(void **state)
{
	read_json(*state, "{\"tasks\":[{" ARN ",\"memory\":\"1e300\",\"stoppedAt\":1e300,"
	                  "\"containers\":[{\"exitCode\":1e300,\"reason\":\"" OOM "\"}]}]}");

	assert_facts(*state, "capture pod instance=0056d389\nkill ecs memcg text=" OOM "\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_container_that_was_killed_is_told_with_its_limit),
		test(an_event_has_its_task_inside),
		test(a_task_that_ended_well_is_a_capture_without_a_kill),
		test(numbers_that_cannot_be_are_not_believed),
	};

	return cmocka_run_group_tests_name("capture.fmt_ecs", tests, NULL, NULL);
}
