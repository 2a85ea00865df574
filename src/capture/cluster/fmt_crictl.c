/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_crictl.c - `crictl inspect` of a container: what containerd or CRI-O say of how it ended, on
 * a node whose Kubernetes has forgotten it.
 *
 *     {"status": {"id": "6895a3e1...", "metadata": {"name": "cart", "attempt": 3},
 *       "state": "CONTAINER_EXITED", "finishedAt": "2026-11-21T01:06:27Z", "exitCode": 137,
 *       "reason": "OOMKilled", "labels": {"io.kubernetes.pod.name": "cart-7d9f6c5b8d-x2x4z", ...},
 *       "resources": {"linux": {"memoryLimitInBytes": "536870912"}}}}
 *
 * Rules:
 *   1. The pod is in the labels; what owns it is the service.
 *   2. Reason OOMKilled is a kill. Exit code 137 with another reason is SIGKILL by anybody: kept as
 *      a kill with that reason. A container that was never started ended in the year 1970.
 */
#include "container_state.h"
#include "document.h"
#include "identity/name_words.h"
#include "metrics/reading.h"

static int64_t count_at(const struct ll_node *node, const char *path)
{
	double number;

	return ll_node_number(node, path, &number) && number > 0 && number < 9e18 ? (int64_t)number
	                                                                          : -1;
}

static int put_kill(const struct ll_node *status, const struct ll_origin *origin, int64_t limit,
                    const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_str reason = ll_node_text(status, "reason");
	const bool is_proved = ll_str_equal(reason, ll_str("OOMKilled"));
	struct ll_kill kill = ll_container_kill("cri");

	kill.exit_code = count_at(status, "exitCode");
	if (!is_proved && kill.exit_code != LL_EXIT_KILLED)
		return LL_OK;
	kill.time_ns = ll_node_time(status, "finishedAt");
	kill.started_ns = ll_node_time(status, "startedAt");
	kill.scope = is_proved ? "memcg" : "";
	kill.pod = origin->instance;
	kill.container = ll_node_text(status, "metadata.name");
	kill.restarts = count_at(status, "metadata.attempt");
	kill.limit = limit;
	kill.text = reason;
	return out->kill(out->self, &kill, err);
}

static int read_container(const struct ll_node *item, const struct ll_sink *out,
                          struct ll_error *err)
{
	const struct ll_node *const status = ll_node_find(item, "status");
	const int64_t limit = count_at(status, "resources.linux.memoryLimitInBytes");
	const int64_t started_ns = ll_node_time(status, "startedAt");
	const int64_t finished_ns = ll_node_time(status, "finishedAt");
	const struct ll_str pod = ll_node_member(status, "labels", "io.kubernetes.pod.name");
	struct ll_origin origin = {
		.kind = LL_KIND_POD,
		.time_ns = LL_TIME_NONE,
		.not_before_ns = started_ns > finished_ns ? started_ns : finished_ns,
		.service = pod,
		.instance = pod,
		.identified = pod.size > 0 ? "label of the container" : NULL,
	};
	int rc;

	(void)ll_name_pod(pod, &origin.service);
	rc = out->begin(out->self, &origin, err);
	if (rc >= 0 && limit > 0)
		rc = ll_reading_put(out, ll_str(LL_READING_LIMIT), ll_str(""), (double)limit, err);
	if (rc >= 0)
		rc = put_kill(status, &origin, limit, out, err);
	return rc < 0 ? rc : LL_OK;
}

static bool is_ours(const struct ll_node *item)
{
	return ll_str_starts(ll_node_text(item, "status.state"), "CONTAINER_") &&
	       ll_node_find(item, "status.metadata.name") != NULL;
}

static int read_crictl(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                       struct ll_error *err)
{
	static const struct ll_document_format format = {
		.is_ours = is_ours,
		.read = read_container,
		.nothing = "no container of crictl inspect",
	};

	(void)peek;
	return ll_document_read(in, &format, out, err);
}

static enum ll_bid bid_crictl(const struct ll_peek *peek)
{
	static const char *const words[] = {"\"status\"", "\"CONTAINER_", "\"metadata\""};
	const struct ll_str start = ll_str_trim(ll_str_first(peek->head, 256));

	if (!ll_str_starts(start, "[") && !ll_str_starts(start, "{"))
		return LL_BID_NO;
	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_find(peek->head, words[i]) == SIZE_MAX)
			return LL_BID_NO;
	}
	return LL_BID_SHAPE;
}

const struct ll_format ll_fmt_crictl = {
	.id = "crictl",
	.title = "crictl inspect of containers",
	.bid = bid_crictl,
	.read = read_crictl,
};
