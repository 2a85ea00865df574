/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_ecs.c - tasks of Amazon ECS: what `aws ecs describe-tasks` prints, and the events "ECS Task
 * State Change", which have a task as their "detail".
 *
 *     {"tasks": [{"group": "service:cart", "taskArn": "arn:aws:ecs:...:task/prod/0056d389...",
 *       "memory": "512", "executionStoppedAt": "2026-11-21T01:06:27.5+00:00",
 *       "containers": [{"name": "app", "exitCode": 137, "memory": "512",
 *         "reason": "OutOfMemoryError: Container killed due to memory usage"}]}]}
 *
 * Rules:
 *   1. Each task is a capture; its group names the service, or the family of its definition.
 *   2. OutOfMemoryError is a kill. Exit code 137 with another reason is SIGKILL by anybody: kept as
 *      a kill with that reason, or with the task's.
 *   3. Memory is in MiB, of the container, else of the task. Times are strings, or seconds since
 *      1970 as older tools print them.
 */
#include "container_state.h"
#include "document.h"
#include "metrics/reading.h"

#define MIB (INT64_C(1) << 20)

/* Rule 3. */
static int64_t memory_of(const struct ll_node *node)
{
	double number;

	return ll_node_number(node, "memory", &number) && number >= 1 && number < 1e9
	               ? (int64_t)number * MIB
	               : -1;
}

static int64_t time_at(const struct ll_node *task, const char *path)
{
	double seconds;

	if (ll_node_number(task, path, &seconds))
		return seconds > 0 && seconds < 8e9 ? (int64_t)(seconds * 1e3) * LL_NS_PER_MS
		                                    : LL_TIME_NONE;
	return ll_node_time(task, path);
}

static int put_kill(const struct ll_node *task, const struct ll_node *container,
                    const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_str reason = ll_node_text(container, "reason");
	const bool is_proved = ll_str_starts(reason, "OutOfMemoryError");
	struct ll_kill kill = ll_container_kill("ecs");
	double exit_code;

	if (ll_node_number(container, "exitCode", &exit_code) && exit_code >= 0 && exit_code < 256)
		kill.exit_code = (int64_t)exit_code;
	if (!is_proved && kill.exit_code != LL_EXIT_KILLED)
		return LL_OK;
	kill.time_ns = time_at(task, "executionStoppedAt");
	if (kill.time_ns == LL_TIME_NONE)
		kill.time_ns = time_at(task, "stoppedAt");
	kill.started_ns = time_at(task, "startedAt");
	kill.scope = is_proved ? "memcg" : "";
	kill.container = ll_node_text(container, "name");
	kill.limit = memory_of(container);
	if (kill.limit < 0)
		kill.limit = memory_of(task);
	kill.text = reason.size > 0 ? reason : ll_node_text(task, "stoppedReason");
	return out->kill(out->self, &kill, err);
}

/* "service:cart", "family:cart": the word behind the colon. */
static struct ll_str service_of(const struct ll_node *task)
{
	const struct ll_str group = ll_node_text(task, "group");
	const size_t colon = ll_str_index(group, ':');

	return ll_str_from(group, colon == SIZE_MAX ? 0 : colon + 1);
}

static int read_task(const struct ll_node *task, const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_str arn = ll_node_text(task, "taskArn");
	const size_t slash = ll_str_rindex(arn, '/');
	const int64_t limit = memory_of(task);
	const int64_t started_ns = time_at(task, "startedAt");
	const int64_t stopped_ns = time_at(task, "stoppedAt");
	const struct ll_origin origin = {
		.kind = LL_KIND_POD,
		.time_ns = LL_TIME_NONE,
		.not_before_ns = started_ns > stopped_ns ? started_ns : stopped_ns,
		.service = service_of(task),
		.instance = ll_str_from(arn, slash == SIZE_MAX ? 0 : slash + 1),
		.identified = "group of the task",
	};
	int rc = out->begin(out->self, &origin, err);

	if (rc >= 0 && limit > 0)
		rc = ll_reading_put(out, ll_str(LL_READING_LIMIT), ll_str(""), (double)limit, err);
	for (const struct ll_node *container = ll_node_first(task, "containers");
	     rc >= 0 && container; container = container->next)
		rc = put_kill(task, container, out, err);
	return rc < 0 ? rc : LL_OK;
}

static bool is_task(const struct ll_node *node)
{
	return ll_node_text(node, "taskArn").size > 0 && ll_node_first(node, "containers") != NULL;
}

static int read_item(const struct ll_node *item, const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_node *const detail = ll_node_find(item, "detail");
	int rc = LL_OK;

	if (is_task(item))
		return read_task(item, out, err);
	if (is_task(detail))
		return read_task(detail, out, err);
	for (const struct ll_node *task = ll_node_first(item, "tasks"); rc >= 0 && task;
	     task = task->next) {
		if (is_task(task))
			rc = read_task(task, out, err);
	}
	return rc;
}

static bool is_ours(const struct ll_node *item)
{
	const struct ll_node *task = ll_node_first(item, "tasks");

	while (task && !is_task(task))
		task = task->next;
	return task || is_task(item) || is_task(ll_node_find(item, "detail"));
}

static int read_ecs(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                    struct ll_error *err)
{
	static const struct ll_document_format format = {
		.is_ours = is_ours,
		.read = read_item,
		.nothing = "no task of ECS",
	};

	(void)peek;
	return ll_document_read(in, &format, out, err);
}

static enum ll_bid bid_ecs(const struct ll_peek *peek)
{
	const struct ll_str start = ll_str_trim(ll_str_first(peek->head, 256));

	if (!ll_str_starts(start, "[") && !ll_str_starts(start, "{"))
		return LL_BID_NO;
	return ll_str_find(peek->head, "\"arn:aws") != SIZE_MAX &&
	                       ll_str_find(peek->head, "\"taskArn\"") != SIZE_MAX &&
	                       ll_str_find(peek->head, "\"containers\"") != SIZE_MAX
	               ? LL_BID_SHAPE
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_ecs = {
	.id = "ecs",
	.title = "tasks of Amazon ECS",
	.bid = bid_ecs,
	.read = read_ecs,
};
