/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_docker.c - `docker inspect` and `podman inspect` of containers: whether the kernel killed it,
 * when it ended, how often it was started again, and its limit.
 *
 *     [{"Name": "/shop-web-1", "RestartCount": 2,
 *       "State": {"Status": "exited", "OOMKilled": true, "ExitCode": 137, "FinishedAt": ...},
 *       "HostConfig": {"Memory": 536870912}, "Config": {"Labels": {...}}}]
 *
 * And what its API says of their memory (`curl .../containers/ID/stats`):
 *
 *     {"read": "2026-11-21T01:06:27Z", "name": "/shop-web-1",
 *      "memory_stats": {"usage": 6537216, "limit": 67108864, "stats": {"anon": 6201344, ...}}}
 *
 * Rules:
 *   1. Each container is a capture; the service is what compose or swarm calls it, else the name
 *      without its number.
 *   2. OOMKilled is a kill. Exit code 137 without it is SIGKILL by anybody: kept as a kill whose
 *      text says so.
 *   3. Memory 0 is no limit.
 *   4. Memory is that of the container's cgroup, and gets the names that its files have. The
 *      `limit` of the API may be the machine's memory when there is none: it is a limit only where
 *      hierarchical_memory_limit of version 1 says so.
 */
#include "container_state.h"
#include "document.h"
#include "metrics/reading.h"

static struct ll_str service_of(const struct ll_node *container, struct ll_str name,
                                const char **ret_identified)
{
	static const char *const keys[] = {"com.docker.compose.service",
	                                   "com.docker.swarm.service.name",
	                                   "io.podman.compose.service"};

	*ret_identified = "label of the container";
	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		const struct ll_str service = ll_node_member(container, "Config.Labels", keys[i]);

		if (service.size > 0)
			return service;
	}
	*ret_identified = "name of the container";
	return ll_container_service(name);
}

static int64_t count_at(const struct ll_node *node, const char *path)
{
	double number;

	return ll_node_number(node, path, &number) && number >= 0 && number < 9e18 ? (int64_t)number
	                                                                           : -1;
}

static int put_amount(const struct ll_sink *out, const char *name, double value, bool is_none,
                      struct ll_error *err)
{
	return is_none ? ll_reading_put_none(out, ll_str(name), err)
	               : ll_reading_put(out, ll_str(name), ll_str(""), value, err);
}

static int put_kill(const struct ll_node *container, struct ll_str name, int64_t limit,
                    const struct ll_sink *out, struct ll_error *err)
{
	const bool is_proved =
		ll_str_equal(ll_node_text(container, "State.OOMKilled"), ll_str("true"));
	const bool is_running =
		ll_str_equal(ll_node_text(container, "State.Running"), ll_str("true"));
	const int64_t exit_code = count_at(container, "State.ExitCode");
	struct ll_kill kill = ll_container_kill("docker");

	if (!is_proved && (is_running || exit_code != LL_EXIT_KILLED))
		return LL_OK;
	/* It may have been a child process, with the container still running. */
	if (!is_running) {
		kill.time_ns = ll_node_time(container, "State.FinishedAt");
		kill.exit_code = exit_code;
	}
	kill.container = name;
	kill.limit = limit > 0 ? limit : -1;
	kill.restarts = count_at(container, "RestartCount");
	kill.started_ns = ll_node_time(container, "State.StartedAt");
	kill.text = ll_str(is_proved ? "OOMKilled" : "exit code 137, not OOMKilled");
	return out->kill(out->self, &kill, err);
}

static int read_container(const struct ll_node *container, const struct ll_sink *out,
                          struct ll_error *err)
{
	struct ll_str name = ll_node_text(container, "Name");
	const int64_t limit = count_at(container, "HostConfig.Memory");
	const int64_t restarts = count_at(container, "RestartCount");
	const int64_t started_ns = ll_node_time(container, "State.StartedAt");
	const int64_t finished_ns = ll_node_time(container, "State.FinishedAt");
	struct ll_origin origin = {
		.kind = LL_KIND_POD,
		.time_ns = LL_TIME_NONE,
		.not_before_ns = started_ns > finished_ns ? started_ns : finished_ns,
	};
	int rc;

