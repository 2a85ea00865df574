/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_kube(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "pods", &err), &err);
	assert_string_equal(facts->format->id, "kubernetes");
}

static const char pod_yaml[] = "apiVersion: v1\n"
			       "kind: Pod\n"
			       "metadata:\n"
			       "  creationTimestamp: \"2023-11-14T20:00:00Z\"\n"
			       "  name: shop-7d9f6c5b8d-x2x4z\n"
			       "  namespace: prod\n"
			       "  ownerReferences:\n"
			       "  - kind: ReplicaSet\n"
			       "    name: shop-7d9f6c5b8d\n"
			       "spec:\n"
			       "  nodeName: node-3\n"
			       "  containers:\n"
			       "  - name: app\n"
			       "    env:\n"
			       "    - name: GOMEMLIMIT\n"
			       "      value: 450MiB\n"
			       "    - name: GOGC\n"
			       "      value: \"off\"\n"
			       "    resources:\n"
			       "      limits:\n"
			       "        memory: 512Mi\n"
			       "      requests:\n"
			       "        memory: 128974848000m\n"
			       "  - name: sidecar\n"
			       "status:\n"
			       "  containerStatuses:\n"
			       "  - name: app\n"
			       "    restartCount: 3\n"
			       "    lastState:\n"
			       "      terminated:\n"
			       "        exitCode: 137\n"
			       "        reason: OOMKilled\n"
			       "        startedAt: \"2023-11-14T21:00:00Z\"\n"
			       "        finishedAt: \"2023-11-14T22:13:20Z\"\n"
			       "    state:\n"
			       "      running:\n"
			       "        startedAt: \"2023-11-14T22:13:21Z\"\n"
			       "  - name: sidecar\n"
			       "    restartCount: 0\n"
			       "    state:\n"
			       "      running:\n"
			       "        startedAt: \"2023-11-14T20:00:01Z\"\n";

static const char pod_facts[] =
	"capture pod after=2023-11-14T22:13:21Z service=shop instance=shop-7d9f6c5b8d-x2x4z\n"
	"reading limit.memory {\"container\":\"app\"} 536870912\n"
	"reading request.memory {\"container\":\"app\"} 128974848\n"
	"reading /gc/gomemlimit:bytes {\"container\":\"app\"} 471859200\n"
	"reading /gc/gogc:percent {\"container\":\"app\"} none\n"
	"reading limit.memory {\"container\":\"sidecar\"} none\n"
	"reading kubernetes.restarts {\"container\":\"app\"} 3\n"
	"kill kubernetes  time=2023-11-14T22:13:20Z started=2023-11-14T21:00:00Z host=node-3 "
	"pod=shop-7d9f6c5b8d-x2x4z container=app limit=536870912 exit=137 restarts=3 "
	"text=OOMKilled\n"
	"reading kubernetes.restarts {\"container\":\"sidecar\"} 0\n";

static void a_pod_tells_kills_restarts_and_limits(void **state)
{
	read_kube(*state, pod_yaml);

	assert_facts(*state, pod_facts);
}

static void json_says_the_same_as_yaml(void **state)
{
	read_kube(*state,
	          "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"creationTimestamp\":"
	          "\"2023-11-14T20:00:00Z\",\"name\":\"shop-7d9f6c5b8d-x2x4z\","
	          "\"ownerReferences\":[{\"kind\":\"ReplicaSet\",\"name\":\"shop-7d9f6c5b8d\"}]},"
	          "\"spec\":{\"nodeName\":\"node-3\",\"containers\":[{\"name\":\"app\",\"env\":["
	          "{\"name\":\"GOMEMLIMIT\",\"value\":\"450MiB\"},{\"name\":\"GOGC\",\"value\":"
	          "\"off\"}],\"resources\":{\"limits\":{\"memory\":\"512Mi\"},\"requests\":"
	          "{\"memory\":\"128974848000m\"}}},{\"name\":\"sidecar\"}]},"
	          "\"status\":{\"containerStatuses\":[{\"name\":\"app\",\"restartCount\":3,"
	          "\"lastState\":{\"terminated\":{\"exitCode\":137,\"reason\":\"OOMKilled\","
	          "\"startedAt\":\"2023-11-14T21:00:00Z\",\"finishedAt\":\"2023-11-14T22:13:20Z\"}}"
	          ",\"state\":{\"running\":{\"startedAt\":\"2023-11-14T22:13:21Z\"}}},"
	          "{\"name\":\"sidecar\",\"restartCount\":0,\"state\":{\"running\":{\"startedAt\":"
	          "\"2023-11-14T20:00:01Z\"}}}]}}");

	assert_facts(*state, pod_facts);
}

