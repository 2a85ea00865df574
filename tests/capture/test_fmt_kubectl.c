/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "pod.txt", &err), &err);
	assert_string_equal(facts->format->id, "log");
}

#define POD "shop-cart-7d9f6c5b8d-x2x4z"

static void a_container_that_was_killed_is_told_with_its_limit(void **state)
{
	read_text(*state, "Name:             " POD "\n"
	                  "Namespace:        prod\n"
	                  "Containers:\n"
	                  "  cart:\n"
	                  "    Image:          shop/cart:1\n"
	                  "    State:          Waiting\n"
	                  "      Reason:       CrashLoopBackOff\n"
	                  "    Last State:     Terminated\n"
	                  "      Reason:       OOMKilled\n"
	                  "      Exit Code:    137\n"
	                  "      Started:      Fri, 20 Nov 2026 10:00:00 +0000\n"
	                  "      Finished:     Fri, 20 Nov 2026 12:00:00 +0100\n"
	                  "    Ready:          False\n"
	                  "    Restart Count:  3\n"
	                  "    Limits:\n"
	                  "      cpu:     1\n"
	                  "      memory:  512Mi\n"
	                  "    Requests:\n"
	                  "      memory:     256Mi\n"
	                  "  proxy:\n"
	                  "    State:          Running\n"
	                  "    Last State:     Terminated\n"
	                  "      Reason:       Completed\n"
	                  "      Exit Code:    0\n"
	                  "    Restart Count:  1\n"
	                  "Events:            <none>\n");

	assert_facts(*state,
	             "capture pod after=2026-11-20T11:00:00Z service=shop-cart instance=" POD
	             "\nkill kubernetes memcg time=2026-11-20T11:00:00Z "
	             "started=2026-11-20T10:00:00Z pod=" POD
	             " container=cart limit=536870912 exit=137 restarts=3 text=OOMKilled\n");
}

static void a_kill_by_anybody_keeps_its_own_reason(void **state)
{
	read_text(*state, "Name:             job-1\n"
	                  "Containers:\n"
	                  "  a:\n"
	                  "    State:          Terminated\n"
	                  "      Reason:       Error\n"
	                  "      Exit Code:    137\n"
	                  "Name:             job-2\n"
	                  "Init Containers:\n"
	                  "  b:\n"
	                  "    State:          Terminated\n"
	                  "      Reason:       OOMKilled\n"
	                  "    Limits:\n"
	                  "      memory:  1G\n");

	assert_facts(*state, "capture pod service=job instance=job-1\n"
	                     "kill kubernetes  pod=job-1 container=a exit=137 text=Error\n"
	                     "capture pod service=job instance=job-2\n"
	                     "kill kubernetes memcg pod=job-2 container=b limit=1000000000 "
	                     "text=OOMKilled\n");
}

static void the_list_of_pods_names_those_that_were_killed(void **state)
{
	read_text(*state, "NAMESPACE   NAME    READY   STATUS             RESTARTS      AGE\n"
	                  "prod        job-1   0/1     OOMKilled          3 (2m ago)    2d\n"
	                  "prod        job-2   1/1     Running            0             2d\n"
	                  "prod        job-3   0/1     CrashLoopBackOff   12            2d\n");

	assert_facts(*state, "capture pod service=job instance=job-1\n"
	                     "kill kubernetes memcg pod=job-1 restarts=3 text=OOMKilled\n");
}

static void pods_that_live_are_no_capture(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"NAME    READY   STATUS    RESTARTS   AGE\njob-2   1/1     Running   0          2d\n",
	         "a list of pods: none of them was killed for want of memory"},
		{"NAME    READY   STATUS    RESTARTS   AGE\n\nx\n",
	         "a list of pods: none of them was killed for want of memory"},
		{"Name:   x\nContainers:\n  a:\n    State:      Terminated\n      Exit Code:  0\n",
	         "no known capture format"},
		{"    State:      Terminated\n", "no known capture format"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(rows[i].text), "x", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
}

static void the_last_words_of_a_container_end_nothing(void **state)
{
	static const char words[] = "    Last State:     Terminated\n"
				    "      Reason:       OOMKilled\n"
				    "      Message:      aded\" segment=18\n"
				    "level=info ts=2026-11-21T01:06:20Z msg=\"loaded\"\n"
				    "Status: fine\n"
				    "\n"
				    "      Exit Code:    137\n"
				    "      Finished:     Sat, 21 Nov 2026 01:06:27 +0000\n"
				    "    Restart Count:  9\n";
	char text[1024];

	(void)snprintf(text, sizeof text, "Name:  job-1\nContainers:\n  a:\n%s", words);
	read_text(*state, text);
	assert_fact(*state, "kill kubernetes memcg time=2026-11-21T01:06:27Z pod=job-1 container=a "
	                    "exit=137 restarts=9 text=OOMKilled");
	read_text(*state, words);
	assert_fact(*state, "kill kubernetes memcg time=2026-11-21T01:06:27Z exit=137 restarts=9 "
	                    "text=OOMKilled");
}

