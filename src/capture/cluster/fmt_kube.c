/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_kube.c - what `kubectl get pods -o json` and `-o yaml` say: which containers were killed,
 * how often they were started again, what their limits are; and `kubectl get events`.
 *
 *     status:
 *       containerStatuses:
 *       - name: app
 *         restartCount: 3
 *         lastState: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: ...}}
 *
 * Rules (formats.md 9.3):
 *   1. A pod is a capture; the service is what owns it. It was not taken before the latest time in
 *      it.
 *   2. Reason OOMKilled is a kill. Exit code 137 with another reason is SIGKILL by anybody: kept as
 *      a kill with that reason as its text, so that nobody takes it for proof. A pod that was
 *      evicted is a kill when its message speaks of memory.
 *   3. Events of reason OOMKilling, SystemOOM and Evicted (for memory) are captures of their own,
 *      of the pod or node that they are about.
 *   4. The environment of a container may hold GOGC and GOMEMLIMIT: readings. GOMEMLIMIT may be
 *      taken from the container's own limit.
 */
#include "container_state.h"
#include "document.h"
#include "identity/name_words.h"
#include "openings.h"

#include <leakledger/json.h>

#include <math.h>

struct reader {
	const struct ll_sink *out;
	struct ll_buf labels, text;
	size_t items, captures;
	int rc;
	struct ll_error *err;
};

/* ------------------------------------------------------------------- quantities */

/* "512Mi", "1.5G", "128974848000m", "1e9" (resource.Quantity): bytes, or a negative number. */
static double read_quantity(struct ll_str text)
{
	static const struct {
		const char *suffix;
		double factor;
	} rows[] = {
		{"", 1},
		{"n", 1e-9},
		{"u", 1e-6},
		{"m", 1e-3},
		{"k", 1e3},
		{"M", 1e6},
		{"G", 1e9},
		{"T", 1e12},
		{"P", 1e15},
		{"E", 1e18},
		{"Ki", 1024.0},
		{"Mi", 1048576.0},
		{"Gi", 1073741824.0},
		{"Ti", 1099511627776.0},
		{"Pi", 1125899906842624.0},
		{"Ei", 1152921504606846976.0},
	};
	size_t size = text.size;
	double number;

	while (size > 0 && !(text.data[size - 1] >= '0' && text.data[size - 1] <= '9') &&
	       text.data[size - 1] != '.')
		size--;
	if (!ll_str_to_f64(ll_str_first(text, size), &number))
		return -1;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		if (ll_str_equal(ll_str_from(text, size), ll_str(rows[i].suffix)))
			return number * rows[i].factor;
	}
	return -1;
}

/* -------------------------------------------------------------------- identity */

/* Kubernetes writes hashes without vowels and what looks like them, so that no word comes out. */
static bool is_hash(struct ll_str text)
{
	static const char letters[] = "bcdfghjklmnpqrstvwxz2456789";

	for (size_t i = 0; i < text.size; i++) {
		if (!memchr(letters, text.data[i], sizeof letters - 1))
			return false;
	}
	return text.size >= 4;
}

/* "shop-7d9f6c5b8d" of a Deployment -> "shop"; a ReplicaSet without one has no hash. */
static struct ll_str without_hash(struct ll_str name)
{
	const size_t hyphen = ll_str_rindex(name, '-');

	return hyphen == SIZE_MAX || hyphen == 0 || !is_hash(ll_str_from(name, hyphen + 1))
	               ? name
	               : ll_str_first(name, hyphen);
}

static struct ll_str service_by_name(struct ll_str pod)
{
	struct ll_str service;

	return ll_name_pod(pod, &service) != LL_NAME_NO_POD ? service : pod;
}

/* Rule 1. */
static struct ll_str service_of(const struct ll_node *pod, const char **ret_identified)
{
	const struct ll_node *const owner = ll_node_first(pod, "metadata.ownerReferences");
	const struct ll_str kind = ll_node_text(owner, "kind");
	const struct ll_str name = ll_node_text(owner, "name");