static void every_pod_of_a_list_is_a_capture(void **state)
{
	read_kube(*state,
	          "{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n"
	          "        {\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": "
	          "\"db-0\", \"ownerReferences\": [{\"kind\": \"StatefulSet\", \"name\": \"db\"}]},"
	          " \"spec\": {\"containers\": []}},\n"
	          "        {\"kind\": \"Service\", \"spec\": {\"ports\": []}},\n"
	          "        {\"kind\": \"Pod\", \"metadata\": {\"name\": \"lonely\"}, \"spec\": "
	          "{\"containers\": []}}\n    ],\n    \"kind\": \"List\"\n}\n");

	assert_facts(*state, "capture pod service=db instance=db-0\n"
	                     "capture pod service=lonely instance=lonely\n");
}

static void the_answer_of_the_api_has_items_without_a_kind(void **state)
{
	read_kube(*state, "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{"
	                  "\"name\":\"shop-7d9f6c5b8d-x2x4z\"},\"spec\":{\"containers\":[]}}]}");

	assert_facts(*state, "capture pod service=shop instance=shop-7d9f6c5b8d-x2x4z\n");
}

static void an_exit_code_alone_is_no_proof_and_other_ends_are_no_kill(void **state)
{
	read_kube(*state,
	          "apiVersion: v1\nkind: Pod\nmetadata: {name: job-1}\nspec: {containers: []}\n"
	          "status:\n  containerStatuses:\n"
	          "  - name: a\n    state: {terminated: {exitCode: 137, reason: Error}}\n"
	          "  - name: b\n    state: {terminated: {exitCode: 2, reason: Error}}\n"
	          "  - name: c\n    state: {terminated: {exitCode: 0, reason: Completed}}\n"
	          "  initContainerStatuses:\n"
	          "  - name: d\n    state: {terminated: {exitCode: 1, reason: OOMKilled, "
	          "message: \"a\\nb\"}}\n");

	assert_facts(*state, "capture pod service=job instance=job-1\n"
	                     "kill kubernetes  pod=job-1 container=a exit=137 text=Error\n"
	                     "kill kubernetes  pod=job-1 container=d exit=1 text=OOMKilled: a\n"
	                     "b\n");
}

static void an_evicted_pod_is_a_kill_when_memory_was_short(void **state)
{
	read_kube(*state,
	          "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n"
	          "status: {reason: Evicted, startTime: \"2023-11-14T22:13:20Z\", message: 'The "
	          "node was low on resource: memory. '}\n---\n"
	          "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: {containers: []}\n"
	          "status: {reason: Evicted, message: 'The node was low on resource: "
	          "ephemeral-storage.'}\n");

	assert_facts(*state, "capture pod after=2023-11-14T22:13:20Z service=a instance=a\n"
	                     "kill kubernetes global started=2023-11-14T22:13:20Z pod=a "
	                     "text=Evicted: The node was low on resource: memory.\n"
	                     "capture pod service=b instance=b\n");
}