static void what_follows_a_pod_is_not_swallowed(void **state)
{
	read_text(*state, "Name:   x\nContainers:\n  a:\n    State:      Terminated\n"
	                  "      Reason:  OOMKilled\n"
	                  "panic: boom\n\ngoroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_fact(*state, "kill kubernetes memcg pod=x container=a text=OOMKilled");
	assert_fact(*state, "goroutines 1 running: main.f f.go:1");
}

static void a_description_that_a_page_indents_is_read(void **state)
{
	read_text(*state, "My pod:\n\n"
	                  "    Name:   x\n"
	                  "    Containers:\n"
	                  "      a:\n"
	                  "        Last State:  Terminated\n"
	                  "          Reason:    OOMKilled\n"
	                  "        Restart Count:  3\n"
	                  "        Limits:\n"
	                  "          memory:  8Ki\n"
	                  "\nWhy?\n");

	assert_fact(*state, "kill kubernetes memcg pod=x container=a limit=8192 restarts=3 "
	                    "text=OOMKilled");
}

static void a_container_that_runs_before_the_others_counts(void **state)
{
	read_text(*state, "NAME    READY   STATUS           RESTARTS   AGE\n"
	                  "job-2   0/1     Init:OOMKilled   4          2d\n");

	assert_fact(*state, "kill kubernetes memcg pod=job-2 restarts=4 text=OOMKilled");
}

static void a_state_that_was_cut_out_tells_of_a_kill(void **state)
{
	read_text(*state, "Last State:     Terminated\n"
	                  "  Reason:       OOMKilled\n"
	                  "  Exit Code:    137\n"
	                  "  Started:      Fri, 20 Nov 2026 10:00:00 +0000\n"
	                  "  Finished:     Fri, 20 Nov 2026 11:00:00 +0000\n"
	                  "Restart Count:  3\n");

	assert_facts(*state, "capture pod after=2026-11-20T11:00:00Z\n"
	                     "kill kubernetes memcg time=2026-11-20T11:00:00Z "
	                     "started=2026-11-20T10:00:00Z exit=137 restarts=3 text=OOMKilled\n");
}

static void the_command_above_a_state_names_the_pod(void **state)
{
	read_text(*state, "$ kubectl describe pod -n prod " POD " | grep -A3 Last\n"
	                  "Containers:\n"
	                  "  cart:\n"
	                  "    State:          Running\n"
	                  "    Last State:     Terminated\n"
	                  "    Reason:       OOMKilled\n"
	                  "\n"
	                  "$ uptime\n");

	assert_facts(*state, "capture pod service=shop-cart instance=" POD
	                     "\nkill kubernetes memcg pod=" POD " container=cart text=OOMKilled\n");
}

#define CUT_OUT                                                                                    \
	"\n    Last State:     Terminated\n      Reason:       OOMKilled\n"                        \
	"      Exit Code:    137\n"

static void commands_of_many_forms_name_the_pod(void **state)
{
	struct ll_facts *const facts = *state;
	static const char *const commands[] = {
		"kubectl describe pod/" POD,
		"$ kubectl --context prod describe pods " POD " -n prod",
		"oc describe po --namespace prod " POD,
		"[me@host ~]$ k describe po --show-events=false  " POD " | less",
	};

	for (size_t i = 0; i < LL_COUNT(commands); i++) {
		char text[512];

		(void)snprintf(text, sizeof text, "%s" CUT_OUT, commands[i]);
		read_text(facts, text);
		assert_non_null(strstr(facts->text.data, " pod=" POD " "));
	}
}

static void words_that_are_no_command_name_no_pod(void **state)
{
	struct ll_facts *const facts = *state;
	static const char *const lines[] = {
		"To describe possible workarounds, first see what happened:",
		"I used kubectl to describe pods that were killed",
		"kubectl describe poddisruptionbudget cart",
		"kubectl describe pod <name>",
		"kubectl describe pod $POD",
		"kubectl describe pod | grep -A5 Last",
		"kubectl describe pod -l app=cart",
		"kubectl describe pod",
	};

	for (size_t i = 0; i < LL_COUNT(lines); i++) {
		char text[512];

		(void)snprintf(text, sizeof text, "%s\n" CUT_OUT, lines[i]);
		read_text(facts, text);
		assert_non_null(
			strstr(facts->text.data, "kill kubernetes memcg exit=137 text=OOMKilled"));
	}
}

static void another_reason_without_a_pod_says_nothing(void **state)
{
	static const char *const reasons[] = {"Error", "Completed"};

	for (size_t i = 0; i < LL_COUNT(reasons); i++) {
		struct ll_error err = LL_ERROR_INIT;
		char text[128];

		(void)snprintf(text, sizeof text,
		               "    Last State:     Terminated\n      Reason:  %s\n"
		               "      Exit Code:    137\n",
		               reasons[i]);
		assert_int_equal(ll_facts_read(*state, ll_str(text), "x", &err), LL_E_FORMAT);
		assert_int_equal(((struct ll_facts *)*state)->count, 0);
	}
}

static void a_pod_that_was_evicted_for_memory_was_killed(void **state)
{
	read_text(*state, "Name:           " POD "\n"
	                  "Namespace:      prod\n"
	                  "Status:         Failed\n"
	                  "Reason:         Evicted\n"
	                  "Message:        The node was low on resource: memory.\n"
	                  "Containers:\n"
	                  "  cart:\n"
	                  "    Image:      cart:1\n");

	assert_facts(*state, "capture pod service=shop-cart instance=" POD
	                     "\nkill kubernetes global pod=" POD
	                     " text=The node was low on resource: memory.\n");
}

static void a_pod_that_was_evicted_for_its_disk_was_not(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_facts_read(*state,
	                               ll_str("Name:           cart-0\n"
	                                      "Status:         Failed\n"
	                                      "Reason:         Evicted\n"
	                                      "Message:        The node was low on resource: "
	                                      "ephemeral-storage.\n"),
	                               "x", &err),
	                 LL_E_FORMAT);
}

