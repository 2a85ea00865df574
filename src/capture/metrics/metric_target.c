/* SPDX-License-Identifier: Apache-2.0 */
/*
 * metric_target.c - rules for labels.
 *
 *   1. A number of the runtime or of a process belongs to the target that any of job, instance and
 *      pod tells. One of the program's own belongs to a target only when both job and instance are
 *      there: programs label their own work with "job" and "instance" too.
 *   2. "exported_job" is what the exporter itself said before a scraper's own "job" took its
 *      place; it goes before that.
 *   3. What is measured of a container belongs to its pod, whoever scraped it: job and instance are
 *      of cAdvisor's node then. Outside of Kubernetes the container's name is the pod.
 *   4. The service is the job, or what the pod belongs to; the instance is the pod, or "instance".
 *      Pods of stateful sets have numbers for names: where two namespaces of a page have one of the
 *      same name, the namespace stands before it.
 *   5. A canonical number of a process has no labels of its own: what is there was put on by the
 *      scraper. Of a container only the container's name remains.
 */
#include "metric_target.h"

#include "cluster/container_state.h"
#include "identity/name_words.h"

#include <leakledger/json.h>

enum {
	VALUE_MAX = 1024, /* bytes of a label that become a name */
	ROOM_MAX = 5 * VALUE_MAX + 1,
};

static const struct {
	const char *name;
	enum ll_label_role role;
	int rank; /* the highest one counts */
} label_rows[] = {
	{"job", LL_LABEL_JOB, 2},
	{"exported_job", LL_LABEL_JOB, 3},
	{"service_name", LL_LABEL_JOB, 1},
	{"instance", LL_LABEL_INSTANCE, 2},
	{"exported_instance", LL_LABEL_INSTANCE, 3},
	{"service_instance_id", LL_LABEL_INSTANCE, 1},
	{"pod", LL_LABEL_POD, 3},
	{"exported_pod", LL_LABEL_POD, 4},
	{"pod_name", LL_LABEL_POD, 2},
	{"kubernetes_pod_name", LL_LABEL_POD, 1},
	{"k8s_pod_name", LL_LABEL_POD, 1},
	{"namespace", LL_LABEL_NAMESPACE, 3},
	{"exported_namespace", LL_LABEL_NAMESPACE, 4},
	{"kubernetes_namespace", LL_LABEL_NAMESPACE, 1},
	{"k8s_namespace_name", LL_LABEL_NAMESPACE, 1},
	{"container", LL_LABEL_CONTAINER, 3},
	{"exported_container", LL_LABEL_CONTAINER, 4},
	{"container_name", LL_LABEL_CONTAINER, 2},
	{"endpoint", LL_LABEL_NOISE, 0},
	{"metrics_path", LL_LABEL_NOISE, 0},
	{"prometheus", LL_LABEL_NOISE, 0},
	{"prometheus_replica", LL_LABEL_NOISE, 0},
	{"service", LL_LABEL_NOISE, 0},
};

static size_t label_row(struct ll_str name)
{
	size_t i = 0;

	while (i < LL_COUNT(label_rows) && !ll_str_equal(name, ll_str(label_rows[i].name)))
		i++;
	return i;
}

static struct ll_str label_value(const struct ll_exposition *sample, const char *name)
{
	for (size_t i = 0; i < sample->label_count; i++) {
		if (ll_str_equal(sample->labels[i].name, ll_str(name)))
			return sample->labels[i].value;
	}
	return ll_str_n(NULL, 0);
}

struct ll_str ll_metric_full_name(const struct ll_exposition *sample,
                                  char room[LL_METRIC_NAME_ROOM])
{
	static const char *const split[] = {"kube_pod_container_resource_limits",
	                                    "kube_pod_container_resource_requests"};

	for (size_t i = 0; i < LL_COUNT(split); i++) {
		if (!ll_str_equal(sample->name, ll_str(split[i])) ||
		    !ll_str_equal(label_value(sample, "resource"), ll_str("memory")))
			continue;
		(void)snprintf(room, LL_METRIC_NAME_ROOM, "%s_memory_bytes", split[i]);
		return ll_str(room);
	}
	return sample->name;
}

/* Rule 3. */
static void find_container(const struct ll_exposition *sample, struct ll_metric_target *target)
{
	target->role[LL_LABEL_JOB] =
		label_value(sample, "container_label_com_docker_compose_service");
	target->role[LL_LABEL_INSTANCE] = ll_str_n(NULL, 0);
	if (target->role[LL_LABEL_POD].size == 0)
		target->role[LL_LABEL_INSTANCE] = label_value(sample, "name");
	target->is_named =
		target->role[LL_LABEL_POD].size > 0 || target->role[LL_LABEL_INSTANCE].size > 0;
}

struct ll_metric_target ll_metric_target_of(const struct ll_exposition *sample,
                                            const struct ll_metric_name *known)
{
	struct ll_metric_target target = {.subject = known->subject};
	int ranks[LL_LABEL_ROLES] = {0};
	const struct ll_str *const role = target.role;

	for (size_t i = 0; i < sample->label_count; i++) {
		const size_t row = label_row(sample->labels[i].name);

		if (row == LL_COUNT(label_rows) || label_rows[row].role >= LL_LABEL_ROLES ||
		    sample->labels[i].value.size == 0 ||
		    label_rows[row].rank < ranks[label_rows[row].role])
			continue;
		ranks[label_rows[row].role] = label_rows[row].rank;
		target.role[label_rows[row].role] = sample->labels[i].value;
	}
	if (known->subject == LL_METRIC_OF_CONTAINER)
		find_container(sample, &target);
	else if (known->subject == LL_METRIC_OF_PROCESS)
		target.is_named = role[LL_LABEL_JOB].size > 0 || role[LL_LABEL_INSTANCE].size > 0 ||
		                  role[LL_LABEL_POD].size > 0;
	else
		target.is_named = role[LL_LABEL_JOB].size > 0 && role[LL_LABEL_INSTANCE].size > 0;
	return target;
}