static void events_of_kills_are_captures_and_others_are_not(void **state)
{
	read_kube(*state,
	          "apiVersion: v1\nkind: List\nitems:\n"
	          "- apiVersion: v1\n  kind: Event\n  reason: SystemOOM\n"
	          "  involvedObject: {kind: Node, name: node-3}\n"
	          "  message: 'System OOM encountered, victim process: node, pid: 22609'\n"
	          "  lastTimestamp: \"2023-11-14T22:13:20Z\"\n"
	          "- kind: Event\n  reason: Evicted\n"
	          "  involvedObject: {kind: Pod, name: shop-7d9f6c5b8d-x2x4z}\n"
	          "  message: 'The node was low on resource: memory.'\n"
	          "  eventTime: \"2023-11-14T22:13:21.5Z\"\n"
	          "- kind: Event\n  reason: OOMKilling\n  regarding: {kind: Node, name: n}\n"
	          "  note: 'Memory cgroup out of memory'\n"
	          "- kind: Event\n  reason: Pulled\n  involvedObject: {kind: Pod, name: x}\n");

	assert_facts(*state,
	             "capture kill (event) time=2023-11-14T22:13:20Z\n"
	             "kill kubernetes global time=2023-11-14T22:13:20Z process=node pid=22609 "
	             "host=node-3 text=SystemOOM: System OOM encountered, victim process: node, "
	             "pid: 22609\n"
	             "capture kill (event) time=2023-11-14T22:13:21.500000000Z service=shop "
	             "instance=shop-7d9f6c5b8d-x2x4z\n"
	             "kill kubernetes global time=2023-11-14T22:13:21.500000000Z "
	             "pod=shop-7d9f6c5b8d-x2x4z text=Evicted: The node was low on resource: "
	             "memory.\n"
	             "capture kill (event)\n"
	             "kill kubernetes  host=n text=OOMKilling: Memory cgroup out of memory\n");
}