	(void)ll_str_skip(&name, "/");
	origin.service = service_of(container, name, &origin.identified);
	origin.instance = name;
	rc = out->begin(out->self, &origin, err);
	if (rc >= 0 && limit >= 0)
		rc = put_amount(out, LL_READING_LIMIT, (double)limit, limit == 0, err);
	if (rc >= 0 && restarts >= 0)
		rc = put_amount(out, "docker.restarts", (double)restarts, false, err);
	if (rc >= 0)
		rc = put_kill(container, name, limit, out, err);
	return rc < 0 ? rc : LL_OK;
}

/* Rule 4: names of the API, the newest version first; the first that is there counts. */
static const struct {
	const char *path, *name;
} memory_names[] = {
	{"memory_stats.usage", "cgroup.memory.current"},
	{"memory_stats.max_usage", "cgroup.memory.peak"},
	{"memory_stats.failcnt", "cgroup.memory.events.max"},
	{"memory_stats.stats.anon", "cgroup.memory.stat.anon"},
	{"memory_stats.stats.total_rss", "cgroup.memory.stat.anon"},
	{"memory_stats.stats.rss", "cgroup.memory.stat.anon"},
	{"memory_stats.stats.file", "cgroup.memory.stat.file"},
	{"memory_stats.stats.total_cache", "cgroup.memory.stat.file"},
	{"memory_stats.stats.cache", "cgroup.memory.stat.file"},
	{"memory_stats.stats.hierarchical_memory_limit", "cgroup.memory.max"},
	{"memory_stats.limit", "docker.memory_limit"},
	{"pids_stats.current", "cgroup.pids.current"},
};

/* Where there is no limit, the kernel writes the largest number of whole pages. */
#define NO_LIMIT 9e18

static int read_memory(const struct ll_node *item, const struct ll_sink *out, struct ll_error *err)
{
	struct ll_str name = ll_node_text(item, "name");
	struct ll_origin origin = {
		.kind = LL_KIND_CGROUP,
		.variant = "docker stats",
		.time_ns = ll_node_time(item, "read"),
		.not_before_ns = LL_TIME_NONE,
	};
	const char *last = "";
	int rc;

	(void)ll_str_skip(&name, "/");
	origin.service = ll_container_service(name);
	origin.instance = name;
	origin.identified = name.size > 0 ? "name of the container" : NULL;
	rc = out->begin(out->self, &origin, err);
	for (size_t i = 0; rc >= 0 && i < LL_COUNT(memory_names); i++) {
		double value;

		if (!ll_node_number(item, memory_names[i].path, &value) || value < 0 ||
		    strcmp(memory_names[i].name, last) == 0)
			continue;
		last = memory_names[i].name;
		rc = put_amount(out, last, value, value >= NO_LIMIT, err);
	}
	return rc < 0 ? rc : LL_OK;
}

static bool is_memory(const struct ll_node *item)
{
	double usage;

	return ll_node_number(item, "memory_stats.usage", &usage);
}

static int read_item(const struct ll_node *item, const struct ll_sink *out, struct ll_error *err)
{
	return is_memory(item) ? read_memory(item, out, err) : read_container(item, out, err);
}

static bool is_ours(const struct ll_node *item)
{
	return ll_node_find(item, "State.OOMKilled") != NULL || is_memory(item);
}

static int read_docker(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                       struct ll_error *err)
{
	static const struct ll_document_format format = {
		.is_ours = is_ours,
		.read = read_item,
		.nothing = "no container with a State, and no memory of one",
	};

	(void)peek;
	return ll_document_read(in, &format, out, err);
}

static bool has_both(struct ll_str head, const char *one, const char *other)
{
	return ll_str_find(head, one) != SIZE_MAX && ll_str_find(head, other) != SIZE_MAX;
}

static enum ll_bid bid_docker(const struct ll_peek *peek)
{
	struct ll_str start = ll_str_trim(ll_str_first(peek->head, 256));

	(void)ll_str_skip(&start, "\xef\xbb\xbf");
	if (!ll_str_starts(start, "[") && !ll_str_starts(start, "{"))
		return LL_BID_NO;
	return has_both(peek->head, "\"OOMKilled\"", "\"State\"") ||
	                       has_both(peek->head, "\"memory_stats\"", "\"usage\"")
	               ? LL_BID_SHAPE
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_docker = {
	.id = "docker",
	.title = "docker inspect of containers, and its API's stats",
	.bid = bid_docker,
	.read = read_docker,
};