static void remarks_and_the_words_of_kubernetes_1_0_are_understood(void **state)
{
	read_text(*state, "Name:\t\t\t\t" POD "\n"
	                  "Namespace:\t\t\tprod\n"
	                  "Image(s):\t\t\tcart\n"
	                  "Replication Controllers:\tcart (1/1 replicas created)\n"
	                  "Containers:\n"
	                  "  cart:\n"
	                  "    Limits:\n"
	                  "      memory:\t\t512Mi\n"
	                  "    Last Termination State:\tTerminated   # look here\n"
	                  "      Reason:\tOOMKilled   # its limit\n"
	                  "      Exit Code:\t137   # SIGKILL\n"
	                  "      Finished:\tFri, 20 Nov 2026 12:00:00 +0100\n"
	                  "    Restart Count:\t5\n");

	assert_facts(*state,
	             "capture pod after=2026-11-20T11:00:00Z service=shop-cart instance=" POD
	             "\nkill kubernetes memcg time=2026-11-20T11:00:00Z pod=" POD
	             " container=cart exit=137 restarts=5 text=OOMKilled\n");
}

static void what_a_command_printed_may_be_commented(void **state)
{
	read_text(*state, "kubectl get pods\n"
	                  "# NAME                         READY   STATUS    RESTARTS   AGE\n"
	                  "# " POD "   1/1     Running   7          2d\n"
	                  "\n"
	                  "kubectl describe pod " POD " -n shop | grep -A5 'Last State'\n"
	                  "# Last State:     Terminated\n"
	                  "#   Reason:       OOMKilled\n"
	                  "#   Exit Code:    137\n"
	                  "#   Finished:     Fri, 20 Nov 2026 12:00:00 +0100\n");

	assert_facts(*state,
	             "capture pod after=2026-11-20T11:00:00Z service=shop-cart instance=" POD
	             "\nkill kubernetes memcg time=2026-11-20T11:00:00Z pod=" POD
	             " exit=137 text=OOMKilled\n");
}

static void a_description_may_have_its_middle_cut_out(void **state)
{
	static const char *const middles[] = {"", "...\n", "[...]\n\n"};

	for (size_t i = 0; i < LL_COUNT(middles); i++) {
		char text[512];

		(void)snprintf(text, sizeof text,
		               "Name:         " POD "\n"
		               "Namespace:    shop\n"
		               "%s"
		               "    Last State:     Terminated\n"
		               "      Reason:       OOMKilled\n"
		               "      Exit Code:    137\n"
		               "      Finished:     Fri, 20 Nov 2026 12:00:00 +0100\n",
		               middles[i]);
		read_text(*state, text);
		assert_facts(
			*state,
			"capture pod after=2026-11-20T11:00:00Z service=shop-cart instance=" POD
			"\nkill kubernetes memcg time=2026-11-20T11:00:00Z pod=" POD
			" exit=137 text=OOMKilled\n");
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_container_that_was_killed_is_told_with_its_limit),
		test(a_kill_by_anybody_keeps_its_own_reason),
		test(the_list_of_pods_names_those_that_were_killed),
		test(pods_that_live_are_no_capture),
		test(the_last_words_of_a_container_end_nothing),
		test(what_follows_a_pod_is_not_swallowed),
		test(a_description_that_a_page_indents_is_read),
		test(a_container_that_runs_before_the_others_counts),
		test(a_state_that_was_cut_out_tells_of_a_kill),
		test(the_command_above_a_state_names_the_pod),
		test(commands_of_many_forms_name_the_pod),
		test(words_that_are_no_command_name_no_pod),
		test(another_reason_without_a_pod_says_nothing),
		test(a_pod_that_was_evicted_for_memory_was_killed),
		test(a_pod_that_was_evicted_for_its_disk_was_not),
		test(remarks_and_the_words_of_kubernetes_1_0_are_understood),
		test(what_a_command_printed_may_be_commented),
		test(a_description_may_have_its_middle_cut_out),
	};

	return cmocka_run_group_tests_name("capture.fmt_kubectl", tests, NULL, NULL);
}