	*ret_identified = "owner of the pod";
	if (name.size > 0 && ll_str_equal(kind, ll_str("ReplicaSet")))
		return without_hash(name);
	if (name.size > 0 && !ll_str_equal(kind, ll_str("Job")) &&
	    !ll_str_equal(kind, ll_str("Node")))
		return name;
	*ret_identified = "name of the pod";
	return service_by_name(ll_node_text(pod, "metadata.name"));
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t latest_of_states(const struct ll_node *statuses)
{
	static const char *const paths[] = {"state.running.startedAt", "state.terminated.startedAt",
	                                    "state.terminated.finishedAt",
	                                    "lastState.terminated.finishedAt"};
	int64_t latest = LL_TIME_NONE;

	for (; statuses; statuses = statuses->next) {
		for (size_t i = 0; i < LL_COUNT(paths); i++)
			latest = later(latest, ll_node_time(statuses, paths[i]));
	}
	return latest;
}

static int64_t latest_time(const struct ll_node *pod)
{
	int64_t latest = later(ll_node_time(pod, "metadata.creationTimestamp"),
	                       ll_node_time(pod, "status.startTime"));
	const struct ll_node *condition = ll_node_first(pod, "status.conditions");

	for (; condition; condition = condition->next)
		latest = later(latest, ll_node_time(condition, "lastTransitionTime"));
	latest = later(latest, latest_of_states(ll_node_first(pod, "status.containerStatuses")));
	return later(latest, latest_of_states(ll_node_first(pod, "status.initContainerStatuses")));
}

/* ----------------------------------------------------------------- what is handed on */

static void put_reading(struct reader *reader, const char *name, struct ll_str container,
                        double value, bool is_none)
{
	struct ll_reading reading = {
		.name = ll_str(name), .value = value, .is_none = is_none, .time_ns = LL_TIME_NONE};

	if (reader->rc < 0)
		return;
	ll_buf_clear(&reader->labels);
	ll_buf_puts(&reader->labels, "{\"container\":");
	ll_json_put_string(&reader->labels, container);
	ll_buf_putc(&reader->labels, '}');
	reading.labels = ll_buf_str(&reader->labels);
	reader->rc = reader->out->reading(reader->out->self, &reading, reader->err);
}

static bool begin(struct reader *reader, const struct ll_origin *origin)
{
	reader->rc = reader->out->begin(reader->out->self, origin, reader->err);
	reader->captures += reader->rc >= 0;
	return reader->rc >= 0;
}

static void put_kill(struct reader *reader, const struct ll_kill *kill)
{
	if (reader->rc >= 0)
		reader->rc = reader->out->kill(reader->out->self, kill, reader->err);
}

static double memory_of(const struct ll_node *container, const char *path)
{
	return read_quantity(ll_node_text(container, path));
}

/* ----------------------------------------------------------------------- pods */

/* "valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: ...}}": bytes, or 0. */
static double limit_taken_from(const struct ll_node *container, const struct ll_node *variable)
{
	static const char path[] = "valueFrom.resourceFieldRef";
	const struct ll_node *const reference = ll_node_find(variable, path);
	const double divisor = memory_of(reference, "divisor");
	const double limit = memory_of(container, "resources.limits.memory");

	if (!ll_str_equal(ll_node_text(reference, "resource"), ll_str("limits.memory")) ||
	    !(limit > 0))
		return 0;
	return divisor > 0 ? ceil(limit / divisor) : limit;
}

static void put_environment(struct reader *reader, const struct ll_node *container,
                            struct ll_str name)
{
	const struct ll_node *variable = ll_node_first(container, "env");

