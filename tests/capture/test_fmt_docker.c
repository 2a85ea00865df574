/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_docker(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "inspect", &err), &err);
	assert_string_equal(facts->format->id, "docker");
}

static void a_container_that_was_killed_tells_when_and_at_which_limit(void **state)
{
	read_docker(*state,
	            "[{\"Name\":\"/app-web-1\",\"RestartCount\":2,\"State\":{\"Status\":\"exited\","
	            "\"Running\":false,\"OOMKilled\":true,\"ExitCode\":137,\"StartedAt\":"
	            "\"2023-11-14T21:00:00Z\",\"FinishedAt\":\"2023-11-14T22:13:20.5Z\"},"
	            "\"HostConfig\":{\"Memory\":536870912},\"Config\":{\"Labels\":{"
	            "\"com.docker.compose.service\":\"web\"}}}]");

	assert_facts(*state, "capture pod after=2023-11-14T22:13:20.500000000Z service=web "
	                     "instance=app-web-1\n"
	                     "reading limit.memory 536870912\nreading docker.restarts 2\n"
	                     "kill docker  time=2023-11-14T22:13:20.500000000Z "
	                     "started=2023-11-14T21:00:00Z container=app-web-1 limit=536870912 "
	                     "exit=137 restarts=2 text=OOMKilled\n");
}

static void a_running_container_is_none_unless_a_child_was_killed(void **state)
{
	read_docker(*state,
	            "[{\"Name\":\"/web_2\",\"State\":{\"Running\":true,\"OOMKilled\":false,"
	            "\"ExitCode\":0,\"StartedAt\":\"2023-11-14T22:13:20Z\",\"FinishedAt\":"
	            "\"0001-01-01T00:00:00Z\"},\"HostConfig\":{\"Memory\":0}},"
	            "{\"Name\":\"/db\",\"State\":{\"Running\":true,\"OOMKilled\":true,\"ExitCode\":"
	            "0,\"FinishedAt\":\"2023-11-14T22:13:20Z\"}}]");

	assert_facts(*state, "capture pod after=2023-11-14T22:13:20Z service=web instance=web_2\n"
	                     "reading limit.memory none\n"
	                     "capture pod after=2023-11-14T22:13:20Z service=db instance=db\n"
	                     "kill docker  container=db text=OOMKilled\n");
}

static void an_exit_code_alone_says_that_it_is_no_proof(void **state)
{
	read_docker(*state, "{\"Name\":\"a\",\"State\":{\"OOMKilled\":false,\"ExitCode\":137}}");

	assert_facts(*state, "capture pod service=a instance=a\n"
	                     "kill docker  container=a exit=137 text=exit code 137, not "
	                     "OOMKilled\n");
}

static void what_breaks_off_is_noted_or_refused(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	read_docker(*state, "[{\"Name\":\"a\",\"State\":{\"OOMKilled\":false}},\n{");
	assert_fact(*state, "note 0 line 2: malformed JSON");

	assert_int_equal(
		ll_facts_read(*state, ll_str("[{\"State\":{},\"OOMKilled\":1}]"), "x", &err),
		LL_E_FORMAT);
	assert_string_equal(err.text, "no container with a State, and no memory of one");
}

static void memory_of_the_api_is_that_of_the_cgroup(void **state)
{
	read_docker(*state,
	            "{\"read\":\"2026-11-21T01:06:27.5Z\",\"name\":\"/shop-web-1\",\"pids_stats\":"
	            "{\"current\":7},\"memory_stats\":{\"usage\":6537216,\"max_usage\":6651904,"
	            "\"stats\":{\"rss\":1,\"total_rss\":6201344,\"cache\":4096,"
	            "\"hierarchical_memory_limit\":67108864},\"failcnt\":3,\"limit\":67108864}}");

	assert_facts(*state, "capture cgroup (docker stats) time=2026-11-21T01:06:27.500000000Z "
	                     "service=shop-web instance=shop-web-1\n"
	                     "reading cgroup.memory.current 6537216\n"
	                     "reading cgroup.memory.peak 6651904\n"
	                     "reading cgroup.memory.events.max 3\n"
	                     "reading cgroup.memory.stat.anon 6201344\n"
	                     "reading cgroup.memory.stat.file 4096\n"
	                     "reading cgroup.memory.max 67108864\n"
	                     "reading docker.memory_limit 67108864\n"
	                     "reading cgroup.pids.current 7\n");
}

static void each_answer_of_a_stream_is_a_capture(void **state)
{
	read_docker(*state,
	            "{\"read\":\"2026-11-21T01:06:27Z\",\"memory_stats\":{\"usage\":5,\"limit\":"
	            "9,\"stats\":{\"anon\":4}}}\n"
	            "{\"read\":\"2026-11-21T01:06:28Z\",\"memory_stats\":{\"usage\":6,\"stats\":{"
	            "\"hierarchical_memory_limit\":9223372036854771712}}}\n"
	            "{\"read\":\"2026-11-21T01:06:29Z\",\"memory_stats\":{}}\n");

	assert_facts(*state, "capture cgroup (docker stats) time=2026-11-21T01:06:27Z\n"
	                     "reading cgroup.memory.current 5\n"
	                     "reading cgroup.memory.stat.anon 4\n"
	                     "reading docker.memory_limit 9\n"
	                     "capture cgroup (docker stats) time=2026-11-21T01:06:28Z\n"
	                     "reading cgroup.memory.current 6\n"
	                     "reading cgroup.memory.max none\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_container_that_was_killed_tells_when_and_at_which_limit),
		test(a_running_container_is_none_unless_a_child_was_killed),
		test(an_exit_code_alone_says_that_it_is_no_proof),
		test(what_breaks_off_is_noted_or_refused),
		test(memory_of_the_api_is_that_of_the_cgroup),
		test(each_answer_of_a_stream_is_a_capture),
	};

	return cmocka_run_group_tests_name("capture.fmt_docker", tests, NULL, NULL);
}