static void quantities_are_those_of_kubernetes(void **state)
{
	static const struct {
		const char *text, *bytes;
	} rows[] = {
		{"536870912", "536870912"},
		{"1G", "1000000000"},
		{"1Gi", "1073741824"},
		{"1e9", "1000000000"},
		{"0.5Ki", "512"},
		{"500k", "500000"},
		{"1x", "none"},
		{"-5", "none"},
		{"", "none"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		char text[256], expected[128];

		(void)snprintf(text, sizeof text,
		               "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: "
		               "[{name: c, resources: {limits: {memory: '%s'}}}]}\n",
		               rows[i].text);
		read_kube(*state, text);
		(void)snprintf(expected, sizeof expected,
		               "reading limit.memory {\"container\":\"c\"} %s", rows[i].bytes);
		assert_fact(*state, expected);
	}
}

static void what_has_neither_pods_nor_kills_is_refused(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"kind\":\"Service\"}]}",
	         "no pods and no events of memory among 1 Kubernetes objects"},
		{"apiVersion: v1\nkind: Pod\nmetadata: [\n",
	         "line 4: did not find expected node content"},
		{"{\"apiVersion\":\"v1\",\n\"kind\":\"Pod\",", "line 2: malformed JSON"},
		{"apiVersion: apps/v1\nkind: Deployment\n", "no known capture format"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(rows[i].text), "x", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
}

static void a_list_that_breaks_off_keeps_the_pods_before(void **state)
{
	read_kube(*state, "{\"apiVersion\":\"v1\",\"items\":[{\"kind\":\"Pod\",\"metadata\":{"
	                  "\"name\":\"a\"},\"spec\":{\"containers\":[]}},\n{\"kind\":\"Po");

	assert_facts(*state, "capture pod service=a instance=a\nnote 0 line 2: malformed JSON\n");
}

static void a_file_may_be_cut_anywhere(void **state)
{
	for (size_t size = 0; size < sizeof pod_yaml; size++) {
		struct ll_error err = LL_ERROR_INIT;

		ll_facts_clear(*state);
		(void)ll_facts_read(*state, ll_str_n(pod_yaml, size), "x", &err);
	}
}

static void an_array_of_pods_is_a_list(void **state)
{
	read_kube(*state,
	          "[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a-0\"},"
	          "\"spec\":{\"containers\":[]}},\n"
	          " {\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"b-0\"},"
	          "\"spec\":{\"containers\":[]}}]\n");

	assert_fact(*state, "capture pod service=a instance=a-0");
	assert_fact(*state, "capture pod service=b instance=b-0");
}

static void a_replica_set_without_a_hash_keeps_its_name(void **state)
{
	read_kube(*state, "apiVersion: v1\nkind: Pod\nmetadata:\n  name: big-cache-x2x4z\n"
	                  "  ownerReferences:\n  - kind: ReplicaSet\n    name: big-cache\n"
	                  "spec:\n  containers: []\n");

	assert_fact(*state, "capture pod service=big-cache instance=big-cache-x2x4z");
}

static void a_memory_limit_may_be_that_of_the_container(void **state)
{
	read_kube(*state, "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a-0\nspec:\n"
	                  "  initContainers:\n"
	                  "  - name: first\n    resources: {limits: {memory: 4Ki}}\n"
	                  "  containers:\n"
	                  "  - name: app\n    env:\n    - name: GOMEMLIMIT\n"
	                  "      valueFrom: {resourceFieldRef: {resource: limits.memory}}\n"
	                  "    resources: {limits: {memory: 8Ki}}\n"
	                  "status:\n  initContainerStatuses:\n"
	                  "  - name: first\n    lastState: {terminated: {reason: OOMKilled}}\n");

	assert_fact(*state, "reading /gc/gomemlimit:bytes {\"container\":\"app\"} 8192");
	assert_fact(*state, "kill kubernetes  pod=a-0 container=first limit=4096 text=OOMKilled");
}

static void an_event_that_somebody_forwards_is_read_once(void **state)
{
	read_kube(*state,
	          "{\"verb\":\"ADDED\",\"event\":{\"involvedObject\":{\"kind\":\"Node\","
	          "\"name\":\"node-3\"},\"reason\":\"OOMKilling\",\"message\":\"Memory cgroup out "
	          "of memory: Killed process 77 (cart) total-vm:4kB, anon-rss:8kB, file-rss:0kB\","
	          "\"lastTimestamp\":\"2023-11-14T22:13:20Z\"}}\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 1);
	assert_fact(*state, "capture kill (event) time=2023-11-14T22:13:20Z");
}

static void the_kernels_words_in_an_event_are_no_second_kill(void **state)
{
	read_kube(*state, "apiVersion: v1\nkind: Event\n"
	                  "involvedObject:\n  kind: Node\n  name: node-3\n"
	                  "reason: OOMKilling\n"
	                  "message: 'Memory cgroup out of memory: Killed process 77 (cart) "
	                  "total-vm:4kB, anon-rss:8kB, file-rss:0kB'\n"
	                  "lastTimestamp: \"2023-11-14T22:13:20Z\"\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 1);
	assert_fact(*state, "capture kill (event) time=2023-11-14T22:13:20Z");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_pod_tells_kills_restarts_and_limits),
		test(json_says_the_same_as_yaml),
		test(every_pod_of_a_list_is_a_capture),
		test(the_answer_of_the_api_has_items_without_a_kind),
		test(an_exit_code_alone_is_no_proof_and_other_ends_are_no_kill),
		test(an_evicted_pod_is_a_kill_when_memory_was_short),
		test(events_of_kills_are_captures_and_others_are_not),
		test(quantities_are_those_of_kubernetes),
		test(what_has_neither_pods_nor_kills_is_refused),
		test(a_list_that_breaks_off_keeps_the_pods_before),
		test(a_file_may_be_cut_anywhere),
		test(an_array_of_pods_is_a_list),
		test(a_replica_set_without_a_hash_keeps_its_name),
		test(a_memory_limit_may_be_that_of_the_container),
		test(an_event_that_somebody_forwards_is_read_once),
		test(the_kernels_words_in_an_event_are_no_second_kill),
	};

	return cmocka_run_group_tests_name("capture.fmt_kube", tests, NULL, NULL);
}