	for (; variable; variable = variable->next) {
		const struct ll_str key = ll_node_text(variable, "name");
		const struct ll_str value = ll_node_text(variable, "value");
		const bool is_off = ll_str_equal(value, ll_str("off"));
		double percent = 0;
		int64_t bytes = 0;

		if (ll_str_equal(key, ll_str("GOGC")) && (is_off || ll_str_to_f64(value, &percent)))
			put_reading(reader, LL_READING_GOGC, name, percent, is_off);
		if (ll_str_equal(key, ll_str("GOMEMLIMIT")) &&
		    (is_off || ll_parse_bytes(value, &bytes)))
			put_reading(reader, LL_READING_GOMEMLIMIT, name, (double)bytes, is_off);
		else if (ll_str_equal(key, ll_str("GOMEMLIMIT")) &&
		         limit_taken_from(container, variable) > 0)
			put_reading(reader, LL_READING_GOMEMLIMIT, name,
			            limit_taken_from(container, variable), false);
	}
}

static void put_container(struct reader *reader, const struct ll_node *container)
{
	const struct ll_str name = ll_node_text(container, "name");
	const double limit = memory_of(container, "resources.limits.memory");
	const double request = memory_of(container, "resources.requests.memory");

	put_reading(reader, LL_READING_LIMIT, name, limit > 0 ? limit : 0, !(limit > 0));
	if (request > 0)
		put_reading(reader, "request.memory", name, request, false);
	put_environment(reader, container, name);
}

static int64_t limit_of(const struct ll_node *pod, struct ll_str container)
{
	static const char *const paths[] = {"spec.containers", "spec.initContainers"};

	for (size_t i = 0; i < LL_COUNT(paths); i++) {
		const struct ll_node *spec = ll_node_first(pod, paths[i]);

		for (; spec; spec = spec->next) {
			const double limit = memory_of(spec, "resources.limits.memory");

			if (ll_str_equal(ll_node_text(spec, "name"), container) && limit > 0 &&
			    limit < 9e18)
				return (int64_t)limit;
		}
	}
	return -1;
}

/* "OOMKilled", or "Error: message". */
static struct ll_str reason_text(struct reader *reader, struct ll_str reason, struct ll_str message)
{
	ll_buf_clear(&reader->text);
	ll_buf_put_str(&reader->text, reason);
	if (message.size > 0) {
		ll_buf_puts(&reader->text, reason.size > 0 ? ": " : "");
		ll_buf_put_str(&reader->text, ll_str_first(ll_str_trim(message), 400));
	}
	return ll_buf_str(&reader->text);
}

/* Rule 2, for one state of a container. */
static void put_end(struct reader *reader, const struct ll_node *pod, const struct ll_node *status,
                    const char *state)
{
	const struct ll_node *const end = ll_node_find(status, state);
	const struct ll_str reason = ll_node_text(end, "reason");
	const bool is_proved = ll_str_equal(reason, ll_str("OOMKilled"));
	struct ll_kill kill = ll_container_kill("kubernetes");
	double exit_code = -1, restarts = -1;

	if (!end)
		return;
	if (ll_node_number(end, "exitCode", &exit_code) && exit_code >= 0 && exit_code < 256)
		kill.exit_code = (int64_t)exit_code;
	if (!is_proved && kill.exit_code != LL_EXIT_KILLED)
		return;
	if (ll_node_number(status, "restartCount", &restarts) && restarts >= 0 && restarts < 1e9)
		kill.restarts = (int64_t)restarts;
	kill.time_ns = ll_node_time(end, "finishedAt");
	kill.started_ns = ll_node_time(end, "startedAt");
	kill.host = ll_node_text(pod, "spec.nodeName");
	kill.pod = ll_node_text(pod, "metadata.name");
	kill.container = ll_node_text(status, "name");
	kill.limit = limit_of(pod, kill.container);
	kill.text = reason_text(reader, reason, ll_node_text(end, "message"));
	put_kill(reader, &kill);
}

static void put_statuses(struct reader *reader, const struct ll_node *pod, const char *path)
{
	const struct ll_node *status = ll_node_first(pod, path);
	double restarts;

	for (; status; status = status->next) {
		if (ll_node_number(status, "restartCount", &restarts))
			put_reading(reader, "kubernetes.restarts", ll_node_text(status, "name"),
			            restarts, false);
		put_end(reader, pod, status, "lastState.terminated");
		put_end(reader, pod, status, "state.terminated");
	}
}

static bool speaks_of_memory(struct ll_str message)
{
	return ll_str_find(message, "memory") != SIZE_MAX;
}

static void put_eviction(struct reader *reader, const struct ll_node *pod)
{
	struct ll_kill kill = ll_container_kill("kubernetes");
	const struct ll_str reason = ll_node_text(pod, "status.reason");
	const struct ll_str message = ll_node_text(pod, "status.message");

	if (!ll_str_equal(reason, ll_str("Evicted")) || !speaks_of_memory(message))
		return;
	kill.scope = "global";
	kill.host = ll_node_text(pod, "spec.nodeName");
	kill.pod = ll_node_text(pod, "metadata.name");
	kill.started_ns = ll_node_time(pod, "status.startTime");
	kill.text = reason_text(reader, reason, message);
	put_kill(reader, &kill);
}

static void read_pod(struct reader *reader, const struct ll_node *pod)
{
	const char *identified;
	const struct ll_str service = service_of(pod, &identified);
	const struct ll_origin origin = {
		.kind = LL_KIND_POD,
		.time_ns = LL_TIME_NONE,
		.not_before_ns = latest_time(pod),
		.service = service,
		.instance = ll_node_text(pod, "metadata.name"),
		.namespace = ll_node_text(pod, "metadata.namespace"),
		.identified = identified,
	};
	const struct ll_node *container = ll_node_first(pod, "spec.containers");

	if (!begin(reader, &origin))
		return;
	for (; container; container = container->next)
		put_container(reader, container);
	put_statuses(reader, pod, "status.containerStatuses");
	put_statuses(reader, pod, "status.initContainerStatuses");
	put_eviction(reader, pod);
}

/* ----------------------------------------------------------------------- events */

static int64_t time_of_event(const struct ll_node *event)
{
	static const char *const paths[] = {"lastTimestamp",  "series.lastObservedTime",
	                                    "eventTime",      "deprecatedLastTimestamp",
	                                    "firstTimestamp", "metadata.creationTimestamp"};

	for (size_t i = 0; i < LL_COUNT(paths); i++) {
		const int64_t time_ns = ll_node_time(event, paths[i]);

		if (time_ns != LL_TIME_NONE)
			return time_ns;
	}
	return LL_TIME_NONE;
}

/* "System OOM encountered, victim process: node, pid: 22609" */
static void read_victim(struct ll_str message, struct ll_kill *kill)
{
	size_t at = ll_str_find(message, "victim process: ");
	struct ll_str rest;
	uint64_t pid;

	if (at != SIZE_MAX) {
		rest = ll_str_from(message, at + 16);
		kill->process = ll_str_trim(ll_str_split(&rest, ','));
	}
	at = ll_str_find(message, "pid: ");
	if (at != SIZE_MAX && ll_str_lead_u64(ll_str_from(message, at + 5), &pid) > 0 &&
	    pid <= INT32_MAX)
		kill->pid = (int64_t)pid;
}

/* Rule 3. */
static void read_event(struct reader *reader, const struct ll_node *event)
{
	const struct ll_node *const involved = ll_node_find(event, "involvedObject");
	const struct ll_node *const about = involved ? involved : ll_node_find(event, "regarding");
	const struct ll_str reason = ll_node_text(event, "reason");
	const struct ll_str message =
		ll_node_text(event, ll_node_find(event, "message") ? "message" : "note");
	const bool is_eviction = ll_str_equal(reason, ll_str("Evicted"));
	const bool is_pod = ll_str_equal(ll_node_text(about, "kind"), ll_str("Pod"));
	const struct ll_str name = ll_node_text(about, "name");
	struct ll_origin origin = {
		.kind = LL_KIND_KILL,
		.variant = "event",
		.time_ns = time_of_event(event),
		.not_before_ns = LL_TIME_NONE,
	};
	struct ll_kill kill = ll_container_kill("kubernetes");

	if (!ll_str_equal(reason, ll_str("OOMKilling")) &&
	    !ll_str_equal(reason, ll_str("SystemOOM")) &&
	    !(is_eviction && speaks_of_memory(message)))
		return;
	if (is_pod) {
		origin.service = service_by_name(name);
		origin.instance = name;
		origin.namespace = ll_node_text(about, "namespace");
		origin.identified = "name of the pod";
		kill.pod = name;
	} else {
		kill.host = name;
	}
	if (!begin(reader, &origin))
		return;
	kill.time_ns = origin.time_ns;
	kill.scope = is_eviction || ll_str_equal(reason, ll_str("SystemOOM")) ? "global" : "";
	read_victim(message, &kill);
	kill.text = reason_text(reader, reason, message);
	put_kill(reader, &kill);
}

/* --------------------------------------------------------------------- the file */

/*
 * By what is in it: the items of an answer of the API have no kind. Who forwards events puts them
 * into an object of his own.
 */
static void read_item(struct reader *reader, const struct ll_node *item)
{
	if (ll_node_find(item, "event.involvedObject"))
		item = ll_node_find(item, "event");
	reader->items++;
	if (ll_node_find(item, "spec.containers") || ll_node_find(item, "status.containerStatuses"))
		read_pod(reader, item);
	else if (ll_node_find(item, "involvedObject") || ll_node_find(item, "regarding"))
		read_event(reader, item);
}

static int read_items(struct reader *reader, struct ll_document *document, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	const struct ll_node *item;
	int state = 0;

	while ((state = ll_document_next(document, &item, &damage)) > 0 && reader->rc >= 0)
		read_item(reader, item);
	if (reader->rc < 0)
		return reader->rc;
	if (reader->captures == 0 && state < 0)
		return ll_fail(err, damage.code, "%s", damage.text);
	if (reader->captures == 0)
		return ll_fail(err, LL_E_FORMAT,
		               "no pods and no events of memory among %zu Kubernetes objects",
		               reader->items);
	if (state < 0)
		reader->out->note(reader->out->self, 0, damage.text);
	return LL_OK;
}

/* An array is what `jq .items` leaves of a list. */
static bool is_json(struct ll_str head)
{
	struct ll_str start = ll_str_trim(ll_str_first(head, 256));

	(void)ll_str_skip(&start, "\xef\xbb\xbf");
	return ll_str_starts(start, "{") || ll_str_starts(start, "[");
}

static int read_kube(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                     struct ll_error *err)
{
	const enum ll_document_form form =
		is_json(peek->head) ? LL_DOCUMENT_JSON : LL_DOCUMENT_YAML;
	LL_CLEANUP(ll_document_closep) struct ll_document *document = NULL;
	struct reader reader = {.out = out, .err = err};
	struct ll_str bytes;
	int rc = ll_stream_all(in, &bytes, err);

	if (rc < 0)
		return rc;
	ll_buf_init(&reader.labels, LL_BUF_MESSAGE);
	ll_buf_init(&reader.text, LL_BUF_MESSAGE);
	document = ll_document_open(bytes, form, true);
	rc = read_items(&reader, document, err);
	ll_buf_done(&reader.labels);
	ll_buf_done(&reader.text);
	return rc;
}

/* Behind "kind", quotes and blanks: one of the kinds that we read? */
static bool is_our_kind(struct ll_str text)
{
	static const char *const kinds[] = {"PodList", "Pod", "EventList", "Event", "List"};

	while (text.size > 0 && strchr("\": ", text.data[0]))
		text = ll_str_from(text, 1);
	for (size_t i = 0; i < LL_COUNT(kinds); i++) {
		struct ll_str rest = text;

		if (ll_str_skip(&rest, kinds[i]))
			return rest.size == 0 || strchr("\"\r\n ", rest.data[0]);
	}
	return false;
}

static bool has_our_kind(struct ll_str head, const char *key)
{
	for (;;) {
		const size_t at = ll_str_find(head, key);

		if (at == SIZE_MAX)
			return false;
		head = ll_str_from(head, at + strlen(key));
		if (is_our_kind(head))
			return true;
	}
}

static bool has_line(struct ll_str head, const char *start)
{
	while (head.size > 0) {
		if (ll_str_starts(ll_str_split(&head, '\n'), start))
			return true;
	}
	return false;
}

/* An event that somebody forwards, as an object that does not say what it is. */
static bool is_event(struct ll_str head)
{
	return ll_str_find(head, "\"involvedObject\"") != SIZE_MAX &&
	       ll_str_find(head, "\"reason\"") != SIZE_MAX;
}

static enum ll_bid bid_kube(const struct ll_peek *peek)
{
	if (is_json(peek->head)) {
		if (ll_str_find(peek->head, "\"apiVersion\"") != SIZE_MAX &&
		    has_our_kind(peek->head, "\"kind\""))
			return LL_BID_MAGIC;
		return is_event(ll_opening_of_object(peek->head)) ? LL_BID_SHAPE : LL_BID_NO;
	}
	return has_line(peek->head, "apiVersion: ") && has_our_kind(peek->head, "kind: ")
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_kube = {
	.id = "kubernetes",
	.title = "Kubernetes pods and events, JSON or YAML",
	.bid = bid_kube,
	.read = read_kube,
};