struct ll_hash ll_metric_target_hash(const struct ll_metric_target *target)
{
	struct ll_hash hash = {.low = target->subject == LL_METRIC_OF_CONTAINER,
	                       .high = target->is_named};

	if (!target->is_named)
		return hash;
	for (size_t i = 0; i < LL_LABEL_CONTAINER; i++) {
		const struct ll_hash part =
			ll_hash_bytes(target->role[i].data, target->role[i].size);

		hash.low = hash.low * 0x9e3779b97f4a7c15U + part.low;
		hash.high = hash.high * 0x9e3779b97f4a7c15U + part.high;
	}
	return hash;
}

static bool is_own_label(struct ll_str name, const struct ll_metric_target *target)
{
	static const char *const of_container[] = {"id",   "image", "name",    "uid",
	                                           "node", "unit",  "resource"};
	const size_t row = label_row(name);
	const bool is_known = row < LL_COUNT(label_rows);

	if (target->subject != LL_METRIC_OF_CONTAINER)
		return !is_known || !target->is_named;
	for (size_t i = 0; i < LL_COUNT(of_container); i++) {
		if (ll_str_equal(name, ll_str(of_container[i])))
			return false;
	}
	return !is_known && !ll_str_starts(name, "container_label_");
}

static int by_name(const void *a, const void *b)
{
	const struct ll_exposition_label *const left = a;
	const struct ll_exposition_label *const right = b;

	return ll_str_compare(left->name, right->name);
}

static void put_unescaped(struct ll_buf *out, struct ll_str raw)
{
	struct ll_buf text;

	if (ll_str_index(raw, '\\') == SIZE_MAX) {
		ll_json_put_string(out, raw);
		return;
	}
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_exposition_unescape(raw, &text);
	ll_json_put_string(out, ll_buf_str(&text));
	ll_buf_done(&text);
}

void ll_metric_target_labels(const struct ll_exposition *sample,
                             const struct ll_metric_target *target,
                             const struct ll_metric_name *known, struct ll_buf *out)
{
	const bool is_canonical = known->reading || known->metric != LL_METRIC_COUNT;
	const bool is_container = target->subject == LL_METRIC_OF_CONTAINER;
	struct ll_exposition_label own[LL_EXPOSITION_LABELS + 1];
	size_t count = 0;

	for (size_t i = 0; !is_canonical && i < sample->label_count; i++) {
		if (is_own_label(sample->labels[i].name, target))
			own[count++] = sample->labels[i];
	}
	if (is_container && target->role[LL_LABEL_CONTAINER].size > 0)
		own[count++] = (struct ll_exposition_label){
			.name = ll_str("container"), .value = target->role[LL_LABEL_CONTAINER]};
	if (count == 0)
		return;
	qsort(own, count, sizeof *own, by_name);
	for (size_t i = 0; i < count; i++) {
		ll_buf_putc(out, i == 0 ? '{' : ',');
		put_unescaped(out, own[i].name);
		ll_buf_putc(out, ':');
		put_unescaped(out, own[i].value);
	}
	ll_buf_putc(out, '}');
}

/* Into room that is there, so that the views before it stay where they are. */
static struct ll_str unescape_into(struct ll_buf *room, struct ll_str raw)
{
	const size_t from = room->size;

	ll_exposition_unescape(ll_str_first(raw, VALUE_MAX), room);
	return ll_str_n(room->data + from, room->size - from);
}

static struct ll_str put_in_namespace(struct ll_buf *room, struct ll_str space, struct ll_str pod)
{
	const size_t from = room->size;

	ll_exposition_unescape(ll_str_first(space, VALUE_MAX), room);
	ll_buf_putc(room, '/');
	ll_buf_put_str(room, pod);
	return ll_str_n(room->data + from, room->size - from);
}

const char *ll_metric_target_identity(const struct ll_metric_target *target, bool has_namesake,
                                      struct ll_buf *room, struct ll_str *ret_service,
                                      struct ll_str *ret_instance)
{
	struct ll_str job, instance, pod, service;
	const bool is_container = target->subject == LL_METRIC_OF_CONTAINER;

	*ret_service = *ret_instance = ll_str_n(NULL, 0);
	if (!target->is_named)
		return NULL;
	ll_buf_clear(room);
	(void)ll_buf_reserve(room, ROOM_MAX);
	job = unescape_into(room, target->role[LL_LABEL_JOB]);
	instance = unescape_into(room, target->role[LL_LABEL_INSTANCE]);
	pod = unescape_into(room, target->role[LL_LABEL_POD]);
	*ret_instance = pod.size > 0 ? pod : instance;
	if (has_namesake)
		*ret_instance = put_in_namespace(room, target->role[LL_LABEL_NAMESPACE], pod);
	if (job.size > 0) {
		*ret_service = job;
		return pod.size > 0 ? "labels job and pod" : "labels job and instance";
	}
	if (pod.size > 0) {
		*ret_service = ll_name_pod(pod, &service) != LL_NAME_NO_POD ? service : pod;
		return "label pod";
	}
	if (is_container)
		*ret_service = ll_container_service(instance);
	return is_container ? "label name" : NULL;
}
